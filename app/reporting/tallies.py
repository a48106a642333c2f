"""Adding up: how many were asked and how it stands, by unit and by module; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.reporting.scope import ModuleRow, UnitRow
from app.reporting.status import Status

_PARTS = tuple(
    (status.tone, status.words.lower())
    for status in (Status.COMPLETED, Status.IN_PROGRESS, Status.NOT_STARTED, Status.OVERDUE)
)


@dataclass(frozen=True)
class Tally:
    """How many requests to active people there are, and how it stands with them."""

    asked: int = 0
    completed: int = 0
    overdue: int = 0
    in_progress: int = 0
    # People who completed it without being asked: never part of the others.
    unasked: int = 0

    @property
    def not_started(self) -> int:
        """Return how many have time and have not begun."""
        return self.asked - self.completed - self.overdue - self.in_progress

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.asked + other.asked,
            self.completed + other.completed,
            self.overdue + other.overdue,
            self.in_progress + other.in_progress,
            self.unasked + other.unasked,
        )

    def of(self, status: Status | None) -> int:
        """Return how many have this status; of all of them without one."""
        counts = {
            None: self.asked,
            Status.COMPLETED: self.completed,
            Status.OVERDUE: self.overdue,
            Status.IN_PROGRESS: self.in_progress,
            Status.NOT_STARTED: self.not_started,
        }
        return counts[status]

    @property
    def segments(self) -> list[tuple[str, int, str]]:
        """Return the parts of the bar: tone, count and word."""
        counts = (self.completed, self.in_progress, self.not_started, self.overdue)
        return [(tone, count, word) for (tone, word), count in zip(_PARTS, counts, strict=True)]


# By unit and module, as the database counted them.
Counted = Mapping[tuple[int, int], Tally]


@dataclass(frozen=True)
class UnitLine:
    """One line of the table by unit; without `unit` it counts those directly in the unit above."""

    unit: UnitRow | None
    tally: Tally


@dataclass(frozen=True)
class ModuleLine:
    """One line of the table by module."""

    module: ModuleRow
    tally: Tally


def total(counted: Counted) -> Tally:
    """Add up everything."""
    return sum(counted.values(), Tally())


def by_unit(counted: Counted, units: Sequence[UnitRow], heads: Sequence[UnitRow]) -> list[UnitLine]:
    """Count each of `heads` with all below it, and last those who are in none of them."""
    paths = {unit.id: unit.path for unit in units}
    head_of = {head.id: head for head in heads}
    sums: dict[int | None, Tally] = {head.id: Tally() for head in heads}
    for (unit_id, _module_id), tally in counted.items():
        above = (int(part) for part in paths[unit_id].split("/") if part)
        head = next((id_ for id_ in above if id_ in head_of), None)
        sums[head] = sums.get(head, Tally()) + tally
    lines = [UnitLine(head, sums[head.id]) for head in heads]
    return lines + ([UnitLine(None, sums[None])] if None in sums else [])


def by_module(counted: Counted, modules: Iterable[ModuleRow]) -> list[ModuleLine]:
    """Count each module that somebody was asked to complete, or completed without."""
    sums: dict[int, Tally] = {}
    for (_unit_id, module_id), tally in counted.items():
        sums[module_id] = sums.get(module_id, Tally()) + tally
    return [ModuleLine(module, sums[module.id]) for module in modules if module.id in sums]
