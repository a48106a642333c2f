"""Walks every path through a module without going any of them: scores, counts, dead ends; pure.

Every gate opens whatever was answered, so questions do not depend on each other: the paths are
every combination of the ways to answer each of them. Counts and credits are exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb, lcm, prod

from app.attempts.marking import Form, Incomplete, mark, read_form
from app.catalogue.document import (
    GATES,
    QUESTIONS,
    Item,
    Matching,
    Module,
    Multiple,
    Option,
    Ordering,
    Question,
    Reflection,
    Single,
)
from app.catalogue.module_files import Finding
from app.catalogue.strict_yaml import Path
from app.checking.rules import because, items_of, warn

# More sums than this are not told apart; least, most and mean are exact all the same.
MOST_SUMS = 6000
BANDS = (
    ("No credit", Fraction(0), Fraction(0)),
    ("Up to a quarter", Fraction(0), Fraction(1, 4)),
    ("Up to a half", Fraction(1, 4), Fraction(1, 2)),
    ("Up to three quarters", Fraction(1, 2), Fraction(3, 4)),
    ("More, but not everything", Fraction(3, 4), Fraction(1)),
    ("Full credit everywhere", Fraction(1), Fraction(1)),
)


@dataclass(frozen=True)
class Outcomes:
    """What can come of one question: how many ways of answering it give which credit."""

    id: str
    path: Path
    kind: str
    prompt: str
    counts: Mapping[Fraction, int]

    @property
    def ways(self) -> int:
        """Return in how many ways it can be answered."""
        return sum(self.counts.values())

    @property
    def least(self) -> Fraction:
        """Return the least credit."""
        return min(self.counts, default=Fraction(0))

    @property
    def most(self) -> Fraction:
        """Return the most credit."""
        return max(self.counts, default=Fraction(0))

    @property
    def mean(self) -> Fraction:
        """Return the credit that choosing blindly gives on average."""
        total = sum((credit * ways for credit, ways in self.counts.items()), Fraction(0))
        return total / self.ways if self.ways else Fraction(0)


@dataclass(frozen=True)
class DeadEnd:
    """Something on the way that cannot be passed, opened or earned."""

    sentence: str
    path: Path


@dataclass(frozen=True)
class Paths:
    """Every path through a module, summed up."""

    questions: tuple[Outcomes, ...]
    reflections: int
    dead_ends: tuple[DeadEnd, ...]
    # How many paths end in which band of the whole credit; None: too many sums to tell apart.
    bands: tuple[tuple[str, int], ...] | None

    @property
    def ways(self) -> int:
        """Return the number of paths; a reflection is written or skipped."""
        answers: int = prod(question.ways for question in self.questions)
        return answers * (1 << self.reflections)

    def _share(self, credits: Iterator[Fraction]) -> Fraction:
        return sum(credits, Fraction(0)) / max(1, len(self.questions))

    @property
    def least(self) -> Fraction:
        """Return the lowest score; all questions weigh the same."""
        return self._share(question.least for question in self.questions)

    @property
    def most(self) -> Fraction:
        """Return the highest score."""
        return self._share(question.most for question in self.questions)

    @property
    def mean(self) -> Fraction:
        """Return the score that choosing blindly gives on average."""
        return self._share(question.mean for question in self.questions)


def walk_every_path(module: Module, without: Collection[int] = ()) -> Paths:
    """Return what comes of every path; stages whose number is in `without` are left out."""
    items = [(path, item) for path, item in items_of(module) if path[1] not in without]
    dead = [*_dead_gates(items), *_never_open(module, items), *_empty_consequences(items)]
    questions = tuple(
        Outcomes(item.id, path, item.kind, item.prompt, outcomes(item))
        for path, item in items
        if isinstance(item, QUESTIONS) and _markable(item)
    )
    for question in questions:
        if question.most < 1:
            dead.append(DeadEnd("Nobody can reach full credit here.", question.path))
    reflections = sum(isinstance(item, Reflection) for _path, item in items)
    return Paths(questions, reflections, tuple(dead), _bands(questions, 2**reflections))


@because("What nobody reaches might as well not have been written.")
def unreached(module: Module) -> Iterator[Finding]:
    """Whatever is chosen, every stage is reached."""
    for end in _dead_gates(list(items_of(module))):
        yield warn(end.sentence, *end.path)


def outcomes(question: Question) -> dict[Fraction, int]:
    """Return how many ways of answering a question give each credit."""
    if isinstance(question, Single):
        return dict(Counter(Fraction(option.credit) for option in question.options))
    if isinstance(question, Multiple):
        return _of_multiple(question)
    if isinstance(question, Ordering):
        return _of_ordering(len(question.options))
    targets, lines = len(question.targets), len(question.options)
    return {
        Fraction(right, lines): comb(lines, right) * (targets - 1) ** (lines - right)
        for right in range(lines + 1)
    }


def _of_multiple(question: Multiple) -> dict[Fraction, int]:
    """Count every choice but the empty one, by how many right and wrong options it holds."""
    rights = sum(option.credit == "1" for option in question.options)
    wrongs = len(question.options) - rights
    found: Counter[Fraction] = Counter()
    for right in range(rights + 1):
        for wrong in range(wrongs + 1):
            credit = max(Fraction(0), Fraction(right, rights) - Fraction(wrong, wrongs))
            if right or wrong:
                found[credit] += comb(rights, right) * comb(wrongs, wrong)
    return dict(found)


def _of_ordering(lines: int) -> dict[Fraction, int]:
    """Count the orders by their pairs that stand the wrong way round (Mahonian numbers)."""
    counts = [1]
    for size in range(2, lines + 1):
        longer = [0] * (len(counts) + size - 1)
        for at, count in enumerate(counts):
            for more in range(size):
                longer[at + more] += count
        counts = longer
    pairs = comb(lines, 2)
    return {1 - Fraction(wrong, pairs): count for wrong, count in enumerate(counts)}


def _bands(questions: tuple[Outcomes, ...], each: int) -> tuple[tuple[str, int], ...] | None:
    """Count the paths in each band of the score; `each` multiplies every count."""
    unit = lcm(*(credit.denominator for one in questions for credit in one.counts))
    if unit * len(questions) > MOST_SUMS or not questions:
        return None
    sums: Counter[int] = Counter({0: each})
    for question in questions:
        longer: Counter[int] = Counter()
        for credit, ways in question.counts.items():
            for total, count in sums.items():
                longer[total + int(credit * unit)] += count * ways
        sums = longer
    whole = unit * len(questions)
    return tuple(
        (words, sum(n for total, n in sums.items() if _within(Fraction(total, whole), low, high)))
        for words, low, high in BANDS
    )


def _within(share: Fraction, low: Fraction, high: Fraction) -> bool:
    """Tell whether a score lies in a band: above its lower end, up to its upper one."""
    if low == high:
        return share == low
    return low < share <= high and share != 1


def right_form(question: Question) -> Form:
    """Return the form of the answer that the key gives."""
    if isinstance(question, Ordering):
        return {"order": [option.id for option in question.options]}
    if isinstance(question, Matching):
        return {f"pair-{option.id}": [option.target] for option in question.options}
    best = max(Fraction(option.credit) for option in question.options)
    right = [option.id for option in question.options if Fraction(option.credit) == best]
    return {"choice": right if isinstance(question, Multiple) else right[:1]}


def _markable(question: Question) -> bool:
    """Tell whether the player can take and mark the answer that the key gives."""
    try:
        mark(question, read_form(question, right_form(question)))
    except (Incomplete, ZeroDivisionError):
        return False
    return True


def _dead_gates(items: list[tuple[Path, Item]]) -> Iterator[DeadEnd]:
    """Say which questions cannot be committed, and what is never reached behind the first."""
    closed: str | None = None
    for path, item in items:
        stage = path[:2]
        if closed and path[3] == 0:
            yield DeadEnd(f"Nobody reaches this stage: “{closed}” stands before it.", stage)
        if isinstance(item, QUESTIONS) and not _markable(item):
            yield DeadEnd("No answer to this can be committed, so nothing after it opens.", path)
            closed = closed or item.prompt


def _never_open(module: Module, items: list[tuple[Path, Item]]) -> Iterator[DeadEnd]:
    """Say which questions need something that is not open when they are asked."""
    order = {item.id: at for at, (_path, item) in enumerate(items_of(module))}
    for path, item in items:
        for at, needed in enumerate(item.needs if isinstance(item, QUESTIONS) else ()):
            if order.get(needed, len(order)) >= order[item.id]:
                sentence = f"This needs “{needed}”, which is never open when it is asked."
                yield DeadEnd(sentence, (*path, "needs", at))


def _empty_consequences(items: list[tuple[Path, Item]]) -> Iterator[DeadEnd]:
    """Say which options or answers open a text in which nothing stands."""
    for path, item in items:
        for at, option in enumerate(getattr(item, "options", ())):
            then = option.then if isinstance(option, Option) else None
            if then and not then.text.strip():
                yield DeadEnd(
                    f"What “{option.text}” opens is empty.", (*path, "options", at, "then", "text")
                )
        for at, reveal in enumerate(item.then if isinstance(item, GATES) else ()):
            if not reveal.text.strip():
                yield DeadEnd("What the answer opens is empty.", (*path, "then", at, "text"))
