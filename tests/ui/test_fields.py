from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.db import Refusal
from app.ui.wrongs import wrongs
from tests.ui.specimen import SpecimenForm


def _typed(app: Flask, **typed: str) -> SpecimenForm:
    with app.test_request_context(method="POST"):
        form = SpecimenForm(MultiDict(typed))
        form.validate()
        return form


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("4", "12", "2026"), ("04", "Dec", "2026"), ("4", "december", "2026")],
)
def test_a_date_is_read(ui_app: Flask, day: str, month: str, year: str) -> None:
    form = _typed(ui_app, **{"due-day": day, "due-month": month, "due-year": year})
    assert form.due.data == date(2026, 12, 4)
    assert not form.due.errors


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "", ""), "Enter the due date"),
        (("4", "", "2026"), "The date must include a month"),
        (("", "", "2026"), "The date must include a day and a month"),
        (("31", "2", "2026"), "Enter a real date, such as 4 12 2026"),
        (("x", "2", "2026"), "Enter a real date, such as 4 12 2026"),
        (("4", "12", "26"), "Enter a real date, such as 4 12 2026"),
    ],
)
def test_a_date_that_is_none_is_refused_in_words(
    ui_app: Flask, typed: tuple[str, str, str], sentence: str
) -> None:
    names = ("due-day", "due-month", "due-year")
    form = _typed(ui_app, **dict(zip(names, typed, strict=True)))
    assert list(form.due.errors) == [sentence]
    assert form.due.parts == typed
    assert (sentence, "due-day") in wrongs(form)


def test_a_date_from_an_address(ui_app: Flask) -> None:
    form = _typed(ui_app, due="2026-12-04")
    assert form.due.data == date(2026, 12, 4)
    assert form.due.parts == ("04", "12", "2026")


def test_a_date_from_the_record(ui_app: Flask) -> None:
    with ui_app.test_request_context():
        form = SpecimenForm(due=date(2026, 12, 4))
    assert form.due.parts == ("4", "12", "2026")


def test_a_refusal_stands_beside_its_field_or_on_top(ui_app: Flask) -> None:
    class TakenName(Refusal):
        """Somebody has it."""

    form = _typed(ui_app, name="PC B")
    before = len(wrongs(form))
    form.refuse("name", TakenName("That name is taken."))
    form.refuse("", "The unit was closed meanwhile.")
    assert form.name.errors == ["That name is taken."]
    assert wrongs(form)[0] == ("The unit was closed meanwhile.", "")
    assert ("That name is taken.", "name") in wrongs(form)
    assert len(wrongs(form)) == before + 2


def test_fields_refuse_in_our_words(ui_app: Flask) -> None:
    form = _typed(ui_app, days="many", answer="z", unit="")
    assert list(form.answer.errors) == ["Choose one of these"]
    assert "Enter a whole number" in form.days.errors
