"""A learner of the demonstration: goes through a module by the verbs that a real one uses.

The answers are believable, neither all right nor thrown: most first answers are right, a wrong
one is most often the tempting one, and looking again mends most of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.attempts import queries, reflecting, sitting
from app.attempts.completing import complete, still_missed
from app.attempts.marking import Response
from app.attempts.models import Attempt
from app.attempts.state import Point
from app.catalogue.document import GATES, Gate, Module, Question, Reflection
from app.demo.words import COMMITMENTS, REFLECTIONS

# What the hardest question takes off a learner's skill, and the easiest adds to it.
EASE = (-0.2, 0.2)


class DemoAttemptLost(RuntimeError):
    """An attempt that was just begun is not there: a fault of Debrief, not of its user."""


@dataclass
class Learner:
    """Somebody with a way of answering, and a clock that goes on as she works."""

    person_id: int
    unit_path: str
    luck: Random
    clock: datetime
    # The share of questions that she gets right at once.
    skill: float = 0.65

    def chance(self, question: Question) -> float:
        """Return how likely she is right at once: some questions are harder, for everybody."""
        ease = Random(question.id).uniform(*EASE)  # noqa: S311 it is to be the same each time
        return min(0.95, max(0.05, self.skill + ease))

    def works(self, least: int, most: int) -> datetime:
        """Let some seconds pass and return the time."""
        self.clock += timedelta(seconds=self.luck.randint(least, most))
        return self.clock


def play(learner: Learner, slug: str, *, gates: int | None = None) -> Attempt:
    """Start a module and go the whole way, or stop before the gate after `gates` of them."""
    begun = sitting.start(learner.person_id, learner.unit_path, slug, now=learner.clock)
    attempt = queries.attempt_of(learner.person_id, begun.id)
    if attempt is None:
        raise DemoAttemptLost(slug)
    module = queries.document_of(attempt)
    left = len(tuple(module.gates())) if gates is None else gates
    for stage in module.stages:
        sitting.open_stage(attempt, stage.id, now=learner.works(4, 12))
        asked = [item for item in stage.items if isinstance(item, GATES)]
        _decide(learner, attempt, asked[:left])
        if left < len(asked):
            return attempt
        left -= len(asked)
    _finish(learner, attempt, module)
    return attempt


def _decide(learner: Learner, attempt: Attempt, asked: Sequence[Gate]) -> None:
    """Pass gates one after the other."""
    for gate in asked:
        if isinstance(gate, Reflection):
            _reflect(learner, attempt, gate)
        else:
            response = answer(gate, learner.luck, learner.chance(gate))
            sitting.commit_answer(attempt, gate.id, response, now=learner.works(35, 150))


def _reflect(learner: Learner, attempt: Attempt, gate: Reflection) -> None:
    """Skip a reflection, or write a sentence and hold it against the model points."""
    if learner.luck.random() < 0.25:
        reflecting.skip(attempt, gate.id, now=learner.works(5, 20))
        return
    text = learner.luck.choice(REFLECTIONS)
    reflecting.write(attempt, gate.id, text, now=learner.works(60, 200))
    if learner.luck.random() < 0.8:
        ticks = learner.luck.choices(("covered", "partly", "missed"), k=len(gate.model_points))
        points = {at: Point(tick) for at, tick in enumerate(ticks)}
        reflecting.hold_against_points(attempt, gate.id, points, now=learner.works(10, 40))


def _finish(learner: Learner, attempt: Attempt, module: Module) -> None:
    first, again = queries.answers_in(attempt.id)
    for question in still_missed(module, first, again):
        response = answer(question, learner.luck, 0.85)
        sitting.look_again(attempt, question.id, response, now=learner.works(20, 60))
    if learner.luck.random() < 0.6:
        text = learner.luck.choice(COMMITMENTS)
        reflecting.commit_to(attempt, text, now=learner.works(15, 60))
    complete(attempt, now=learner.works(10, 30))


def answer(question: Question, luck: Random, skill: float) -> Response:
    """Return a believable answer of somebody who is right in a share `skill` of cases."""
    return _ANSWERS[question.kind](question, luck, skill)


def _single(question: Any, luck: Random, skill: float) -> Response:
    right = next(option.id for option in question.options if option.credit == "1")
    wrong = [option.id for option in question.options if option.id != right]
    if luck.random() < skill:
        return Response(chosen=(right,))
    # One wrong answer tempts more than the others.
    return Response(chosen=(wrong[0] if luck.random() < 0.55 else luck.choice(wrong),))


def _multiple(question: Any, luck: Random, skill: float) -> Response:
    chance = {"1": 0.55 + skill / 2, "0": 0.4 - skill / 3}
    chosen = [o.id for o in question.options if luck.random() < chance[o.credit]]
    return Response(chosen=tuple(sorted(chosen or [question.options[0].id])))


def _ordering(question: Any, luck: Random, skill: float) -> Response:
    order = [option.id for option in question.options]
    if luck.random() >= skill:
        at = luck.randrange(len(order) - 1)
        order[at], order[at + 1] = order[at + 1], order[at]
    return Response(order=tuple(order))


def _matching(question: Any, luck: Random, skill: float) -> Response:
    targets = [target.id for target in question.targets]
    chance = 0.5 + skill / 2
    pairs = (
        (o.id, o.target if luck.random() < chance else luck.choice(targets))
        for o in question.options
    )
    return Response(pairs=tuple(sorted(pairs)))


_ANSWERS: dict[str, Callable[[Any, Random, float], Response]] = {
    "single": _single,
    "multiple": _multiple,
    "ordering": _ordering,
    "matching": _matching,
}
