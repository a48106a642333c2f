"""Counts of what was answered to one question, and what is said of it; pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.analysis.figures import Figures, Group, Pick, picks_of
from app.analysis.statistics import ENOUGH, Estimate, mean_estimate
from app.catalogue.document import Matching, Ordering, Question

MOST_ORDERS = 10

# The chosen option, what it was put against (a place, a target or nothing), and how often.
Picks = Counter[Pick]


@dataclass(frozen=True)
class Before:
    """How a question did in the version before, and whether it stood there word for word."""

    number: int
    answered: int
    facility: Estimate | None
    same: bool


@dataclass(frozen=True)
class Row:
    """How often one option was chosen, or put in one place or against one target."""

    option_id: str
    text: str
    against: str
    word: str
    tone: str
    count: int
    # Of an option that is chosen; where options are put somewhere a pair is right or not.
    credit: str = ""
    # The id of what it was put against, as it stands in a response.
    target: str = ""

    @property
    def always(self) -> bool:
        """Tell whether it stands in the list whoever answered what."""
        return not self.against or self.word == "Right"


@dataclass(frozen=True)
class Tally:
    """What was answered to one question, without anybody's name or date."""

    number: int
    item_id: str
    kind: str
    prompt: str
    stage: str
    answered: int
    full: int
    rows: tuple[Row, ...]
    # For an ordering: the orders that were given most often, each with its count.
    orders: tuple[tuple[tuple[str, ...], int], ...] = ()
    figures: Figures = field(default_factory=Figures)
    oddities: tuple[str, ...] = ()
    before: Before | None = None

    @property
    def enough(self) -> bool:
        """Tell whether there are enough answers to speak of shares."""
        return self.answered >= ENOUGH

    @property
    def shown(self) -> tuple[Row, ...]:
        """Return the options; with few answers not even which wrong pairs somebody chose."""
        return self.rows if self.enough else tuple(r for r in self.rows if r.always)

    def share_of(self, row: Row) -> Estimate:
        """Return the share of those who answered that put this option there."""
        return mean_estimate(Fraction(row.count, self.answered), self.answered)

    def rest_of(self, row: Row) -> Estimate | None:
        """Return the mean credit elsewhere of those who put this option there."""
        return self.figures.rest.get((row.option_id, row.target))


@dataclass(frozen=True)
class ReflectionTally:
    """How many wrote to one reflection and how many skipped it; never what."""

    number: int
    item_id: str
    prompt: str
    written: int
    skipped: int

    @property
    def enough(self) -> bool:
        """Tell whether there are enough people to say what they did."""
        return self.written + self.skipped >= ENOUGH


def tally(question: Question, groups: Iterable[Group], *, number: int, stage: str) -> Tally:
    """Count what was answered to one question; pure."""
    found = list(groups)
    picks: Picks = Counter()
    for group in found:
        for pick in picks_of(json.loads(group.response)):
            picks[pick] += group.count
    return Tally(
        number=number,
        item_id=question.id,
        kind=question.kind,
        prompt=question.prompt,
        stage=stage,
        answered=sum(group.count for group in found),
        full=sum(group.count for group in found if group.credit == "1"),
        rows=tuple(_ROWS[question.kind](question, picks)),
        orders=_orders(question, found) if isinstance(question, Ordering) else (),
    )


def _chosen_rows(question: Any, picks: Picks) -> list[Row]:
    words = {"1": ("Right", "right"), "0": ("Not right", "wrong")}
    return [
        Row(option.id, option.text, "", *words.get(option.credit, ("Partly right", "plain")),
            picks[option.id, ""], option.credit)
        for option in question.options
    ]  # fmt: skip


def _order_rows(question: Ordering, picks: Picks) -> list[Row]:
    places = [(str(at), f"Place {at}") for at in range(1, len(question.options) + 1)]
    rights = {option.id: str(at) for at, option in enumerate(question.options, start=1)}
    return _against(question, places, rights, picks)


def _match_rows(question: Matching, picks: Picks) -> list[Row]:
    targets = [(target.id, target.text) for target in question.targets]
    return _against(question, targets, {o.id: o.target for o in question.options}, picks)


def _against(
    question: Ordering | Matching,
    targets: list[tuple[str, str]],
    rights: dict[str, str],
    picks: Picks,
) -> list[Row]:
    """Return the right pair of each option, and every other pair that somebody chose."""
    rows = []
    for option in question.options:
        for target, text in targets:
            right, count = rights[option.id] == target, picks[option.id, target]
            if right or count:
                word, tone = ("Right", "right") if right else ("Not right", "wrong")
                row = Row(option.id, option.text, text, word, tone, count, target=target)
                rows.append(row)
    return rows


def _orders(question: Ordering, groups: list[Group]) -> tuple[tuple[tuple[str, ...], int], ...]:
    texts = {option.id: option.text for option in question.options}
    ranked = sorted(groups, key=lambda group: (-group.count, group.response))[:MOST_ORDERS]
    return tuple(
        (tuple(texts[option] for option in json.loads(group.response)["order"]), group.count)
        for group in ranked
    )


_ROWS: dict[str, Callable[[Any, Picks], list[Row]]] = {
    "single": _chosen_rows,
    "multiple": _chosen_rows,
    "ordering": _order_rows,
    "matching": _match_rows,
}
