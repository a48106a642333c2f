"""Reads of attempts; another learner's attempt does not exist."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa

from app.assigning.models import Occurrence
from app.attempts import statements
from app.attempts.marking import Response
from app.attempts.models import (
    Attempt,
    Look,
    ReflectionState,
)
from app.attempts.privacy import open_sealed
from app.attempts.state import Given, Meant, Point, State, Typed, Wrote
from app.catalogue import queries as catalogue
from app.catalogue.document import Module
from app.db import db, run


def attempt_of(learner_id: int, attempt_id: int, *, lock: bool = False) -> Attempt | None:
    """Return the learner's own attempt; with `lock`, held against a second writer."""
    query = statements.OWN_ATTEMPT_HELD if lock else statements.OWN_ATTEMPT
    wanted = {"learner": learner_id, "attempt": attempt_id}
    return db.session.scalars(query, wanted).one_or_none()


def open_attempt(learner_id: int, module_id: int) -> Attempt | None:
    """Return the attempt of this module that the learner has not completed."""
    wanted = {"learner": learner_id, "module": module_id}
    return db.session.scalars(statements.OPEN_ATTEMPT, wanted).one_or_none()


def document_of(attempt: Attempt) -> Module:
    """Return the document to which the attempt is pinned."""
    return catalogue.document_of(attempt.version_id, attempt.version.digest)


def passed_in(attempt_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return, by attempt, the ids of the gates that were answered, written or skipped."""
    ids = list(attempt_ids)
    found: dict[int, set[str]] = {attempt_id: set() for attempt_id in ids}
    for attempt_id, item_id in run(statements.PASSED_IN, {"attempts": ids}):
        found[attempt_id].add(item_id)
    return {attempt_id: frozenset(items) for attempt_id, items in found.items()}


def open_attempts(learner_id: int) -> list[Attempt]:
    """Return what the learner has begun and not completed, the latest touched first."""
    return list(db.session.scalars(statements.OPEN_ATTEMPTS, {"learner": learner_id}))


def answers_in(attempt_id: int) -> tuple[dict[str, Given], dict[str, Given]]:
    """Return the answers of the first look and of looking again, by question."""
    first: dict[str, Given] = {}
    again: dict[str, Given] = {}
    rows = run(statements.ANSWERS, {"attempt": attempt_id})
    for item_id, look, response, credit, scheme, committed_at in rows:
        given = Given(Response.from_json(response), Fraction(credit), scheme, committed_at)
        (first if look is Look.FIRST else again)[item_id] = given
    return first, again


def reflections_in(attempt_id: int) -> dict[str, Wrote]:
    """Return the learner's own reflections, opened."""
    rows = run(statements.REFLECTIONS, {"attempt": attempt_id})
    return {item_id: _wrote(*row) for item_id, *row in rows}


def _wrote(
    state: ReflectionState, text: bytes | None, points: bytes | None, sequence: int,
    written_at: datetime,
) -> Wrote:  # fmt: skip
    held: Mapping[str, Mapping[str, str]] = json.loads(open_sealed(points)) if points else {}
    return Wrote(
        skipped=state is ReflectionState.SKIPPED,
        text=open_sealed(text) if text else "",
        points={int(at): Point(p["tick"], p["words"]) for at, p in held.items()},
        points_sequence=sequence,
        written_at=written_at,
    )


def drafts_in(attempt_id: int) -> dict[tuple[str, str], Typed]:
    """Return what stands in forms that were not committed, opened, by item and look."""
    rows = run(statements.DRAFTS, {"attempt": attempt_id})
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


def commitment_in(attempt_id: int) -> Meant:
    """Return what the learner means to do on her next shift, opened; empty if she said nothing."""
    row = run(statements.COMMITMENT, {"attempt": attempt_id}).one_or_none()
    return Meant(open_sealed(row[0]), row[1], row[2]) if row else Meant()


def kept_modules(person_id: int) -> frozenset[int]:
    """Return the modules that the person is asked for or has begun: they stay hers to see."""
    begun = sa.select(Attempt.module_id).where(
        Attempt.learner_id == person_id, Attempt.completion_id.is_(None)
    )
    asked = sa.select(Occurrence.module_id).where(
        Occurrence.person_id == person_id,
        Occurrence.completion_id.is_(None),
        Occurrence.withdrawn_at.is_(None),
    )
    return frozenset(db.session.scalars(sa.union(begun, asked)))
