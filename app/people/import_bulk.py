"""The bulk statements of an import: a few for a whole chunk of people, never one a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from app.accounts.models import AuditEntry, Membership, PasswordLink, Person, SignIn, Unit
from app.db import db, london_date
from app.people.import_plan import Difference, Known, Outcome, State

SENTENCES = {
    Outcome.NEW: "Added to {unit} by an import of {file}.",
    Outcome.CHANGED: "Changed by an import of {file}.",
    Outcome.MOVED: "Moved by an import of {file}.",
    Outcome.DEACTIVATED: "Deactivated by an import of {file}.",
    Outcome.REACTIVATED: "Reactivated by an import of {file}.",
}
CHANGING = tuple(SENTENCES)


@dataclass(frozen=True)
class By:
    """Who applies an import, of which file, when."""

    actor_id: int | None
    file_name: str
    now: datetime


def _table(model: type[Any]) -> sa.Table:
    return cast(sa.Table, model.__table__)


def _run(statement: sa.Executable, rows: Iterable[dict[str, Any]]) -> None:
    """Run one statement for all rows at once, beside the session's objects."""
    if rows := list(rows):
        db.session.connection().execute(statement, rows)


def _known(found: Difference, state: State) -> Known:
    return state.people[found.number]


def give_up_emails(chunk: list[Difference], state: State) -> None:
    """Empty the addresses that change first, so that two people may swap theirs."""
    person = _table(Person)
    _run(
        person.update().where(person.c.id == sa.bindparam("key")).values(email=None),
        ({"key": one.person_id} for one in chunk if _known(one, state).email != one.email),
    )


def apply_chunk(chunk: list[Difference], state: State, force: Unit, by: By) -> None:
    """Do what the plan says to the people of one chunk."""
    new = [found for found in chunk if found.outcome is Outcome.NEW]
    ids = _add(new, force, by)
    known = [found for found in chunk if found.outcome is not Outcome.NEW]
    _change(known, state)
    _move([found for found in known if _known(found, state).unit_id != found.unit_id], by)
    _deactivate([found for found in known if found.outcome is Outcome.DEACTIVATED], by)
    person = _table(Person)
    _run(
        person.update().where(person.c.id == sa.bindparam("key")).values(deactivated_at=None),
        ({"key": one.person_id} for one in known if one.outcome is Outcome.REACTIVATED),
    )
    _note_all(chunk, ids, by)


def _add(new: list[Difference], force: Unit, by: By) -> dict[str, int]:
    """Add people with their first membership; return their ids by personnel number."""
    _run(
        _table(Person).insert(),
        (
            {
                "force_id": force.id, "personnel_number": one.number, "name": one.name,
                "email": one.email, "created_at": by.now,
            }
            for one in new
        ),
    )  # fmt: skip
    ids: dict[str, int] = {}
    for start in range(0, len(new), 500):
        numbers = [found.number for found in new[start : start + 500]]
        rows = db.session.execute(
            sa.select(Person.personnel_number, Person.id).where(
                Person.force_id == force.id, Person.personnel_number.in_(numbers)
            )
        )
        ids.update({number: person_id for number, person_id in rows if number})
    today = london_date(by.now)
    _run(
        _table(Membership).insert(),
        ({"person_id": ids[one.number], "unit_id": one.unit_id, "from_on": today} for one in new),
    )
    return ids


def _change(known: list[Difference], state: State) -> None:
    person = _table(Person)
    _run(
        person.update()
        .where(person.c.id == sa.bindparam("key"))
        .values(name=sa.bindparam("new_name"), email=sa.bindparam("new_email")),
        (
            {"key": one.person_id, "new_name": one.name, "new_email": one.email}
            for one in known
            if (one.name, one.email) != (_known(one, state).name, _known(one, state).email)
        ),
    )


def _move(moved: list[Difference], by: By) -> None:
    """End the memberships of today's moves; one that began today is put right instead."""
    today, membership = london_date(by.now), _table(Membership)
    begun: set[int] = set()
    if moved:
        begun = set(
            db.session.scalars(
                sa.select(Membership.person_id).where(
                    Membership.until_on.is_(None), Membership.from_on >= today
                )
            )
        )
    open_now = sa.and_(
        membership.c.person_id == sa.bindparam("key"), membership.c.until_on.is_(None)
    )
    _run(
        membership.update().where(open_now).values(unit_id=sa.bindparam("new_unit")),
        ({"key": m.person_id, "new_unit": m.unit_id} for m in moved if m.person_id in begun),
    )
    later = [one for one in moved if one.person_id not in begun]
    _run(
        membership.update().where(open_now).values(until_on=today),
        ({"key": one.person_id} for one in later),
    )
    _run(
        membership.insert(),
        ({"person_id": m.person_id, "unit_id": m.unit_id, "from_on": today} for m in later),
    )


def _deactivate(leaving: list[Difference], by: By) -> None:
    """Deactivate people, end their sign-ins and void their links."""
    keys = [{"key": found.person_id} for found in leaving]
    person, sign_in, link = _table(Person), _table(SignIn), _table(PasswordLink)
    _run(
        person.update().where(person.c.id == sa.bindparam("key")).values(deactivated_at=by.now),
        keys,
    )
    _run(
        sign_in.update()
        .where(sign_in.c.person_id == sa.bindparam("key"), sign_in.c.ended_at.is_(None))
        .values(ended_at=by.now),
        keys,
    )
    _run(
        link.update()
        .where(link.c.person_id == sa.bindparam("key"), link.c.used_at.is_(None))
        .values(expires_at=by.now),
        keys,
    )


def _note_all(chunk: list[Difference], ids: dict[str, int], by: By) -> None:
    """Add a sentence to the history of each person."""
    _run(
        _table(AuditEntry).insert(),
        (
            {
                "at": by.now,
                "actor_id": by.actor_id,
                "act": f"import-{one.outcome.value}",
                "subject": f"person:{one.person_id or ids[one.number]}",
                "sentence": " ".join(
                    [
                        SENTENCES[one.outcome].format(unit=one.unit_name, file=by.file_name),
                        *one.details,
                    ]
                ),
            }
            for one in chunk
        ),
    )
