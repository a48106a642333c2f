"""Seeds a database: a force of 1,000 learners who have finished, and learners to play with.

Northshire: 12 teams, 1,000 learners, all asked and all finished, one manager. Southshire stands
beside it: its learners, all asked for a second module with the same questions, are the ones that
the writing lines use up, so that the report of Northshire stays what it was. Rows are inserted in
bulk; the rooms' own functions then say whether they are what the verbs would have written.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from app.accounts import access
from app.accounts.models import Grant, Membership, Person, SignIn, Unit, UnitKind
from app.accounts.permissions import Role
from app.accounts.queries import active_members
from app.assigning.assignments import assign
from app.assigning.models import Earlier, Occurrence
from app.assigning.planning import Order
from app.attempts.marking import mark, read_form
from app.attempts.models import Answer, Attempt, Look, Reflection, ReflectionState
from app.attempts.privacy import seal
from app.attempts.progress import progress
from app.attempts.queries import passed_in
from app.authoring.publishing import publish
from app.catalogue.document import Module
from app.catalogue.models import Version
from app.db import db, london_date, now_utc
from app.records.models import Completion
from app.reporting.completions import Wanted, counted
from tests.cast import make_unit
from tests.performance.module_of_ten import module_of_ten, right_form

LEARNERS = 1000
# What Southshire plays; Northshire has finished "ten-questions".
PLAYED = "ten-more"
TEAMS = 12
# Southshire, by what its learners are for. A gate named: where their open attempt stands.
READERS, WRITERS, PLAYERS, COMMITTERS, FINISHERS = 32, 32, 16, 1200, 4800
NAMES = ("Asha", "Ben", "Carys", "Dev", "Ewa", "Femi", "Gwen", "Hal")
LONG_AGO = date(2026, 1, 5)


class Unsound(Exception):
    """The seeded rows are not what the verbs would have written."""


@dataclass(frozen=True)
class Somebody:
    """A signed-in person as the load generator needs her."""

    person_id: int
    cookie: str
    attempt_id: int = 0


@dataclass(frozen=True)
class Seeded:
    """Whom and what the lines use."""

    csrf: str
    module: Module
    manager: Somebody
    readers: Sequence[Somebody]
    writers: Sequence[Somebody]
    players: Sequence[Somebody]
    committers: Sequence[Somebody]
    finishers: Sequence[Somebody]

    @property
    def people(self) -> int:
        """Return how many learners there are in all."""
        return LEARNERS + READERS + WRITERS + PLAYERS + COMMITTERS + FINISHERS


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(sa.insert(table), rows)


def _people(force: Unit, teams: Sequence[Unit], count: int, now: datetime) -> list[int]:
    """Add that many learners, spread over the teams; returns their ids."""
    rows = [
        {
            "force_id": force.id,
            "personnel_number": f"{force.id}{n:05}",
            "name": f"{NAMES[n % len(NAMES)]} Number {n:04}",
            "email": f"learner-{force.id}-{n}@example.test",
            "created_at": now,
        }
        for n in range(count)
    ]
    _insert(Person, rows)
    ids = list(
        db.session.scalars(
            sa.select(Person.id).where(Person.force_id == force.id).order_by(Person.id)
        )
    )
    stays = [
        {"person_id": who, "unit_id": teams[n % len(teams)].id, "from_on": LONG_AGO}
        for n, who in enumerate(ids)
    ]
    _insert(Membership, stays)
    return ids


def _attempts(people: Sequence[int], version: Version, place: str, now: datetime) -> dict[int, int]:
    """Open an attempt for each of the people; returns its id by person."""
    rows = [
        {
            "learner_id": who,
            "module_id": version.module_id,
            "version_id": version.id,
            "seed": 1000 + who,
            "place": place,
            "started_at": now,
            "touched_at": now,
        }
        for who in people
    ]
    _insert(Attempt, rows)
    query = sa.select(Attempt.learner_id, Attempt.id).where(Attempt.completion_id.is_(None))
    wanted = set(people)
    return {who: attempt for who, attempt in db.session.execute(query) if who in wanted}


def _pass(attempts: Sequence[int], module: Module, upto: int, now: datetime) -> None:
    """Answer the first `upto` gates of each attempt in full."""
    answers: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    words = seal("He had no reason to believe otherwise, and nobody had told him to ask.")
    for gate in tuple(module.gates())[:upto]:
        if gate.kind == "reflection":
            shared = {"item_id": gate.id, "state": ReflectionState.WRITTEN, "text": words}
            written += [{**shared, "attempt_id": a, "written_at": now} for a in attempts]
            continue
        fields: dict[str, list[str]] = {}
        for name, value in right_form(gate):
            fields.setdefault(name, []).append(value)
        response = read_form(gate, fields)
        given = mark(gate, response)
        shared = {
            "item_id": gate.id,
            "look": Look.FIRST,
            "response": response.to_json(),
            "credit": str(given.credit),
            "scheme": given.scheme,
            "committed_at": now,
        }
        answers += [{**shared, "attempt_id": attempt} for attempt in attempts]
    _insert(Answer, answers)
    _insert(Reflection, written)


def _complete(attempts: dict[int, int], version: Version, now: datetime) -> None:
    """Complete the attempts as the verb does: completion, attempt, occurrence."""
    units = dict(tuple(row) for row in db.session.execute(sa.select(Unit.id, Unit.name)))
    homes = db.session.execute(sa.select(Membership.person_id, Membership.unit_id))
    unit_by_person = {who: unit for who, unit in homes}
    rows = [
        {
            "key": f"attempt:{attempt}",
            "person_id": who,
            "module_id": version.module_id,
            "version_id": version.id,
            "completed_on": london_date(now),
            "recorded_at": now,
            "unit_id": unit_by_person[who],
            "unit_name": units[unit_by_person[who]],
        }
        for who, attempt in attempts.items()
    ]
    _insert(Completion, rows)
    for table, person in ((Attempt, Attempt.learner_id), (Occurrence, Occurrence.person_id)):
        own = sa.select(Completion.id).where(Completion.person_id == person).scalar_subquery()
        db.session.execute(
            sa.update(table)
            .where(person.in_(sa.select(Completion.person_id)))
            .values(completion_id=own)
            .execution_options(synchronize_session=False)
        )


def _sign_in(people: Sequence[int], now: datetime) -> dict[int, str]:
    tokens = {who: secrets.token_urlsafe(32) for who in people}
    shared = {"begun_at": now, "last_seen": now, "browser": "Benchmark"}
    digests = {who: access.digest_of(token) for who, token in tokens.items()}
    _insert(SignIn, [{**shared, "person_id": w, "token_digest": d} for w, d in digests.items()])
    return tokens


def _ask_all(version: Version, force: Unit, manager: int, now: datetime) -> None:
    order = Order(
        version.module_id, version.module.slug, version.title, force.id, force.name, force.path,
        london_date(now) + timedelta(days=30), Earlier.COUNTS,
    )  # fmt: skip
    assign(order, by=manager, now=now, key=uuid4().hex)


def _check(north: Unit, done: dict[int, int], half: int, module: Module) -> None:
    """Ask the rooms' own functions whether the rows are sound."""
    completed = sum(t.completed for t in counted(Wanted((north.path,)), LONG_AGO).values())
    passed = passed_in([*done.values(), half])
    finished = sum(progress(module, passed[attempt]).all_passed for attempt in done.values())
    facts = {
        "learners in Northshire": (len(active_members(north.path)), LEARNERS),
        "completed by the report": (completed, LEARNERS),
        "finished attempts": (finished, LEARNERS),
        "gates of the half-way": (len(passed[half]), 5),
    }
    for name, (found, wanted) in facts.items():
        if found != wanted:
            raise Unsound(f"{name}: {found}, not {wanted}")


