"""What is wrong with the forms of a page, in their order, for the summary over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.ui.fields import CalendarDateField


def _anchor(bound: Any) -> str:
    """Return the id of the first control of a field."""
    return f"{bound.id}-day" if isinstance(bound, CalendarDateField) else str(bound.id)


def _of_field(bound: Any) -> Iterator[tuple[str, str]]:
    members = getattr(bound, "entries", None) or getattr(bound, "form", None)
    if members is not None:
        for member in members:
            yield from _of_field(member)
    elif bound.errors:
        yield str(bound.errors[0]), _anchor(bound)


def wrongs(*forms: Any) -> list[tuple[str, str]]:
    """Return (sentence, id of the control or nothing) for each thing to put right."""
    found: list[tuple[str, str]] = []
    for form in forms:
        if form is None or not hasattr(form, "form_errors"):
            continue
        found += [(str(sentence), "") for sentence in form.form_errors]
        for bound in form:
            found += _of_field(bound)
    return found
