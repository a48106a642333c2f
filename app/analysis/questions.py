"""How questions work: counts of first answers by question and option, never of a person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.accounts.access import within
from app.accounts.models import Unit
from app.attempts.models import Answer, Attempt, Look, Reflection, ReflectionState
from app.catalogue.document import Matching, Module, Ordering, Question
from app.catalogue.models import Module as ModuleRow
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.db import db

# Below it a share says more about who happened to come than about the question.
ENOUGH = 10
MOST_ORDERS = 10

# The chosen option, what it was put against (a place, a target or nothing), and how often.
Picks = Counter[tuple[str, str]]


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


@dataclass(frozen=True)
class Group:
    """How often one response was the first answer to one question."""

    item_id: str
    response: str
    credit: str
    count: int


@dataclass(frozen=True)
class Row:
    """How often one option was chosen, or put in one place or against one target."""

    option_id: str
    text: str
    against: str
    word: str
    tone: str
    count: int


@dataclass(frozen=True)
class Tally:
    """What was answered to one question, without anybody's name or date."""

    number: int
    item_id: str
    kind: str
    prompt: str
    stage: str
    answered: int
    full: int
    rows: tuple[Row, ...]
    # For an ordering: the orders that were given most often, each with its count.
    orders: tuple[tuple[tuple[str, ...], int], ...] = ()

    @property
    def enough(self) -> bool:
        """Tell whether there are enough answers to speak of shares."""
        return self.answered >= ENOUGH


@dataclass(frozen=True)
class ReflectionTally:
    """How many wrote to one reflection and how many skipped it; never what."""

    number: int
    item_id: str
    prompt: str
    written: int
    skipped: int


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


def _first_attempts(version_id: int) -> sa.Select[int]:
    """Return the ids of each learner's first attempt: whoever comes again knows the feedback."""
    return (
        sa.select(sa.func.min(Attempt.id))
        .where(Attempt.version_id == version_id)
        .group_by(Attempt.learner_id)
    )


def _groups(version_id: int) -> list[Group]:
    rows = db.session.execute(
        sa.select(Answer.item_id, Answer.response, Answer.credit, sa.func.count())
        .where(Answer.look == Look.FIRST, Answer.attempt_id.in_(_first_attempts(version_id)))
        .group_by(Answer.item_id, Answer.response, Answer.credit)
        .order_by(Answer.item_id, Answer.response)
    )
    return [Group(*row) for row in rows]


def tallies_of(version: Version) -> list[Tally]:
    """Return what was answered to each question of a version, in the order of the module."""
    module = document_of(version.id, version.digest)
    by_item: dict[str, list[Group]] = {}
    for group in _groups(version.id):
        by_item.setdefault(group.item_id, []).append(group)
    stages = {item.id: stage.title for stage, item in module.items()}
    return [
        tally(question, by_item.get(question.id, []), number=number, stage=stages[question.id])
        for number, question in enumerate(module.questions(), start=1)
    ]


def reflections_of(version: Version) -> list[ReflectionTally]:
    """Return how many wrote to each reflection of a version, and how many skipped it."""
    module: Module = document_of(version.id, version.digest)
    rows = db.session.execute(
        sa.select(Reflection.item_id, Reflection.state, sa.func.count())
        .where(Reflection.attempt_id.in_(_first_attempts(version.id)))
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


def tally(question: Question, groups: Iterable[Group], *, number: int, stage: str) -> Tally:
    """Count what was answered to one question; pure."""
    found = list(groups)
    picks: Picks = Counter()
    for group in found:
        for pick in _picks(json.loads(group.response)):
            picks[pick] += group.count
    return Tally(
        number=number,
        item_id=question.id,
        kind=question.kind,
        prompt=question.prompt,
        stage=stage,
        answered=sum(group.count for group in found),
        full=sum(group.count for group in found if group.credit == "1"),
        rows=tuple(_ROWS[question.kind](question, picks)),
        orders=_orders(question, found) if isinstance(question, Ordering) else (),
    )


def _picks(response: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what one response chose; the canonical form says of which kind it is."""
    chosen = [(option, "") for option in response.get("chosen", ())]
    order = [(option, str(at)) for at, option in enumerate(response.get("order", ()), start=1)]
    return [*chosen, *order, *response.get("pairs", {}).items()]


def _chosen_rows(question: Any, picks: Picks) -> list[Row]:
    words = {"1": ("Right", "right"), "0": ("Not right", "wrong")}
    return [
        Row(option.id, option.text, "", *words.get(option.credit, ("Partly right", "plain")),
            picks[option.id, ""])
        for option in question.options
    ]  # fmt: skip


def _order_rows(question: Ordering, picks: Picks) -> list[Row]:
    places = [(str(at), f"Place {at}") for at in range(1, len(question.options) + 1)]
    rights = {option.id: str(at) for at, option in enumerate(question.options, start=1)}
    return _against(question, places, rights, picks)


def _match_rows(question: Matching, picks: Picks) -> list[Row]:
    targets = [(target.id, target.text) for target in question.targets]
    return _against(question, targets, {o.id: o.target for o in question.options}, picks)


def _against(
    question: Ordering | Matching,
    targets: list[tuple[str, str]],
    rights: dict[str, str],
    picks: Picks,
) -> list[Row]:
    """Return the right pair of each option, and every other pair that somebody chose."""
    rows = []
    for option in question.options:
        for target, text in targets:
            right, count = rights[option.id] == target, picks[option.id, target]
            if right or count:
                word, tone = ("Right", "right") if right else ("Not right", "wrong")
                rows.append(Row(option.id, option.text, text, word, tone, count))
    return rows


def _orders(question: Ordering, groups: list[Group]) -> tuple[tuple[tuple[str, ...], int], ...]:
    texts = {option.id: option.text for option in question.options}
    ranked = sorted(groups, key=lambda group: (-group.count, group.response))[:MOST_ORDERS]
    return tuple(
        (tuple(texts[option] for option in json.loads(group.response)["order"]), group.count)
        for group in ranked
    )


_ROWS: dict[str, Callable[[Any, Picks], list[Row]]] = {
    "single": _chosen_rows,
    "multiple": _chosen_rows,
    "ordering": _order_rows,
    "matching": _match_rows,
}
