"""What a manager may type when asking, and the words of the refusals."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.accounts.models import Unit
from app.assigning.assignments import DueDateOutOfRange, check_due_date
from app.assigning.models import Earlier
from app.assigning.queries import Offered
from app.db import london_date, now_utc
from app.ui.fields import (
    CalendarDateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    choice,
)
from app.ui.forms import DebriefForm


def _due_in_time(_form: DebriefForm, field: CalendarDateField) -> None:
    day: date | None = field.data
    if day is None:
        raise ValidationError("Enter the date by which it is due")
    try:
        check_due_date(day, london_date(now_utc()))
    except DueDateOutOfRange as refusal:
        raise ValidationError(str(refusal)) from refusal


class AssignForm(DebriefForm):
    """Which module, which unit, by when, and what of those who completed it before."""

    module = SelectField("Module", [InputRequired("Choose a module")])
    unit = SelectField(
        "Unit",
        [InputRequired("Choose a unit")],
        description="Everyone in it and in the units below is asked.",
    )
    due = CalendarDateField(
        "Due date",
        [_due_in_time],
        description="The last day on which it is in time. For example, 4 12 2026",
    )
    earlier = RadioField(
        "If someone has completed this module before",
        [InputRequired("Choose what happens to those who completed it before")],
        choices=[
            choice(
                Earlier.COUNTS.value,
                "Count it as completed",
                "They are not asked to do anything.",
            ),
            choice(
                Earlier.AGAIN.value,
                "Ask them to do it again",
                "Their earlier completion stays on record.",
            ),
        ],
        default=Earlier.COUNTS.value,
    )

    def offer(self, modules: list[Offered], units: list[Unit]) -> None:
        """Give the choices that this manager has."""
        first = choice("", "Choose a module")
        self.module.choices = [first, *(choice(found.slug, found.title) for found in modules)]
        self.unit.choices = [choice(str(unit.id), label) for unit, label in in_tree(units)]


class JoinedForm(DebriefForm):
    """By when those who have not been asked are to complete the module."""

    due = CalendarDateField("Due date for them", [_due_in_time])
    # The digest of the list that was on the page.
    people = HiddenField()


class ConfirmForm(AssignForm):
    """The order again, with the digest of the list that was confirmed, and a key."""

    people = HiddenField()
    key = StringField("Key", [InputRequired(), Length(max=40)])


class WithdrawForm(DebriefForm):
    """Why an assignment is withdrawn."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        [
            DataRequired("Write why it is withdrawn"),
            Length(max=500, message="Write no more than 500 characters"),
        ],
        description="Everyone who was still asked to complete it reads this in their record.",
        filters=[lambda text: text.strip() if text else text],
    )


def in_tree(units: list[Unit]) -> list[tuple[Unit, str]]:
    """Return each unit with a name that is indented by its depth below the highest."""
    depths: dict[Any, int] = {unit.id: unit.path.count("/") for unit in units}
    least = min(depths.values(), default=0)
    return [(unit, "\u2003" * (depths[unit.id] - least) + unit.name) for unit in units]
