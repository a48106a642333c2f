"""When to wait, and for how long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignInAttempt
from app.db import db, own_transaction
from app.sign_in.throttle import (
    BY_ADDRESS,
    Rule,
    TooManyAttempts,
    admit_password,
    admit_recovery,
    forgive,
    network_of,
    wait_for,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
RULES = (Rule(3, timedelta(minutes=10)), Rule(5, timedelta(hours=1)))


def ago(*minutes: float) -> list[datetime]:
    """Return moments, the latest first."""
    return [NOW - timedelta(minutes=each) for each in minutes]


@pytest.mark.parametrize(
    ("latest", "minutes"),
    [
        (ago(), 0),
        (ago(1, 2), 0),
        (ago(1, 2, 3), 7),
        (ago(1, 2, 9.5), 0.5),
        (ago(1, 2, 10), 0),
        (ago(1, 2, 11), 0),
        (ago(11, 12, 13, 14), 0),
        (ago(11, 12, 13, 14, 15), 45),
        (ago(1, 2, 3, 14, 15), 45),
        (ago(11, 12, 13, 14, 61), 0),
    ],
)
def test_the_longest_rule_decides(latest: list[datetime], minutes: float) -> None:
    assert wait_for(latest, RULES, NOW) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=1), "Wait 1 minute,"),
        (timedelta(seconds=61), "Wait 2 minutes,"),
        (timedelta(minutes=10), "Wait 10 minutes,"),
        (timedelta(hours=5, minutes=1), "Wait 6 hours,"),
    ],
)
def test_the_wait_is_said_in_words(wait: timedelta, words: str) -> None:
    assert words in str(TooManyAttempts(wait))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:2", "2001:db8::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("a proxy", "unknown"),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.usefixtures("session")
def test_one_account_does_not_stop_another() -> None:
    for _ in range(8):
        admit_password("a@b.test", "192.0.2.7", NOW)
    with pytest.raises(TooManyAttempts) as refused:
        admit_password("a@b.test", "192.0.2.8", NOW)
    assert refused.value.wait == timedelta(minutes=10)
    admit_password("c@b.test", "192.0.2.7", NOW)
    admit_recovery("a@b.test", "192.0.2.7", NOW)


@pytest.mark.usefixtures("session")
def test_a_refused_try_does_not_lengthen_the_wait() -> None:
    for _ in range(8):
        admit_password("a@b.test", "192.0.2.7", NOW)
    for _ in range(5):
        with pytest.raises(TooManyAttempts):
            admit_password("a@b.test", "192.0.2.7", NOW + timedelta(minutes=9))
    admit_password("a@b.test", "192.0.2.7", NOW + timedelta(minutes=10))


@pytest.mark.usefixtures("session")
def test_a_force_behind_one_address_is_not_stopped_but_a_flood_is() -> None:
    for number in range(BY_ADDRESS[0].most):
        admit_password(f"{number}@b.test", "192.0.2.7", NOW)
    with pytest.raises(TooManyAttempts):
        admit_password("fresh@b.test", "192.0.2.7", NOW)
    admit_password("fresh@b.test", "192.0.2.8", NOW)


@pytest.mark.usefixtures("session")
def test_forgiving_touches_one_account() -> None:
    for email in ("a@b.test", "c@b.test"):
        for _ in range(8):
            admit_password(email, "192.0.2.7", NOW)
    forgive("a@b.test")
    db.session.commit()
    admit_password("a@b.test", "192.0.2.7", NOW)
    with pytest.raises(TooManyAttempts):
        admit_password("c@b.test", "192.0.2.7", NOW)


def test_a_try_is_remembered_though_the_request_fails(app: Flask) -> None:
    with app.app_context():
        admit_password("a@b.test", "192.0.2.7", NOW)
        db.session.rollback()
    with app.app_context(), own_transaction() as connection:
        counted = connection.scalar(sa.select(sa.func.count()).select_from(SignInAttempt))
    assert counted == 1


@pytest.mark.usefixtures("session")
def test_old_tries_are_swept_away() -> None:
    admit_password("a@b.test", "192.0.2.7", NOW)
    admit_password("c@b.test", "192.0.2.7", NOW + timedelta(hours=6, seconds=1))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignInAttempt)) == 1


def test_many_tries_at_once_do_not_slip_past(app: Flask) -> None:
    def admitted(_number: int) -> bool:
        with app.app_context():
            try:
                admit_password("a@b.test", "192.0.2.7", NOW)
            except TooManyAttempts:
                return False
            return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(admitted, range(24))) == 8
