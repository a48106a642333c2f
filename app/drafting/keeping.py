"""Keeps what somebody typed and could not save, so that closing the page loses none of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.db import Refusal, db, remember
from app.drafting import parts
from app.drafting.drafting import ChangedMeanwhile, Finished, refuse_finished
from app.drafting.models import DraftRevision, KeptPart, ModuleDraft, packed
from app.drafting.parts import Document, NoSuchPart
from app.drafting.queries import last_saver, revision_of
from app.ui.requests import LARGEST_ID

MOST = 100
# After these her words stand nowhere else. What is too long is not kept: it has no bound.
KEEPING = (ChangedMeanwhile, NoSuchPart, Finished)


def keep(draft_id: int, address: str, part: Document, *, base: int, by: int, at: datetime) -> None:
    """Keep the newest of what a person typed into a part that she opened at revision `base`.

    It is written once the request has ended, since one that was refused writes nothing else.
    """
    row = {"draft_id": draft_id, "part": address, "person_id": by, "base": base}
    said: dict[str, Any] = {"kept_at": at, "packed": packed(part)}

    def write(connection: Connection) -> None:
        # One at a time: two pages of hers may be refused at the same moment.
        connection.execute(
            sa.select(ModuleDraft.id).where(ModuleDraft.id == draft_id).with_for_update()
        )
        table = KeptPart.__table__
        hers = [table.c[name] == value for name, value in row.items()]
        if not connection.execute(sa.update(KeptPart).where(*hers).values(said)).rowcount:
            connection.execute(sa.insert(KeptPart).values({**row, **said}))

    remember(write)


def keep_refused(
    draft_id: int, address: str, part: Document, refusal: Refusal, *, base: int, by: int,
    at: datetime,
) -> bool:  # fmt: skip
    """Keep what was typed where its refusal leaves it nowhere else; tell whether it is kept."""
    if not isinstance(refusal, KEEPING):
        return False
    keep(draft_id, address, part, base=base, by=by, at=at)
    return True


def let_go(draft_id: int, address: str, part: Document, *, carried: int | None, by: int) -> None:
    """Forget what a person typed into a part, now that it is in the draft.

    Only the very words go that were saved, and those that the page `carried` under the number of
    its revision: a page that she opened later knows nothing of them.
    """
    db.session.execute(
        sa.delete(KeptPart).where(
            KeptPart.draft_id == draft_id, KeptPart.part == address, KeptPart.person_id == by,
            sa.or_(KeptPart.packed == packed(part), KeptPart.base == carried),
        )
    )  # fmt: skip


def throw_away(kept: KeptPart) -> None:
    """Forget what a person typed, because she wants it gone."""
    db.session.delete(kept)
    db.session.flush()


def kept_of(draft_id: int, person_id: int, part: str | None = None) -> list[KeptPart]:
    """Return what of a person's words is kept beside a draft, or one part of it, newest first."""
    return list(
        db.session.scalars(
            sa.select(KeptPart)
            .where(KeptPart.draft_id == draft_id, KeptPart.person_id == person_id)
            .where(KeptPart.part == part if part is not None else sa.true())
            .order_by(KeptPart.kept_at.desc(), KeptPart.part, KeptPart.base)
            .limit(MOST)
        )
    )


def kept_with(draft_id: int, person_id: int, part: str, base: int) -> KeptPart | None:
    """Return one of the things that are kept for a person; another's is not there."""
    if abs(base) > LARGEST_ID:
        return None
    return db.session.get(KeptPart, (draft_id, part, person_id, base))


def why_not(draft: ModuleDraft, kept: KeptPart, base: DraftRevision) -> Refusal:
    """Return what keeps words from being saved now, as a save of them would say it."""
    head = revision_of(draft.id, draft.head)
    try:
        refuse_finished(draft)
        theirs = parts.part_of(head.document, kept.part)
    except Refusal as refusal:
        return refusal
    saver = last_saver(draft.id, kept.part, since=base.number) or head.saved_by
    before = parts.part_of(base.document, kept.part)
    return ChangedMeanwhile(kept.part, theirs=theirs, base=before, head=head.number, by=saver)
