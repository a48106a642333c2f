"""Drafts that wait for one person: to be signed off, to be changed, or to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.authoring.reviewing import may_take_back
from app.authoring.signing import why_not
from app.db import db
from app.drafting.models import DraftRevision, MadeFrom, ModuleDraft, SignOff
from app.drafting.queries import Standing, last_word_id, standing_of
from app.importing.models import ImportedCase

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
            _wrote_some_of(person_id),
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
    return list(_wanted(person_id, rows))


_Row = tuple[ModuleDraft, DraftRevision, str | None, SignOff | None, str | None, bool]


def _wrote_some_of(person_id: int) -> sa.ColumnElement[bool]:
    """Return whether a person wrote anything of a draft, or brought in what it was made from."""
    each = aliased(DraftRevision)
    saved = sa.exists().where(each.draft_id == ModuleDraft.id, each.saved_by == person_id)
    brought = sa.exists().where(
        MadeFrom.draft_id == ModuleDraft.id, MadeFrom.case_id == ImportedCase.id,
        ImportedCase.imported_by == person_id,
    )  # fmt: skip
    return sa.or_(saved, brought, ModuleDraft.created_by == person_id)


def _wanted(person_id: int, rows: Iterable[_Row]) -> Iterator[Waiting]:
    for draft, head, asked_by, signed, signed_by, wrote_some in rows:
        name, standing = head.title or "Untitled", standing_of(draft, signed)
        # Only of the few drafts that she wrote herself must be asked who else could sign.
        if standing is Standing.IN_REVIEW and person_id != draft.asked_by and not (
            wrote_some and why_not(draft, head, person_id)
        ):  # fmt: skip
            yield Waiting(draft.id, name, Wanted.SIGN_OFF, asked_by, draft.asked_at)
        if signed is None or not may_take_back(draft, person_id):
            continue
        if standing is Standing.CHANGES_ASKED:
            yield Waiting(draft.id, name, Wanted.CHANGES, signed_by, signed.signed_at)
        elif standing is Standing.APPROVED:
            yield Waiting(draft.id, name, Wanted.PUBLISH, signed_by, signed.signed_at)
