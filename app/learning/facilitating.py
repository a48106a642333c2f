"""Recording that people went through a module together: a completion each, like any other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from app.accounts.access import within
from app.accounts.audit import note
from app.accounts.models import Membership, Person, Unit
from app.assigning.assignments import note_completion
from app.attempts.models import FacilitatedSession
from app.catalogue.models import Version
from app.catalogue.queries import latest_versions
from app.db import Refusal, db, london_date
from app.records.models import Completion
from app.records.recording import record_completion

MOST_PEOPLE = 200
LONGEST_AGO = timedelta(days=365)


class SessionRefused(Refusal):
    """A session that cannot be recorded so; `field` names what to change."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyRecorded(Refusal):
    """Everyone named has this session in her record already."""


@dataclass(frozen=True)
class Attendee:
    """Somebody whom the trainer may record."""

    person_id: int
    name: str
    personnel_number: str
    unit_name: str


@dataclass(frozen=True)
class SessionLine:
    """A session that was recorded."""

    id: int
    title: str
    version_number: int
    held_on: date
    recorded_at: datetime
    attended: int


def _attendees(paths: Iterable[str]) -> sa.Select[int, str | None, str | None, str]:
    return (
        sa.select(Person.id, Person.name, Person.personnel_number, Unit.name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.until_on.is_(None), Person.deactivated_at.is_(None), within(paths))
        .order_by(Person.name, Person.id)
    )


def attendees(paths: Iterable[str], person_ids: Collection[int]) -> list[Attendee]:
    """Return those of the people who are active within `paths`, by name."""
    rows = db.session.execute(_attendees(paths).where(Person.id.in_(person_ids)))
    return [Attendee(row[0], row[1] or "", row[2] or "", row[3]) for row in rows]


def members(path: str) -> list[Attendee]:
    """Return the active people at or below `path`, one more than can be recorded at a time."""
    rows = db.session.execute(_attendees([path]).limit(MOST_PEOPLE + 1))
    return [Attendee(row[0], row[1] or "", row[2] or "", row[3]) for row in rows]


def by_numbers(paths: Iterable[str], typed: str) -> list[Attendee]:
    """Return the people whose personnel numbers were typed, one a line, or refuse by line."""
    lines = [(at, line.strip()) for at, line in enumerate(typed.splitlines(), start=1)]
    wanted = [(at, line) for at, line in lines if line]
    if len(wanted) > MOST_PEOPLE:
        raise SessionRefused("numbers", f"Type at most {MOST_PEOPLE} personnel numbers.")
    known: dict[str, list[Attendee]] = {}
    numbers = {line.lower() for _at, line in wanted}
    query = _attendees(paths).where(sa.func.lower(Person.personnel_number).in_(numbers))
    for row in db.session.execute(query):
        found = Attendee(row[0], row[1] or "", row[2] or "", row[3])
        known.setdefault(found.personnel_number.lower(), []).append(found)
    problems = [_problem(at, line, known.get(line.lower(), [])) for at, line in wanted]
    if any(problems):
        raise SessionRefused("numbers", " ".join(problem for problem in problems if problem))
    return [person for line in numbers for person in known[line]]


def _problem(at: int, line: str, found: Sequence[Attendee]) -> str:
    if len(found) == 1:
        return ""
    if found:
        return f"Line {at}: {line} is the number of people in two forces; tick the right one above."
    return f"Line {at}: {line} is not the number of an active person in your units."


def versions_to_record(unit_path: str) -> list[Version]:
    """Return every version of the modules offered at `unit_path`, by title, the newest first."""
    latest = latest_versions(unit_path)
    order = {version.module_id: at for at, version in enumerate(latest)}
    found = db.session.scalars(
        sa.select(Version)
        .options(load_only(Version.module_id, Version.number, Version.title))
        .where(Version.module_id.in_(order))
        .order_by(Version.number.desc())
    )
    return sorted(found, key=lambda version: order[version.module_id])


def recorded_already(version_id: int, held_on: date, person_ids: Collection[int]) -> set[int]:
    """Return who has a completion of this version through a session on that date."""
    return set(
        db.session.scalars(
            sa.select(Completion.person_id).where(
                Completion.person_id.in_(person_ids),
                Completion.version_id == version_id,
                Completion.completed_on == held_on,
                Completion.key.startswith("session:"),
            )
        )
    )


