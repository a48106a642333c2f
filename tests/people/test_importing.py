"""A plan is applied whole or not at all, and a second time it changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session, scoped_session

from app.accounts.access import digest_of
from app.accounts.audit import history_of
from app.accounts.models import AuditEntry, Membership, Person, SignIn, Unit
from app.accounts.queries import stays_of, unit_on
from app.db import db
from app.people.import_bulk import By
from app.people.import_file import read_people
from app.people.import_plan import Outcome, Plan, make_plan
from app.people.importing import (
    PeopleChanged,
    RowsRefused,
    TooManyTouched,
    apply_plan,
    check,
    load_state,
)
from tests.cast import Cast

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HEAD = "personnel_number,name,email,unit,active\n"


def plan_of(cast: Cast, text: str, *, whole: bool = False) -> Plan:
    force = db.session.get_one(Unit, cast.north)
    return make_plan(
        read_people((HEAD + text).encode()),
        load_state(force, [force.path]),
        deactivate_missing=whole,
    )


def bring_in(cast: Cast, text: str, *, now: datetime = NOW, whole: bool = False) -> Plan:
    """Import `text` into Northshire, whatever share it touches."""
    force = db.session.get_one(Unit, cast.north)
    plan = plan_of(cast, text, whole=whole)
    check(plan, share=100, change_many=True)
    apply_plan(
        plan, load_state(force, [force.path]), force, [force.path], By(None, "staff.csv", now)
    )
    db.session.expire_all()
    return plan


def person(number: str) -> Person:
    return db.session.scalars(sa.select(Person).where(Person.personnel_number == number)).one()


@pytest.mark.usefixtures("session")
def test_new_people_belong_to_their_unit_from_today(cast: Cast) -> None:
    bring_in(cast, "X1,Nia Rees,nia@example.test,Crime,\n")
    made = person("X1")
    assert (made.name, made.email, made.force_id) == ("Nia Rees", "nia@example.test", cast.north)
    found = unit_on(made.id, date(2026, 11, 22))
    assert found is not None
    assert found.id == cast.crime
    assert unit_on(made.id, date(2026, 11, 21)) is None
    assert (
        history_of(f"person:{made.id}")[0].sentence == "Added to Crime by an import of staff.csv."
    )


@pytest.mark.usefixtures("session")
def test_a_move_ends_one_membership_and_begins_another(cast: Cast) -> None:
    bring_in(cast, "Nofficer,Officer,officer@example.test,Crime,\n")
    stays = stays_of(cast.officer)
    assert [(s.unit_name, s.from_on, s.until_on) for s in stays] == [
        ("Crime", date(2026, 11, 22), None),
        ("Contact centre", date(2026, 1, 5), date(2026, 11, 22)),
    ]
    assert [s.unit_name for s in stays_of(cast.colleague)] == ["Contact centre"]


@pytest.mark.usefixtures("session")
def test_a_second_move_on_one_day_puts_the_first_right(cast: Cast) -> None:
    bring_in(cast, "Nofficer,Officer,officer@example.test,Crime,\n")
    bring_in(cast, "Nofficer,Officer,officer@example.test,Response A,\n")
    assert [s.unit_name for s in stays_of(cast.officer)] == ["Response A", "Contact centre"]


@pytest.mark.usefixtures("session")
def test_leaving_ends_sign_ins_and_coming_back_keeps_identity(cast: Cast) -> None:
    for who in (cast.officer, cast.colleague):
        db.session.add(
            SignIn(token_digest=digest_of(str(who)), person_id=who, begun_at=NOW, last_seen=NOW,
                   browser="")
        )  # fmt: skip
    db.session.flush()
    bring_in(cast, "Nofficer,Officer,officer@example.test,Contact centre,no\n")
    assert person("Nofficer").deactivated_at == NOW
    ended = {s.person_id: s.ended_at for s in db.session.scalars(sa.select(SignIn))}
    assert ended == {cast.officer: NOW, cast.colleague: None}
    bring_in(cast, "Nofficer,Officer,officer@example.test,Contact centre,yes\n")
    assert person("Nofficer").deactivated_at is None
    assert person("Nofficer").id == cast.officer


@pytest.mark.usefixtures("session")
def test_two_people_swap_their_addresses(cast: Cast) -> None:
    bring_in(
        cast,
        "Nofficer,Officer,colleague@example.test,Contact centre,\n"
        "Ncolleague,Colleague,officer@example.test,Contact centre,\n",
    )
    assert person("Nofficer").email == "colleague@example.test"
    assert person("Ncolleague").email == "officer@example.test"


@pytest.mark.usefixtures("session")
def test_a_new_person_takes_an_address_given_up_in_the_same_file(cast: Cast) -> None:
    bring_in(
        cast,
        "X1,Nia,officer@example.test,Crime,\nNofficer,Officer,o2@example.test,Contact centre,\n",
    )
    assert person("X1").email == "officer@example.test"


@pytest.mark.usefixtures("session")
def test_the_same_number_in_another_force_is_somebody_else(cast: Cast) -> None:
    before = db.session.get_one(Person, cast.officer_elsewhere).name
    plan = bring_in(cast, "Nofficer_elsewhere,Nia,nia@example.test,Crime,\n", whole=False)
    assert plan.counts == {Outcome.NEW: 1}
    db.session.expire_all()
    assert db.session.get_one(Person, cast.officer_elsewhere).name == before


@pytest.mark.usefixtures("session")
def test_a_file_of_everybody_leaves_other_forces_alone(cast: Cast) -> None:
    bring_in(cast, "Nofficer,Officer,officer@example.test,Contact centre,\n", whole=True)
    active = set(db.session.scalars(sa.select(Person.id).where(Person.deactivated_at.is_(None))))
    assert active == {
        cast.officer, cast.administrator, cast.administrator_elsewhere, cast.officer_elsewhere,
        cast.manager_elsewhere, cast.trainer_elsewhere,
    }  # fmt: skip


@pytest.mark.usefixtures("session")
def test_a_unit_of_another_force_is_unknown(cast: Cast) -> None:
    plan = plan_of(cast, "X1,Nia,nia@example.test,Control room,\n")
    assert "no unit called “Control room” in Northshire" in plan.refused[0].reason


@pytest.mark.usefixtures("session")
def test_one_refused_row_stops_all(cast: Cast) -> None:
    plan = plan_of(cast, "X1,Nia,nia@example.test,Crime,\nX2,Bo,bo@example.test,Nowhere,\n")
    with pytest.raises(RowsRefused, match="1 row is refused"):
        check(plan, share=100, change_many=True)


@pytest.mark.usefixtures("session")
def test_touching_many_needs_a_word(cast: Cast) -> None:
    plan = plan_of(cast, "Nofficer,Another,officer@example.test,Crime,\n")
    with pytest.raises(TooManyTouched, match="1 of 6 active people"):
        check(plan, share=10, change_many=False)
    check(plan, share=10, change_many=True)
    check(plan, share=20, change_many=False)


@pytest.mark.usefixtures("session")
def test_nothing_is_applied_when_people_changed_meanwhile(cast: Cast) -> None:
    force = db.session.get_one(Unit, cast.north)
    state = load_state(force, [force.path])
    plan = plan_of(cast, "X1,Nia,nia@example.test,Crime,\n")
    db.session.get_one(Person, cast.colleague).name = "Somebody Else"
    db.session.flush()
    with pytest.raises(PeopleChanged):
        apply_plan(plan, state, force, [force.path], By(None, "staff.csv", NOW))
    assert db.session.scalar(sa.select(Person.id).where(Person.personnel_number == "X1")) is None


NUMBERS = st.sampled_from(["Nofficer", "Ncolleague", "Nleft", "Ntrainer", "X1", "X2"])
ROWS = st.builds(
    "{},{},{}@example.test,{},{}\n".format,
    NUMBERS,
    st.sampled_from(["Al", "Bo Ray"]),
    st.sampled_from(["a", "b", "officer", "colleague", "left", "officer_elsewhere"]),
    st.sampled_from(["Contact centre", "Crime", "Northshire", "Control room"]),
    st.sampled_from(["yes", "no", ""]),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROWS, min_size=1, max_size=4), whole=st.booleans())
def test_importing_a_file_twice_changes_nothing(
    session: scoped_session[Session], cast: Cast, rows: list[str], whole: bool
) -> None:
    savepoint = session.begin_nested()
    try:
        bring_in(cast, "".join(rows), whole=whole)
        before = _everything(session)
        again = bring_in(cast, "".join(rows), whole=whole, now=NOW + timedelta(days=3))
        changing = set(again.counts) - {Outcome.UNCHANGED, Outcome.KEPT, Outcome.NOT_ADDED}
        assert not changing
        assert _everything(session) == before
    except RowsRefused:
        pass
    finally:
        savepoint.rollback()


def _everything(session: scoped_session[Session]) -> list[tuple[object, ...]]:
    people = session.execute(sa.select(Person.__table__).order_by(Person.id))
    stays = session.execute(
        sa.select(Membership.__table__).order_by(Membership.person_id, Membership.from_on)
    )
    acts = session.execute(
        sa.select(AuditEntry.subject, AuditEntry.sentence)
        .where(AuditEntry.subject.startswith("person:"))
        .order_by(AuditEntry.id)
    )
    return [tuple(row) for rows in (people, stays, acts) for row in rows]


@pytest.mark.usefixtures("session")
def test_no_import_changes_the_account_of_somebody_with_a_role_above(cast: Cast) -> None:
    """Or a department's administrator could send a chief's recovery link to herself."""
    force = db.session.get_one(Unit, cast.north)
    below = db.session.get_one(Unit, cast.operations).path

    def plan(text: str, *, whole: bool = False) -> Plan:
        state = load_state(force, [below])
        return make_plan(read_people((HEAD + text).encode()), state, deactivate_missing=whole)

    # The trainer belongs to Operations and is trainer of the whole force.
    same = "Ntrainer,Trainer,trainer@example.test,"
    for row in (
        "Ntrainer,Trainer,taken@example.test,Operations,\n",
        "Ntrainer,Somebody else,trainer@example.test,Operations,\n",
        f"{same}Operations,no\n",
    ):
        refused = plan(row).refused
        assert len(refused) == 1, row
        assert "holds a role outside your units" in refused[0].reason
    assert [one.outcome for one in plan(f"{same}Response A,\n").differences] == [Outcome.MOVED]
    missing = plan("Nofficer,Officer,officer@example.test,Contact centre,\n", whole=True)
    kept = [one.number for one in missing.of(Outcome.KEPT)]
    assert kept == ["Ntrainer"]
    assert "Nmanager" in [one.number for one in missing.of(Outcome.DEACTIVATED)]
    # Whoever looks after the whole force may do all of it.
    whole_force = plan_of(cast, "Ntrainer,Trainer,taken@example.test,Operations,\n")
    assert whole_force.refused == ()