def seed(app: Flask) -> Seeded:
    """Make the tables and fill them."""
    with app.test_request_context():
        db.create_all()
        found = _seed(app)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            # What autovacuum does within its first minute.
            db.session.execute(sa.text("ANALYZE"))
            db.session.commit()
        return found


def _force(name: str, count: int, now: datetime) -> tuple[Unit, list[int]]:
    force = make_unit(name, UnitKind.FORCE)
    teams = [make_unit(f"{name} team {n:02}", UnitKind.TEAM, force) for n in range(1, TEAMS + 1)]
    return force, _people(force, teams, count, now)


def _seed(app: Flask) -> Seeded:
    now, module = now_utc(), module_of_ten()
    version = publish(module, by=None, at=now)
    played = publish(module_of_ten(PLAYED), by=None, at=now)
    north, learners = _force("Northshire", LEARNERS, now)
    crowd_size = READERS + WRITERS + PLAYERS + COMMITTERS + FINISHERS
    south, crowd = _force("Southshire", crowd_size, now)
    # The manager is nobody's learner here: the report speaks of the 1,000.
    manager = _force("Command", 1, now)[1][0]
    db.session.add(Grant(person_id=manager, role=Role.MANAGER, unit_id=north.id, granted_at=now))
    db.session.flush()
    _ask_all(version, north, manager, now)
    _ask_all(played, south, manager, now)
    done = _attempts(learners, version, "five", now)
    _pass(list(done.values()), module, 12, now)
    _complete(done, version, now)
    groups = _crowd(crowd, module, played, now)
    _check(north, done, next(iter(groups[0].values())), module)
    tokens = _sign_in([manager, *crowd], now)
    csrf = generate_csrf()
    signer: Any = app.session_interface
    serializer = signer.get_signing_serializer(app)

    def somebody(who: int, attempt: int = 0) -> Somebody:
        held = {
            "_user_id": tokens[who], "_fresh": True, "_permanent": True,
            "csrf_token": session["csrf_token"],
        }  # fmt: skip
        return Somebody(who, f"debrief={serializer.dumps(held)}", attempt)

    if access.load(tokens[manager]) is None:
        raise Unsound("the manager is not signed in")
    folk = [[somebody(who, attempt) for who, attempt in group.items()] for group in groups]
    return Seeded(csrf, module, somebody(manager), *folk)


def _crowd(
    crowd: Sequence[int], module: Module, version: Version, now: datetime
) -> list[dict[int, int]]:
    """Bring each group of Southshire to where it stands; returns the attempt by person."""
    plans = (
        (READERS, 5, "three"), (WRITERS, 8, "four"), (PLAYERS, None, ""), (COMMITTERS, 0, "one"),
        (FINISHERS, 12, "five"),
    )  # fmt: skip
    groups, at = [], 0
    for count, passed, place in plans:
        people = crowd[at : at + count]
        at += count
        if passed is None:
            groups.append(dict.fromkeys(people, 0))
            continue
        attempts = _attempts(people, version, place, now)
        _pass(list(attempts.values()), module, passed, now)
        groups.append(attempts)
    return groups
