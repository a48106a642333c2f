"""Drafts that wait for one person: to be signed off, to be changed, or to be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.authoring.reviewing import may_take_back
from app.authoring.signing import others_free, trainers_of, writers_of
from app.db import db
from app.drafting.models import DraftRevision, ModuleDraft, SignOff
from app.drafting.queries import Standing, last_word_id, standing_of

MOST = 200


class Wanted(Enum):
    """What somebody may do next about a draft, as her pages say it."""

    SIGN_OFF = "Waits for your sign-off"
    CHANGES = "Changes asked for"
    PUBLISH = "Approved, not published yet"


@dataclass(frozen=True)
class Waiting:
    """One draft that waits for a person, with who moved last and when."""

    draft_id: int
    title: str
    wanted: Wanted
    who: str | None
    at: datetime | None


def waiting_for(force_id: int, person_id: int) -> list[Waiting]:
    """Return the drafts of a force that wait for this person, the longest waiting first."""
    asker, signer, signed = aliased(Person), aliased(Person), aliased(SignOff)
    at_head = (DraftRevision.draft_id == ModuleDraft.id, DraftRevision.number == ModuleDraft.head)
    rows = db.session.execute(
        sa.select(
            ModuleDraft, DraftRevision, asker.name, signed, signer.name,
        )
        .join(DraftRevision, sa.and_(*at_head))
        .outerjoin(asker, asker.id == ModuleDraft.asked_by)
        .outerjoin(signed, signed.id == last_word_id())
        .outerjoin(signer, signer.id == signed.signed_by)
        .where(ModuleDraft.force_id == force_id, ModuleDraft.asked_at.is_not(None))
        .where(ModuleDraft.version_id.is_(None), ModuleDraft.set_aside_at.is_(None))
        .order_by(ModuleDraft.asked_at, ModuleDraft.id)
        .limit(MOST)
    )  # fmt: skip
    return list(_wanted(force_id, person_id, rows.all()))


_Row = tuple[ModuleDraft, DraftRevision, str | None, SignOff | None, str | None]


def _wanted(force_id: int, person_id: int, rows: Sequence[_Row]) -> Iterator[Waiting]:
    signable = _signable(force_id, person_id, rows)
    for draft, head, asked_by, signed, signed_by in rows:
        name, standing = head.title or "Untitled", standing_of(draft, signed)
        if standing is Standing.IN_REVIEW and draft.id in signable:
            yield Waiting(draft.id, name, Wanted.SIGN_OFF, asked_by, draft.asked_at)
        if signed is None or not may_take_back(draft, person_id):
            continue
        if standing is Standing.CHANGES_ASKED:
            yield Waiting(draft.id, name, Wanted.CHANGES, signed_by, signed.signed_at)
        elif standing is Standing.APPROVED:
            yield Waiting(draft.id, name, Wanted.PUBLISH, signed_by, signed.signed_at)


def _signable(force_id: int, person_id: int, rows: Sequence[_Row]) -> set[int]:
    """Return the drafts that a person may sign off, as `signing.why_not` says it of one."""
    others = [draft for draft, head, *_ in rows if person_id not in (draft.asked_by, head.saved_by)]
    if not others:
        return set()
    writers, trainers = writers_of(others), trainers_of(force_id)
    return {
        draft.id for draft in others
        if person_id not in writers[draft.id] or not others_free(draft, writers[draft.id], trainers)
    }  # fmt: skip
