"""How questions work: counts of first answers by question and option, never of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.accounts.access import within
from app.accounts.models import Unit
from app.analysis.figures import (
    Figures,
    Group,
    Paired,
    facility_of,
    figures_of,
    groups_in,
    pair_up,
    scale_of,
    whole_credits,
)
from app.analysis.first_answers import (
    credits_of,
    first_attempts,
    scored_of,
    sittings_of,
    version_before,
)
from app.analysis.oddities import Choice, oddities
from app.analysis.tallies import Before, ReflectionTally, Tally, tally
from app.analysis.timing import Times, times_of
from app.attempts.models import Attempt, Reflection, ReflectionState
from app.catalogue.document import Module
from app.catalogue.models import Module as ModuleRow
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.db import db


@dataclass(frozen=True)
class VersionLine:
    """One version of a module with how many began it and how many completed it."""

    slug: str
    title: str
    number: int
    published_at: datetime
    retired: bool
    begun: int
    completed: int


def _seen(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    """Say that a module is everybody's, or owned at, above or below one of `paths`."""
    known = tuple(paths)
    above = [sa.literal(path).like(Unit.path + "%") for path in known]
    owners = sa.select(Unit.id).where(sa.or_(within(known), *above))
    return sa.or_(ModuleRow.owner_id.is_(None), ModuleRow.owner_id.in_(owners))


def versions_seen(paths: Iterable[str]) -> list[VersionLine]:
    """Return every version that a trainer of `paths` may ask about, the newest first by title."""
    rows = db.session.execute(
        sa.select(
            ModuleRow.slug,
            Version.title,
            Version.number,
            Version.published_at,
            ModuleRow.retired_at.is_not(None),
            sa.func.count(Attempt.id),
            sa.func.count(Attempt.completion_id),
        )
        .join(ModuleRow, ModuleRow.id == Version.module_id)
        .outerjoin(Attempt, Attempt.version_id == Version.id)
        .where(_seen(paths))
        .group_by(Version.id, ModuleRow.id)
        .order_by(ModuleRow.slug, Version.number.desc())
        .limit(2000)
    )
    return [VersionLine(*row) for row in rows]


def version_seen(paths: Iterable[str], slug: str, number: int) -> Version | None:
    """Return one version of a module that a trainer of `paths` may ask about."""
    return db.session.scalars(
        sa.select(Version)
        .options(defer(Version.document))
        .join(ModuleRow, ModuleRow.id == Version.module_id)
        .where(ModuleRow.slug == slug, Version.number == number, _seen(paths))
    ).one_or_none()


def _by_item(groups: Iterable[Group]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for group in groups:
        found.setdefault(group.item_id, []).append(group)
    return found


def tallies_of(version: Version) -> list[Tally]:
    """Return how each question of a version works, in the order of the module."""
    module = document_of(version.id, version.digest)
    credits = credits_of(version.id)
    scale = scale_of(credits)
    whole = whole_credits(credits, scale)
    ids = frozenset(question.id for question in module.questions())
    rows = scored_of(version.id, ids, whole)
    by_item, paired = _by_item(groups_in(rows)), pair_up(rows, whole)
    before = _before(version, module)
    stages = {item.id: stage.title for stage, item in module.items()}
    found = []
    for number, question in enumerate(module.questions(), start=1):
        its = by_item.get(question.id, [])
        counted = tally(question, its, number=number, stage=stages[question.id])
        pairs = paired.get(question.id, Paired())
        figures = figures_of(its, pairs, others=len(ids) - 1, scale=scale)
        found.append(_told(counted, figures, before.get(question.id)))
    return found


def _told(counted: Tally, figures: Figures, before: Before | None) -> Tally:
    """Add to the counts the figures, what is odd about them, and the version before."""
    choices = [
        Choice(row.option_id, row.text, row.credit, row.count)
        for row in counted.rows
        if not row.against
    ]
    odd = oddities(figures, choices, one_only=counted.kind == "single")
    return replace(counted, figures=figures, oddities=odd, before=before)


def _before(version: Version, module: Module) -> dict[str, Before]:
    """Return the mean credit in the version before of each question that stands in both."""
    earlier = version_before(version)
    if earlier is None:
        return {}
    by_item = _by_item(credits_of(earlier.id))
    then = {q.id: q for q in document_of(earlier.id, earlier.digest).questions()}
    return {
        now.id: Before(
            number=earlier.number,
            answered=sum(group.count for group in by_item.get(now.id, [])),
            facility=facility_of(by_item.get(now.id, [])),
            same=then[now.id] == now,
        )
        for now in module.questions()
        if now.id in then
    }


def reflections_of(version: Version) -> list[ReflectionTally]:
    """Return how many wrote to each reflection of a version, and how many skipped it."""
    module: Module = document_of(version.id, version.digest)
    rows = db.session.execute(
        sa.select(Reflection.item_id, Reflection.state, sa.func.count())
        .where(Reflection.attempt_id.in_(first_attempts(version.id)))
        .group_by(Reflection.item_id, Reflection.state)
    )
    counts = {(item_id, state): count for item_id, state, count in rows}
    return [
        ReflectionTally(
            number=number,
            item_id=item.id,
            prompt=item.prompt,
            written=counts.get((item.id, ReflectionState.WRITTEN), 0),
            skipped=counts.get((item.id, ReflectionState.SKIPPED), 0),
        )
        for number, item in enumerate(module.reflections(), start=1)
    ]


def times_at(version: Version) -> Times:
    """Return how long a version and its stages took the latest people who completed it."""
    return times_of(document_of(version.id, version.digest), sittings_of(version.id))
