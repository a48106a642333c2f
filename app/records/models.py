"""Tables of what stands for ever: rows are added, never changed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime
from app.triggers import final_rows


class Completion(Base):
    """The final record that a learner went the whole way through one version."""

    __tablename__ = "completion"
    __table_args__ = (sa.Index("ix_completion_person_module", "person_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # What completed it, once only: "attempt:7", or "session:3:person:12".
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("version.id"))
    # The London date on which it was done.
    completed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The unit that the person belonged to then, and what it was called.
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    unit_name: Mapped[str | None] = mapped_column(sa.String(120))


final_rows(Completion.__table__)  # type: ignore[arg-type]
