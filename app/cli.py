"""The `debrief` command: a Flask group that never shows a traceback for bad input."""

from __future__ import annotations

import sys

import click
from flask.cli import FlaskGroup

from app.authoring.commands import cli as content
from app.config import SettingError
from app.db import Refusal
from app.factory import create_app

cli = FlaskGroup(
    name="debrief",
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    help="Debrief: scenario training from published police case studies.",
)
# Content is checked and formatted without any setting: these need no database.
cli.add_command(content)


def main() -> None:
    """Run `debrief`; what is refused is one sentence and exit code 2."""
    try:
        cli.main(standalone_mode=True)
    except (Refusal, SettingError) as refusal:
        click.echo(f"debrief: {refusal}", err=True)
        sys.exit(2)
