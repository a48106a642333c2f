"""Comments of trainers on the parts of a draft: they are added, and said to be answered."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.drafting.drafting import held
from app.drafting.models import DraftComment, ModuleDraft
from app.drafting.parts import NoSuchPart, addresses
from app.drafting.queries import open_comments

# As long as a comment may be.
LONGEST = 4000


def comment(draft: ModuleDraft, part: str, text: str, *, by: int, at: datetime) -> DraftComment:
    """Leave a remark on one part; the same sent twice is kept once.

    Raises Finished and NoSuchPart.
    """
    head = held(draft)
    if part not in addresses(head.document):
        raise NoSuchPart("That part is not in this draft any more. Choose another.")
    for remark in open_comments(draft.id, part):
        if (remark.text, remark.revision, remark.by) == (text, head.number, by):
            return db.session.get_one(DraftComment, remark.id)
    made = DraftComment(
        draft_id=draft.id, revision=head.number, part=part, written_by=by, written_at=at, text=text
    )
    db.session.add(made)
    db.session.flush()
    return made


def settle(remark: DraftComment, *, by: int, at: datetime) -> None:
    """Say that a remark was answered; it stays to be read."""
    db.session.refresh(remark, with_for_update=True)
    if remark.settled_at is None:
        remark.settled_by, remark.settled_at = by, at
    db.session.flush()
