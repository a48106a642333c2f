"""What a learner does in an attempt: start, go on, save a draft, commit, reflect.

Each verb takes `now`, checks that its gate is open, flushes and never commits. An acknowledged
answer is never lost, and what is sent twice is recorded once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from app.attempts import queries, statements
from app.attempts.marking import Response, mark
from app.attempts.models import (
    Attempt,
    Look,
)
from app.attempts.privacy import seal
from app.attempts.progress import progress
from app.catalogue import document
from app.catalogue import queries as catalogue
from app.db import Refusal, db, lock_for_writing, run

# A gap between two writes longer than this was not spent on the module.
LONGEST_GAP = timedelta(minutes=5)
MOST_TEXT = 20_000
# A draft may be longer than what can be committed, so that nothing typed is lost meanwhile.
MOST_DRAFT = 400_000
COMPLETED = "You have completed this module. Start it again to answer anew."


class NotOffered(Refusal):
    """There is no such module for this person, or it cannot be started any more."""


class NotOpen(Refusal):
    """The item is not there, or a gate before it is still closed."""


class AlreadyCommitted(Refusal):
    """The question has its answer, and it stands."""


class AlreadyWritten(Refusal):
    """The reflection has its text; other words were sent from elsewhere."""


class StaleDraft(Refusal):
    """A newer draft was saved from another tab or device."""

    def __init__(self, sentence: str, sequence: int, saved_at: datetime) -> None:
        super().__init__(sentence)
        self.sequence = sequence
        self.saved_at = saved_at


class TextRefused(Refusal):
    """The text is empty or longer than can be kept."""


def start(learner_id: int, unit_path: str, slug: str, *, now: datetime) -> Attempt:
    """Begin the newest version of a module, or go on with the attempt that is open."""
    module = catalogue.module_for(slug, unit_path, queries.kept_modules(learner_id))
    if module is None:
        raise NotOffered("There is no such module.")
    running = queries.open_attempt(learner_id, module.id)
    if running is not None:
        return resume(running, now=now)
    version = catalogue.latest_version_of(module.id)
    if version is None or module.retired_at is not None:
        raise NotOffered("This module is no longer offered. What you completed stands.")
    first = catalogue.document_of(version.id, version.digest).stages[0].id
    attempt = Attempt(
        learner_id=learner_id,
        module_id=module.id,
        version_id=version.id,
        seed=randbelow(2**31),
        place=first,
        started_at=now,
        touched_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(attempt)
    except IntegrityError:
        # Another request of the same person was a moment earlier.
        return _must_be_running(learner_id, module.id)
    return attempt


def _must_be_running(learner_id: int, module_id: int) -> Attempt:
    running = queries.open_attempt(learner_id, module_id)
    if running is None:
        raise NotOffered("This module could not be started just now. Try again.")
    return running


def resume(attempt: Attempt, *, now: datetime) -> Attempt:
    """Note that the learner is back; the time away is not counted."""
    attempt.touched_at = now
    db.session.flush()
    return attempt


def touch(attempt: Attempt, now: datetime) -> None:
    """Hold the attempt for writing, and add the time since the last write, at most LONGEST_GAP.

    What was read before may be read without a lock: this is the first write of a verb, and it
    raises NotOpen if the attempt was completed since.
    """
    lock_for_writing()
    seen = attempt.touched_at
    while not _touched(attempt.id, seen, now):
        seen, completion_id = run(statements.NOW_STANDS, {"attempt": attempt.id}).one()
        if completion_id is not None:
            raise NotOpen(COMPLETED)
    set_committed_value(attempt, "touched_at", now)


def _touched(attempt_id: int, seen: datetime, now: datetime) -> bool:
    gap = min(max(now - seen, timedelta()), LONGEST_GAP)
    values = {"attempt": attempt_id, "seen": seen, "now": now, "gap": int(gap.total_seconds())}
    return bool(run(statements.TOUCH, values).rowcount)


def _require_running(attempt: Attempt) -> None:
    if attempt.completion_id is not None:
        raise NotOpen(COMPLETED)


def open_stage(attempt: Attempt, stage_id: str, *, now: datetime) -> None:
    """Note that the learner went on to a stage that is open to her."""
    _require_running(attempt)
    passed = queries.passed_in([attempt.id])[attempt.id]
    if progress(queries.document_of(attempt), passed).stage(stage_id) is None:
        raise NotOpen("That part opens when you have decided what comes before it.")
    touch(attempt, now)
    attempt.place = stage_id
    db.session.flush()


def open_gate(attempt: Attempt, item_id: str) -> document.Gate:
    """Return a gate that is open or passed; raises NotOpen for all others alike."""
    return _gate_and_draft(attempt, item_id)[0]


def _gate_and_draft(attempt: Attempt, item_id: str) -> tuple[document.Gate, bool]:
    """Return an open gate, and whether a draft of its first look stands."""
    _require_running(attempt)
    rows = run(statements.STEPS, _this(attempt.id, item_id, Look.FIRST)).all()
    passed = {item for item, is_draft in rows if not is_draft}
    gate = progress(queries.document_of(attempt), passed).open_gate(item_id)
    if gate is None:
        raise NotOpen("That question opens when you have decided what comes before it.")
    return gate, len(passed) < len(rows)


def save_draft(
    attempt: Attempt,
    item_id: str,
    fields: Mapping[str, Sequence[str]],
    *,
    look: Look,
    sequence: int,
    now: datetime,
) -> None:
    """Keep what stands in a form; the highest sequence number wins, an older one is told."""
    _require_running(attempt)
    if all(gate.id != item_id for gate in queries.document_of(attempt).gates()):
        raise NotOpen("There is no such question.")
    body = json.dumps({name: list(values) for name, values in fields.items()})
    if len(body) > MOST_DRAFT:
        raise TextRefused("That is far more than can be kept. Shorten it, please.")
    if _passed(attempt.id, item_id, look):
        raise AlreadyCommitted("This was committed already, in another tab or on another device.")
    values: dict[str, Any] = {
        "attempt_id": attempt.id,
        "item_id": item_id,
        "look": look,
        "sequence": sequence,
        "body": seal(body),
        "saved_at": now,
    }
    touch(attempt, now)
    if not _upsert_draft(values):
        _refuse_stale(attempt.id, item_id, look)


def _this(attempt_id: int, item_id: str, look: Look) -> dict[str, object]:
    return {"attempt": attempt_id, "item": item_id, "of_look": look}


def _passed(attempt_id: int, item_id: str, look: Look) -> bool:
    return run(statements.PASSED, _this(attempt_id, item_id, look)).first() is not None


def _upsert_draft(values: dict[str, Any]) -> bool:
    """Write the draft unless a newer one stands; tell whether it was written."""
    query = statements.UPSERT_DRAFT[db.session.get_bind().dialect.name]
    return run(query, values).first() is not None


def _refuse_stale(attempt_id: int, item_id: str, look: Look) -> None:
    row = run(statements.THIS_DRAFT, _this(attempt_id, item_id, look)).one()
    raise StaleDraft("A newer draft was saved in another tab or on another device.", *row)


def commit_answer(attempt: Attempt, item_id: str, response: Response, *, now: datetime) -> bool:
    """Commit the first answer to a question and freeze it; the same answer twice is one.

    Returns whether it was written, which it is not when this very answer stood already. Raises
    AlreadyCommitted when another one stands, NotOpen when a gate before it is closed.
    """
    gate, drafted = _gate_and_draft(attempt, item_id)
    if isinstance(gate, document.Reflection):
        raise NotOpen("That is a reflection, not a question.")
    return _freeze(attempt, gate, response, Look.FIRST, now, drafted)


def look_again(attempt: Attempt, item_id: str, response: Response, *, now: datetime) -> bool:
    """Commit the answer to a missed question that comes back once at the end."""
    _require_running(attempt)
    first, _again = queries.answers_in(attempt.id)
    done = queries.passed_in([attempt.id])[attempt.id]
    module = queries.document_of(attempt)
    question = next((q for q in module.questions() if q.id == item_id), None)
    if question is None or item_id not in first or first[item_id].credit == 1:
        raise NotOpen("That question does not come back.")
    if not progress(module, done).all_passed:
        raise NotOpen("Missed questions come back when everything has been decided.")
    return _freeze(attempt, question, response, Look.AGAIN, now)


def _freeze(
    attempt: Attempt,
    question: document.Question,
    response: Response,
    look: Look,
    now: datetime,
    drafted: bool = True,
) -> bool:
    given = mark(question, response)
    row = {
        "attempt_id": attempt.id,
        "item_id": question.id,
        "look": look,
        "response": response.to_json(),
        "credit": str(given.credit),
        "scheme": given.scheme,
        "committed_at": now,
    }
    touch(attempt, now)
    insert = statements.ADD_ANSWER[db.session.get_bind().dialect.name]
    if run(insert, row).first() is None:
        return _stands(attempt.id, question.id, look, row["response"])
    if drafted:
        forget_draft(attempt.id, question.id, look)
    return True


def _stands(attempt_id: int, item_id: str, look: Look, sent: object) -> bool:
    """Tell by False that this very answer stands already; raises AlreadyCommitted otherwise."""
    this = _this(attempt_id, item_id, look)
    if run(statements.STANDING, this).scalar_one() != sent:
        raise AlreadyCommitted("You had already committed an answer to this question. It stands.")
    return False


def forget_draft(attempt_id: int, item_id: str, look: Look) -> None:
    """Drop the draft of what has been committed."""
    run(statements.FORGET_DRAFT, _this(attempt_id, item_id, look))
