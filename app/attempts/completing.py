"""The end of an attempt: what must be done before it, and the completion, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from app.assigning.assignments import note_completion
from app.attempts import queries, statements
from app.attempts.models import Attempt
from app.attempts.progress import progress
from app.attempts.reflecting import commit_to
from app.attempts.sitting import NotOpen, touch
from app.attempts.state import Given
from app.catalogue.document import Module, Question
from app.db import Refusal, db, london_date, run
from app.records.models import Completion
from app.records.recording import record_completion


class NotFinished(Refusal):
    """Something is still to be decided or looked at again."""


def missed(module: Module, first: Mapping[str, Given]) -> tuple[Question, ...]:
    """Return the questions that were answered below full credit, in order."""
    return tuple(
        question
        for question in module.questions()
        if question.id in first and first[question.id].credit < 1
    )


def still_missed(
    module: Module, first: Mapping[str, Given], again: Mapping[str, Given]
) -> tuple[Question, ...]:
    """Return the missed questions that have not been looked at again yet."""
    return tuple(question for question in missed(module, first) if question.id not in again)


def complete(
    attempt: Attempt, *, now: datetime, commitment: str | None = None, sequence: int | None = None
) -> Completion:
    """Complete an attempt, whatever was right; raises NotFinished with what is left.

    A commitment that is given is kept with it; raises StaleDraft when a newer one stands. Sent
    twice, it gives the completion that stands.
    """
    if attempt.completion_id is not None:
        return _standing(attempt)
    module = queries.document_of(attempt)
    first, again = queries.answers_in(attempt.id)
    passed = queries.passed_in([attempt.id])[attempt.id]
    if not progress(module, passed).all_passed:
        raise NotFinished("There is still something to decide before you can finish.")
    if still_missed(module, first, again):
        raise NotFinished("Look once more at the questions you missed; then you can finish.")
    try:
        touch(attempt, now)
    except NotOpen:
        # Sent twice at the same moment: the other request has completed it.
        return _standing(attempt)
    if commitment is not None:
        commit_to(attempt, commitment, now=now, sequence=sequence)
    return _record(attempt, now)


def _standing(attempt: Attempt) -> Completion:
    return db.session.scalars(
        sa.select(Completion).where(Completion.key == f"attempt:{attempt.id}")
    ).one()


def _record(attempt: Attempt, now: datetime) -> Completion:
    completion = record_completion(
        key=f"attempt:{attempt.id}",
        person_id=attempt.learner_id,
        module_id=attempt.module_id,
        version_id=attempt.version_id,
        completed_on=london_date(now),
        now=now,
    )
    run(statements.COMPLETE, {"attempt": attempt.id, "completion": completion.id})
    set_committed_value(attempt, "completion_id", completion.id)
    run(statements.FORGET_DRAFTS, {"attempt": attempt.id})
    note_completion(completion)
    return completion
