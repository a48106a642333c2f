"""Passwords: kept as Argon2id, set by a single-use link, changed by their owner."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from app.accounts.access import digest_of
from app.accounts.audit import note
from app.accounts.models import LinkPurpose, PasswordLink, Person
from app.db import Refusal, db
from app.sign_in.password_rules import LONGEST, normalise
from app.sign_in.signing_in import Account, account_by, end_all
from app.sign_in.throttle import admit_password

# How long a link lives: handed over by an administrator, or mailed on request.
HANDED_OVER = {LinkPurpose.FIRST: timedelta(days=7), LinkPurpose.RECOVERY: timedelta(days=1)}
MAILED = timedelta(hours=2)


class LinkNotUsable(Refusal):
    """The link was used, is too old, was replaced, or never existed."""

    def __init__(self) -> None:
        super().__init__("This link can no longer be used. A link works once, and not for long.")


class WrongPassword(Refusal):
    """The password is not that of the account, or there is no such account: never said which."""


@lru_cache(maxsize=4)
def _hasher(time_cost: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)


def hasher() -> PasswordHasher:
    """Return the hasher with this installation's cost."""
    settings = current_app.config["SETTINGS"]
    return _hasher(settings.argon2_time, settings.argon2_memory_kib)


@lru_cache(maxsize=4)
def _nobodys_hash(of: PasswordHasher) -> str:
    return of.hash(secrets.token_urlsafe(24))


def hashed(password: str) -> str:
    """Return what the database keeps of a password; slow, so call it before the write lock."""
    return hasher().hash(normalise(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether it is the password; without a hash the same work is done in vain."""
    kept = password_hash or _nobodys_hash(hasher())
    try:
        hasher().verify(kept, normalise(password[: LONGEST * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def check(email: str, password: str, *, address: str, now: datetime) -> Account:
    """Return the account if this is its password; slow, so call it before the write lock.

    An unknown address, a person without a password and one who left take the same work and
    the same words as a wrong password.
    """
    admit_password(email, address, now)
    account = account_by(email)
    if not matches(account.password_hash if account else None, password) or account is None:
        raise WrongPassword("The e-mail address or the password is not right")
    return account


def renewed(account: Account, password: str) -> str | None:
    """Return a new hash of a right password if the old one was made with another cost."""
    if account.password_hash and hasher().check_needs_rehash(account.password_hash):
        return hashed(password)
    return None


def store(person_id: int, password_hash: str) -> None:
    """Put a hash in the place of the person's last one."""
    db.session.execute(
        sa.update(Person).where(Person.id == person_id).values(password_hash=password_hash)
    )


def issue_link(
    person_id: int, purpose: LinkPurpose, *, issued_by: int | None, now: datetime
) -> str:
    """Make a single-use link and return its token, which is kept nowhere.

    A link from an administrator replaces the person's earlier ones. One that was asked for
    on the public page replaces none, or anybody could spoil a link on its way.
    """
    token = secrets.token_urlsafe(32)
    if issued_by is not None or purpose is LinkPurpose.FIRST:
        _spoil_links(person_id, now)
    lives = MAILED if issued_by is None and purpose is LinkPurpose.RECOVERY else None
    db.session.add(
        PasswordLink(
            token_digest=digest_of(token),
            person_id=person_id,
            purpose=purpose,
            issued_at=now,
            issued_by=issued_by,
            expires_at=now + (lives or HANDED_OVER[purpose]),
        )
    )
    db.session.flush()
    return token


def link_address(token: str) -> str:
    """Return the whole address of a link, for a mail or an administrator to pass on."""
    return f"{current_app.config['SETTINGS'].base_url}/set-password/{token}"


def _spoil_links(person_id: int, now: datetime) -> None:
    db.session.execute(
        sa.update(PasswordLink)
        .where(
            PasswordLink.person_id == person_id,
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > now,
        )
        .values(expires_at=now)
    )


def holder_of(token: str, now: datetime) -> Person:
    """Return whose password a link may set now; raises LinkNotUsable.

    A link for a first password is void once there is a password, however it came.
    """
    person = db.session.scalar(
        sa.select(Person)
        .join(PasswordLink, PasswordLink.person_id == Person.id)
        .where(
            PasswordLink.token_digest == digest_of(token),
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > now,
            Person.deactivated_at.is_(None),
            Person.email.is_not(None),
            sa.or_(PasswordLink.purpose == LinkPurpose.RECOVERY, Person.password_hash.is_(None)),
        )
    )
    if person is None:
        raise LinkNotUsable
    return person


def set_by_link(token: str, password_hash: str, *, now: datetime) -> int:
    """Use up a link, set the password and end every session of the person; returns her id."""
    person = holder_of(token, now)
    used = db.session.execute(
        sa.update(PasswordLink)
        .where(PasswordLink.token_digest == digest_of(token), PasswordLink.used_at.is_(None))
        .values(used_at=now)
        .returning(PasswordLink.person_id)
    ).scalar_one_or_none()
    if used is None:
        raise LinkNotUsable
    _spoil_links(person.id, now)
    store(person.id, password_hash)
    end_all(person.id, now=now)
    note(
        "password-set",
        f"person:{person.id}",
        "Set a password with a link.",
        actor_id=person.id,
        at=now,
    )
    return person.id


def change(person_id: int, password_hash: str, *, this_browser: str, now: datetime) -> int:
    """Change one's own password; ends the other sessions and returns how many there were."""
    _spoil_links(person_id, now)
    store(person_id, password_hash)
    note(
        "password-changed",
        f"person:{person_id}",
        "Changed the password.",
        actor_id=person_id,
        at=now,
    )
    return end_all(person_id, now=now, but=this_browser)
