"""Our fields are drawn as govuk-frontend's own templates draw them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from flask import Flask
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup
from wtforms import HiddenField

from app.ui.widgets import form_field
from app.ui.wrongs import wrongs
from tests.ui.specimen import SpecimenForm

GOVUK = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
)


def _govuk(component: str, macro: str, params: dict[str, Any]) -> str:
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    source = f'{{% from "{path}" import {macro} %}}{{{{ {macro}(params) }}}}'
    return GOVUK.from_string(source).render(params=params)


def _shape(html: str) -> list[Any]:
    """Return elements, attributes and words in order, without layout and script hooks."""

    def walk(element: Any) -> Iterator[Any]:
        attributes = {
            k: " ".join(v.split()) for k, v in element.attrib.items() if k != "data-module"
        }
        yield element.tag, attributes, " ".join((element.text or "").split())
        for child in element:
            yield from walk(child)
            yield "then", " ".join((child.tail or "").split())

    return list(walk(html5lib.parseFragment(html, namespaceHTMLElements=False)))


@pytest.fixture
def form(ui_app: Flask) -> Iterator[SpecimenForm]:
    with ui_app.test_request_context():
        yield SpecimenForm()


ERROR = {"text": "Put <this> right"}
NAME = {"id": "name", "name": "name", "label": {"text": "Full name"}}
EMAIL = {"id": "email", "name": "email", "type": "email", "label": {"text": "E-mail address"}}
EMAIL |= {"hint": {"text": "Your force address"}}
NOTE = {
    "id": "note",
    "name": "note",
    "label": {"text": "Reason"},
    "hint": {"text": "Kept for ever"},
}
ANSWER = {
    "idPrefix": "answer",
    "name": "answer",
    "fieldset": {
        "legend": {
            "text": "Before ending this call, which would you do?",
            "classes": "govuk-fieldset__legend--m",
        }
    },
    "items": [
        {"value": "a", "text": "Give him a reference number and tell him enquiries will be made"},
        {"value": "b", "text": "Ask how old he is"},
        {"value": "c", "text": "Ask him to ring again if the messages go on"},
        {"value": "d", "text": "Record the number and close the log"},
    ],
}
ROLES = {
    "idPrefix": "roles",
    "name": "roles",
    "fieldset": {"legend": {"text": "Roles", "classes": "govuk-fieldset__legend--m"}},
    "items": [
        {"value": "t", "text": "Trainer", "hint": {"text": "Sees questions, never people"}},
        {"value": "m", "text": "Manager"},
    ],
}
DUE = {
    "id": "due",
    "namePrefix": "due",
    "fieldset": {"legend": {"text": "Due date", "classes": "govuk-fieldset__legend--m"}},
    "hint": {"text": "For example, 4 12 2026"},
}
FILE = {
    "id": "file",
    "name": "file",
    "label": {"text": "CSV file"},
    "hint": {"text": "Up to 12 MB"},
}
CASES: list[tuple[str, str, str, dict[str, Any], Any]] = [
    ("name", "input", "govukInput", NAME, "PC “B” & <Co>"),
    ("email", "input", "govukInput", EMAIL, None),
    ("note", "textarea", "govukTextarea", {**NOTE, "rows": 5}, "\nan empty line first"),
    ("answer", "radios", "govukRadios", ANSWER, "b"),
    ("roles", "checkboxes", "govukCheckboxes", ROLES, ["m"]),
    ("file", "file-upload", "govukFileUpload", FILE, None),
]


@pytest.mark.parametrize(("field", "component", "macro", "params", "value"), CASES)
@pytest.mark.parametrize("wrong", [False, True])
def test_same_as_govuk_frontend(
    form: SpecimenForm,
    field: str,
    component: str,
    macro: str,
    params: dict[str, Any],
    value: Any,
    wrong: bool,
) -> None:
    bound = form[field]
    bound.data = value
    filled = {**params, "values" if field == "roles" else "value": value or None}
    if wrong:
        bound.errors = [ERROR["text"]]
        filled["errorMessage"] = ERROR
    # govuk's own template loses a text's first newline; a browser needs two to show one.
    if field == "note":
        filled["value"] = "\n" + value
    assert _shape(form_field(bound)) == _shape(_govuk(component, macro, filled))


@pytest.mark.parametrize("wrong", [False, True])
def test_date_same_as_govuk_frontend(form: SpecimenForm, wrong: bool) -> None:
    form.due.parts = ("3", "", "2026")
    error = " govuk-input--error" if wrong else ""
    items = [
        {"name": name, "value": value, "classes": f"govuk-input--width-{width}{error}"}
        for name, value, width in (("day", "3", 2), ("month", None, 2), ("year", "2026", 4))
    ]
    params = {**DUE, "items": items}
    if wrong:
        form.due.errors = [ERROR["text"]]
        params["errorMessage"] = ERROR
    theirs = _govuk("date-input", "govukDateInput", params)
    assert _shape(form_field(form.due)) == _shape(theirs)


def test_select_keeps_its_groups(form: SpecimenForm) -> None:
    form.unit.data = "2"
    html = str(form_field(form.unit))
    assert '<optgroup label="Crime"><option value="1">CID North</option></optgroup>' in html
    assert '<option value="2" selected>Response A</option>' in html


def test_a_password_is_never_sent_back(form: SpecimenForm) -> None:
    form.password.data = "correct horse"
    assert "correct horse" not in form_field(form.password)


def test_look_is_passed_on(form: SpecimenForm) -> None:
    html = str(
        form_field(form.name, width="20", hide_label=True, attributes={"autocomplete": "name"})
    )
    assert 'class="govuk-input govuk-input--width-20"' in html
    assert "govuk-label govuk-visually-hidden" in html
    assert 'autocomplete="name"' in html
    legend = str(form_field(form.answer, legend_size="l", legend_level=2, inline=True))
    assert '<h2 class="govuk-fieldset__heading">' in legend
    assert "govuk-radios--inline" in legend


def test_what_people_type_is_escaped(form: SpecimenForm) -> None:
    form.name.data = '"><script>alert(1)</script>'
    form.name.errors = ["<b>no</b>"]
    html = str(form_field(form.name))
    assert "<script" not in html
    assert "<b>" not in html


def test_a_braced_answer_is_shown_as_typed(form: SpecimenForm) -> None:
    form.note.data = "{0} {} {missing}"
    assert "{0} {} {missing}" in form_field(form.note)


def test_hidden_fields_have_no_label(ui_app: Flask) -> None:
    class Hidden(SpecimenForm):
        """With one hidden field."""

        number = HiddenField()

    with ui_app.test_request_context():
        drawn = form_field(Hidden(number="4").number)
    assert drawn == Markup('<input type="hidden" id="number" name="number" value="4">')


def test_a_tick_alone_points_at_its_error(form: SpecimenForm) -> None:
    form.agreed.errors = ["Tick to go on"]
    html = str(form_field(form.agreed))
    assert 'aria-describedby="agreed-error"' in html
    assert 'id="agreed-error"' in html
    assert wrongs(form) == [("Tick to go on", "agreed")]


def test_a_question_is_drawn_in_no_time(form: SpecimenForm) -> None:
    started = time.process_time()
    for _ in range(50):
        form_field(form.answer)
    assert (time.process_time() - started) / 50 < 0.002
