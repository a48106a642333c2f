"""What a trainer may type when she reviews, publishes and tends modules."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.catalogue.models import Version
from app.db import london_date, now_utc
from app.ui.fields import (
    BooleanField,
    CalendarDateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    choice,
)
from app.ui.forms import DebriefForm
from app.ui.typed import shown

APPROVE, CHANGES = "approve", "changes"
STAND, AGAIN = "stand", "again"


def _stripped(text: str | None) -> str:
    return shown(text or "").strip()


def _on_one_line(text: str | None) -> str:
    return " ".join(shown(text or "").split())


def _not_past(_form: DebriefForm, field: CalendarDateField) -> None:
    day: date | None = field.data
    if day is not None and day < london_date(now_utc()):
        raise ValidationError("Enter today or a later date")


class BlankForm(DebriefForm):
    """What a draft that begins with nothing is called."""

    title = StringField(
        "Working title",
        [DataRequired("Give it a title; you can change it later"),
         Length(max=120, message="Write no more than 120 characters")],
        description="Something that gives nothing away. You can change it later.",
        filters=[_on_one_line],
    )  # fmt: skip


class FromVersionForm(DebriefForm):
    """Which published module a draft begins from."""

    version = SelectField("Module", [InputRequired("Choose a module")])
    # Another draft of the module is under way, and she wants one of her own all the same.
    also = BooleanField("Begin another all the same")

    def offer(self, versions: list[Version]) -> None:
        """Give the newest version of each module."""
        first = choice("", "Choose a module")
        named = ((str(v.id), f"{v.title} (version {v.number})") for v in versions)
        self.version.choices = [first, *(choice(value, label) for value, label in named)]


class CommentForm(DebriefForm):
    """A remark on one part of a draft."""

    part = SelectField("About which part?", [InputRequired("Choose a part")])
    text = TextAreaField(
        "Comment",
        [
            DataRequired("Write your comment"),
            Length(max=4000, message="Write no more than 4,000 characters"),
        ],
        filters=[_stripped],
    )

    def offer(self, parts: list[tuple[str, str]]) -> None:
        """Give the parts that there are."""
        first = choice("", "Choose a part")
        self.part.choices = [first, *(choice(address, label) for address, label in parts)]


class SettleForm(DebriefForm):
    """Which comment is settled."""

    comment = IntegerField("Comment", [InputRequired()])


class SignOffForm(DebriefForm):
    """A second trainer's word on the revision that she has read."""

    # Each of two buttons sends one of them.
    verdict = RadioField(
        "Your decision",
        [InputRequired("Choose whether it may be published")],
        choices=[choice(APPROVE, "Approve"), choice(CHANGES, "Ask for changes")],
    )
    note = TextAreaField(
        "What do you want to say about it?",
        [Length(max=2000, message="Write no more than 2,000 characters")],
        description="Kept with your decision. If it needs changes, say which.",
        filters=[_stripped],
    )
    revision = HiddenField()


class PublishForm(DebriefForm):
    """What is decided with a version, and that it is meant."""

    earlier = RadioField(
        "Those who completed an earlier version",
        [Optional()],
        choices=[
            choice(STAND, "Their completion stands, and that is all"),
            choice(
                AGAIN,
                "Ask them to do it again, from a date",
                "The date is kept with this version.",
            ),
        ],
        default=STAND,
    )
    again_from = CalendarDateField("Ask them again from", [_not_past])
    review_by = CalendarDateField(
        "Review by",
        [_not_past],
        description="When somebody should look at this module again. You may leave it empty.",
    )
    sure = BooleanField("I have read what changed and want to publish it", [])
    revision = HiddenField()

    def validate_again_from(self, field: CalendarDateField) -> None:
        """Want a date where people are to be asked again."""
        if self.earlier.data == AGAIN and field.data is None and not field.errors:
            raise ValidationError("Enter the date from which they are asked again")

    def validate_sure(self, field: BooleanField) -> None:
        """Want the box ticked: nothing goes live by accident."""
        if not field.data:
            raise ValidationError("Tick the box to publish it")

    @property
    def ask_again_from(self) -> date | None:
        """Return the date, where people are to be asked again."""
        return self.again_from.data if self.earlier.data == AGAIN else None


class ReviewByForm(DebriefForm):
    """When a module should be looked at again."""

    review_by = CalendarDateField(
        "Review by",
        description="When somebody should look at this module again. Leave it empty for no date.",
    )
