"""Which version each revision of a draft goes on from.

A draft follows one version at a time; brought up to a newer one it follows that. Going back to
an earlier revision goes back to the version of that time: else what came since would be taken
back when the draft is published.
"""

from __future__ import annotations

import sqlalchemy as sa

from app.db import db
from app.drafting.models import DraftBase, DraftRevision, ModuleDraft


def base_at(draft: ModuleDraft, number: int) -> int | None:
    """Return the id of the version that a draft followed at one of its revisions."""
    followed = db.session.scalar(
        sa.select(DraftBase.version_id)
        .where(DraftBase.draft_id == draft.id, DraftBase.revision <= number)
        .order_by(DraftBase.revision.desc())
        .limit(1)
    )
    return followed or draft.based_on_id


def follows(draft: ModuleDraft, revision: DraftRevision, version_id: int | None) -> None:
    """Let a draft follow another version from this revision on; flushes."""
    if version_id is None or version_id == draft.based_on_id:
        return
    known = sa.exists().where(DraftBase.draft_id == draft.id)
    if not db.session.scalar(sa.select(known)) and draft.based_on_id is not None:
        # What it began from is written down only once it follows another.
        db.session.add(DraftBase(draft_id=draft.id, revision=1, version_id=draft.based_on_id))
    db.session.add(DraftBase(draft_id=draft.id, revision=revision.number, version_id=version_id))
    draft.based_on_id = version_id
    db.session.flush()
