"""How often a password may be tried: by account, known or not alike, and by address."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.models import SignInAttempt
from app.db import Refusal, db, own_transaction


@dataclass(frozen=True)
class Rule:
    """At most `most` attempts within `window`."""

    most: int
    window: timedelta


# A mistyped password costs minutes, not a call to the help desk; guessing is slowed to nothing.
BY_ACCOUNT = (Rule(8, timedelta(minutes=10)), Rule(40, timedelta(hours=6)))
# A whole force may sit behind one address.
BY_ADDRESS = (Rule(300, timedelta(minutes=10)),)
BY_RECOVERY = (Rule(3, timedelta(hours=1)),)
LONGEST_WINDOW = timedelta(hours=6)


class TooManyAttempts(Refusal):
    """Passwords were tried too often; `wait` says for how long to stop."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        length = f"{minutes} minute{'s' if minutes != 1 else ''}"
        if minutes > 120:
            length = f"{-(-minutes // 60)} hours"
        super().__init__(f"There were too many attempts. Wait {length}, then try again.")


def wait_for(latest: Sequence[datetime], rules: Sequence[Rule], now: datetime) -> timedelta:
    """Return how long to wait, given the attempts so far, the latest first; zero means go on."""
    waits = [timedelta(0)]
    for rule in rules:
        if len(latest) >= rule.most:
            waits.append(latest[rule.most - 1] + rule.window - now)
    return max(waits)


def network_of(address: str) -> str:
    """Return what counts as one address: a host of IPv4, a /64 of IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _digest(kind: str, value: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def _latest(
    connection: Connection, column: InstrumentedAttribute[str], digest: str, rules: Sequence[Rule]
) -> list[datetime]:
    found = connection.execute(
        sa.select(SignInAttempt.at)
        .where(column == digest)
        .order_by(SignInAttempt.at.desc())
        .limit(max(rule.most for rule in rules))
    )
    return list(found.scalars())


def _hold(connection: Connection, account: str) -> None:
    """Let attempts on one account come one after another; SQLite's write lock does so already."""
    if connection.dialect.name == "postgresql":
        key = int(account[:15], 16)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def _admit(account: str, address: str, rules: Sequence[Rule], now: datetime) -> None:
    """Count an attempt before it is made, so that many at once cannot slip past."""
    by_address = _digest("address", network_of(address))
    with own_transaction() as connection:
        _hold(connection, account)
        wait = max(
            wait_for(_latest(connection, SignInAttempt.account_digest, account, rules), rules, now),
            wait_for(
                _latest(connection, SignInAttempt.address_digest, by_address, BY_ADDRESS),
                BY_ADDRESS,
                now,
            ),
        )
        if wait > timedelta(0):
            raise TooManyAttempts(wait)
        connection.execute(sa.delete(SignInAttempt).where(SignInAttempt.at < now - LONGEST_WINDOW))
        connection.execute(
            sa.insert(SignInAttempt).values(
                account_digest=account, address_digest=by_address, at=now
            )
        )


def admit_password(email: str, address: str, now: datetime) -> None:
    """Let a password be tried for the account, or raise TooManyAttempts; not under a write lock."""
    _admit(_digest("password", email), address, BY_ACCOUNT, now)


def admit_recovery(email: str, address: str, now: datetime) -> None:
    """Let a recovery be asked for, or raise TooManyAttempts; not under a write lock."""
    _admit(_digest("recovery", email), address, BY_RECOVERY, now)


def forgive(email: str) -> None:
    """Forget the attempts on an account whose password was right."""
    db.session.execute(
        sa.delete(SignInAttempt).where(SignInAttempt.account_digest == _digest("password", email))
    )
