"""How long stages take against the minutes that the module states; pure.

Only the moments at which gates were passed are kept, not the pages in between. So the time of a
stage is the sum of the gaps from one gate to the next, each counted up to the longest gap that
Debrief counts as work, the first of all from the start of the attempt. Reading in a stage that
has no gate falls into the next gap: such stages are joined to the next one with a gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.analysis.statistics import ENOUGH, Estimate, median_estimate
from app.attempts.progress import expected_seconds
from app.attempts.sitting import LONGEST_GAP
from app.catalogue.document import GATES, Module


@dataclass(frozen=True)
class Sitting:
    """When one first attempt began, when each gate of it was passed, and its active time."""

    begun: datetime
    active_seconds: int
    passed: dict[str, datetime]


@dataclass(frozen=True)
class Leg:
    """A stage with gates, and the stages without before it."""

    title: str
    gates: tuple[str, ...]
    # Its share of the stated minutes, by the words to read and the decisions to make.
    stated: float


@dataclass(frozen=True)
class StageTime:
    """The median minutes that a stage took, and its share of the stated ones."""

    title: str
    stated: float
    taken: Estimate


@dataclass(frozen=True)
class Times:
    """The time of a whole module and of its stages, in minutes; nothing under ENOUGH people."""

    n: int
    stated: int
    whole: Estimate | None = None
    stages: tuple[StageTime, ...] = ()


def legs_of(module: Module) -> tuple[Leg, ...]:
    """Cut a module at its gates into legs, each with its share of the stated minutes."""
    total = sum(expected_seconds(item) for _stage, item in module.items())
    legs: list[Leg] = []
    titles: list[str] = []
    seconds = 0.0
    for stage in module.stages:
        titles.append(stage.title)
        seconds += sum(expected_seconds(item) for item in stage.items)
        gates = tuple(item.id for item in stage.items if isinstance(item, GATES))
        if gates:
            legs.append(Leg("; ".join(titles), gates, module.minutes * seconds / total))
            titles, seconds = [], 0.0
    return tuple(legs)


def minutes_of(sitting: Sitting, legs: Sequence[Leg]) -> tuple[float, ...] | None:
    """Return the minutes of each leg in one attempt; None where a gate was not passed."""
    before, found = sitting.begun, []
    for leg in legs:
        minutes = 0.0
        for gate in leg.gates:
            at = sitting.passed.get(gate)
            if at is None:
                return None
            minutes += _gap(before, at)
            before = at
        found.append(minutes)
    return tuple(found)


def _gap(before: datetime, at: datetime) -> float:
    seconds = min((at - before).total_seconds(), LONGEST_GAP.total_seconds())
    return max(0.0, seconds) / 60


def times_of(module: Module, sittings: Sequence[Sitting]) -> Times:
    """Return the medians over completed first attempts."""
    legs = legs_of(module)
    timed = [found for sitting in sittings if (found := minutes_of(sitting, legs)) is not None]
    n = len(timed)
    if n < ENOUGH:
        return Times(n, module.minutes)
    stages = tuple(
        StageTime(leg.title, leg.stated, median_estimate([found[at] for found in timed]))
        for at, leg in enumerate(legs)
    )
    whole = median_estimate([sitting.active_seconds / 60 for sitting in sittings])
    return Times(n, module.minutes, whole, stages)
