"""Reads of imported cases: a case of another force does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from app.accounts.models import Person
from app.cases.document import CaseDocument
from app.db import db
from app.importing.models import CaseReview, ImportedCase
from app.importing.packing import unpacked_case, unpacked_review
from app.importing.review import SET_ASIDE, Review
from app.importing.source import AtHand, Reviewed, at_hand
from app.ui.requests import LARGEST_ID

MOST = 500


@dataclass(frozen=True)
class CaseLine:
    """One imported case in a list."""

    id: int
    title: str
    file_name: str
    imported_at: datetime
    imported_by: str | None
    # It was set aside: see `review.SET_ASIDE`.
    is_aside: bool


def case_in(force_id: int, case_id: int) -> ImportedCase | None:
    """Return an imported case of this force."""
    if abs(case_id) > LARGEST_ID:
        return None
    return db.session.scalars(
        sa.select(ImportedCase).where(ImportedCase.id == case_id, ImportedCase.force_id == force_id)
    ).one_or_none()


def cases_in(force_id: int) -> list[CaseLine]:
    """Return the imported cases of a force, the newest first."""
    rows = db.session.execute(
        sa.select(
            ImportedCase.id, ImportedCase.title, ImportedCase.file_name, ImportedCase.imported_at,
            Person.name, CaseReview.what == SET_ASIDE,
        )
        .join(CaseReview, sa.and_(
            CaseReview.case_id == ImportedCase.id, CaseReview.number == ImportedCase.head
        ))
        .outerjoin(Person, Person.id == ImportedCase.imported_by)
        .where(ImportedCase.force_id == force_id)
        .order_by(ImportedCase.imported_at.desc(), ImportedCase.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [CaseLine(*row) for row in rows]


@dataclass(frozen=True)
class Earlier:
    """An earlier import of the same document."""

    id: int
    title: str
    imported_at: datetime
    imported_by: int | None
    name: str | None


def earlier(force_id: int, sha256: str, *, but: int | None = None) -> Earlier | None:
    """Return the newest import of the same document in this force, other than `but`."""
    row = db.session.execute(
        sa.select(
            ImportedCase.id, ImportedCase.title, ImportedCase.imported_at,
            ImportedCase.imported_by, Person.name,
        )
        .outerjoin(Person, Person.id == ImportedCase.imported_by)
        .where(ImportedCase.force_id == force_id, ImportedCase.sha256 == sha256)
        .where(ImportedCase.id != but if but is not None else sa.true())
        .order_by(ImportedCase.imported_at.desc(), ImportedCase.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return Earlier(*row) if row else None


def document_of(case: ImportedCase) -> CaseDocument:
    """Return the case document as it was read."""
    return unpacked_case(case.packed)


def state_of(case_id: int, number: int, document: CaseDocument) -> Review:
    """Return one state of the review of a case; raises NoResultFound."""
    row = db.session.scalars(
        sa.select(CaseReview)
        .where(CaseReview.case_id == case_id, CaseReview.number == number)
        .options(undefer(CaseReview.packed))
    ).one()
    return unpacked_review(row.packed, document)


def reviewed(case: ImportedCase) -> Reviewed:
    """Return the case document with the newest state of its review."""
    document = document_of(case)
    return Reviewed(document, state_of(case.id, case.head, document), case.head)


def saved_by(case_id: int, number: int) -> str | None:
    """Return the name of whoever saved one state of a review."""
    return db.session.scalar(
        sa.select(Person.name)
        .join(CaseReview, CaseReview.saved_by == Person.id)
        .where(CaseReview.case_id == case_id, CaseReview.number == number)
    )


def texts_by_sha(force_id: int, shas: Iterable[str]) -> dict[str, str]:
    """Return the texts of the force's imported cases whose file has one of these SHA-256."""
    return {sha: found.text for sha, found in at_hand_by_sha(force_id, shas).items()}


def at_hand_by_sha(force_id: int, shas: Iterable[str]) -> dict[str, AtHand]:
    """Return those texts with the lines that the reader left out."""
    wanted = sorted(set(shas))[:MOST]
    if not wanted:
        return {}
    # The newest of each alone: a document may have been imported again and again.
    newest = sa.select(sa.func.max(ImportedCase.id)).group_by(ImportedCase.sha256)
    rows = db.session.execute(
        sa.select(ImportedCase.sha256, ImportedCase.packed)
        .where(
            ImportedCase.id.in_(
                newest.where(ImportedCase.force_id == force_id, ImportedCase.sha256.in_(wanted))
            )
        )
        .order_by(ImportedCase.id)
    )
    return {sha: at_hand(unpacked_case(packed)) for sha, packed in rows}
