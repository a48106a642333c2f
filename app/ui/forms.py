"""The base of every form: what a person types is kept, and a refusal stands beside its field."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm

# What WTForms says by itself, in our words.
SENTENCES = {
    "Not a valid choice.": "Choose one of these",
    "This field is required.": "Fill this in",
    "Not a valid integer value.": "Enter a whole number",
    "Invalid Choice: could not coerce.": "Choose one of these",
}


class _Words:
    """Stands where WTForms looks for translations."""

    def gettext(self, sentence: str) -> str:
        return SENTENCES.get(sentence, sentence)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many


class DebriefForm(FlaskForm):
    """A form whose refusals, from a validator or a verb, are sentences beside the field."""

    class Meta(FlaskForm.Meta):
        """How the fields of every form speak."""

        def get_translations(self, form: Any) -> _Words:
            """Return the words in which fields refuse."""
            return _Words()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)  # type: ignore[no-untyped-call]

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Tell whether the form was sent and nothing in it is refused."""
        return bool(super().validate_on_submit(extra_validators))  # type: ignore[no-untyped-call]

    def refuse(self, field_name: str, refusal: Exception | str) -> None:
        """Put the sentence of `refusal` beside the field, or over the form if it has no such."""
        field = self._fields.get(field_name)
        if field is None:
            self.form_errors = [*self.form_errors, str(refusal)]
        else:
            field.errors = [*field.errors, str(refusal)]
