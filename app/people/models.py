"""The table of uploaded lists of people."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime


class PeopleImport(Base):
    """An uploaded list of people, kept from its preview until it is applied or given up."""

    __tablename__ = "people_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    force_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    uploaded_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    deactivate_missing: Mapped[bool]
    # Counts and the first rows of each class, as the preview shows them: JSON.
    summary: Mapped[str] = mapped_column(sa.Text)
    # What the preview was made of; applying makes it again and compares.
    plan_digest: Mapped[str] = mapped_column(sa.String(64))
    # The file itself and the whole difference as CSV, compressed; emptied after a day or on use.
    body: Mapped[bytes | None] = mapped_column(deferred=True)
    difference: Mapped[bytes | None] = mapped_column(deferred=True)
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
