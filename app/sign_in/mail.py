"""Mails that wait to be sent, and sending them.

The public page only notes the address that somebody typed. Whether there is an account, and
the secret of a link, are found out when the mail is sent: the page takes the same time for
every address, and no link that works is ever written down.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa
from flask import current_app

from app.accounts.models import LinkPurpose, MailKind, MailState, OutgoingMail
from app.accounts.sealing import Unsealable, seal, unseal
from app.config import Settings
from app.db import LONDON, Refusal, db, unit_of_work
from app.sign_in.passwords import issue_link, link_address
from app.sign_in.signing_in import account_by

MOST_TRIES = 10
SECONDS = 20
Deliver = Callable[[EmailMessage], object]


class NoMailServer(Refusal):
    """No mail server is set, so no mail can be sent."""

    def __init__(self) -> None:
        super().__init__("No mail server is set: DEBRIEF_MAIL_URL is empty.")


class MailNotSent(Exception):
    """The mail server did not take a mail; it is tried again later."""


class MailUnreadable(Exception):
    """The address of a mail was sealed with a key that is gone; it cannot be sent."""


@dataclass(frozen=True)
class Run:
    """What one run of sending did."""

    sent: int = 0
    nobody: int = 0
    failed: int = 0


def can_send() -> bool:
    """Tell whether mails get anywhere: to a server, or to a folder in a demonstration."""
    settings = current_app.config["SETTINGS"]
    return bool(settings.mail_url) or current_app.config["DEMO"]


def spool(kind: MailKind, address: str, *, now: datetime) -> None:
    """Note that a mail is to go to `address`, whoever that is."""
    db.session.add(
        OutgoingMail(
            kind=kind,
            state=MailState.WAITING,
            sealed_address=seal(address),
            asked_at=now,
            next_try_at=now,
            tries=0,
        )
    )
    db.session.flush()


def _recovery(address: str, now: datetime) -> EmailMessage | None:
    """Write the mail with a link to choose a new password, if there is such an account."""
    account = account_by(address)
    if account is None:
        return None
    token = issue_link(account.person_id, LinkPurpose.RECOVERY, issued_by=None, now=now)
    message = EmailMessage()
    message["Subject"] = "Choose a new password for Debrief"
    message["To"] = account.email
    message["From"] = current_app.config["SETTINGS"].mail_from
    message["Date"] = format_datetime(now.astimezone(LONDON))
    message["Message-ID"] = make_msgid(domain="debrief.invalid")
    message.set_content(
        "Somebody, most likely you, asked Debrief for a new password for this address.\n\n"
        f"Open this link within two hours to choose one. It works once:\n{link_address(token)}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n"
    )
    return message


WRITERS: dict[MailKind, Callable[[str, datetime], EmailMessage | None]] = {
    MailKind.RECOVERY: _recovery,
}


def to_server(url: str) -> Deliver:
    """Return what hands a message to the server at `url`, encrypted wherever it can be."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Refusal("DEBRIEF_MAIL_URL must begin with smtp:// or smtps:// and name a server.")
    host, port = parts.hostname, parts.port

    def deliver(message: EmailMessage) -> None:
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with kind(
            host, port or (465 if parts.scheme == "smtps" else 25), timeout=SECONDS
        ) as server:
            server.ehlo()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)

    return deliver


def to_folder(folder: Path) -> Deliver:
    """Return what writes a message as a file that any mail program opens."""

    def deliver(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = "".join(letter for letter in message["Message-ID"] if letter.isalnum())
        (folder / f"{name}.eml").write_bytes(message.as_bytes())

    return deliver


def delivery_of(settings: Settings) -> Deliver:
    """Return how this installation delivers; raises NoMailServer."""
    if settings.mail_url:
        return to_server(settings.mail_url)
    if settings.demo:
        return to_folder(settings.instance / "mail")
    raise NoMailServer


def _next_due(now: datetime) -> OutgoingMail | None:
    """Take the mail that waits longest; no second sender takes it for ten minutes."""
    with unit_of_work():
        mail = db.session.scalar(
            sa.select(OutgoingMail)
            .where(OutgoingMail.state == MailState.WAITING, OutgoingMail.next_try_at <= now)
            .order_by(OutgoingMail.next_try_at, OutgoingMail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if mail is not None:
            mail.tries += 1
            mail.next_try_at = now + timedelta(minutes=min(max(10, 2**mail.tries), 120))
    return mail


def _written(mail: OutgoingMail, now: datetime) -> EmailMessage | None:
    """Write a mail, with its link; nothing if nobody has that address."""
    try:
        address = unseal(mail.sealed_address or "")
    except Unsealable as error:
        raise MailUnreadable("the key that sealed the address is gone") from error
    with unit_of_work():
        return WRITERS[mail.kind](address, now)


def _attempt(mail: OutgoingMail, deliver: Deliver, now: datetime) -> MailState:
    """Write a mail and hand it over; raises MailNotSent or MailUnreadable."""
    message = _written(mail, now)
    if message is None:
        return MailState.NOBODY
    try:
        deliver(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(f"{type(error).__name__}: {error}") from error
    return MailState.SENT


def _send(mail: OutgoingMail, deliver: Deliver, now: datetime) -> MailState:
    """Try one mail and note how it went; WAITING means that it is tried again."""
    trouble = None
    try:
        state = _attempt(mail, deliver, now)
    except MailNotSent as error:
        trouble = str(error)[:200]
        state = MailState.WAITING if mail.tries < MOST_TRIES else MailState.GIVEN_UP
    except MailUnreadable as error:
        trouble, state = str(error), MailState.GIVEN_UP
    with unit_of_work():
        mail.trouble, mail.state = trouble, state
        mail.sent_at = now if state is MailState.SENT else None
        if state is not MailState.WAITING:
            mail.sealed_address = None
    return state


def send_due(deliver: Deliver, *, now: datetime) -> Run:
    """Send what is due, each mail in its own transaction."""
    states: list[MailState] = []
    while (mail := _next_due(now)) is not None:
        states.append(_send(mail, deliver, now))
    sent, nobody = states.count(MailState.SENT), states.count(MailState.NOBODY)
    return Run(sent=sent, nobody=nobody, failed=len(states) - sent - nobody)
