"""The table of what was decided, with a version, about those who completed an earlier one."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.authoring.comparing.change import Change
from app.db import Base, UTCDateTime, enum_column
from app.triggers import final_rows


class PublishedChange(Base):
    """How a version differs from the one before, and whether its completers shall do it again."""

    __tablename__ = "published_change"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("version.id"), primary_key=True)
    # The gravest class of what changed; empty for a first version.
    change: Mapped[Change | None] = mapped_column(enum_column(Change))
    # The draft and the exact revision that was signed off; empty for a version from a file.
    draft_id: Mapped[int | None] = mapped_column(sa.ForeignKey("module_draft.id"))
    revision: Mapped[int | None]
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    # From when those who completed an earlier version are to be asked again; empty: they are not.
    ask_again_from: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)


final_rows(PublishedChange.__table__)  # type: ignore[arg-type]
