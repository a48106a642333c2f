"""Who belongs where is read within the units asked about, amid people elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, scoped_session

from app.accounts.models import Membership, Unit, UnitParent
from app.accounts.queries import (
    active_members,
    direct_members,
    person_within,
    unit_on,
    unit_within,
    units_within,
)
from app.db import db
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("session")


def path(unit_id: int) -> str:
    return db.session.get_one(Unit, unit_id).path


def test_units_stand_in_the_order_of_the_tree(cast: Cast) -> None:
    names = [unit.name for unit in units_within([path(cast.north)])]
    assert names == ["Northshire", "Crime", "Operations", "Contact centre", "Response A"]


def test_a_unit_elsewhere_is_not_found(cast: Cast) -> None:
    assert unit_within([path(cast.operations)], cast.contact) is not None
    assert unit_within([path(cast.operations)], cast.crime) is None
    assert unit_within([path(cast.north)], cast.control) is None
    assert unit_within([], cast.north) is None


def test_members_are_the_active_people_of_the_unit_and_below(cast: Cast) -> None:
    found = [row.person_id for row in active_members(path(cast.operations))]
    assert found == [cast.colleague, cast.manager, cast.officer, cast.responder, cast.trainer]


def test_a_person_elsewhere_does_not_exist(cast: Cast) -> None:
    within = [path(cast.operations)]
    officer, left = person_within(within, cast.officer), person_within(within, cast.left)
    assert officer is not None
    assert (officer.name, officer.unit_name, officer.active) == ("Officer", "Contact centre", True)
    assert left is not None
    assert not left.active
    assert person_within(within, cast.administrator) is None
    assert person_within(within, cast.officer_elsewhere) is None


def test_the_unit_on_a_day_changes_with_a_move(
    cast: Cast, session: scoped_session[Session]
) -> None:
    moved = date(2026, 6, 1)
    session.execute(
        sa.update(Membership).where(Membership.person_id == cast.officer).values(until_on=moved)
    )
    session.add(Membership(person_id=cast.officer, unit_id=cast.crime, from_on=moved))
    session.flush()
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 5, 31), moved]
    found = [unit_on(cast.officer, day) for day in days]
    assert [unit and unit.name for unit in found] == [
        None, "Contact centre", "Contact centre", "Crime",
    ]  # fmt: skip


def test_active_people_are_counted_by_their_very_unit(cast: Cast) -> None:
    assert direct_members([path(cast.operations)]) == {
        cast.operations: 2, cast.contact: 2, cast.response: 1,
    }  # fmt: skip


@pytest.mark.parametrize("until", [None, date(2026, 2, 1)])
def test_the_database_refuses_a_membership_that_overlaps(cast: Cast, until: date | None) -> None:
    early = Membership(
        person_id=cast.officer, unit_id=cast.crime, from_on=date(2025, 12, 1), until_on=until
    )
    db.session.add(early)
    with pytest.raises(sa.exc.DBAPIError, match=r"overlap|uq_membership_current|UNIQUE"):
        db.session.flush()
    db.session.rollback()


def test_the_database_takes_a_membership_that_ends_where_the_next_begins(cast: Cast) -> None:
    db.session.add(
        Membership(person_id=cast.officer, unit_id=cast.crime, from_on=date(2025, 12, 1),
                   until_on=date(2026, 1, 5))
    )  # fmt: skip
    db.session.flush()
    assert unit_on(cast.officer, date(2026, 1, 4)) is not None


def test_the_database_refuses_a_membership_made_longer_into_the_next(cast: Cast) -> None:
    db.session.add(
        Membership(person_id=cast.officer, unit_id=cast.crime, from_on=date(2025, 12, 1),
                   until_on=date(2026, 1, 5))
    )  # fmt: skip
    db.session.flush()
    with pytest.raises(sa.exc.DBAPIError, match="intervals of membership overlap"):
        db.session.execute(
            sa.update(Membership)
            .where(Membership.until_on == date(2026, 1, 5))
            .values(until_on=date(2026, 1, 6))
        )
    db.session.rollback()


def test_the_database_refuses_two_parents_at_once(cast: Cast) -> None:
    db.session.add(
        UnitParent(unit_id=cast.contact, parent_id=cast.crime, from_on=date(2025, 1, 5),
                   until_on=date(2026, 3, 1))
    )  # fmt: skip
    with pytest.raises(sa.exc.DBAPIError, match="intervals of unit_parent overlap"):
        db.session.flush()
    db.session.rollback()
