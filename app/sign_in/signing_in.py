"""Signing in and out: one row for each signed-in browser."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from app.accounts.access import digest_of
from app.accounts.models import Person, SignIn
from app.db import db

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("SamsungBrowser", "Samsung"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("FxiOS", "Firefox"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Account:
    """What signing in needs to know of an account."""

    person_id: int
    email: str
    password_hash: str | None


@dataclass(frozen=True)
class Browser:
    """One browser in which a person is signed in."""

    name: str
    begun_at: datetime
    last_seen: datetime
    this_one: bool


@dataclass(frozen=True)
class Former:
    """A session that is over, of a person who may still sign in."""

    person_id: int
    idled_out: bool


def account_by(email: str) -> Account | None:
    """Return the account of an active person, by her address."""
    row = db.session.execute(
        sa.select(Person.id, Person.email, Person.password_hash).where(
            Person.email == email, Person.deactivated_at.is_(None)
        )
    ).one_or_none()
    return Account(row.id, row.email, row.password_hash) if row else None


def browser_name(user_agent: str) -> str:
    """Return what a person would call the browser, such as "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


def begin(person_id: int, *, browser: str, now: datetime) -> str:
    """Sign a person in in one more browser; returns the token for its cookie."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_digest=digest_of(token),
            person_id=person_id,
            begun_at=now,
            last_seen=now,
            browser=re.sub(r"\s+", " ", browser)[:120],
        )
    )
    db.session.flush()
    return token


def end(token: str, *, now: datetime) -> None:
    """Sign one browser out."""
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.token_digest == digest_of(token), SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(person_id: int, *, now: datetime, but: str | None = None) -> int:
    """Sign a person out everywhere, except in the browser with the digest `but`.

    Returns how many were in use until now; those left idle were out already.
    """
    ended = db.session.execute(
        sa.update(SignIn)
        .where(
            SignIn.person_id == person_id,
            SignIn.ended_at.is_(None),
            SignIn.token_digest != (but or ""),
        )
        .values(ended_at=now)
        .returning(SignIn.last_seen)
    )
    return sum(seen > _idle_since(now) for seen in ended.scalars().all())


def _idle_since(now: datetime) -> datetime:
    return now - timedelta(hours=current_app.config["IDLE_HOURS"])


def browsers_of(person_id: int, *, this_browser: str, now: datetime) -> list[Browser]:
    """Return where a person is signed in now, the latest used first."""
    rows = db.session.execute(
        sa.select(SignIn.browser, SignIn.begun_at, SignIn.last_seen, SignIn.token_digest)
        .where(
            SignIn.person_id == person_id,
            SignIn.ended_at.is_(None),
            SignIn.last_seen > _idle_since(now),
        )
        .order_by(SignIn.last_seen.desc(), SignIn.begun_at.desc())
        .limit(50)
    )
    return [
        Browser(name, begun, seen, digest == this_browser) for name, begun, seen, digest in rows
    ]


def former(token: str | None) -> Former | None:
    """Return whose session a token was and how it ended, if that person may still sign in."""
    if not token:
        return None
    row = db.session.execute(
        sa.select(SignIn.person_id, SignIn.ended_at)
        .join(Person, Person.id == SignIn.person_id)
        .where(SignIn.token_digest == digest_of(token), Person.deactivated_at.is_(None))
    ).one_or_none()
    return Former(row.person_id, row.ended_at is None) if row else None
