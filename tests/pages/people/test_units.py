"""The administrator's pages of units: a tree without circles, names without doubles."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import AuditEntry, Unit, UnitParent
from app.db import db, london_date, now_utc
from tests.browser import PageClient
from tests.cast import Cast


@pytest.fixture
def admin(client: PageClient, cast: Cast) -> PageClient:
    """The administrator of Northshire, signed in."""
    client.sign_in(cast.emails["administrator"])
    client.get("/units")
    return client


def path(app: Flask, unit_id: int) -> str:
    with app.app_context():
        return db.session.get_one(Unit, unit_id).path


def test_the_tree_counts_people_and_leaves_other_forces_out(admin: PageClient) -> None:
    html = admin.get("/units").text
    assert "Southshire" not in html
    assert "Control room" not in html
    assert html.index("Operations") < html.index("Contact centre") < html.index("Response A")
    assert '<td data-label="With all below" class="numeric">5</td>' in html


def test_a_unit_is_added_below(app: Flask, admin: PageClient, cast: Cast) -> None:
    page = f"/units/{cast.crime}/add"
    answer = admin.submit(page, {"name": "  Public   protection ", "kind": "team"})
    assert answer.status_code == 303
    assert "Added as Public protection." in admin.get(answer.location).text
    with app.app_context():
        made = db.session.scalars(sa.select(Unit).where(Unit.name == "Public protection")).one()
        assert made.path == f"/{cast.north}/{cast.crime}/{made.id}/"
        assert made.force_id == cast.north
        stood = db.session.scalars(sa.select(UnitParent).where(UnitParent.unit_id == made.id)).one()
        assert (stood.parent_id, stood.until_on) == (cast.crime, None)
        assert db.session.scalars(sa.select(AuditEntry.act)).all() == ["unit-added"]


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("", "team", "Enter the name of the unit"),
        ("contact CENTRE", "team", "already a unit called Contact centre in this force"),
        ("Northshire", "team", "already a unit called Northshire in this force"),
        ("New", "", "Choose what kind of unit it is"),
        ("New", "force", "Choose one of these"),
    ],
)
def test_what_cannot_be_added_is_said(
    admin: PageClient, cast: Cast, name: str, kind: str, sentence: str
) -> None:
    answer = admin.submit(f"/units/{cast.crime}/add", {"name": name, "kind": kind})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_another_force_may_use_the_same_name(admin: PageClient, cast: Cast) -> None:
    typed = {"name": "Control room", "kind": "team"}
    assert admin.submit(f"/units/{cast.crime}/add", typed).status_code == 303


def test_nothing_stands_below_a_team(admin: PageClient, cast: Cast) -> None:
    answer = admin.submit(f"/units/{cast.contact}/add", {"name": "Desk", "kind": "team"})
    assert "Contact centre is a team" in answer.text


def test_a_unit_is_renamed(admin: PageClient, cast: Cast) -> None:
    page = f"/units/{cast.contact}"
    taken = admin.submit(f"{page}/rename", {"name": "response a"})
    assert taken.status_code == 422
    assert "already a unit called Response A" in taken.text
    assert admin.submit(f"{page}/rename", {"name": "CONTACT centre"}).status_code == 303
    assert "Renamed from Contact centre to CONTACT centre." in admin.get(page).text


def test_a_unit_moves_with_all_below_it(app: Flask, admin: PageClient, cast: Cast) -> None:
    page = f"/units/{cast.operations}/move"
    assert admin.submit(page, {"unit": str(cast.crime)}).status_code == 303
    assert path(app, cast.operations) == f"/{cast.north}/{cast.crime}/{cast.operations}/"
    assert path(app, cast.contact) == f"{path(app, cast.operations)}{cast.contact}/"
    assert path(app, cast.response) == f"{path(app, cast.operations)}{cast.response}/"
    assert path(app, cast.crime) == f"/{cast.north}/{cast.crime}/"
    assert path(app, cast.control) == f"/{cast.south}/{cast.control}/"
    with app.app_context():
        stood = db.session.execute(
            sa.select(UnitParent.parent_id, UnitParent.until_on)
            .where(UnitParent.unit_id == cast.operations)
            .order_by(UnitParent.from_on)
        ).all()
        today = london_date(now_utc())
        assert [tuple(row) for row in stood] == [(cast.north, today), (cast.crime, None)]
    back = admin.submit(page, {"unit": str(cast.north)})
    assert back.status_code == 303
    assert path(app, cast.contact) == f"/{cast.north}/{cast.operations}/{cast.contact}/"


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("operations", "is Operations itself or stands below it"),
        ("north", "already stands below Northshire"),
        ("contact", "Choose one of these"),
        ("south", "Choose one of these"),
    ],
)
def test_a_unit_does_not_move_into_a_circle_or_out_of_its_force(
    app: Flask, admin: PageClient, cast: Cast, where: str, sentence: str
) -> None:
    before = path(app, cast.operations)
    answer = admin.submit(f"/units/{cast.operations}/move", {"unit": str(cast.units[where])})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert path(app, cast.operations) == before


def test_a_department_below_itself_is_a_circle(app: Flask, admin: PageClient, cast: Cast) -> None:
    admin.submit(f"/units/{cast.operations}/add", {"name": "Night", "kind": "department"})
    with app.app_context():
        night = db.session.scalars(sa.select(Unit.id).where(Unit.name == "Night")).one()
    answer = admin.submit(f"/units/{cast.operations}/move", {"unit": str(night)})
    assert "stands below it: choose a unit elsewhere" in answer.text


def test_a_force_does_not_move(app: Flask, admin: PageClient, cast: Cast) -> None:
    typed = {"unit": str(cast.crime)}
    answer = admin.submit(f"/units/{cast.north}/move", typed, follow_redirects=True)
    assert "cannot be moved" in answer.text
    assert path(app, cast.north) == f"/{cast.north}/"


@pytest.mark.parametrize("page", ["", "/add", "/rename", "/move"])
def test_a_unit_elsewhere_answers_as_none(admin: PageClient, cast: Cast, page: str) -> None:
    elsewhere, none = admin.get(f"/units/{cast.control}{page}"), admin.get(f"/units/999999{page}")
    assert (elsewhere.status_code, elsewhere.text) == (404, none.text)
    if page:
        typed = {"name": "Mine", "kind": "team", "unit": str(cast.north)}
        assert admin.submit(f"/units/{cast.control}{page}", typed).status_code == 404
