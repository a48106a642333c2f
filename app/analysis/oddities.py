"""One plain sentence for each thing about a question that a trainer should look at; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.analysis.figures import Figures
from app.analysis.statistics import ENOUGH_TO_CORRELATE, Estimate, Z

ALMOST_ALL = 0.95


@dataclass(frozen=True)
class Choice:
    """One option of a question whose options are chosen, and how many chose it."""

    option_id: str
    text: str
    credit: str
    count: int

    @property
    def right(self) -> bool:
        """Tell whether it is the key, or a part of it."""
        return self.credit == "1"


Rule = Callable[[Figures, Sequence[Choice]], list[str]]


def oddities(figures: Figures, choices: Sequence[Choice], *, one_only: bool) -> tuple[str, ...]:
    """Return what stands out, each with the figures it rests on; nothing under ENOUGH answers.

    `choices` are the options where options are chosen, else empty; `one_only` where one is.
    """
    if figures.facility is None:
        return ()
    rules: tuple[Rule, ...] = (_almost_all, _backwards, _unchosen)
    if one_only:
        rules = (*rules, _better_choose, _tempting, _below_guessing)
    return tuple(sentence for rule in rules for sentence in rule(figures, choices))


def _almost_all(figures: Figures, _choices: Sequence[Choice]) -> list[str]:
    facility = figures.facility
    if facility is None or facility.value < ALMOST_ALL:
        return []
    return [
        "Almost everybody is right: it teaches little by being asked. "
        f"The mean credit is {facility.value:.2f}, from {facility.n} people."
    ]


def _backwards(figures: Figures, _choices: Sequence[Choice]) -> list[str]:
    r = figures.discrimination
    if r is None or r.value >= 0:
        return []
    chance = " It may still be chance: the interval reaches above 0." if r.high >= 0 else ""
    return [
        "People who do well elsewhere do worse here: check the key and the wording. "
        f"The discrimination is {signed(r.value)}, probably between {signed(r.low)} and "
        f"{signed(r.high)}, from {r.n} people.{chance}"
    ]


def _unchosen(figures: Figures, choices: Sequence[Choice]) -> list[str]:
    if figures.answered < ENOUGH_TO_CORRELATE:
        return []
    none = f"None of the {figures.answered} people who answered chose "
    key = [f"“{choice.text}”" for choice in choices if not choice.count and choice.right]
    rest = [f"“{choice.text}”" for choice in choices if not choice.count and not choice.right]
    work = "they do no work as choices." if len(rest) > 1 else "it does no work as a choice."
    return [
        *(f"{none}{text}, which is the key or a part of it: check it." for text in key),
        *([f"{none}{' or '.join(rest)}: {work}"] if rest else []),
    ]


def _better_choose(figures: Figures, choices: Sequence[Choice]) -> list[str]:
    """Find what people choose who do better elsewhere than those who choose the key; the best."""
    key = next((figures.rest.get((c.option_id, "")) for c in choices if c.right), None)
    if key is None or figures.paired < ENOUGH_TO_CORRELATE:
        return []
    better = [
        (choice, theirs)
        for choice in choices
        if not choice.right
        and (theirs := figures.rest.get((choice.option_id, ""))) is not None
        and theirs.value > key.value
    ]
    best = max(better, key=lambda pair: pair[1].value, default=None)
    return [_better(*best, key)] if best else []


def _better(choice: Choice, theirs: Estimate, key: Estimate) -> str:
    chance = " The intervals overlap, so it may be chance." if theirs.low <= key.high else ""
    return (
        f"People who do well elsewhere choose “{choice.text}”: check the key. The {theirs.n} who "
        f"chose it have a mean credit of {theirs.value:.2f} on the other questions, the {key.n} "
        f"who chose the key {key.value:.2f}.{chance}"
    )


def _tempting(_figures: Figures, choices: Sequence[Choice]) -> list[str]:
    """Find the answer that most people choose where it is not the key.

    The difference is called chance where its square is at most z² of their sum: McNemar's test,
    Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", Psychometrika 12 (1947), for two answers of which one person gives only one.
    """
    right = next((choice.count for choice in choices if choice.right), 0)
    most = max(choices, key=lambda choice: choice.count, default=None)
    if most is None or most.right or most.count <= right:
        return []
    slight = (most.count - right) ** 2 <= Z * Z * (most.count + right)
    chance = " The difference is small enough to be chance." if slight else ""
    return [
        f"More people choose “{most.text}” ({most.count}) than the key ({right}): either it "
        f"teaches what is often got wrong, or its wording misleads.{chance}"
    ]


def _below_guessing(figures: Figures, choices: Sequence[Choice]) -> list[str]:
    facility = figures.facility
    if facility is None or not choices:
        return []
    guess = float(sum((Fraction(choice.credit) for choice in choices), Fraction(0)) / len(choices))
    if facility.high >= guess:
        return []
    return [
        f"People do worse than by guessing. The mean credit is {facility.value:.2f}, probably at "
        f"most {facility.high:.2f}; a guess would have {guess:.2f} on average."
    ]


def signed(value: float) -> str:
    """Write a figure that may be negative, with a real minus sign."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")
