"""Takes a case document into the force's collection."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Unit
from app.cases.bounded import read_bounded
from app.cases.document import CaseDocument, CaseRefusal
from app.db import db, lock_for_writing
from app.importing.models import CaseReview, ImportedCase
from app.importing.packing import packed_case, packed_review, unpacked_case
from app.importing.queries import earlier
from app.importing.review import from_case, plain_line

# Far more than a case has; a page of so many can still be used.
MOST_BLOCKS = 2000
MOST_LETTERS = 1_000_000


class TooLong(CaseRefusal):
    """A document of more than anybody reviews."""

    def __init__(self, count: int, what: str, most: int) -> None:
        super().__init__(
            f"This document has {count:,} {what}, and a review takes {most:,}. It is longer than "
            "any case: copy the part that is the case and paste it instead."
        )


def _refuse_length(document: CaseDocument) -> None:
    """Refuse what no page can show and nobody can review."""
    if len(document.blocks) > MOST_BLOCKS:
        raise TooLong(len(document.blocks), "blocks", MOST_BLOCKS)
    letters = sum(len(block.text) for block in document.blocks)
    letters += sum(len(left.text) for left in document.left_out)
    if letters > MOST_LETTERS:
        raise TooLong(letters, "characters", MOST_LETTERS)


def sha256_of(data: bytes) -> str:
    """Return what the same document is recognised by."""
    return hashlib.sha256(data).hexdigest()


def import_case(
    *, data: bytes, name: str, force_id: int, by: int | None, at: datetime
) -> ImportedCase:
    """Read a document in a bounded child process and only then lock and keep it.

    Sent twice at once it is kept once. Raises CaseRefusal, with the sentence for the person,
    when it cannot be read.
    """
    document = read_bounded(data, name)
    _refuse_length(document)
    lock_for_writing()
    # Two of one force take turns; whoever only refers to the force does not wait.
    turn = sa.select(Unit.id).where(Unit.id == force_id)
    db.session.execute(turn.with_for_update(key_share=True))
    sha256 = sha256_of(data)
    if same := earlier(force_id, sha256):
        return db.session.get_one(ImportedCase, same.id)
    return keep(document, name=name, sha256=sha256, force_id=force_id, by=by, at=at)


def import_again(former: ImportedCase, *, by: int | None, at: datetime) -> ImportedCase:
    """Begin another review of a document that was imported before; the earlier one stays."""
    return keep(
        unpacked_case(former.packed), name=former.file_name, sha256=former.sha256,
        force_id=former.force_id, by=by, at=at,
    )  # fmt: skip


def keep(
    document: CaseDocument, *, name: str, sha256: str, force_id: int, by: int | None, at: datetime
) -> ImportedCase:
    """Keep a document that was read, with its review as it begins."""
    review = from_case(document)
    case = ImportedCase(
        force_id=force_id, sha256=sha256, file_name=plain_line(name)[:200],
        form=document.form.value, title=review.facts.name[:500], imported_by=by, imported_at=at,
        packed=packed_case(document), head=1,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    db.session.add(
        CaseReview(
            case_id=case.id,
            number=1,
            saved_by=by,
            saved_at=at,
            what="Imported.",
            packed=packed_review(review, document),
        )
    )
    db.session.flush()
    return case
