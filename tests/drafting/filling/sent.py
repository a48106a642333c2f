"""What a browser sends for a part that nobody changed."""

from __future__ import annotations

from typing import Any

from app.drafting.filling.fields import Spec, form_of


def sent(spec: Spec, part: dict[str, Any]) -> dict[str, list[str]]:
    """Return the names and values of a part's form."""
    form: dict[str, list[str]] = {}
    for name, value in form_of(spec, part):
        form.setdefault(name, []).append(value)
    return form
