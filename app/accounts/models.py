"""Tables of people, units, memberships, grants, sign-in and the record of administrators' acts."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.permissions import Role
from app.db import Base, UTCDateTime, enum_column
from app.triggers import final_rows, no_overlap


class UnitKind(enum.Enum):
    """How a unit stands in the tree: a force is a root, a team a leaf."""

    FORCE = "force"
    DEPARTMENT = "department"
    TEAM = "team"


class Unit(Base):
    """A node of the organisation tree."""

    __tablename__ = "unit"
    __table_args__ = (
        sa.UniqueConstraint("force_id", "name"),
        sa.Index(
            "uq_unit_force_name",
            "name",
            unique=True,
            sqlite_where=sa.text("force_id IS NULL"),
            postgresql_where=sa.text("force_id IS NULL"),
        ),
        sa.Index("ix_unit_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        sa.CheckConstraint("(kind = 'force') = (force_id IS NULL)", name="only_a_force_is_a_root"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The root that this unit belongs to; empty for the force itself.
    force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    kind: Mapped[UnitKind] = mapped_column(enum_column(UnitKind))
    # Unique within its force, so that an import can name it.
    name: Mapped[str] = mapped_column(sa.String(120))
    # "/1/4/9/": the ids from the root to this unit. The unit and all below are one prefix.
    path: Mapped[str] = mapped_column(sa.String(400))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class UnitParent(Base):
    """From when to when a unit stood below another; the intervals of one unit do not overlap."""

    __tablename__ = "unit_parent"
    __table_args__ = (
        sa.CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_it_begins"),
        sa.Index(
            "uq_unit_parent_current",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        ),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    # The first day on which it no longer holds; empty while it holds.
    until_on: Mapped[date | None]


class Person(Base):
    """Somebody with an account. `id` is the opaque key that final rows point to."""

    __tablename__ = "person"
    __table_args__ = (
        sa.UniqueConstraint("force_id", "personnel_number"),
        sa.CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        sa.Index("ix_person_name", "name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    force_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    # Identity: empty only after an erasure.
    personnel_number: Mapped[str | None] = mapped_column(sa.String(40))
    name: Mapped[str | None] = mapped_column(sa.String(200))
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    # Argon2id; empty until the person has set a first password.
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    force: Mapped[Unit] = relationship(lazy="raise")


class Membership(Base):
    """From when to when a person belonged to a unit; one unit at a time."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_it_begins"),
        sa.Index(
            "uq_membership_current",
            "person_id",
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        ),
        sa.Index("ix_membership_unit_current", "unit_id", "until_on", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    # The first day on which the person is no longer a member; empty while a member.
    until_on: Mapped[date | None]
    unit: Mapped[Unit] = relationship(lazy="raise")


class Grant(Base):
    """A role that a person holds in a unit and in every unit below."""

    __tablename__ = "role_grant"
    __table_args__ = (
        sa.Index(
            "uq_role_grant_current",
            "person_id",
            "role",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # Empty for the first administrator, whom a command makes.
    granted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    unit: Mapped[Unit] = relationship(lazy="raise")


class SignIn(Base):
    """One signed-in browser; the cookie holds the token, this row only its digest."""

    __tablename__ = "sign_in"

    token_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The one thing that a GET may write, at most once a minute.
    last_seen: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # What the browser called itself, shortened, so that a person knows her own devices.
    browser: Mapped[str] = mapped_column(sa.String(120))
    person: Mapped[Person] = relationship(lazy="raise")


class SignInAttempt(Base):
    """A password tried, counted by account (known or not, alike) and by address.

    It is written before the password is looked at, and forgotten when it was right.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        sa.Index("ix_sign_in_attempt_account", "account_digest", "at"),
        sa.Index("ix_sign_in_attempt_address", "address_digest", "at"),
        sa.Index("ix_sign_in_attempt_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Keyed digests, so that the table names nobody.
    account_digest: Mapped[str] = mapped_column(sa.String(64))
    address_digest: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class LinkPurpose(enum.Enum):
    """Why a single-use link to set a password was issued."""

    FIRST = "first"
    RECOVERY = "recovery"


class PasswordLink(Base):
    """A single-use link to set a password; the row holds only the token's digest."""

    __tablename__ = "password_link"

    token_digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # Empty when the person asked for it.
    issued_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MailKind(enum.Enum):
    """What a mail is about; its words are made when it is sent."""

    RECOVERY = "recovery"


class MailState(enum.Enum):
    """How far a mail has come."""

    WAITING = "waiting"
    SENT = "sent"
    # Nobody with an account has that address: nothing was sent.
    NOBODY = "nobody"
    # The mail server refused too often.
    GIVEN_UP = "given_up"


class OutgoingMail(Base):
    """A mail to send, written in the transaction of its cause, worked off by a command."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        sa.CheckConstraint(
            "(state = 'waiting') = (sealed_address IS NOT NULL)",
            name="keeps_the_address_only_while_waiting",
        ),
        sa.Index("ix_outgoing_mail_due", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MailKind] = mapped_column(enum_column(MailKind))
    state: Mapped[MailState] = mapped_column(enum_column(MailState))
    # The address as typed, encrypted: whoever reads this table learns nobody's.
    sealed_address: Mapped[str | None] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    # Why the last try failed, for the operator.
    trouble: Mapped[str | None] = mapped_column(sa.String(200))
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AuditEntry(Base):
    """One administrator's or trainer's act, in words, never altered."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    # Empty when a command did it.
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # A short name such as "grant-given"; what it was done to, and a sentence.
    act: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(80), index=True)
    sentence: Mapped[str] = mapped_column(sa.Text)


final_rows(AuditEntry.__table__)  # type: ignore[arg-type]
no_overlap(Membership.__table__, "person_id")  # type: ignore[arg-type]
no_overlap(UnitParent.__table__, "unit_id")  # type: ignore[arg-type]
