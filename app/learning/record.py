"""A learner's own record: what she completed, what she began, what she answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.attempts.marking import Response
from app.attempts.models import Answer, Attempt, FacilitatedSession, Look
from app.attempts.state import Given, State, Wrote
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.catalogue.queries import document_of
from app.db import db
from app.learning.question_view import ItemView, question_view, said_place
from app.records.models import Completion
from app.records.queries import completions_of
from app.ui.filters import iso

SESSION_KEY = "session:"
ATTEMPT_KEY = "attempt:"


@dataclass(frozen=True)
class Kept:
    """One completion as the learner herself sees it."""

    title: str
    slug: str
    version_number: int
    completed_on: date
    recorded_at: datetime
    unit_name: str | None
    # The attempt that it came from, or the trainer who recorded a facilitated session.
    attempt_id: int | None
    recorded_by: str


@dataclass(frozen=True)
class Begun:
    """One attempt of the learner's own."""

    attempt_id: int
    version_id: int
    title: str
    slug: str
    version_number: int
    started_at: datetime
    touched_at: datetime
    active_seconds: int
    completed_on: date | None
    answered: int
    # Names the document, which is read once per process.
    digest: str

    @property
    def minutes(self) -> float:
        """Return the minutes between saves, each gap capped."""
        return self.active_seconds / 60

    @property
    def module(self) -> document.Module:
        """Return the document that the attempt is pinned to."""
        return document_of(self.version_id, self.digest)

    @property
    def questions(self) -> int:
        """Return how many marked questions there are in it."""
        return len(self.module.questions())


@dataclass(frozen=True)
class AnsweredQuestion:
    """One question that was answered, with both looks where there were two."""

    stage: str
    first: ItemView
    again: ItemView | None


@dataclass(frozen=True)
class ModelPointHeld:
    """A model point with how the learner held her reflection against it."""

    text: str
    basis: str
    place: str
    tick: str
    words: str


@dataclass(frozen=True)
class ReflectionKept:
    """One reflection that was written or skipped, with the model points it opened."""

    stage: str
    prompt: str
    wrote: Wrote
    points: tuple[ModelPointHeld, ...]


def completions_kept(person_id: int) -> list[Kept]:
    """Return the person's completions, the newest first, each with how it came about."""
    found = completions_of(person_id)
    trainers = _trainers(completion.key for completion in found)
    return [
        Kept(
            title=completion.title,
            slug=completion.slug,
            version_number=completion.version_number,
            completed_on=completion.completed_on,
            recorded_at=completion.recorded_at,
            unit_name=completion.unit_name,
            attempt_id=_number(completion.key, ATTEMPT_KEY),
            recorded_by=trainers.get(_number(completion.key, SESSION_KEY) or 0, ""),
        )
        for completion in found
    ]


def _number(key: str, prefix: str) -> int | None:
    """Return the number that follows `prefix` in the key of a completion."""
    if not key.startswith(prefix):
        return None
    return int(key.removeprefix(prefix).split(":")[0])


def _trainers(keys: Iterable[str]) -> dict[int, str]:
    ids = {_number(key, SESSION_KEY) for key in keys} - {None}
    if not ids:
        return {}
    rows = db.session.execute(
        sa.select(FacilitatedSession.id, Person.name)
        .join(Person, Person.id == FacilitatedSession.recorded_by)
        .where(FacilitatedSession.id.in_(ids))
    )
    return {session_id: name or "a trainer" for session_id, name in rows}


def attempts_begun(learner_id: int) -> list[Begun]:
    """Return the learner's attempts, the latest first, with minutes and how many were answered."""
    answered = (
        sa.select(sa.func.count())
        .where(Answer.attempt_id == Attempt.id, Answer.look == Look.FIRST)
        .correlate(Attempt)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(
            Attempt.id, Version.id, Version.title, Module.slug, Version.number,
            Attempt.started_at, Attempt.touched_at, Attempt.active_seconds,
            Completion.completed_on, answered, Version.digest,
        )
        .join(Version, Version.id == Attempt.version_id)
        .join(Module, Module.id == Attempt.module_id)
        .outerjoin(Completion, Completion.id == Attempt.completion_id)
        .where(Attempt.learner_id == learner_id)
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
        .limit(1000)
    )  # fmt: skip
    return [Begun(*row) for row in rows]


