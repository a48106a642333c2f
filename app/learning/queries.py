"""Reads of attempts; another learner's attempt does not exist."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, load_only

from app.catalogue import queries as catalogue
from app.catalogue.document import Module
from app.catalogue.models import Version
from app.db import db
from app.learning.marking import Response
from app.learning.models import (
    Answer,
    Attempt,
    Commitment,
    Draft,
    Look,
    Reflection,
    ReflectionState,
)
from app.learning.privacy import open_sealed
from app.learning.state import Given, Point, State, Typed, Wrote

_LIGHT = joinedload(Attempt.version, innerjoin=True).options(
    load_only(Version.number, Version.digest, Version.title, Version.minutes)
)


def attempt_of(learner_id: int, attempt_id: int, *, lock: bool = False) -> Attempt | None:
    """Return the learner's own attempt; with `lock`, held against a second writer."""
    query = (
        sa.select(Attempt)
        .options(_LIGHT)
        .where(Attempt.id == attempt_id, Attempt.learner_id == learner_id)
    )
    if lock:
        query = query.with_for_update(of=Attempt).execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def open_attempt(learner_id: int, module_id: int) -> Attempt | None:
    """Return the attempt of this module that the learner has not completed."""
    return db.session.scalars(
        sa.select(Attempt)
        .options(_LIGHT)
        .where(
            Attempt.learner_id == learner_id,
            Attempt.module_id == module_id,
            Attempt.completion_id.is_(None),
        )
    ).one_or_none()


def document_of(attempt: Attempt) -> Module:
    """Return the document to which the attempt is pinned."""
    return catalogue.document_of(attempt.version_id, attempt.version.digest)


def passed_in(attempt_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return, by attempt, the ids of the gates that were answered, written or skipped."""
    ids = list(attempt_ids)
    answers = sa.select(Answer.attempt_id, Answer.item_id).where(
        Answer.attempt_id.in_(ids), Answer.look == Look.FIRST
    )
    reflections = sa.select(Reflection.attempt_id, Reflection.item_id).where(
        Reflection.attempt_id.in_(ids)
    )
    found: dict[int, set[str]] = {attempt_id: set() for attempt_id in ids}
    for attempt_id, item_id in db.session.execute(sa.union_all(answers, reflections)):
        found[attempt_id].add(item_id)
    return {attempt_id: frozenset(items) for attempt_id, items in found.items()}


def open_attempts(learner_id: int) -> list[Attempt]:
    """Return what the learner has begun and not completed, the latest touched first."""
    return list(
        db.session.scalars(
            sa.select(Attempt)
            .options(_LIGHT)
            .where(Attempt.learner_id == learner_id, Attempt.completion_id.is_(None))
            .order_by(Attempt.touched_at.desc(), Attempt.id.desc())
            .limit(200)
        )
    )


def answers_in(attempt_id: int) -> tuple[dict[str, Given], dict[str, Given]]:
    """Return the answers of the first look and of looking again, by question."""
    first: dict[str, Given] = {}
    again: dict[str, Given] = {}
    rows = db.session.execute(
        sa.select(
            Answer.item_id,
            Answer.look,
            Answer.response,
            Answer.credit,
            Answer.scheme,
            Answer.committed_at,
        ).where(Answer.attempt_id == attempt_id)
    )
    for item_id, look, response, credit, scheme, committed_at in rows:
        given = Given(Response.from_json(response), Fraction(credit), scheme, committed_at)
        (first if look is Look.FIRST else again)[item_id] = given
    return first, again


def reflections_in(attempt_id: int) -> dict[str, Wrote]:
    """Return the learner's own reflections, opened."""
    rows = db.session.scalars(sa.select(Reflection).where(Reflection.attempt_id == attempt_id))
    return {row.item_id: _wrote(row) for row in rows}


def _wrote(row: Reflection) -> Wrote:
    points: Mapping[str, Mapping[str, str]] = (
        json.loads(open_sealed(row.points)) if row.points else {}
    )
    return Wrote(
        skipped=row.state is ReflectionState.SKIPPED,
        text=open_sealed(row.text) if row.text else "",
        points={int(at): Point(p["tick"], p["words"]) for at, p in points.items()},
        written_at=row.written_at,
    )


def drafts_in(attempt_id: int) -> dict[tuple[str, str], Typed]:
    """Return what stands in forms that were not committed, opened, by item and look."""
    rows = db.session.execute(
        sa.select(Draft.item_id, Draft.look, Draft.sequence, Draft.body, Draft.saved_at).where(
            Draft.attempt_id == attempt_id
        )
    )
    return {
        (item_id, look.value): Typed(
            {name: tuple(values) for name, values in json.loads(open_sealed(body)).items()},
            sequence,
            saved_at,
        )
        for item_id, look, sequence, body, saved_at in rows
    }


def state_of(attempt: Attempt) -> State:
    """Return everything that the learner did in the attempt."""
    first, again = answers_in(attempt.id)
    return State(
        answers=first,
        again=again,
        reflections=reflections_in(attempt.id),
        typed=drafts_in(attempt.id),
        seed=attempt.seed,
    )


def commitment_in(attempt_id: int) -> str:
    """Return what the learner means to do on her next shift, opened; empty if she said nothing."""
    sealed = db.session.execute(
        sa.select(Commitment.text).where(Commitment.attempt_id == attempt_id)
    ).scalar_one_or_none()
    return open_sealed(sealed) if sealed else ""


@dataclass(frozen=True)
class Running:
    """How many attempts of a version are open: numbers, no people."""

    version_id: int
    number: int
    since: datetime


def running_by_version(module_id: int) -> list[Running]:
    """Return the versions of a module on which somebody is half-way, with how many."""
    rows = db.session.execute(
        sa.select(Attempt.version_id, sa.func.count(), sa.func.min(Attempt.started_at))
        .where(Attempt.module_id == module_id, Attempt.completion_id.is_(None))
        .group_by(Attempt.version_id)
        .order_by(Attempt.version_id)
    )
    return [Running(*row) for row in rows]
