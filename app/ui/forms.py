"""The base of every form: what a person types is kept, and a refusal stands beside its field."""

from __future__ import annotations

from flask_wtf import FlaskForm


class DebriefForm(FlaskForm):
    """A form whose refusals, from a validator or a verb, are sentences beside the field."""

    def refuse(self, field_name: str, refusal: Exception | str) -> None:
        """Put the sentence of `refusal` beside the field, or over the form if it has no such."""
        field = self._fields.get(field_name)
        if field is None:
            self.form_errors = [*self.form_errors, str(refusal)]
        else:
            field.errors = [*field.errors, str(refusal)]
