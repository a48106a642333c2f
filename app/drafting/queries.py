"""Reads of drafts: a draft of another force does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import aliased, undefer

from app.accounts.models import Person
from app.catalogue.models import Module, Version
from app.db import db
from app.drafting.models import DraftComment, DraftRevision, MadeFrom, ModuleDraft, SignOff
from app.importing.models import ImportedCase
from app.ui.requests import LARGEST_ID

MOST = 500


class Standing(Enum):
    """Where a draft stands on its way to a version; derived, never stored."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    CHANGES_ASKED = "changes asked for"
    APPROVED = "approved"
    PUBLISHED = "published"
    SET_ASIDE = "set aside"


@dataclass(frozen=True)
class DraftLine:
    """One draft in a list."""

    id: int
    title: str
    standing: Standing
    revision: int
    saved_at: datetime
    saved_by: str | None
    module_id: int | None
    # The case that it was made from, if it was.
    made_from: str | None


def standing_of(draft: ModuleDraft, signed: SignOff | None) -> Standing:
    """Say where a draft stands; `signed` is the newest sign-off that it has."""
    if draft.version_id is not None:
        return Standing.PUBLISHED
    if draft.set_aside_at is not None:
        return Standing.SET_ASIDE
    if signed is not None and signed.approved and signed.revision == draft.head:
        return Standing.APPROVED
    if draft.asked_at is None:
        return Standing.DRAFT
    # The next move is the author's, until she asks once more.
    refused = signed is not None and not signed.approved and signed.signed_at >= draft.asked_at
    return Standing.CHANGES_ASKED if refused else Standing.IN_REVIEW


def draft_in(force_id: int, draft_id: int) -> ModuleDraft | None:
    """Return a draft of this force."""
    return db.session.scalars(
        sa.select(ModuleDraft).where(ModuleDraft.id == draft_id, ModuleDraft.force_id == force_id)
    ).one_or_none()


def _revision(draft_id: int, number: int) -> sa.Select[DraftRevision]:
    wanted = (DraftRevision.draft_id == draft_id, DraftRevision.number == number)
    return sa.select(DraftRevision).where(*wanted).options(undefer(DraftRevision.packed))


def revision_of(draft_id: int, number: int) -> DraftRevision:
    """Return one revision with its document; raises NoResultFound."""
    return db.session.scalars(_revision(draft_id, number)).one()


def revision_or_none(draft_id: int, number: int) -> DraftRevision | None:
    """Return one revision with its document, if the draft has it."""
    if abs(number) > LARGEST_ID:
        return None
    return db.session.scalars(_revision(draft_id, number)).one_or_none()


@dataclass(frozen=True)
class Made:
    """One draft that was made from an imported case."""

    draft_id: int
    made_at: datetime
    made_by: str | None
    review: int
    set_aside_at: datetime | None


def made_from(force_id: int, case_id: int) -> list[Made]:
    """Return the drafts of a force that were made from a case, the newest first."""
    made = (ModuleDraft.id, ModuleDraft.created_at, Person.name, MadeFrom.review)
    rows = db.session.execute(
        sa.select(*made, ModuleDraft.set_aside_at)
        .join(MadeFrom, MadeFrom.draft_id == ModuleDraft.id)
        .outerjoin(Person, Person.id == ModuleDraft.created_by)
        .where(MadeFrom.case_id == case_id, ModuleDraft.force_id == force_id)
        .order_by(ModuleDraft.created_at.desc(), ModuleDraft.id.desc())
        .limit(MOST)
    )
    return [Made(*row) for row in rows]


def running_draft_of(force_id: int, module_id: int) -> ModuleDraft | None:
    """Return the newest draft of a module that is neither published nor set aside."""
    return db.session.scalars(
        sa.select(ModuleDraft)
        .where(ModuleDraft.force_id == force_id, ModuleDraft.module_id == module_id)
        .where(ModuleDraft.version_id.is_(None), ModuleDraft.set_aside_at.is_(None))
        .order_by(ModuleDraft.id.desc())
        .limit(1)
    ).one_or_none()


def saver_of(revision: DraftRevision) -> str | None:
    """Return the name of whoever saved a revision; nobody: a command did, or she was erased."""
    return db.session.execute(sa.select(Person.name).where(Person.id == revision.saved_by)).scalar()


def last_saver(draft_id: int, part: str, *, since: int) -> int | None:
    """Return who last saved a part after revision `since`; nobody: it changed as a whole."""
    return db.session.execute(
        sa.select(DraftRevision.saved_by)
        .where(DraftRevision.draft_id == draft_id, DraftRevision.part == part)
        .where(DraftRevision.number > since)
        .order_by(DraftRevision.number.desc())
        .limit(1)
    ).scalar()


def others_saved(draft_id: int, part: str, *, since: int, than: int) -> bool:
    """Tell whether anybody but this person saved the part, or the whole, after revision `since`."""
    query = sa.select(DraftRevision.number).where(
        DraftRevision.draft_id == draft_id,
        DraftRevision.number > since,
        sa.or_(DraftRevision.part == part, DraftRevision.part.is_(None)),
        sa.or_(DraftRevision.saved_by != than, DraftRevision.saved_by.is_(None)),
    )
    return db.session.execute(query.limit(1)).first() is not None


