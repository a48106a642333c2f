"""Tables of attempts, answers, and the private text of learners, encrypted at rest."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.catalogue.models import Version
from app.db import Base, UTCDateTime, enum_column
from app.triggers import final_rows


class Look(enum.Enum):
    """Whether an answer is the first, which statistics use, or the one of looking again."""

    FIRST = "first"
    AGAIN = "again"


class ReflectionState(enum.Enum):
    """Whether a reflection was written or plainly skipped."""

    WRITTEN = "written"
    SKIPPED = "skipped"


class Attempt(Base):
    """One learner's way through one version; complete exactly when it has its completion."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.Index(
            "uq_attempt_open",
            "learner_id",
            "module_id",
            unique=True,
            sqlite_where=sa.text("completion_id IS NULL"),
            postgresql_where=sa.text("completion_id IS NULL"),
        ),
        sa.Index("ix_attempt_learner", "learner_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("version.id"), index=True)
    # All shuffles of this attempt come from it.
    seed: Mapped[int]
    # The stage that the learner last opened, by its id in the document.
    place: Mapped[str] = mapped_column(sa.String(80))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The last write; the gaps between writes, each capped, add up to `active_seconds`.
    touched_at: Mapped[datetime] = mapped_column(UTCDateTime)
    active_seconds: Mapped[int] = mapped_column(default=0)
    completion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("completion.id"), unique=True)
    version: Mapped[Version] = relationship(lazy="raise")


class Answer(Base):
    """What was committed to one question in one attempt, frozen."""

    __tablename__ = "answer"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    look: Mapped[Look] = mapped_column(enum_column(Look), primary_key=True)
    # Ids of options, in the form that the kind defines, as canonical JSON.
    response: Mapped[str] = mapped_column(sa.Text)
    # An exact fraction of 1 such as "2/3", and the marking rule as the learner read it.
    credit: Mapped[str] = mapped_column(sa.String(20))
    scheme: Mapped[str] = mapped_column(sa.String(200))
    committed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Draft(Base):
    """What stands in a form that was not committed yet, encrypted; the highest number wins."""

    __tablename__ = "draft"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    look: Mapped[Look] = mapped_column(enum_column(Look), primary_key=True)
    sequence: Mapped[int]
    body: Mapped[bytes]
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Reflection(Base):
    """What a learner wrote to a reflection, and how she held it against the model points."""

    __tablename__ = "reflection"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    state: Mapped[ReflectionState] = mapped_column(enum_column(ReflectionState))
    # Encrypted; empty when skipped.
    text: Mapped[bytes | None]
    # Encrypted JSON of ticks and words on the model points; empty until given.
    points: Mapped[bytes | None]
    # Counts the saves of the points: what an older tab sends is not taken for the newest.
    points_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    points_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Commitment(Base):
    """What a learner means to do on her next shift, encrypted."""

    __tablename__ = "commitment"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    text: Mapped[bytes]
    # Counts its saves, as with a draft: the highest number wins.
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FacilitatedSession(Base):
    """A trainer recorded that people went through a version together on a date."""

    __tablename__ = "facilitated_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("version.id"), index=True)
    held_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # How many people it made a completion for.
    attended: Mapped[int]


final_rows(
    Attempt.__table__,  # type: ignore[arg-type]
    may_change=("place", "touched_at", "active_seconds", "completion_id"),
)
final_rows(Answer.__table__)  # type: ignore[arg-type]
final_rows(FacilitatedSession.__table__)  # type: ignore[arg-type]
