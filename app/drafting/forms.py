"""What the buttons of the outline and of the history send."""

from __future__ import annotations

from typing import Any

from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.drafting.outline import KIND_WORDS
from app.drafting.structuring import Act, Order
from app.ui.fields import IntegerField, SelectField, StringField, choice
from app.ui.forms import DebriefForm


class StructureForm(DebriefForm):
    """One button of the outline, with what was chosen beside it."""

    do = SelectField("What to do", choices=[choice(act.value, act.value) for act in Act])
    part = StringField("Part", [Length(max=120)])
    base = IntegerField("Revision", [InputRequired(), NumberRange(min=1)])
    kind = SelectField(
        "Kind of item", [Optional()],
        choices=[choice("", ""), *(choice(kind, words) for kind, words in KIND_WORDS.items())],
        default="",
    )  # fmt: skip
    to = StringField("Stage", [Length(max=80)])

    def order(self) -> Order:
        """Return what was asked for, once it has been validated."""
        return Order(
            Act(self.do.data), self.part.data or "", self.base.data or 0, self.kind.data or "",
            self.to.data or "",
        )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the kind of a new item and the stage of a move, and for a part of all others."""
        sound = super().validate(extra_validators)
        needed = {Act.ADD.value: self.kind, Act.MOVE.value: self.to}.get(self.do.data or "")
        if sound and needed is not None and not needed.data:
            self.refuse(needed.name, f"Choose the {needed.label.text.lower()} first")
            return False
        return sound


class RevisionForm(DebriefForm):
    """The number of a revision to go back to, or of a deletion to undo."""

    revision = IntegerField("Revision", [InputRequired(), NumberRange(min=1)])


class ReviewForm(DebriefForm):
    """The number of the state of a review from which a draft is made."""

    review = IntegerField("Review", [InputRequired(), NumberRange(min=1)])
