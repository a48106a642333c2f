"""Reads who reviews a draft and what was decided, to be told to whoever changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.db import db
from app.drafting.models import ModuleDraft, SignOff

SOMEBODY = "somebody since erased"


@dataclass(frozen=True)
class UnderReview:
    """Who asked for the review of a draft, and the newest word on any of its revisions."""

    head: int
    asked_at: datetime
    asked_by: str
    revision: int | None
    approved: bool
    signed_by: str

    @property
    def holds(self) -> bool:
        """Tell whether the newest revision is approved."""
        return self.approved and self.revision == self.head

    @property
    def undone(self) -> bool:
        """Tell whether an approval was undone by a change."""
        return self.approved and self.revision != self.head

    @property
    def wants_changes(self) -> bool:
        """Tell whether the last word asked for changes."""
        return self.revision is not None and not self.approved


def under_review(draft: ModuleDraft) -> UnderReview | None:
    """Return how the review of a draft stands; nothing where nobody asked, or it is finished."""
    if draft.asked_at is None or draft.version_id is not None or draft.set_aside_at is not None:
        return None
    asker, signer = aliased(Person), aliased(Person)
    # What was said before the review was asked for anew is answered.
    last = sa.select(sa.func.max(SignOff.id)).where(
        SignOff.draft_id == draft.id, SignOff.signed_at >= draft.asked_at
    )
    row = db.session.execute(
        sa.select(asker.name, SignOff.revision, SignOff.approved, signer.name)
        .select_from(ModuleDraft)
        .outerjoin(asker, asker.id == ModuleDraft.asked_by)
        .outerjoin(SignOff, SignOff.id == last.scalar_subquery())
        .outerjoin(signer, signer.id == SignOff.signed_by)
        .where(ModuleDraft.id == draft.id)
    ).one()
    by, revision, approved, signed = row
    return UnderReview(
        draft.head, draft.asked_at, by or SOMEBODY, revision, bool(approved), signed or SOMEBODY
    )
