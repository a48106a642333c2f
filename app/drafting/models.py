"""Tables of drafts: each save is a revision, final as soon as it is written."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime
from app.triggers import final_rows


class ModuleDraft(Base):
    """A module being written; what it says stands in its revisions, the newest is `head`."""

    __tablename__ = "module_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Trainers of this force see it and work on it together.
    force_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    # The module that it will be the next version of; empty: a new one.
    module_id: Mapped[int | None] = mapped_column(sa.ForeignKey("module.id"), index=True)
    # The version that it follows now: publishing after another version came in between is refused.
    based_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey("version.id"))
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    head: Mapped[int]
    # When the module should be looked at again; goes to the module when the draft is published.
    review_by: Mapped[date | None]
    # Review was asked for, at this revision and by whom; taken back sets all three to empty.
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    asked_revision: Mapped[int | None]
    # What became of it: a version, or it was set aside.
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("version.id"), unique=True)
    set_aside_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DraftRevision(Base):
    """One save of a draft: the whole document, who saved it, when, and from what."""

    __tablename__ = "draft_revision"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("module_draft.id"), primary_key=True)
    # Counted from 1 in each draft.
    number: Mapped[int] = mapped_column(primary_key=True)
    # The revision that the person had before her when she saved; the one restored, for a restore.
    parent: Mapped[int | None]
    # Empty: made by a command or the demo without a person.
    saved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # What was done, as a sentence for the history.
    what: Mapped[str] = mapped_column(sa.String(300))
    # The part that was saved, where it was one (see parts.py), and the title at that time.
    part: Mapped[str | None] = mapped_column(sa.String(120))
    title: Mapped[str] = mapped_column(sa.String(200))
    # The document as plain values, JSON, compressed; it may be unfinished.
    packed: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(sa.String(64))

    @property
    def document(self) -> dict[str, Any]:
        """Return the document of this revision, a fresh copy each time."""
        return unpacked(self.packed)


class DraftBase(Base):
    """From which revision on a draft follows which version, once it followed another."""

    __tablename__ = "draft_base"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("module_draft.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("version.id"))


class DraftComment(Base):
    """A remark of a trainer on one part of a draft, open until somebody settles it."""

    __tablename__ = "draft_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("module_draft.id"), index=True)
    revision: Mapped[int]
    part: Mapped[str] = mapped_column(sa.String(120))
    written_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    text: Mapped[str] = mapped_column(sa.String(4000))
    settled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignOff(Base):
    """A second trainer's word on one exact revision: approved, or changes asked for."""

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("module_draft.id"), index=True)
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    signed_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    approved: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.String(2000))


class KeptPart(Base):
    """What somebody typed into a part and could not save, until she settles what becomes of it."""

    __tablename__ = "kept_part"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("module_draft.id"), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    # The revision that she had before her: pages that she opened at different ones stay apart.
    base: Mapped[int] = mapped_column(primary_key=True)
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The part as plain values, JSON, compressed; the newest of what she typed there.
    packed: Mapped[bytes] = mapped_column(sa.LargeBinary)

    @property
    def document(self) -> dict[str, Any]:
        """Return the part as she typed it, a fresh copy each time."""
        return unpacked(self.packed)


class MadeFrom(Base):
    """Which draft was made from which imported case, from which state of its review."""

    __tablename__ = "made_from"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("module_draft.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("imported_case.id"), primary_key=True)
    review: Mapped[int]


def packed(document: dict[str, Any]) -> bytes:
    """Return a document as compressed JSON."""
    return zlib.compress(json.dumps(document, ensure_ascii=False).encode(), 6)


def unpacked(data: bytes) -> dict[str, Any]:
    """Return the document that `packed` packed."""
    found: dict[str, Any] = json.loads(zlib.decompress(data))
    return found


final_rows(DraftRevision.__table__)  # type: ignore[arg-type]
final_rows(DraftBase.__table__)  # type: ignore[arg-type]
final_rows(SignOff.__table__)  # type: ignore[arg-type]
final_rows(DraftComment.__table__, may_change=("settled_by", "settled_at"))  # type: ignore[arg-type]
