"""The command that sends mails."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.db import now_utc
from app.sign_in.mail import delivery_of, send_due

cli = AppGroup("mail", help="Send the mails that wait.")


@cli.command("send")
def send() -> None:
    """Send every mail that is due, then end. Let a timer run it each minute.

    A mail that the server refuses is tried again later, ten times. The server is named by
    DEBRIEF_MAIL_URL (smtp://user:password@host:port or smtps://…). A demonstration writes
    .eml files into the folder mail of its instance folder instead.
    """
    run = send_due(delivery_of(current_app.config["SETTINGS"]), now=now_utc())
    words = f"{run.sent} sent"
    if run.nobody:
        words += f", {run.nobody} to addresses without an account dropped"
    if run.failed:
        raise click.ClickException(f"{words}, {run.failed} failed and tried again later.")
    click.echo(f"{words}.")
