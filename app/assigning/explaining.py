"""Why somebody is asked to complete a module by a date, in a sentence; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.db import london_date as day_of
from app.ui.filters import london_date as written


@dataclass(frozen=True)
class Asked:
    """One time that a person was asked, with what its sentence needs."""

    module_id: int
    due_on: date
    asked_at: datetime
    assigned_by_name: str
    unit_name: str
    completion_id: int | None
    assignment_id: int = 0
    completed_on: date | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None
    # The module's newest title.
    title: str = ""


def weekday_written(day: date) -> str:
    """Write a date out with its weekday, such as Friday 4 December 2026."""
    return f"{day:%A} {written(day)}"


def explain(asked: Asked, person: str = "you were") -> str:
    """Say who asked, when and why, by when it is due, and what came of it."""
    day = day_of(asked.asked_at)
    sentence = (
        f"Asked by {asked.assigned_by_name} on {written(day)} because {person} in "
        f"{asked.unit_name}; due by {weekday_written(asked.due_on)}."
    )
    if asked.withdrawn_at is not None:
        withdrawn = written(asked.withdrawn_at)
        return f"{sentence} Withdrawn on {withdrawn}: {asked.withdrawal_reason}"
    if asked.completed_on is not None:
        before = ", before being asked" if asked.completed_on < day else ""
        return f"{sentence} Completed on {written(asked.completed_on)}{before}."
    return sentence
