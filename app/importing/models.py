"""Tables of imported case documents and of what a trainer made of each block."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime
from app.triggers import final_rows


class ImportedCase(Base):
    """A case document as it was read; the file itself is not kept, its text is."""

    __tablename__ = "imported_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Trainers of this force see it.
    force_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    # Of the file's bytes; the same document imported again is recognised by it.
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    # text, html, docx or pdf.
    form: Mapped[str] = mapped_column(sa.String(10))
    title: Mapped[str] = mapped_column(sa.String(500))
    imported_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The case document with its source lines, JSON, compressed.
    packed: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    # The newest state of the review.
    head: Mapped[int]


class CaseReview(Base):
    """One save of the review of an imported case: what became of each block."""

    __tablename__ = "case_review"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("imported_case.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    saved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # What was done, as a sentence, so that it can be undone by name.
    what: Mapped[str] = mapped_column(sa.String(300))
    packed: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)


final_rows(CaseReview.__table__)  # type: ignore[arg-type]