def check_day(held_on: date, now: datetime) -> None:
    """Refuse a date that has not come, or that is more than a year ago."""
    today = london_date(now)
    if held_on > today:
        raise SessionRefused("held_on", "The date must be today or earlier.")
    if held_on < today - LONGEST_AGO:
        raise SessionRefused("held_on", "The date must be within the last year.")


def record_session(
    *,
    trainer_id: int,
    paths: Collection[str],
    version_id: int,
    held_on: date,
    person_ids: Collection[int],
    now: datetime,
) -> FacilitatedSession:
    """Record the session and a completion for each person who has none of it yet."""
    check_day(held_on, now)
    people = attendees(paths, person_ids)
    if not people or len(people) != len(set(person_ids)):
        raise SessionRefused("people", "Choose at least one person, from your own units only.")
    if len(people) > MOST_PEOPLE:
        raise SessionRefused("people", f"Record at most {MOST_PEOPLE} people at a time.")
    version = _held_version(version_id)
    already = recorded_already(version.id, held_on, [person.person_id for person in people])
    new = [person.person_id for person in people if person.person_id not in already]
    if not new:
        raise AlreadyRecorded(
            "Everyone you chose was already recorded for this module and date. "
            "Nothing was added twice."
        )
    session = _write(trainer_id, version, held_on, new, now)
    _audit(session, version, now)
    return session


def _held_version(version_id: int) -> Version:
    """Return the version, held so that the same session sent twice at once is recorded once."""
    version = db.session.scalars(
        sa.select(Version).where(Version.id == version_id).with_for_update(key_share=True)
    ).one_or_none()
    if version is None:
        raise SessionRefused("version", "Choose a module from the list.")
    return version


def _write(
    trainer_id: int, version: Version, held_on: date, person_ids: list[int], now: datetime
) -> FacilitatedSession:
    session = FacilitatedSession(
        version_id=version.id, held_on=held_on, recorded_at=now, recorded_by=trainer_id,
        attended=len(person_ids),
    )  # fmt: skip
    db.session.add(session)
    db.session.flush()
    for person_id in person_ids:
        completion = record_completion(
            key=f"session:{session.id}:person:{person_id}",
            person_id=person_id,
            module_id=version.module_id,
            version_id=version.id,
            completed_on=held_on,
            now=now,
        )
        note_completion(completion)
    return session


def _audit(session: FacilitatedSession, version: Version, now: datetime) -> None:
    people = "1 person" if session.attended == 1 else f"{session.attended} people"
    note(
        "session-recorded",
        f"session:{session.id}",
        f"Recorded a facilitated session of “{version.title}”, version {version.number}, "
        f"held on {session.held_on.isoformat()}, with {people}.",
        actor_id=session.recorded_by,
        at=now,
    )


def _lines() -> sa.Select[int, str, int, date, datetime, int]:
    return sa.select(
        FacilitatedSession.id, Version.title, Version.number, FacilitatedSession.held_on,
        FacilitatedSession.recorded_at, FacilitatedSession.attended,
    ).join(Version, Version.id == FacilitatedSession.version_id)  # fmt: skip


def sessions_of(trainer_id: int) -> list[SessionLine]:
    """Return the latest sessions that the trainer recorded, the newest first."""
    rows = db.session.execute(
        _lines()
        .where(FacilitatedSession.recorded_by == trainer_id)
        .order_by(FacilitatedSession.held_on.desc(), FacilitatedSession.id.desc())
        .limit(500)
    )
    return [SessionLine(*row) for row in rows]


def session_of(trainer_id: int, session_id: int) -> SessionLine | None:
    """Return one session that the trainer herself recorded."""
    row = db.session.execute(
        _lines().where(
            FacilitatedSession.id == session_id, FacilitatedSession.recorded_by == trainer_id
        )
    ).one_or_none()
    return None if row is None else SessionLine(*row)


def attended(line: SessionLine) -> list[tuple[str, str | None]]:
    """Return the names of who was recorded in a session, each with the unit of that day."""
    rows = db.session.execute(
        sa.select(Person.name, Completion.unit_name)
        .join(FacilitatedSession, FacilitatedSession.version_id == Completion.version_id)
        .join(Person, Person.id == Completion.person_id)
        .where(
            FacilitatedSession.id == line.id,
            Completion.completed_on == line.held_on,
            Completion.key.startswith(f"session:{line.id}:"),
        )
        .order_by(Person.name, Person.id)
        .limit(MOST_PEOPLE)
    )
    return [(name or "somebody since erased", unit) for name, unit in rows]
