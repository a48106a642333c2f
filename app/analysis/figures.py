"""The figures of one question, from counts of first answers; pure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

from app.analysis.statistics import (
    ENOUGH,
    ENOUGH_TO_CORRELATE,
    Estimate,
    Number,
    correlation_estimate,
    discrimination,
    efficiency,
    efficiency_estimate,
    mean_estimate,
    mean_of,
)

# An option, and what it was put against: a place, a target or nothing.
Pick = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """How often one response was the first answer to one question."""

    item_id: str
    response: str
    credit: str
    count: int


@dataclass(frozen=True)
class Scored:
    """How often a response came from people who have the same sum of all credits.

    `total` is that sum times the scale, the credit of this very response within; None where
    they did not answer everything.
    """

    item_id: str
    response: str
    credit: str
    total: int | None
    count: int


@dataclass
class Paired:
    """What was answered to one question by people who answered all, with their rest scores."""

    points: Counter[tuple[Number, Number]] = field(default_factory=Counter)
    # By response: how many gave it with each rest score.
    given: dict[str, Counter[int]] = field(default_factory=dict)

    def add(self, response: str, credit: int, rest: int, people: int = 1) -> None:
        """Count so many people who gave this response and have this rest score."""
        self.points[credit, rest] += people
        self.given.setdefault(response, Counter())[rest] += people


@dataclass(frozen=True)
class Figures:
    """What can be said of a question; None where there are too few or nothing varies."""

    answered: int = 0
    facility: Estimate | None = None
    # How many answered every question of the version.
    paired: int = 0
    discrimination: Estimate | None = None
    efficiency: Estimate | None = None
    # The sentence in place of a discrimination that cannot be given.
    why_not: str = ""
    # By option: the mean credit on the other questions of those who chose it.
    rest: Mapping[Pick, Estimate] = field(default_factory=dict)
    # The rest scores that this mean is of: how many people had each.
    scores: Mapping[Pick, Mapping[int, int]] = field(default_factory=dict)


def picks_of(response: dict[str, Any]) -> list[Pick]:
    """Return what one response chose; the canonical form says of which kind it is."""
    chosen = [(option, "") for option in response.get("chosen", ())]
    order = [(option, str(at)) for at, option in enumerate(response.get("order", ()), start=1)]
    return [*chosen, *order, *response.get("pairs", {}).items()]


def scale_of(groups: Iterable[Group]) -> int:
    """Return the number by which every credit becomes a whole one, so that sums stay exact."""
    return lcm(*(Fraction(credit).denominator for credit in {group.credit for group in groups}))


def whole_credits(groups: Iterable[Group], scale: int) -> dict[str, int]:
    """Return each credit that was given as a whole number, times `scale`."""
    return {credit: int(Fraction(credit) * scale) for credit in {group.credit for group in groups}}


def pair_up(rows: Iterable[Scored], whole: Mapping[str, int]) -> dict[str, Paired]:
    """Pair each answer with the sum of the same attempt's other credits, on the same scale."""
    found: dict[str, Paired] = defaultdict(Paired)
    for row in rows:
        if row.total is not None:
            credit = whole[row.credit]
            found[row.item_id].add(row.response, credit, row.total - credit, row.count)
    return found


def groups_in(rows: Iterable[Scored]) -> list[Group]:
    """Return how often each response was given to each question, whatever else was answered."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        counts[row.item_id, row.response, row.credit] += row.count
    return [Group(*what, count) for what, count in counts.items()]


def facility_of(groups: Iterable[Group]) -> Estimate | None:
    """Return the mean credit of first answers with its interval; None under ENOUGH answers."""
    credits: Counter[Fraction] = Counter()
    for group in groups:
        credits[Fraction(group.credit)] += group.count
    answered = credits.total()
    return mean_estimate(mean_of(credits), answered) if answered >= ENOUGH else None


def figures_of(groups: Iterable[Group], paired: Paired, *, others: int, scale: int) -> Figures:
    """Return the figures of one question; `others` is how many more the version asks."""
    found = list(groups)
    answered = sum(group.count for group in found)
    facility = facility_of(found)
    people = paired.points.total()
    if facility is None:
        return Figures(answered, paired=people)
    r, why_not = _discrimination(paired, others)
    part = efficiency(paired.points) if r else None
    scores = _scores(paired)
    return Figures(
        answered=answered,
        facility=facility,
        paired=people,
        discrimination=r,
        efficiency=efficiency_estimate(part, r) if r and part is not None else None,
        why_not=why_not,
        rest=_rest(scores, others * scale) if others else {},
        scores=scores if others else {},
    )


def _discrimination(paired: Paired, others: int) -> tuple[Estimate | None, str]:
    """Return the correlation, or the sentence why there is none."""
    n = paired.points.total()
    if not others:
        return None, "It is the only question, so there is nothing to compare it with."
    if n < ENOUGH_TO_CORRELATE:
        return None, (
            f"Too few to say: {n} answered every question, and it takes {ENOUGH_TO_CORRELATE}."
        )
    r = discrimination(paired.points)
    if r is not None:
        return correlation_estimate(r, n), ""
    if len({credit for credit, _rest in paired.points}) == 1:
        return None, f"All {n} had the same credit here, so it cannot tell people apart."
    return None, f"All {n} did equally well on the other questions, so nothing can be compared."


def _scores(paired: Paired) -> dict[Pick, Counter[int]]:
    """Return how many had each rest score, by option that ENOUGH people chose."""
    found: dict[Pick, Counter[int]] = defaultdict(Counter)
    for response, scores in paired.given.items():
        for pick in picks_of(json.loads(response)):
            found[pick] += scores
    return {pick: scores for pick, scores in found.items() if scores.total() >= ENOUGH}


def _rest(scores: Mapping[Pick, Counter[int]], most: int) -> dict[Pick, Estimate]:
    """Return the mean share of `most` reached elsewhere, by option."""
    return {
        pick: mean_estimate(Fraction(_sum(had), had.total() * most), had.total())
        for pick, had in scores.items()
    }


def _sum(scores: Mapping[int, int]) -> int:
    return sum(score * people for score, people in scores.items())
