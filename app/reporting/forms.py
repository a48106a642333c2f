"""What may stand in the address of the report, and the words of its refusals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.validators import Length, ValidationError

from app.reporting.scope import ModuleRow, UnitRow
from app.reporting.status import Status
from app.ui.fields import SelectField, StringField, choice
from app.ui.forms import DebriefForm


class _Known:
    """Refuse what is not among the choices, in a sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: DebriefForm, field: Any) -> None:
        if field.data not in {found.value for found in field.choices}:
            raise ValidationError(self.sentence)


def _select(label: str, refusal: str) -> SelectField:
    return SelectField(label, [_Known(refusal)], default="", validate_choice=False)


class ReportForm(DebriefForm):
    """Which unit, module, status and person the report shows."""

    unit = _select("Unit", "There is no such unit among yours. Choose one from the list")
    module = _select("Module", "There is no such module. Choose one from the list")
    status = _select("Status", "There is no such status. Choose one from the list")
    q = StringField(
        "Name or number",
        [Length(max=100, message="Write no more than 100 characters")],
        default="",
        filters=[lambda text: text.strip() if text else ""],
    )

    def offer(self, units: Sequence[UnitRow], modules: Sequence[ModuleRow]) -> None:
        """Give the choices that this manager has."""
        least = min((unit.path.count("/") for unit in units), default=0)
        self.unit.choices = [
            choice("", "All my units"),
            *(
                choice(str(unit.id), "\u2003" * (unit.path.count("/") - least) + unit.name)
                for unit in units
            ),
        ]
        self.module.choices = [
            choice("", "All modules"),
            *(choice(found.slug, found.title) for found in modules if found.offered),
        ]
        self.status.choices = [
            choice("", "All"),
            *(choice(status.value, status.words) for status in Status),
        ]
