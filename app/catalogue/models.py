"""Tables of modules and their final versions."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime
from app.triggers import final_rows


class Module(Base):
    """A training unit; what can change about it stands here, outside its versions."""

    __tablename__ = "module"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    # The unit that owns it and sees it with all below; empty: everyone.
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    review_by: Mapped[date | None]


class Version(Base):
    """One published state of a module, final from the moment it is written."""

    __tablename__ = "version"
    __table_args__ = (
        sa.UniqueConstraint("module_id", "number"),
        sa.CheckConstraint("number >= 1", name="numbers_begin_at_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    minutes: Mapped[int]
    # The module document as canonical JSON, and its SHA-256.
    document: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # Empty when the demo or a command without a person published it.
    published_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    module: Mapped[Module] = relationship(lazy="raise")


final_rows(Version.__table__)  # type: ignore[arg-type]
