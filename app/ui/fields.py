"""Form fields: WTForms' own, and the two that it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

# The stubs of WTForms describe an older release, without this class.
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

__all__ = [
    "BooleanField",
    "CalendarDateField",
    "CheckboxesField",
    "EmailField",
    "FileField",
    "IntegerField",
    "PasswordField",
    "RadioField",
    "SelectField",
    "StringField",
    "TextAreaField",
    "choice",
]

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def choice(value: str, label: str, hint: str = "", group: str | None = None) -> SelectChoice:
    """Return one option of a choice field, with its hint and its group."""
    return SelectChoice(value, label, {"hint": hint} if hint else {}, group)


class CheckboxesField(SelectMultipleField):
    """Several of the choices, or none, as checkboxes."""


class CalendarDateField(Field):
    """A date typed as day, month and year; the month may be its name."""

    data: date | None

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] | None = None,
        description: str = "For example, 4 12 2026",
        **options: Any,
    ) -> None:
        super().__init__(label, list(validators or []), description=description, **options)
        self.parts = ("", "", "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the three parts from the form, or one date in its ISO form from an address."""
        super().process(None, data, extra_filters)
        if self.data:
            self.parts = (str(self.data.day), str(self.data.month), str(self.data.year))
        if not formdata or not self._sent(formdata):
            return
        whole = formdata.get(self.name, "").strip().split("-")
        if len(whole) == 3:
            self.parts = (whole[2], whole[1], whole[0])
        else:
            parts = [formdata.get(f"{self.name}-{part}", "").strip() for part in PARTS]
            self.parts = (parts[0], parts[1], parts[2])
        self.raw_data = list(self.parts) if any(self.parts) else []
        self._read()

    def _sent(self, formdata: Any) -> bool:
        names = (self.name, *(f"{self.name}-{part}" for part in PARTS))
        return any(name in formdata for name in names)

    def _read(self) -> None:
        self.data = None
        missing = [name for name, typed in zip(PARTS, self.parts, strict=True) if not typed]
        if len(missing) == 3:
            return
        if missing:
            self.process_errors = [f"The date must include a {' and a '.join(missing)}"]
            return
        try:
            day, month, year = self.parts
            self.data = date(_year(year), _month(month), int(day))
        except ValueError:
            self.process_errors = ["Enter a real date, such as 4 12 2026"]

    def pre_validate(self, form: Any) -> None:
        """Let no later check hide why the date could not be read."""
        if self.process_errors:
            raise StopValidation()


def _month(typed: str) -> int:
    if typed[:3].lower() in MONTHS:
        return MONTHS.index(typed[:3].lower()) + 1
    return int(typed)


def _year(typed: str) -> int:
    year = int(typed)
    if not 1900 <= year <= 2199:
        raise ValueError("not a year that anybody means here")
    return year