def questions_answered(module: document.Module, state: State) -> list[AnsweredQuestion]:
    """Return the questions that were committed, in order; what was not reached is not named."""
    gates = list(module.gates())
    stages = {item.id: stage.title for stage, item in module.items()}
    found = []
    for number, gate in enumerate(gates, start=1):
        if isinstance(gate, document.Reflection) or gate.id not in state.answers:
            continue
        first = question_view(gate, state, number=number, total=len(gates))
        again = question_view(gate, state, look="again") if gate.id in state.again else None
        found.append(AnsweredQuestion(stages[gate.id], first, again))
    return found


def reflections_kept(module: document.Module, state: State) -> list[ReflectionKept]:
    """Return the reflections that were written or skipped, in order, with their model points."""
    return [
        ReflectionKept(
            stage=stage.title,
            prompt=item.prompt,
            wrote=state.reflections[item.id],
            points=_points(item, state.reflections[item.id]),
        )
        for stage, item in module.items()
        if isinstance(item, document.Reflection) and item.id in state.reflections
    ]


def _points(item: document.Reflection, wrote: Wrote) -> tuple[ModelPointHeld, ...]:
    held = []
    for at, point in enumerate(item.model_points):
        own = wrote.points.get(at)
        tick, words = (own.tick, own.words) if own else ("", "")
        place = said_place(point.place)
        held.append(ModelPointHeld(point.text, point.basis.value, place, tick, words))
    return tuple(held)


def record_of(person_id: int, name: str, *, now: datetime) -> dict[str, Any]:
    """Return the person's completions and attempts with her answers in words, as plain values."""
    answers = _answers_of(person_id)
    return {
        "what_this_is": f"Debrief record of {name}",
        "as_at": iso(now),
        "completions": [
            {
                "module": kept.title,
                "version": kept.version_number,
                "completed_on": iso(kept.completed_on),
                "recorded_at": iso(kept.recorded_at),
                "unit_then": kept.unit_name,
            }
            for kept in completions_kept(person_id)
        ],
        "attempts": [
            _plain_attempt(begun, answers.get(begun.attempt_id, []))
            for begun in attempts_begun(person_id)
        ],
    }


def _answers_of(learner_id: int) -> dict[int, list[tuple[str, Look, Given]]]:
    rows = db.session.execute(
        sa.select(
            Answer.attempt_id, Answer.item_id, Answer.look, Answer.response, Answer.credit,
            Answer.scheme, Answer.committed_at,
        )
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.learner_id == learner_id)
        .order_by(Answer.committed_at, Answer.item_id)
    )  # fmt: skip
    found: dict[int, list[tuple[str, Look, Given]]] = {}
    for attempt_id, item_id, look, response, credit, scheme, at in rows:
        given = Given(Response.from_json(response), Fraction(credit), scheme, at)
        found.setdefault(attempt_id, []).append((item_id, look, given))
    return found


def _plain_attempt(begun: Begun, answers: list[tuple[str, Look, Given]]) -> dict[str, Any]:
    questions = {question.id: question for question in begun.module.questions()}
    return {
        "module": begun.title,
        "version": begun.version_number,
        "started_at": iso(begun.started_at),
        "last_saved_at": iso(begun.touched_at),
        "completed_on": iso(begun.completed_on) or None,
        "minutes": round(begun.minutes),
        "answers": [
            {
                "question": questions[item_id].prompt,
                "look": look.value,
                "answer": answer_words(questions[item_id], given.response),
                "credit": str(given.credit),
                "scheme": given.scheme,
                "committed_at": iso(given.committed_at),
            }
            for item_id, look, given in answers
        ],
    }


def answer_words(question: document.Question, response: Response) -> list[str]:
    """Say a response in the words of its options, in the order given."""
    texts = {option.id: option.text for option in question.options}
    targets = {target.id: target.text for target in getattr(question, "targets", ())}
    pairs = [f"{texts[option]}: {targets[target]}" for option, target in response.pairs]
    return [*(texts[option] for option in (*response.chosen, *response.order)), *pairs]
