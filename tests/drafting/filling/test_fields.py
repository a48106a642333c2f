"""How a form is read: what is typed is kept, what is not sent stays, nothing grows for ever."""

from __future__ import annotations

from typing import Any

import pytest

from app.drafting.filling.fields import MOST_LETTERS, MOST_ROWS, TooMuch, read_form, shown_path
from app.drafting.filling.part_forms import FORMS
from tests.drafting.filling.sent import sent
from tests.factories.modules import question

SINGLE = FORMS["single"]


def read(**form: Any) -> dict[str, Any]:
    return read_form(SINGLE, {name.replace("__", "."): [value] for name, value in form.items()})


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("minutes", " 12 ", 12),
        ("minutes", "about ten", "about ten"),
        ("minutes", "9" * 5000, "9" * 5000),
        ("title", "  Two\r\nlines ", "Two lines"),
        ("practise", "One\r\n\r\n two \r\n", ["One", "two"]),
    ],
)
def test_what_is_typed_is_kept(name: str, typed: str, kept: object) -> None:
    assert read_form(FORMS["settings"], {name: [typed]}) == {name: kept}


@pytest.mark.parametrize("typed", ["", "  ", "\r\n"])
def test_an_empty_field_is_absent(typed: str) -> None:
    assert read(prompt=typed, explanation=typed, place=typed) == {}


def test_a_text_keeps_its_spaces_and_has_one_kind_of_line_end() -> None:
    assert read(explanation="  a\r\n\r\nb\n")["explanation"] == "  a\n\nb\n"


@pytest.mark.parametrize(
    ("choice", "fraction", "credit"),
    [("1", "", "1"), ("0", "1/2", "0"), ("part", "1/2", "1/2"), ("part", "", "part"),
     ("", "1/3", "1/3"), ("", "", None)],
)  # fmt: skip
def test_credit_is_right_wrong_or_a_fraction(
    choice: str, fraction: str, credit: str | None
) -> None:
    form = {"options.rows": ["", "0"], "options.0.id": ["a"], "options.0.credit": ["", choice],
            "options.0.credit.part": [fraction]}  # fmt: skip
    row = read_form(SINGLE, form)["options"][0]
    assert row.get("credit") == credit


def test_what_is_not_sent_stays() -> None:
    part = question("q1", "single")
    assert read_form(SINGLE, {"prompt": ["Another"]}, part) == part | {"prompt": "Another"}


def test_a_row_that_lost_fields_on_the_way_keeps_them() -> None:
    part = question("q1", "single")
    form = sent(SINGLE, part)
    del form["options.1.feedback"]
    assert read_form(SINGLE, form, part) == part


def test_rows_are_known_by_their_ids_not_their_places() -> None:
    part = question("q1", "single")
    part["options"][2]["remark"] = "kept"
    form = {"options.rows": ["", "0"], "options.0.id": ["q1-c"], "options.0.text": ["New words"]}
    row = read_form(SINGLE, form, part)["options"]
    assert row == [part["options"][2] | {"text": "New words"}]


def test_keys_that_no_form_knows_are_kept() -> None:
    part = question("q1", "single") | {"later": {"than": "this form"}}
    part["options"][0]["also"] = 3
    assert read_form(SINGLE, sent(SINGLE, part), part) == part


def test_ticks_stay_in_the_order_in_which_they_stood() -> None:
    form = {"needs": ["", "a", "b", "c"]}
    assert read_form(SINGLE, form, {"needs": ["c", "a"]})["needs"] == ["c", "a", "b"]
    assert "needs" not in read_form(SINGLE, {"needs": [""]}, {"needs": ["c"]})


def test_more_than_a_part_holds_is_refused() -> None:
    with pytest.raises(TooMuch, match="more than one part"):
        read(prompt="x" * (MOST_LETTERS + 1))
    with pytest.raises(TooMuch, match="rows"):
        read_form(SINGLE, {"options.rows": [str(n) for n in range(MOST_ROWS + 1)]})


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("prompt",), ("prompt",)),
        (("needs", 1), ("needs",)),
        (("options", 2), ("options", 2)),
        (("options", 2, "id"), ("options", 2)),
        (("options", 2, "then", "text"), ("options", 2, "then", "text")),
        (("outcome", "found"), ("outcome", "found")),
        (("kind",), ()),
        ((), ()),
    ],
)
def test_a_path_is_followed_as_far_as_the_form_shows_it(
    path: tuple[str | int, ...], found: tuple[str | int, ...]
) -> None:
    assert shown_path(SINGLE, path) == found


def test_places_may_stand_on_lines_of_their_own() -> None:
    assert read(place="Overview, 1;\r\nOverview, 2\n\n PC B, 3 ")["place"] == (
        "Overview, 1; Overview, 2; PC B, 3"
    )
    assert read(place=" Overview, 1; Overview, 2")["place"] == "Overview, 1; Overview, 2"
