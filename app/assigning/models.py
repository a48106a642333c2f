"""Tables of assignments and of what each person was asked."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UTCDateTime, enum_column
from app.triggers import final_rows


class Earlier(enum.Enum):
    """What an assignment makes of somebody who completed the module before she was asked."""

    COUNTS = "counts"
    AGAIN = "again"


class Assignment(Base):
    """A unit and all below were asked to complete a module by a date."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)", name="withdrawn_with_a_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    # A London date: overdue from the midnight after it.
    due_on: Mapped[date]
    earlier: Mapped[Earlier] = mapped_column(enum_column(Earlier), default=Earlier.COUNTS)
    # What the confirming form carried, once only: sending it twice makes one assignment.
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    assigned_at: Mapped[datetime] = mapped_column(UTCDateTime)
    assigned_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    withdrawal_reason: Mapped[str | None] = mapped_column(sa.Text)


class Occurrence(Base):
    """One time that a module falls due for one person.

    A person who was asked stays asked wherever she moves. At most one is open for a person
    and a module: neither completed nor withdrawn.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        sa.UniqueConstraint("assignment_id", "person_id"),
        sa.Index(
            "uq_occurrence_open",
            "person_id",
            "module_id",
            unique=True,
            sqlite_where=sa.text("completion_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("completion_id IS NULL AND withdrawn_at IS NULL"),
        ),
        sa.Index("ix_occurrence_module_person", "module_id", "person_id"),
        sa.CheckConstraint(
            "completion_id IS NULL OR withdrawn_at IS NULL", name="completed_stays_completed"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    due_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    completion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("completion.id"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    assignment: Mapped[Assignment] = relationship(lazy="raise")


final_rows(
    Assignment.__table__,  # type: ignore[arg-type]
    may_change=("withdrawn_at", "withdrawn_by", "withdrawal_reason"),
)
final_rows(
    Occurrence.__table__,  # type: ignore[arg-type]
    may_change=("completion_id", "withdrawn_at"),
)
