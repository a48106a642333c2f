"""The `debrief` command: every room's commands, and those that serve; never a traceback."""

from __future__ import annotations

import copy
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import flask_migrate
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, g
from flask.cli import ScriptInfo, with_appcontext
from flask_migrate.cli import db as migrations
from waitress.server import create_server

from app.attempts.privacy import Unreadable
from app.authoring.syncing import Synced, modules_in
from app.config import ROOT, SettingError, from_environment
from app.db import Refusal, db, now_utc
from app.demo.instance import demo_settings, new_keys
from app.demo.organisation import PASSWORD
from app.demo.seeding import bring_up_to_date, is_seeded, seed
from app.factory import COMMANDS, create_app, make_ready
from app.sign_in.demo_people import demo_people

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class CannotServe(Refusal):
    """The port cannot be listened on; the sentence says why and what to do."""


class NotMigrated(Refusal):
    """The database has no tables yet, or those of another release."""

    def __init__(self) -> None:
        super().__init__(
            "The tables of the database are not those of this release. Run: debrief db upgrade"
        )


class Refused(click.ClickException):
    """What is said when a command cannot do what it was asked."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the sentence, so that it is clear who says it."""
        click.echo(f"debrief: {self.format_message()}", file=file, err=file is None)


def _sentence(error: Exception) -> str:
    """Return what a person can do about an error that comes from outside the code."""
    if isinstance(error, ModuleNotFoundError):
        return "PostgreSQL needs its driver: pip install -e '.[postgres]'"
    if isinstance(error, sa.exc.ProgrammingError) or "no such " in str(error):
        return str(NotMigrated())
    if isinstance(error, sa.exc.DBAPIError):
        reason = str(error.orig).strip().splitlines()[0].rstrip(".")
        return f"The database that DATABASE_URL names cannot be used: {reason}."
    if isinstance(error, sa.exc.ArgumentError):
        return (
            "DATABASE_URL is not the address of a database. "
            "Write it such as postgresql://user:password@host/name"
        )
    return str(error)


def _is_expected(error: Exception) -> bool:
    """Tell whether an error is the operator's to mend and not a fault of Debrief."""
    if isinstance(error, ModuleNotFoundError):
        return error.name == "psycopg"
    expected = (Refusal, SettingError, Unreadable, sa.exc.ArgumentError)
    return isinstance(error, (*expected, sa.exc.OperationalError, sa.exc.ProgrammingError))


def app_from_environment() -> Flask:
    """Build the application for a command, with the folder that its files stand in."""
    settings = from_environment()
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    return create_app(settings)


class DebriefGroup(click.Group):
    """Builds the application only for commands that need it, and turns refusals to sentences."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Offer the application to the commands below."""
        info = ScriptInfo(
            create_app=app_from_environment, set_debug_flag=False, load_dotenv_defaults=False
        )
        extra.setdefault("obj", info)
        return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what is refused is one sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not _is_expected(error):
                raise
            raise Refused(_sentence(error)) from error


@click.group(cls=DebriefGroup, name="debrief")
def cli() -> None:
    """Debrief: scenario training from published police case studies.

    To try it, without any setting: debrief demo
    """


HOST = click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on."
)
PORT = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port."
)


def _server(app: Flask, host: str, port: int, threads: int) -> Any:
    """Listen on a port, or refuse with a sentence; pages are compiled before the first asks."""
    make_ready(app)
    proxied = app.config["SETTINGS"].trusted_proxies > 0
    try:
        return create_server(
            app, host=host, port=port, threads=threads, ident=None,
            clear_untrusted_proxy_headers=not proxied,
        )  # fmt: skip
    except ValueError as error:
        raise CannotServe(f"{host} is not an address of this machine.") from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            reason = error.strerror or str(error)
            raise CannotServe(f"{host}:{port} cannot be listened on: {reason}.") from error
        raise CannotServe(
            f"Port {port} is in use, perhaps by a Debrief that runs already. "
            f"Stop that, or choose another port: --port {port % 65535 + 1}"
        ) from error


def _address(host: str, port: int) -> str:
    """Return where a browser on this machine finds the server."""
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 compared only
    return f"http://{f'[{reachable}]' if ':' in reachable else reachable}:{port}"


def _refuse_old_tables() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    if set(current) != set(script.get_heads()):
        raise NotMigrated


