"""Reads first answers: of each person's first attempt at a module, the first looks only.

An attempt counts for the version in which it was made, and only if that person had begun no
attempt at any version of the module before: whoever comes again knows the feedback. Attempts
that still run count for the questions that they answered. A rest score needs all questions of
the version, so only attempts that answered every one give it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.analysis.figures import Group, Scored
from app.analysis.timing import Sitting
from app.attempts.models import Answer, Attempt, Look, Reflection
from app.catalogue.models import Version
from app.db import db

# Times come from so many who completed last: more would not move a median.
MOST_TIMED = 2000


def first_attempts(version_id: int) -> sa.Select[int]:
    """Select the ids of attempts at a version that are the learner's first at the module."""
    # Grouped once: looking for an earlier attempt row by row took time by the square of them.
    module = sa.select(Version.module_id).where(Version.id == version_id).scalar_subquery()
    firsts = (
        sa.select(sa.func.min(Attempt.id))
        .where(Attempt.module_id == module)
        .group_by(Attempt.learner_id)
    )
    return sa.select(Attempt.id).where(Attempt.version_id == version_id, Attempt.id.in_(firsts))


def credits_of(version_id: int) -> list[Group]:
    """Return how often each credit was given to each question of a version, whatever was said."""
    rows = db.session.execute(
        sa.select(Answer.item_id, sa.literal(""), Answer.credit, sa.func.count())
        .where(Answer.look == Look.FIRST, Answer.attempt_id.in_(first_attempts(version_id)))
        .group_by(Answer.item_id, Answer.credit)
        .order_by(Answer.item_id, Answer.credit)
    )
    return [Group(*row) for row in rows]


def scored_of(version_id: int, items: Iterable[str], whole: Mapping[str, int]) -> list[Scored]:
    """Return how often each response was given, by the sum of the same attempt's credits.

    `whole` gives each credit as a whole number on one scale, so that the database adds exactly.
    There is no sum for attempts that did not answer all of `items`.
    """
    if not whole:
        return []
    # The database adds up: to hand over every answer took five times as long as to count them.
    asked = sorted(items)
    # Worked out once each, or PostgreSQL looks every attempt up again.
    firsts = first_attempts(version_id).cte("firsts").prefix_with("MATERIALIZED")
    mine = Answer.attempt_id.in_(sa.select(firsts.c.id))
    totals = _totals(asked, whole).where(mine).cte("totals").prefix_with("MATERIALIZED")
    matched = sa.and_(totals.c.attempt_id == Answer.attempt_id, Answer.item_id.in_(asked))
    what = (Answer.item_id, Answer.response, Answer.credit, totals.c.total)
    rows = db.session.execute(
        sa.select(*what, sa.func.count())
        .join(firsts, firsts.c.id == Answer.attempt_id)
        .outerjoin(totals, matched)
        .where(Answer.look == Look.FIRST)
        .group_by(*what)
    )
    found = [Scored(*row) for row in rows]
    # In order here: asked for order, PostgreSQL sorts all answers before it counts them.
    return sorted(found, key=attrgetter("item_id", "response", "credit"))


def _totals(asked: list[str], whole: Mapping[str, int]) -> sa.Select[int, int]:
    """Select the sum of credits of attempts that answered all that was asked."""
    credit = sa.case(whole, value=Answer.credit, else_=0)
    return (
        sa.select(Answer.attempt_id, sa.cast(sa.func.sum(credit), sa.BigInteger).label("total"))
        .where(Answer.look == Look.FIRST, Answer.item_id.in_(asked))
        .group_by(Answer.attempt_id)
        .having(sa.func.count() == len(asked))
    )


def sittings_of(version_id: int) -> list[Sitting]:
    """Return when the gates of completed first attempts were passed, of the latest of them."""
    chosen = (
        first_attempts(version_id)
        .where(Attempt.completion_id.is_not(None))
        .order_by(Attempt.id.desc())
        .limit(MOST_TIMED)
        .subquery()
    )
    ids = sa.select(chosen.c.id)
    found = {
        row.id: Sitting(row.started_at, row.active_seconds, {})
        for row in db.session.execute(
            sa.select(Attempt.id, Attempt.started_at, Attempt.active_seconds)
            .where(Attempt.id.in_(ids))
            .order_by(Attempt.id)
        )
    }
    for attempt_id, item_id, at in _passed(ids):
        found[attempt_id].passed[item_id] = at
    return list(found.values())


def _passed(ids: sa.Select[int]) -> Iterable[tuple[int, str, datetime]]:
    answers = sa.select(Answer.attempt_id, Answer.item_id, Answer.committed_at).where(
        Answer.look == Look.FIRST, Answer.attempt_id.in_(ids)
    )
    written = sa.select(Reflection.attempt_id, Reflection.item_id, Reflection.written_at).where(
        Reflection.attempt_id.in_(ids)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(answers.union_all(written))]


def version_before(version: Version) -> Version | None:
    """Return the version of the same module that came before this one."""
    return db.session.scalars(
        sa.select(Version)
        .options(defer(Version.document))
        .where(Version.module_id == version.module_id, Version.number < version.number)
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()