def newest_sign_off(draft_id: int, revision: int) -> SignOff | None:
    """Return the last word on one exact revision."""
    return db.session.scalars(
        sa.select(SignOff)
        .where(SignOff.draft_id == draft_id, SignOff.revision == revision)
        .order_by(SignOff.id.desc())
        .limit(1)
    ).one_or_none()


def last_word(draft_id: int) -> SignOff | None:
    """Return the newest sign-off of a draft, whichever revision it is about."""
    return db.session.scalars(
        sa.select(SignOff).where(SignOff.draft_id == draft_id).order_by(SignOff.id.desc()).limit(1)
    ).one_or_none()


def last_word_id() -> sa.ScalarSelect[int | None]:
    """Return the id of a draft's newest sign-off, to be joined to drafts."""
    return (
        sa.select(sa.func.max(SignOff.id))
        .where(SignOff.draft_id == ModuleDraft.id)
        .correlate(ModuleDraft)
        .scalar_subquery()
    )


def drafts_in(force_id: int) -> list[DraftLine]:
    """Return the drafts of a force, the last saved first."""
    saver, signed, case = aliased(Person), aliased(SignOff), ImportedCase.title
    at_head = (DraftRevision.draft_id == ModuleDraft.id, DraftRevision.number == ModuleDraft.head)
    said = (DraftRevision.title, DraftRevision.saved_at, saver.name)
    rows = db.session.execute(
        sa.select(ModuleDraft, *said, signed, case)
        .join(DraftRevision, sa.and_(*at_head))
        .outerjoin(saver, saver.id == DraftRevision.saved_by)
        .outerjoin(signed, signed.id == last_word_id())
        .outerjoin(MadeFrom, MadeFrom.draft_id == ModuleDraft.id)
        .outerjoin(ImportedCase, ImportedCase.id == MadeFrom.case_id)
        .where(ModuleDraft.force_id == force_id)
        .order_by(DraftRevision.saved_at.desc(), ModuleDraft.id.desc())
        .limit(MOST)
    )
    return [
        DraftLine(d.id, title, standing_of(d, word), d.head, at, name, d.module_id, made_from)
        for d, title, at, name, word, made_from in rows
    ]


@dataclass(frozen=True)
class Remark:
    """A comment on one part of a draft, with who wrote and who settled it."""

    id: int
    part: str
    revision: int
    text: str
    written_at: datetime
    by: int
    written_by: str | None
    settled_at: datetime | None
    settled_by: str | None


@dataclass(frozen=True)
class Word:
    """A sign-off with the name of whoever gave it."""

    revision: int
    approved: bool
    note: str
    signed_at: datetime
    by: int
    signed_by: str | None


def comments_of(draft_id: int, part: str | None = None) -> list[Remark]:
    """Return the comments on a draft, or on one part of it, in the order they were written."""
    writer, settler = aliased(Person), aliased(Person)
    rows = db.session.execute(
        sa.select(
            DraftComment.id, DraftComment.part, DraftComment.revision, DraftComment.text,
            DraftComment.written_at, DraftComment.written_by, writer.name, DraftComment.settled_at,
            settler.name,
        )
        .outerjoin(writer, writer.id == DraftComment.written_by)
        .outerjoin(settler, settler.id == DraftComment.settled_by)
        .where(DraftComment.draft_id == draft_id)
        .where(DraftComment.part == part if part is not None else sa.true())
        .order_by(DraftComment.id)
        .limit(MOST)
    )  # fmt: skip
    return [Remark(*row) for row in rows]


def open_comments(draft_id: int, part: str | None = None) -> list[Remark]:
    """Return the comments that nobody settled."""
    return [remark for remark in comments_of(draft_id, part) if remark.settled_at is None]


def open_comments_by_part(draft_id: int) -> dict[str, int]:
    """Return how many comments nobody settled, by the address of their part."""
    rows = db.session.execute(
        sa.select(DraftComment.part, sa.func.count())
        .where(DraftComment.draft_id == draft_id, DraftComment.settled_at.is_(None))
        .group_by(DraftComment.part)
        .order_by(DraftComment.part)
        .limit(MOST)
    )
    return {part: count for part, count in rows}


def comment_in(draft_id: int, comment_id: int) -> DraftComment | None:
    """Return a comment on this draft."""
    if abs(comment_id) > LARGEST_ID:
        return None
    return db.session.scalars(
        sa.select(DraftComment).where(
            DraftComment.id == comment_id, DraftComment.draft_id == draft_id
        )
    ).one_or_none()


def sign_offs_of(draft_id: int) -> list[Word]:
    """Return every word of the reviewers on a draft, the newest first."""
    rows = db.session.execute(
        sa.select(
            SignOff.revision, SignOff.approved, SignOff.note, SignOff.signed_at,
            SignOff.signed_by, Person.name,
        )
        .outerjoin(Person, Person.id == SignOff.signed_by)
        .where(SignOff.draft_id == draft_id)
        .order_by(SignOff.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [Word(*row) for row in rows]


def modules_published_from_drafts() -> set[str]:
    """Return the short names of the modules of which a draft was published."""
    query = (
        sa.select(Module.slug)
        .join(Version, Version.module_id == Module.id)
        .join(ModuleDraft, ModuleDraft.version_id == Version.id)
    )
    return set(db.session.scalars(query))
