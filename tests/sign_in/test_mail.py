"""Mails wait, go once, are tried again, and keep no secret at rest."""

from __future__ import annotations

import email
import re
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import MailKind, MailState, OutgoingMail, PasswordLink
from app.config import Settings
from app.db import Refusal, db, now_utc, unit_of_work
from app.sign_in import mail
from app.sign_in.mail import Run, delivery_of, send_due, spool, to_server
from app.sign_in.passwords import holder_of
from tests.cast import Cast

LINK = re.compile(r"/set-password/(\S+)")


@pytest.fixture
def context(app: Flask, cast: Cast) -> Iterator[Flask]:
    """The application's context, with the cast in the database."""
    with app.app_context():
        yield app
        db.session.rollback()


def wait_for(address: str) -> None:
    """Let a mail wait for an address."""
    with unit_of_work():
        spool(MailKind.RECOVERY, address, now=now_utc())


def rows() -> list[OutgoingMail]:
    """Return the table."""
    db.session.expire_all()
    return list(db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)))


def test_a_link_goes_to_its_owner_once(context: Flask, cast: Cast) -> None:
    wait_for(cast.emails["officer"])
    taken: list[EmailMessage] = []
    assert send_due(taken.append, now=now_utc()) == Run(sent=1)
    assert send_due(taken.append, now=now_utc() + timedelta(days=1)) == Run()
    assert [message["To"] for message in taken] == [cast.emails["officer"]]
    found = LINK.search(taken[0].get_content())
    assert found is not None
    assert holder_of(found[1], now_utc()).id == cast.officer


@pytest.mark.parametrize("key", ["nobody", "left"])
def test_without_an_account_nothing_goes(context: Flask, key: str) -> None:
    wait_for(f"{key}@example.test")
    taken: list[EmailMessage] = []
    assert send_due(taken.append, now=now_utc()) == Run(nobody=1)
    assert taken == []
    assert rows()[0].state is MailState.NOBODY
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordLink)) == 0


def test_no_address_and_no_link_is_at_rest(context: Flask, cast: Cast) -> None:
    wait_for(cast.emails["officer"])
    assert "officer" not in str(db.session.execute(sa.select(OutgoingMail.__table__)).all())
    taken: list[EmailMessage] = []
    send_due(taken.append, now=now_utc())
    assert rows()[0].sealed_address is None
    found = LINK.search(taken[0].get_content())
    assert found is not None
    for table in (OutgoingMail, PasswordLink):
        assert found[1] not in str(db.session.execute(sa.select(table.__table__)).all())


def test_a_server_that_is_down_is_tried_again_and_again(context: Flask, cast: Cast) -> None:
    wait_for(cast.emails["officer"])
    wait_for(cast.emails["colleague"])

    def down_for_one(message: EmailMessage) -> None:
        if message["To"] == cast.emails["officer"]:
            raise smtplib.SMTPServerDisconnected("went away")

    now = now_utc()
    assert send_due(down_for_one, now=now) == Run(sent=1, failed=1)
    assert rows()[0].state is MailState.WAITING
    assert rows()[0].trouble == "SMTPServerDisconnected: went away"
    assert send_due(down_for_one, now=now + timedelta(minutes=9)) == Run()
    assert send_due([].append, now=now + timedelta(minutes=10)) == Run(sent=1)
    assert rows()[0].trouble is None


def test_after_ten_tries_it_is_given_up(context: Flask, cast: Cast) -> None:
    wait_for(cast.emails["officer"])

    def down(_message: EmailMessage) -> None:
        raise ConnectionRefusedError("nobody there")

    now = now_utc()
    for _ in range(10):
        assert send_due(down, now=now) == Run(failed=1)
        now += timedelta(hours=2)
    assert send_due(down, now=now) == Run()
    assert rows()[0].state is MailState.GIVEN_UP
    assert rows()[0].sealed_address is None


def test_a_lost_key_stops_one_mail_and_not_the_next(context: Flask, cast: Cast) -> None:
    wait_for(cast.emails["officer"])
    with unit_of_work():
        rows()[0].sealed_address = "gAAAAA-sealed-with-a-key-that-is-gone"
    wait_for(cast.emails["colleague"])
    taken: list[EmailMessage] = []
    assert send_due(taken.append, now=now_utc()) == Run(sent=1, failed=1)
    assert rows()[0].state is MailState.GIVEN_UP
    assert "key" in (rows()[0].trouble or "")


def test_a_second_sender_does_not_take_the_same(context: Flask, cast: Cast) -> None:
    wait_for(cast.emails["officer"])
    second: list[Run] = []

    def slow(_message: EmailMessage) -> None:
        second.append(send_due(lambda message: None, now=now_utc()))

    assert send_due(slow, now=now_utc()) == Run(sent=1)
    assert second == [Run()]


def test_the_command_says_what_is_missing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    assert result.exit_code != 0
    assert isinstance(result.exception, mail.NoMailServer)


def test_a_demonstration_writes_files(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: Settings = app.config["SETTINGS"]
    demo = replace(settings, demo=True, instance=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", demo)
    with app.app_context():
        wait_for(cast.emails["officer"])
        wait_for("nobody@example.test")
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    assert result.exit_code == 0, result.output
    assert "1 sent, 1 to addresses without an account dropped." in result.output
    files = list((tmp_path / "mail").glob("*.eml"))
    assert len(files) == 1
    assert email.message_from_bytes(files[0].read_bytes())["To"] == cast.emails["officer"]


def test_the_command_fails_when_a_mail_fails(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: Settings = app.config["SETTINGS"]
    nowhere = replace(settings, mail_url="smtp://127.0.0.1:9")
    monkeypatch.setitem(app.config, "SETTINGS", nowhere)
    with app.app_context():
        wait_for(cast.emails["officer"])
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    assert result.exit_code == 1
    assert "0 sent, 1 failed" in result.output


def test_an_address_of_a_server_that_is_none_is_refused(app: Flask) -> None:
    with pytest.raises(Refusal, match="smtp://"):
        to_server("https://mail.example.test")
    with pytest.raises(mail.NoMailServer):
        delivery_of(app.config["SETTINGS"])


class Server:
    """Stands for a mail server that can encrypt; keeps what was said to it."""

    said: ClassVar[list[object]] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.said.append((host, port))

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_error: object) -> None:
        self.said.append("quit")

    def ehlo(self) -> None:
        """Greet."""

    def has_extn(self, name: str) -> bool:
        """Offer encryption."""
        return name == "starttls"

    def starttls(self) -> None:
        """Encrypt."""
        self.said.append("starttls")

    def login(self, user: str, password: str) -> None:
        """Take the credentials."""
        self.said.append((user, password))

    def send_message(self, message: EmailMessage) -> None:
        """Take the message."""
        self.said.append(message["To"])


def test_what_reaches_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "said", [])
    monkeypatch.setattr(smtplib, "SMTP", Server)
    message = EmailMessage()
    message["To"] = "a@b.test"
    to_server("smtp://us%40er:pass%2Fword@mail.test:587")(message)
    expected = [("mail.test", 587), "starttls", ("us@er", "pass/word"), "a@b.test", "quit"]
    assert Server.said == expected
