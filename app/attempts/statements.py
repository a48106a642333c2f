"""The statements of an attempt, built once: building one takes longer than its answer."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload, load_only

from app.attempts.models import Attempt, Look, ReflectionState
from app.catalogue.models import Version
from app.db import Base

_answer, _draft = Base.metadata.tables["answer"], Base.metadata.tables["draft"]
_reflection, _commitment = Base.metadata.tables["reflection"], Base.metadata.tables["commitment"]
_attempt: sa.BindParameter[int] = sa.bindparam("attempt")
_item: sa.BindParameter[str] = sa.bindparam("item")

_LIGHT = joinedload(Attempt.version, innerjoin=True).options(
    load_only(Version.number, Version.digest, Version.title, Version.minutes)
)

OWN_ATTEMPT = (
    sa.select(Attempt)
    .options(_LIGHT)
    .where(Attempt.id == _attempt, Attempt.learner_id == sa.bindparam("learner"))
)
OWN_ATTEMPT_HELD = OWN_ATTEMPT.with_for_update(of=Attempt).execution_options(populate_existing=True)
OPEN_ATTEMPTS = (
    sa.select(Attempt)
    .options(_LIGHT)
    .where(Attempt.learner_id == sa.bindparam("learner"), Attempt.completion_id.is_(None))
    .order_by(Attempt.touched_at.desc(), Attempt.id.desc())
    .limit(200)
)
OPEN_ATTEMPT = OPEN_ATTEMPTS.where(Attempt.module_id == sa.bindparam("module"))
PASSED_IN = sa.union_all(
    sa.select(_answer.c.attempt_id, _answer.c.item_id).where(
        _answer.c.attempt_id.in_(sa.bindparam("attempts", expanding=True)),
        _answer.c.look == Look.FIRST,
    ),
    sa.select(_reflection.c.attempt_id, _reflection.c.item_id).where(
        _reflection.c.attempt_id.in_(sa.bindparam("attempts", expanding=True))
    ),
)
# What is passed in one attempt, and whether a draft of one item stands.
STEPS = sa.union_all(
    sa.select(_answer.c.item_id, sa.false().label("is_draft")).where(
        _answer.c.attempt_id == _attempt, _answer.c.look == Look.FIRST
    ),
    sa.select(_reflection.c.item_id, sa.false()).where(_reflection.c.attempt_id == _attempt),
    sa.select(_draft.c.item_id, sa.true()).where(
        _draft.c.attempt_id == _attempt,
        _draft.c.item_id == _item,
        _draft.c.look == sa.bindparam("of_look"),
    ),
)
ANSWERS = sa.select(
    _answer.c.item_id,
    _answer.c.look,
    _answer.c.response,
    _answer.c.credit,
    _answer.c.scheme,
    _answer.c.committed_at,
).where(_answer.c.attempt_id == _attempt)
REFLECTIONS = sa.select(
    _reflection.c.item_id,
    _reflection.c.state,
    _reflection.c.text,
    _reflection.c.points,
    _reflection.c.points_sequence,
    _reflection.c.written_at,
).where(_reflection.c.attempt_id == _attempt)
DRAFTS = sa.select(
    _draft.c.item_id, _draft.c.look, _draft.c.sequence, _draft.c.body, _draft.c.saved_at
).where(_draft.c.attempt_id == _attempt)
COMMITMENT = sa.select(_commitment.c.text, _commitment.c.sequence, _commitment.c.written_at).where(
    _commitment.c.attempt_id == _attempt
)

_this_draft = (
    _draft.c.attempt_id == _attempt,
    _draft.c.item_id == _item,
    _draft.c.look == sa.bindparam("of_look"),
)
# The answer that stands to one question, at one look.
STANDING = sa.select(_answer.c.response).where(
    _answer.c.attempt_id == _attempt,
    _answer.c.item_id == _item,
    _answer.c.look == sa.bindparam("of_look"),
)
# Note a write, unless the attempt was completed or somebody wrote since it was read.
_attempts = Base.metadata.tables["attempt"]
TOUCH = (
    sa.update(_attempts)
    .where(
        _attempts.c.id == _attempt,
        _attempts.c.completion_id.is_(None),
        _attempts.c.touched_at == sa.bindparam("seen"),
    )
    .values(
        touched_at=sa.bindparam("now"),
        active_seconds=_attempts.c.active_seconds + sa.bindparam("gap"),
    )
)
NOW_STANDS = sa.select(_attempts.c.touched_at, _attempts.c.completion_id).where(
    _attempts.c.id == _attempt
)
COMPLETE = (
    sa.update(_attempts)
    .where(_attempts.c.id == _attempt)
    .values(completion_id=sa.bindparam("completion"))
)
# By dialect: write an answer unless one stands; gives a row back only if it was written.
ADD_ANSWER = {
    "sqlite": sqlite.insert(_answer).on_conflict_do_nothing().returning(_answer.c.item_id),
    "postgresql": postgresql.insert(_answer).on_conflict_do_nothing().returning(_answer.c.item_id),
}
# Whether one gate is answered or written: a skipped reflection may still be written.
PASSED = sa.union_all(
    STANDING,
    sa.select(sa.literal("")).where(
        _reflection.c.attempt_id == _attempt,
        _reflection.c.item_id == _item,
        _reflection.c.state == ReflectionState.WRITTEN,
    ),
)
THIS_DRAFT = sa.select(_draft.c.sequence, _draft.c.saved_at).where(*_this_draft)
FORGET_DRAFTS = sa.delete(_draft).where(_draft.c.attempt_id == _attempt)
FORGET_DRAFT = sa.delete(_draft).where(*_this_draft)


def _upsert_draft(insert: sqlite.Insert | postgresql.Insert) -> sa.Executable:
    new = {name: insert.excluded[name] for name in ("sequence", "body", "saved_at")}
    return insert.on_conflict_do_update(
        index_elements=["attempt_id", "item_id", "look"],
        set_=new,
        where=_draft.c.sequence < insert.excluded.sequence,
    ).returning(_draft.c.sequence)


def _upsert_commitment(insert: sqlite.Insert | postgresql.Insert) -> sa.Executable:
    new = {name: insert.excluded[name] for name in ("text", "sequence", "written_at")}
    return insert.on_conflict_do_update(
        index_elements=["attempt_id"],
        set_=new,
        where=_commitment.c.sequence < insert.excluded.sequence,
    ).returning(_commitment.c.sequence)


# By dialect: write a draft unless a newer one stands.
UPSERT_DRAFT = {
    "sqlite": _upsert_draft(sqlite.insert(_draft)),
    "postgresql": _upsert_draft(postgresql.insert(_draft)),
}
UPSERT_COMMITMENT = {
    "sqlite": _upsert_commitment(sqlite.insert(_commitment)),
    "postgresql": _upsert_commitment(postgresql.insert(_commitment)),
}
