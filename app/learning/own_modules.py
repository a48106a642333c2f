"""How a person stands with each module that she was asked, began, completed or may take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.assigning.explaining import Asked
from app.attempts.models import Attempt
from app.attempts.progress import Progress
from app.catalogue.models import Version
from app.records.queries import Completed


@dataclass(frozen=True)
class Begun:
    """An open attempt as a card shows it."""

    attempt: Attempt
    number: int
    total: int
    minutes_left: int
    deciding: bool

    @property
    def done(self) -> int:
        """Return how many stages are behind the learner."""
        return self.number - 1


@dataclass(frozen=True)
class OwnModule:
    """One module as home and library show it to one person."""

    version: Version
    asked: Asked | None
    begun: Begun | None
    completed: Completed | None

    @property
    def module_id(self) -> int:
        """Return which module it is."""
        return self.version.module_id

    @property
    def slug(self) -> str:
        """Return the module's name in addresses."""
        return self.version.module.slug

    @property
    def title(self) -> str:
        """Return the title of the version that counts for the person."""
        return self.begun.attempt.version.title if self.begun else self.version.title

    @property
    def minutes(self) -> int:
        """Return the minutes that the newest version states."""
        return self.version.minutes

    @property
    def due(self) -> date | None:
        """Return by when it is asked, while it is still open."""
        return self.asked.due_on if self.asked else None


def begun(attempt: Attempt, progress: Progress) -> Begun:
    """Return how far an open attempt has come."""
    total = len(progress.module.stages)
    stage, _gate = progress.place(attempt.place)
    at = progress.module.stages.index(stage) + 1
    return Begun(
        attempt=attempt,
        number=min(at, total),
        total=total,
        minutes_left=progress.minutes_left(stage.id),
        deciding=not progress.all_passed,
    )


def own_modules(
    versions: Iterable[Version],
    asked: Iterable[Asked],
    running: Iterable[Begun],
    completed: Iterable[Completed],
) -> list[OwnModule]:
    """Join what is known of each module for one person, in the order of `versions`."""
    due = {row.module_id: row for row in reversed(list(asked)) if row.completion_id is None}
    open_by_module = {entry.attempt.module_id: entry for entry in running}
    done: dict[int, Completed] = {}
    for row in completed:
        if row.module_id not in done or row.completed_on > done[row.module_id].completed_on:
            done[row.module_id] = row
    return [
        OwnModule(
            version=version,
            asked=due.get(version.module_id),
            begun=open_by_module.get(version.module_id),
            completed=done.get(version.module_id),
        )
        for version in versions
    ]
