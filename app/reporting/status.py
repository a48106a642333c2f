"""How it stands between one person and one thing that she was asked; pure."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cached_property


class Status(Enum):
    """What a manager sees of one person and one request. Nothing is written in advance."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    OVERDUE = "overdue"

    @cached_property
    def words(self) -> str:
        """Return the status as pages and downloads write it."""
        return self.value.replace("_", " ").capitalize()

    @cached_property
    def tone(self) -> str:
        """Return the tone in which tags and bars draw it."""
        return _TONES[self]


_TONES = {
    Status.NOT_STARTED: "plain",
    Status.IN_PROGRESS: "progress",
    Status.COMPLETED: "done",
    Status.OVERDUE: "overdue",
}


def status_of(*, completed: bool, begun: bool, due_on: date, today: date) -> Status:
    """Say how it stands on the London date `today`: overdue from the midnight after `due_on`."""
    if completed:
        return Status.COMPLETED
    if due_on < today:
        return Status.OVERDUE
    return Status.IN_PROGRESS if begun else Status.NOT_STARTED
