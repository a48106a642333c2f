"""One plain sentence for each thing about a question that a trainer should look at; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

from app.analysis.figures import Figures
from app.analysis.statistics import ENOUGH_TO_CORRELATE, Z, higher_by_rank

ALMOST_ALL = 0.95
# How often a trainer may be told to check the key of a question although nobody who does better
# elsewhere leans to a wrong answer: of a hundred such questions, one.
FALSE_ALARMS = 0.01


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
    """Tell of a discrimination below 0, where the whole of its interval is.

    With no connection at all that happens in one question of forty: the interval is Fisher's at
    95 %, and only one of its two ends counts.
    """
    r = figures.discrimination
    if r is None or r.high >= 0:
        return []
    return [
        "People who do well elsewhere do worse here: check the key and the wording. "
        f"The discrimination is {signed(r.value)}, probably between {signed(r.low)} and "
        f"{signed(r.high)}, from {r.n} people."
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
    """Find the wrong answer whose choosers do better elsewhere than those of the key.

    Each wrong answer that ENOUGH people chose is compared with the key by ranks; the chance of
    FALSE_ALARMS is divided among them (C. E. Bonferroni, 1936), so that it holds for the question
    however many answers it has. In simulations it is kept within a few thousandths, and stays
    under 3 in 100 even where nine of ten people have the same score.
    """
    key = next((choice for choice in choices if choice.right), None)
    scores = figures.scores
    if key is None or (key.option_id, "") not in scores or figures.paired < ENOUGH_TO_CORRELATE:
        return []
    of_key = scores[key.option_id, ""]
    wrong = [each for each in choices if not each.right and (each.option_id, "") in scores]
    limit = NormalDist().inv_cdf(1 - FALSE_ALARMS / max(1, len(wrong)))
    sure = [each for each in wrong if higher_by_rank(scores[each.option_id, ""], of_key) > limit]
    best = max(sure, key=lambda each: figures.rest[each.option_id, ""].value, default=None)
    return [_better(best, key, figures)] if best else []


def _better(choice: Choice, key: Choice, figures: Figures) -> str:
    theirs, right = figures.rest[choice.option_id, ""], figures.rest[key.option_id, ""]
    return (
        f"People who do well elsewhere choose “{choice.text}”: check the key. The {theirs.n} who "
        f"chose it have a mean credit of {theirs.value:.2f} on the other questions, the {right.n} "
        f"who chose the key {right.value:.2f}. By chance "
        "alone that happens in about 1 of 100 questions."
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
