"""What a learner writes for herself: reflections, ticks on model points, a commitment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from app.attempts import statements
from app.attempts.models import Attempt, Look, Reflection, ReflectionState
from app.attempts.privacy import open_sealed, seal
from app.attempts.queries import commitment_in
from app.attempts.sitting import (
    MOST_TEXT,
    AlreadyWritten,
    NotOpen,
    StaleDraft,
    TextRefused,
    forget_draft,
    open_gate,
    touch,
)
from app.attempts.state import Point
from app.catalogue import document
from app.db import db, lock_for_writing, run

_OVERTAKEN = "Something newer was saved in another tab or on another device."
TICKS = ("covered", "partly", "missed", "disagree")


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > MOST_TEXT:
        raise TextRefused(
            f"That is {len(text):,} characters; {MOST_TEXT:,} can be kept. Shorten it, please."
        )
    return text


def _gate(attempt: Attempt, item_id: str) -> document.Reflection:
    gate = open_gate(attempt, item_id)
    if not isinstance(gate, document.Reflection):
        raise NotOpen("That is a question, not a reflection.")
    return gate


def _row(attempt: Attempt, item_id: str) -> Reflection | None:
    return db.session.get(Reflection, (attempt.id, item_id))


def write(
    attempt: Attempt, item_id: str, text: str, *, now: datetime, append: bool = False
) -> None:
    """Keep a reflection; the same text twice is one, other words are refused unless appended."""
    _gate(attempt, item_id)
    text = _checked(text)
    if not text:
        raise TextRefused("Write a few words, or choose “Skip this”.")
    row = _row(attempt, item_id)
    if row is not None and row.state is ReflectionState.WRITTEN and row.text:
        standing = open_sealed(row.text)
        if standing == text or (append and standing.endswith(text)):
            return
        if not append:
            raise AlreadyWritten("You had already saved a reflection here. It stands.")
        text = _checked(f"{standing}\n\n{text}")
    if row is None:
        row = Reflection(attempt_id=attempt.id, item_id=item_id)
        db.session.add(row)
    row.state, row.text, row.written_at = ReflectionState.WRITTEN, seal(text), now
    forget_draft(attempt.id, item_id, Look.FIRST)
    touch(attempt, now)
    db.session.flush()


def skip(attempt: Attempt, item_id: str, *, now: datetime) -> None:
    """Pass a reflection without a word; it can still be written until the module is completed."""
    _gate(attempt, item_id)
    if _row(attempt, item_id) is None:
        db.session.add(
            Reflection(
                attempt_id=attempt.id,
                item_id=item_id,
                state=ReflectionState.SKIPPED,
                written_at=now,
            )
        )
        touch(attempt, now)
        db.session.flush()


def hold_against_points(
    attempt: Attempt, item_id: str, points: Mapping[int, Point], *, now: datetime,
    sequence: int | None = None,
) -> None:  # fmt: skip
    """Keep how the learner held her text against the model points; unknown ones are ignored.

    `sequence` counts the saves of the page that sends them: one that others overtook is refused
    with StaleDraft unless it says the same. None: it is the newest.
    """
    gate = _gate(attempt, item_id)
    row = _row(attempt, item_id)
    if row is None:
        raise NotOpen("Write or skip the reflection first; then its points are shown.")
    kept = {
        str(at): {"tick": point.tick, "words": _checked(point.words)}
        for at, point in points.items()
        if 0 <= at < len(gate.model_points) and (point.tick in TICKS or point.words.strip())
    }
    if sequence is not None and sequence <= row.points_sequence and row.points_at:
        if row.points and json.loads(open_sealed(row.points)) == kept:
            return
        raise StaleDraft(_OVERTAKEN, row.points_sequence, row.points_at)
    row.points, row.points_at = seal(json.dumps(kept)), now
    row.points_sequence = row.points_sequence + 1 if sequence is None else sequence
    touch(attempt, now)
    db.session.flush()


def commit_to(attempt: Attempt, text: str, *, now: datetime, sequence: int | None = None) -> None:
    """Keep what the learner means to do on her next shift.

    `sequence` counts the saves of the page that sends it: one that others overtook is refused
    with StaleDraft unless it says the same. None: it is the newest.
    """
    text = _checked(text)
    lock_for_writing()
    standing = commitment_in(attempt.id)
    if text == standing.text:
        return
    values: dict[str, object] = {
        "attempt_id": attempt.id,
        "text": seal(text),
        "sequence": standing.sequence + 1 if sequence is None else sequence,
        "written_at": now,
    }
    query = statements.UPSERT_COMMITMENT[db.session.get_bind().dialect.name]
    if run(query, values).first() is None:
        standing = commitment_in(attempt.id)
        raise StaleDraft(_OVERTAKEN, standing.sequence, standing.written_at or now)
