"""What cannot be asked, and what fails half-way: in words, quickly, and never a false "done"."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import SignIn, Unit
from app.db import db, now_utc
from tests.browser import PageClient
from tests.cast import Cast


@pytest.fixture
def failing(app: Flask) -> Iterator[Flask]:
    """The application as it answers in production: a failure becomes a page."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    app.config["PROPAGATE_EXCEPTIONS"] = None


@pytest.mark.parametrize("number", ["2147483648", "9223372036854775808", "9" * 5000])
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("officer", "/attempts/{}"),
        ("officer", "/record/attempts/{}"),
        ("trainer", "/sessions/{}"),
        ("trainer", "/preview/made-up/{}"),
        ("manager", "/assignments/{}"),
        ("manager", "/completions/people/{}"),
        ("administrator", "/people/{}"),
        ("administrator", "/people/import/{}"),
        ("administrator", "/units/{}"),
    ],
)
def test_a_number_too_great_for_an_id_is_not_found(
    failing: Flask, cast: Cast, client: PageClient, who: str, path: str, number: str
) -> None:
    client.sign_in(cast.emails[who])
    assert client.get(path.format(number)).status_code == 404


def test_a_ticked_number_too_great_for_an_id_is_nobody(
    failing: Flask, cast: Cast, client: PageClient
) -> None:
    client.sign_in(cast.emails["trainer"])
    client.get("/sessions/new")
    assert client.submit("/sessions/new", {"people": "9" * 30}).status_code == 422


def test_the_character_nul_is_refused_wherever_it_stands(
    failing: Flask, cast: Cast, client: PageClient
) -> None:
    client.get("/sign-in")
    sent = {"email": "officer\0@example.test", "password": "correct horse battery"}
    assert client.submit("/sign-in", sent).status_code == 400
    client.sign_in(cast.emails["administrator"])
    assert client.get("/modules/made%00up").status_code == 404
    assert client.get("/people?unit=%00").status_code == 400
    client.get(f"/units/{cast.crime}/rename")
    assert client.submit(f"/units/{cast.crime}/rename", {"name": "a\0b"}).status_code == 400


def test_no_public_form_waits_for_its_own_lock(
    failing: Flask, cast: Cast, client: PageClient
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    with failing.app_context():
        long_ago = now_utc() - timedelta(minutes=5)
        db.session.execute(sa.update(SignIn).values(last_seen=long_ago))
        db.session.commit()
    begun = time.monotonic()
    assert client.submit("/sign-in/demo", {"person": "1"}).status_code == 404
    assert time.monotonic() - begun < 5


def test_what_was_not_committed_is_not_said_to_be_done(
    failing: Flask, cast: Cast, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(cast.emails["administrator"])
    client.get(f"/units/{cast.crime}/rename")

    def broken_pipe() -> None:
        raise OSError("the connection is gone")

    monkeypatch.setattr(db.session, "commit", broken_pipe)
    answer = client.submit(f"/units/{cast.crime}/rename", {"name": "Crime and order"})
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "Go to your home page" in answer.get_data(as_text=True)
    assert "Crime and order" not in client.get("/units").get_data(as_text=True)


def test_the_log_of_a_failure_holds_no_words_of_a_person(
    failing: Flask, cast: Cast, client: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.sign_in(cast.emails["administrator"])
    client.get(f"/units/{cast.crime}/rename")
    with failing.app_context():
        ddl = "ALTER TABLE audit_entry RENAME TO audit_entry_away"
        db.session.execute(sa.text(ddl))
        db.session.commit()
    try:
        with caplog.at_level(logging.ERROR):
            sent = {"name": "Canary word"}
            assert client.submit(f"/units/{cast.crime}/rename", sent).status_code == 500
    finally:
        with failing.app_context():
            db.session.execute(sa.text("ALTER TABLE audit_entry_away RENAME TO audit_entry"))
            db.session.commit()
    assert "audit_entry" in caplog.text
    assert "Canary word" not in caplog.text
    with failing.app_context():
        assert db.session.scalar(sa.select(Unit.name).where(Unit.id == cast.crime)) == "Crime"