@cli.command()
@HOST
@PORT
@click.option(
    "--threads", default=8, show_default=True, type=click.IntRange(1, 64),
    help="How many requests are answered at a time.",
)  # fmt: skip
@click.pass_obj
def run(info: ScriptInfo, host: str, port: int, threads: int) -> None:
    """Serve Debrief with the settings of the environment.

    DEBRIEF_SECRET_KEY and DEBRIEF_PRIVATE_KEYS must be set (see: debrief keys), and the database
    must be there (see: debrief db upgrade). The README lists every setting.
    """
    app = info.load_app()
    with app.app_context():
        _refuse_old_tables()
    server = _server(app, host, port, threads)
    click.echo(f"Debrief is at {_address(host, port)}")
    server.run()


@cli.command()
def keys() -> None:
    """Print fresh keys, once, for the settings of an installation.

    Keep them apart from the database and its backups: without DEBRIEF_PRIVATE_KEYS what learners
    wrote cannot be read again. To change that key put the new one before the old, with a comma.
    """
    fresh = new_keys()
    click.echo(f"DEBRIEF_SECRET_KEY={fresh.secret}")
    click.echo(f"DEBRIEF_PRIVATE_KEYS={fresh.private}")


@cli.command()
@HOST
@PORT
@click.option("--no-serve", is_flag=True, help="Make the demonstration ready and end.")
@click.option(
    "--instance", envvar="DEBRIEF_INSTANCE", default=ROOT / "instance", show_default="instance/",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for its database and keys.",
)  # fmt: skip
@click.option(
    "--content", envvar="DEBRIEF_CONTENT", default=ROOT / "content", show_default="content/",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of module files.",
)  # fmt: skip
def demo(host: str, port: int, no_serve: bool, instance: Path, content: Path) -> None:
    """Make a demonstration with made-up people, and serve it.

    It needs no setting. The first start makes the database, publishes the modules and lets
    made-up people work through them; later starts keep what was done and publish modules whose
    files changed. Delete the folder to begin anew.
    """
    app = create_app(demo_settings(instance, content, _address(host, port)))
    app.config["DEMO_PASSWORD"] = PASSWORD
    # The port first: to make everything and then refuse would be a poor joke.
    server = None if no_serve else _server(app, host, port, threads=8)
    with app.app_context():
        _prepare(content)
        _say_who()
    if host not in LOOPBACK:
        click.echo("Whoever reaches this port can sign in as any of them: show it to nobody else.")
    if server is None:
        click.echo("The demonstration is ready. Start it with: debrief demo")
        return
    click.echo(f"Debrief is at {_address(host, port)} (end it with Ctrl and C)")
    server.run()


def _prepare(content: Path) -> None:
    """Bring the database up to date and fill it once."""
    flask_migrate.upgrade()
    if not is_seeded():
        click.echo("First start: making the demonstration. This takes some seconds.")
        seed(modules_in(content), now=now_utc())
        return
    try:
        done = bring_up_to_date(modules_in(content), now=now_utc())
    except Refusal as refusal:
        click.echo(f"The modules were left as they are: {refusal}", err=True)
        return
    for one in filter(_is_news, done):
        click.echo(f"{one.slug}: version {one.number} published, for its file changed.")


def _is_news(one: Synced) -> bool:
    return one.published


def _say_who() -> None:
    """Print who can sign in."""
    found = demo_people()
    click.echo(f"These people can sign in; the password of each is “{PASSWORD}”:")
    widths = [max(len(part) for part in column) for column in
              zip(*((one.email, one.name) for one in found), strict=True)]  # fmt: skip
    for one in found:
        click.echo(f"  {one.email:<{widths[0]}}  {one.name:<{widths[1]}}  {one.who}")


@cli.group("db")
def database_commands() -> None:
    """The tables of the database: make and update them."""


def _with_defaults(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command of Flask-Migrate what its own group would have given it."""

    @with_appcontext
    def called(*args: Any, **options: Any) -> Any:
        g.directory, g.x_arg = None, ()
        return callback(*args, **options)

    return called


def _add_commands() -> None:
    for commands in COMMANDS:
        cli.add_command(commands.cli)
    for name in ("upgrade", "downgrade", "current", "history", "check", "stamp", "migrate"):
        command = copy.copy(migrations.commands[name])
        if command.callback is not None:
            command.callback = _with_defaults(command.callback)
        database_commands.add_command(command)


_add_commands()


def main() -> None:
    """Run `debrief`."""
    cli.main()
