"""A facilitated session makes completions like any other, once, and only in the trainer's units."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry, Unit
from app.assigning.models import Assignment, Occurrence
from app.attempts.models import FacilitatedSession
from app.db import db
from app.learning.facilitating import (
    AlreadyRecorded,
    SessionRefused,
    attended,
    by_numbers,
    record_session,
    session_of,
    sessions_of,
    versions_to_record,
)
from app.records.models import Completion
from tests.cast import Cast
from tests.factories.record import WHEN, make_attempt, make_version

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
DAY = date(2026, 11, 20)


def _path(unit_id: int) -> str:
    return db.session.get_one(Unit, unit_id).path


def _record(cast: Cast, version_id: int, people: list[int], **more: object) -> FacilitatedSession:
    return record_session(
        **{  # type: ignore[arg-type]
            "trainer_id": cast.trainer, "paths": (_path(cast.north),), "version_id": version_id,
            "held_on": DAY, "person_ids": people, "now": NOW, **more,
        }
    )  # fmt: skip


def test_each_person_gets_a_completion_with_date_version_and_unit(session, cast: Cast) -> None:
    version, noise = make_version(), make_version(number=2)
    made = _record(cast, version.id, [cast.officer, cast.responder])
    rows = db.session.scalars(sa.select(Completion).order_by(Completion.person_id)).all()
    assert [(row.person_id, row.version_id, row.completed_on, row.unit_name) for row in rows] == [
        (cast.officer, version.id, DAY, "Contact centre"),
        (cast.responder, version.id, DAY, "Response A"),
    ]
    assert noise.id not in {row.version_id for row in rows}
    assert made.attended == 2
    assert rows[0].key == f"session:{made.id}:person:{cast.officer}"


def test_what_was_asked_is_closed_for_those_who_were_there(session, cast: Cast) -> None:
    version = make_version()
    asked = Assignment(module_id=version.module_id, unit_id=cast.contact, due_on=date(2026, 12, 4),
                       assigned_at=WHEN, assigned_by=cast.manager, key="k")  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    for person in (cast.officer, cast.colleague):
        db.session.add(
            Occurrence(assignment_id=asked.id, person_id=person, module_id=version.module_id,
                       due_on=asked.due_on, asked_at=WHEN)
        )  # fmt: skip
    db.session.flush()
    _record(cast, version.id, [cast.officer])
    closed = db.session.execute(
        sa.select(Occurrence.person_id).where(Occurrence.completion_id.is_not(None))
    ).scalars()
    assert list(closed) == [cast.officer]


def test_the_same_session_twice_is_recorded_once(session, cast: Cast) -> None:
    version = make_version()
    _record(cast, version.id, [cast.officer])
    with pytest.raises(AlreadyRecorded):
        _record(cast, version.id, [cast.officer])
    second = _record(cast, version.id, [cast.officer, cast.colleague])
    assert second.attended == 1
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Completion))
    assert count == 2


def test_a_completion_of_ones_own_does_not_stand_in_the_way(session, cast: Cast) -> None:
    version = make_version()
    make_attempt(cast.officer, version)
    assert _record(cast, version.id, [cast.officer], held_on=WHEN.date()).attended == 1
    assert _record(cast, version.id, [cast.officer], held_on=DAY).attended == 1


@pytest.mark.parametrize("who", ["officer_elsewhere", "left"])
def test_nobody_elsewhere_and_nobody_inactive(session, cast: Cast, who: str) -> None:
    version = make_version()
    with pytest.raises(SessionRefused, match="your own units"):
        _record(cast, version.id, [cast.officer, cast.people[who]])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Completion)) == 0


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (NOW.date() + timedelta(days=1), "today or earlier"),
        (NOW.date() - timedelta(days=366), "within the last year"),
    ],
)
def test_days_that_are_refused(session, cast: Cast, day: date, sentence: str) -> None:
    with pytest.raises(SessionRefused, match=sentence) as refused:
        _record(cast, make_version().id, [cast.officer], held_on=day)
    assert refused.value.field == "held_on"


def test_today_is_londons_today(session, cast: Cast) -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert (
        _record(
            cast, make_version().id, [cast.officer], held_on=date(2026, 7, 1), now=late
        ).attended
        == 1
    )


def test_an_unknown_version_is_refused(session, cast: Cast) -> None:
    with pytest.raises(SessionRefused) as refused:
        _record(cast, 4711, [cast.officer])
    assert refused.value.field == "version"


def test_numbers_are_found_however_typed_and_refused_by_line(session, cast: Cast) -> None:
    north = (_path(cast.north),)
    found = by_numbers(north, "nofficer\n\n  Ncolleague ")
    assert {person.person_id for person in found} == {cast.officer, cast.colleague}
    with pytest.raises(SessionRefused) as refused:
        by_numbers(north, "Nofficer\nNleft\nNofficer_elsewhere")
    assert str(refused.value) == (
        "Line 2: Nleft is not the number of an active person in your units. "
        "Line 3: Nofficer_elsewhere is not the number of an active person in your units."
    )


def test_the_act_is_noted_without_names(session, cast: Cast) -> None:
    made = _record(cast, make_version().id, [cast.officer])
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.act, entry.subject, entry.actor_id) == (
        "session-recorded", f"session:{made.id}", cast.trainer
    )  # fmt: skip
    assert "1 person" in entry.sentence
    assert "Officer" not in entry.sentence


def test_a_trainer_sees_her_own_sessions_only(session, cast: Cast) -> None:
    version = make_version()
    own = _record(cast, version.id, [cast.officer])
    other = _record(
        cast, version.id, [cast.officer_elsewhere], trainer_id=cast.trainer_elsewhere,
        paths=(_path(cast.south),),
    )  # fmt: skip
    assert [line.id for line in sessions_of(cast.trainer)] == [own.id]
    assert session_of(cast.trainer, other.id) is None
    line = session_of(cast.trainer, own.id)
    assert line is not None
    assert attended(line) == [("Officer", "Contact centre")]


def test_every_version_of_what_is_offered_can_be_recorded(session, cast: Cast) -> None:
    make_version("zebra", title="Zebra")
    first = make_version("ant", title="Ant")
    second = make_version("ant", title="Ant again", number=2)
    hidden = make_version("owl", title="Owl", owner_id=cast.south)
    found = versions_to_record(_path(cast.contact))
    assert [(version.title, version.number) for version in found] == [
        ("Ant again", 2), ("Ant", 1), ("Zebra", 1)
    ]  # fmt: skip
    assert {first.id, second.id} <= {version.id for version in found}
    assert hidden.id not in {version.id for version in found}
