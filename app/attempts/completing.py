"""The end of an attempt: what must be done before it, and the completion, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.assigning.assignments import note_completion
from app.attempts import queries, statements
from app.attempts.models import Attempt
from app.attempts.progress import progress
from app.attempts.sitting import touch
from app.attempts.state import Given
from app.catalogue.document import Module, Question
from app.db import Refusal, db, london_date
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


def complete(attempt: Attempt, *, now: datetime) -> Completion:
    """Complete an attempt, whatever was right; raises NotFinished with what is left.

    Sent twice, it gives the completion that stands.
    """
    if attempt.completion_id is not None:
        standing = db.session.get(Completion, attempt.completion_id)
        if standing is not None:
            return standing
    module = queries.document_of(attempt)
    first, again = queries.answers_in(attempt.id)
    passed = queries.passed_in([attempt.id])[attempt.id]
    if not progress(module, passed).all_passed:
        raise NotFinished("There is still something to decide before you can finish.")
    if still_missed(module, first, again):
        raise NotFinished("Look once more at the questions you missed; then you can finish.")
    completion = record_completion(
        key=f"attempt:{attempt.id}",
        person_id=attempt.learner_id,
        module_id=attempt.module_id,
        version_id=attempt.version_id,
        completed_on=london_date(now),
        now=now,
    )
    attempt.completion_id = completion.id
    touch(attempt, now)
    db.session.execute(statements.FORGET_DRAFTS, {"attempt": attempt.id})
    db.session.flush()
    note_completion(completion)
    return completion
