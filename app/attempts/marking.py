"""Marking: pure functions from a question and a response to an exact fraction.

A response is frozen and holds ids of the document only. What each kind of question needs stands
in one table, KINDS: how to read a form, how to mark, and the one line that tells the learner.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

from app.catalogue.document import Matching, Multiple, Ordering, Question, Single

Form = Mapping[str, Sequence[str]]


class Incomplete(ValueError):
    """A response lacks something; the message is the sentence beside the question."""


@dataclass(frozen=True)
class Response:
    """What somebody chose, put in order or matched; only one of the three is used."""

    chosen: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> str:
        """Return canonical JSON, in which equal responses are equal texts."""
        if self.order:
            return json.dumps({"order": list(self.order)}, separators=(",", ":"))
        if self.pairs:
            return json.dumps({"pairs": dict(sorted(self.pairs))}, separators=(",", ":"))
        return json.dumps({"chosen": sorted(self.chosen)}, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> Response:
        """Read what `to_json` wrote."""
        found: dict[str, Any] = json.loads(text)
        return Response(
            chosen=tuple(found.get("chosen", ())),
            order=tuple(found.get("order", ())),
            pairs=tuple(sorted(found.get("pairs", {}).items())),
        )


@dataclass(frozen=True)
class Mark:
    """The exact credit from 0 to 1 and the rule by which it was given."""

    credit: Fraction
    scheme: str

    @property
    def full(self) -> bool:
        """Tell whether nothing is missing."""
        return self.credit == 1


def _ids(question: Question) -> tuple[str, ...]:
    return tuple(option.id for option in question.options)


def _read_single(question: Single, form: Form) -> Response:
    chosen = [value for value in form.get("choice", ()) if value in _ids(question)]
    if len(chosen) != 1:
        raise Incomplete("Choose one answer before you commit.")
    return Response(chosen=(chosen[0],))


def _read_multiple(question: Multiple, form: Form) -> Response:
    sent = set(form.get("choice", ()))
    chosen = tuple(sorted(value for value in _ids(question) if value in sent))
    if not chosen:
        raise Incomplete("Choose at least one answer before you commit.")
    return Response(chosen=chosen)


def _read_ordering(question: Ordering, form: Form) -> Response:
    order = tuple(form.get("order", ()))
    if sorted(order) != sorted(_ids(question)):
        raise Incomplete("Put every line in its place before you commit.")
    return Response(order=order)


def _read_matching(question: Matching, form: Form) -> Response:
    targets = {target.id for target in question.targets}
    pairs = []
    for option in question.options:
        sent = form.get(f"pair-{option.id}", ())
        if len(sent) == 1 and sent[0] in targets:
            pairs.append((option.id, sent[0]))
    missing = len(question.options) - len(pairs)
    if missing:
        raise Incomplete(
            "Choose a match for each line before you commit: "
            f"{missing} of {len(question.options)} still without one."
        )
    return Response(pairs=tuple(sorted(pairs)))


def _mark_single(question: Single, response: Response) -> Fraction:
    credits = {option.id: Fraction(option.credit) for option in question.options}
    return credits[response.chosen[0]]


def _mark_multiple(question: Multiple, response: Response) -> Fraction:
    right = {option.id for option in question.options if option.credit == "1"}
    wrong = set(_ids(question)) - right
    chosen = set(response.chosen)
    share = Fraction(len(chosen & right), len(right)) - Fraction(len(chosen & wrong), len(wrong))
    return max(Fraction(0), share)


def _mark_ordering(question: Ordering, response: Response) -> Fraction:
    place = {option: at for at, option in enumerate(response.order)}
    pairs = list(combinations(_ids(question), 2))
    return Fraction(sum(place[a] < place[b] for a, b in pairs), len(pairs))


def _mark_matching(question: Matching, response: Response) -> Fraction:
    key = {option.id: option.target for option in question.options}
    right = sum(key[option] == target for option, target in response.pairs)
    return Fraction(right, len(key))


@dataclass(frozen=True)
class Kind:
    """What one kind of question needs."""

    read: Callable[[Any, Form], Response]
    mark: Callable[[Any, Response], Fraction]
    # The rule in one line, shown before the answer and stored with it.
    scheme: str
    # What to do, in a word or two, above the question.
    ask: str


KINDS: dict[str, Kind] = {
    "single": Kind(_read_single, _mark_single, "Full credit for the best answer.", "choose one"),
    "multiple": Kind(
        _read_multiple,
        _mark_multiple,
        "Each right choice adds its share, each wrong one takes its share off, never below zero.",
        "choose all that apply",
    ),
    "ordering": Kind(
        _read_ordering,
        _mark_ordering,
        "The share of pairs that stand in the right order.",
        "put in order",
    ),
    "matching": Kind(
        _read_matching, _mark_matching, "The share of lines with the right match.", "match"
    ),
}


def read_form(question: Question, form: Form) -> Response:
    """Read a response from the fields of a form; raises Incomplete with a sentence.

    `choice` (repeated), `order` (repeated, in order) or `pair-OPTION`; anything else is ignored.
    """
    return KINDS[question.kind].read(question, form)


def mark(question: Question, response: Response) -> Mark:
    """Mark a response that `read_form` gave."""
    kind = KINDS[question.kind]
    return Mark(kind.mark(question, response), kind.scheme)


def shuffled(question: Question, seed: int, look: str) -> tuple[str, ...]:
    """Return the ids of the options in the order in which this attempt shows them.

    The same seed, question and look always give the same order. An ordering never starts as its
    key, and looking again never shows the order of the first look.
    """
    key = _ids(question)
    barred = {key} if question.kind == "ordering" else set()
    first = shuffled(question, seed, "first") if look != "first" else None
    order = list(key)
    Random(f"{seed}:{question.id}:{look}").shuffle(order)  # noqa: S311 - a shuffle, no secret
    turns = [(*order[at:], *order[:at]) for at in range(len(order))]
    allowed = [turn for turn in turns if turn not in barred]
    return next((turn for turn in allowed if turn != first), allowed[0])
