"""The administrator's pages of people and roles, through the client, amid people elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.access import digest_of
from app.accounts.models import AuditEntry, Grant, Membership, PasswordLink, Person, SignIn
from app.accounts.permissions import Role
from app.accounts.queries import stays_of
from app.db import db, london_date, now_utc
from tests.browser import PageClient, without_tokens
from tests.cast import Cast

TODAY = london_date(now_utc())


@pytest.fixture
def admin(client: PageClient, cast: Cast) -> PageClient:
    """The administrator of Northshire, signed in."""
    client.sign_in(cast.emails["administrator"])
    client.get("/people")
    return client


def day(of: object) -> dict[str, str]:
    year, month, number = str(of).split("-")
    return {"from_on-day": number, "from_on-month": month, "from_on-year": year}


def test_the_list_shows_active_people_of_ones_units_only(admin: PageClient) -> None:
    html = admin.get("/people").text
    assert "officer@example.test" in html
    assert "left@example.test" not in html
    assert "officer_elsewhere@example.test" not in html
    assert "1 to 6 of 6 people" in html


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("q=RESPON", "responder@", "officer@"),
        ("q=Nmanager", "manager@", "officer@"),
        ("q=colleague@exa", "colleague@", "manager@"),
        ("q=%25", "Nobody found", "officer@"),
        ("state=inactive", "left@", "officer@"),
        ("state=all", "left@", "elsewhere"),
    ],
)
def test_the_list_is_searched(admin: PageClient, query: str, there: str, gone: str) -> None:
    html = admin.get(f"/people?{query}").text
    assert there in html
    assert gone not in html


def test_the_list_is_filtered_by_unit_and_below(admin: PageClient, cast: Cast) -> None:
    html = admin.get(f"/people?unit={cast.operations}").text
    assert "responder@" in html
    assert "administrator@" not in html


@pytest.mark.parametrize("query", ["unit=x", "page=x", "page=-1", "sort=x", "state=x", "page=99"])
def test_what_makes_no_sense_in_the_address_breaks_nothing(admin: PageClient, query: str) -> None:
    assert "officer@" in admin.get(f"/people?{query}").text


def test_a_unit_elsewhere_is_as_one_that_does_not_exist(admin: PageClient, cast: Cast) -> None:
    elsewhere = admin.get(f"/people?unit={cast.control}").text
    assert "There is no such unit among yours" in elsewhere
    assert elsewhere == admin.get("/people?unit=999999").text


def test_the_list_is_sorted_and_paged(app: Flask, admin: PageClient, cast: Cast) -> None:
    with app.app_context():
        for n in range(30):
            one = Person(force_id=cast.north, personnel_number=f"P{n:02}", name=f"Zed {n:02}",
                         email=f"z{n:02}@example.test", created_at=now_utc())  # fmt: skip
            db.session.add(one)
            db.session.flush()
            db.session.add(Membership(person_id=one.id, unit_id=cast.crime, from_on=TODAY))
        db.session.commit()
    first = admin.get("/people?sort=-name").text
    assert "1 to 25 of 36 people" in first
    assert first.index("Zed 29") < first.index("Zed 06")
    second = admin.get("/people?sort=-name&page=2").text
    assert "Zed 29" not in second
    assert "officer@" in second


def test_a_person_is_added(app: Flask, admin: PageClient, cast: Cast) -> None:
    admin.get("/people/add")
    answer = admin.submit("/people/add", {
        "name": "  Nia   Rees ", "number": "X1", "email": "Nia@Example.test",
        "unit": str(cast.crime),
    })  # fmt: skip
    assert answer.status_code == 303
    html = admin.get(answer.location).text
    assert "Nia Rees" in html
    assert "Added to Crime." in html
    with app.app_context():
        made = db.session.scalars(sa.select(Person).where(Person.personnel_number == "X1")).one()
        assert (made.email, made.force_id) == ("nia@example.test", cast.north)
        entry = db.session.scalars(sa.select(AuditEntry)).one()
        assert (entry.act, entry.actor_id) == ("person-added", cast.administrator)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Enter the name"),
        ("number", "", "Enter the personnel number"),
        ("number", "Nofficer", "already has this personnel number"),
        ("email", "officer@example.test", "already has this e-mail address"),
        ("email", "officer_elsewhere@example.test", "already has this e-mail address"),
        ("email", "no address", "Enter an e-mail address such as"),
        ("unit", "", "Choose a unit"),
    ],
)
def test_what_cannot_be_added_is_said_and_the_typing_kept(
    admin: PageClient, cast: Cast, field: str, value: str, sentence: str
) -> None:
    typed = {"name": "Nia Rees", "number": "X1", "email": "n@b.test", "unit": str(cast.crime)}
    answer = admin.submit("/people/add", {**typed, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(kept in answer.text for name, kept in typed.items() if name not in (field, "unit"))


def test_nobody_is_added_to_a_unit_elsewhere(app: Flask, admin: PageClient, cast: Cast) -> None:
    typed = {"name": "Nia", "number": "X1", "email": "n@b.test", "unit": str(cast.control)}
    assert admin.submit("/people/add", typed).status_code == 422
    with app.app_context():
        assert db.session.scalar(sa.select(Person.id).where(Person.email == "n@b.test")) is None


def test_a_person_is_changed_and_the_history_says_how(admin: PageClient, cast: Cast) -> None:
    page = f"/people/{cast.officer}"
    admin.get(f"{page}/edit")
    typed = {"name": "Sam Okoro", "number": "Nofficer", "email": "officer@example.test"}
    assert admin.submit(f"{page}/edit", typed).status_code == 303
    assert "Name changed from Officer to Sam Okoro." in admin.get(page).text


def test_a_person_is_moved_and_moved_back_dates_are_refused(admin: PageClient, cast: Cast) -> None:
    page = f"/people/{cast.officer}/move"
    admin.get(page)
    crime = {"unit": str(cast.crime)}
    for when, sentence in (
        (TODAY + timedelta(days=1), "must be today or earlier"),
        ("2025-12-31", "must be 5 January 2026 or later"),
    ):
        refused = admin.submit(page, {**crime, **day(when)})
        assert refused.status_code == 422
        assert sentence in refused.text
    same = admin.submit(page, {"unit": str(cast.contact), **day(TODAY)})
    assert "already belongs to Contact centre" in same.text
    assert admin.submit(page, {**crime, **day("2026-06-01")}).status_code == 303
    html = admin.get(f"/people/{cast.officer}").text
    assert "Crime, since 1 June 2026" in html
    assert "Contact centre, 5 January 2026 until 1 June 2026" in html
    assert "Moved to Crime from 1 June 2026." in html


def test_deactivating_asks_first_and_ends_sign_ins(
    app: Flask, admin: PageClient, cast: Cast
) -> None:
    with app.app_context():
        now = now_utc()
        db.session.add(SignIn(token_digest=digest_of("x"), person_id=cast.officer, begun_at=now,
                              last_seen=now, browser=""))  # fmt: skip
        db.session.commit()
    page = f"/people/{cast.officer}/deactivate"
    assert "Deactivate Officer?" in admin.get(page).text
    assert "Active" in admin.get(f"/people/{cast.officer}").text
    assert admin.submit(page).status_code == 303
    html = admin.get(f"/people/{cast.officer}").text
    assert "Deactivated on" in html
    with app.app_context():
        assert db.session.get_one(SignIn, digest_of("x")).ended_at is not None
    back = f"/people/{cast.officer}/reactivate"
    admin.get(back)
    admin.submit(back)
    assert "Reactivated." in admin.get(f"/people/{cast.officer}").text


def test_nobody_deactivates_herself(admin: PageClient, cast: Cast) -> None:
    admin.get("/people")
    answer = admin.submit(f"/people/{cast.administrator}/deactivate", follow_redirects=True)
    assert "You cannot deactivate yourself" in answer.text


def test_a_link_is_shown_once(app: Flask, admin: PageClient, cast: Cast) -> None:
    page = f"/people/{cast.officer}/link"
    admin.get(page)
    answer = admin.submit(page)
    found = re.search(r"/set-password/([\w-]+)", admin.get(answer.location).text)
    assert found is not None
    with app.app_context():
        assert db.session.get_one(PasswordLink, digest_of(found[1])).person_id == cast.officer
        kept = db.session.scalars(sa.select(AuditEntry.sentence)).all()
        assert not any(found[1] in sentence for sentence in kept)
    assert "/set-password/" not in admin.get(answer.location, follow_redirects=True).text


def test_a_deactivated_person_gets_no_link(admin: PageClient, cast: Cast) -> None:
    admin.get("/people")
    answer = admin.submit(f"/people/{cast.left}/link", follow_redirects=True)
    assert "is not active" in answer.text


def test_a_role_is_given_and_ended(app: Flask, admin: PageClient, cast: Cast) -> None:
    page = f"/people/{cast.officer}/roles/give"
    admin.get(page)
    typed = {"role": "manager", "unit": str(cast.operations)}
    assert admin.submit(page, typed).status_code == 303
    html = admin.get(f"/people/{cast.officer}").text
    assert "Became manager in Operations." in html
    below = admin.submit(page, {"role": "manager", "unit": str(cast.contact)})
    assert "already manager in Operations, which covers this" in below.text
    link = re.search(rf"/people/{cast.officer}/roles/\d+/end", html)
    assert link is not None
    assert "will no longer be manager in Operations" in admin.get(link[0]).text
    assert admin.submit(link[0]).status_code == 303
    assert admin.get(link[0]).status_code == 404
    with app.app_context():
        ended = db.session.scalars(sa.select(Grant).where(Grant.person_id == cast.officer)).one()
        assert ended.ended_by == cast.administrator


@pytest.mark.parametrize("missing", ["role", "unit"])
def test_a_role_needs_a_unit_of_ones_own(admin: PageClient, cast: Cast, missing: str) -> None:
    page = f"/people/{cast.officer}/roles/give"
    typed = {"role": "manager", "unit": str(cast.operations), missing: ""}
    assert admin.submit(page, typed).status_code == 422
    elsewhere = admin.submit(page, {"role": "manager", "unit": str(cast.control)})
    assert elsewhere.status_code == 422


def _grant_id(app: Flask, person_id: int, role: Role) -> int:
    with app.app_context():
        found = db.session.scalars(
            sa.select(Grant.id).where(Grant.person_id == person_id, Grant.role == role)
        )
        return found.one()


def test_the_last_administrator_keeps_her_role(app: Flask, admin: PageClient, cast: Cast) -> None:
    grant = _grant_id(app, cast.administrator, Role.ADMINISTRATOR)
    own = f"/people/{cast.administrator}/roles/{grant}/end"
    admin.get(own)
    refused = admin.submit(own, follow_redirects=True)
    assert "Nobody else is an administrator of Northshire" in refused.text
    with app.app_context():
        db.session.add(Grant(person_id=cast.trainer, role=Role.ADMINISTRATOR, unit_id=cast.north,
                             granted_at=now_utc()))  # fmt: skip
        db.session.commit()
    assert admin.submit(own).location == "/"
    assert admin.get("/people").status_code == 403


@pytest.fixture
def smaller(app: Flask, client: PageClient, cast: Cast) -> PageClient:
    """The manager of Operations, who is also its administrator, signed in."""
    with app.app_context():
        db.session.add(Grant(person_id=cast.manager, role=Role.ADMINISTRATOR,
                             unit_id=cast.operations, granted_at=now_utc()))  # fmt: skip
        db.session.commit()
    client.sign_in(cast.emails["manager"])
    client.get("/people")
    return client


@pytest.mark.parametrize("act", ["edit", "deactivate", "link"])
def test_an_account_with_a_higher_role_is_not_touched(
    app: Flask, smaller: PageClient, cast: Cast, act: str
) -> None:
    """Else who administers a team could take the account of who administers the force."""
    smaller.get("/people")
    typed = {"name": "Trainer", "number": "Ntrainer", "email": "mine@example.test"}
    answer = smaller.submit(f"/people/{cast.trainer}/{act}", typed, follow_redirects=True)
    assert "holds a role in Northshire, which is outside your units" in answer.text
    with app.app_context():
        trainer = db.session.get_one(Person, cast.trainer)
        assert (trainer.email, trainer.deactivated_at) == ("trainer@example.test", None)
        assert db.session.scalars(sa.select(PasswordLink)).all() == []


def test_a_role_given_above_is_shown_and_not_ended(
    app: Flask, smaller: PageClient, cast: Cast
) -> None:
    html = smaller.get(f"/people/{cast.trainer}").text
    assert "Given above your units" in html
    grant = _grant_id(app, cast.trainer, Role.TRAINER)
    assert smaller.get(f"/people/{cast.trainer}/roles/{grant}/end").status_code == 404


PAGES = ["", "/edit", "/move", "/deactivate", "/reactivate", "/link", "/link/issued", "/roles/give"]


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elsewhere_answers_as_nobody(admin: PageClient, cast: Cast, page: str) -> None:
    elsewhere = admin.get(f"/people/{cast.officer_elsewhere}{page}")
    nobody = admin.get(f"/people/999999{page}")
    assert elsewhere.status_code == 404
    assert without_tokens(elsewhere) == without_tokens(nobody)
    if page and page != "/link/issued":
        for key in (cast.officer_elsewhere, 999999):
            assert admin.submit(f"/people/{key}{page}").status_code == 404


@pytest.mark.parametrize("who", ["officer", "trainer", "manager"])
@pytest.mark.parametrize("page", ["/people", "/people/add", "/units", "/people/import"])
def test_the_pages_are_for_administrators(
    client: PageClient, cast: Cast, who: str, page: str
) -> None:
    client.sign_in(cast.emails[who])
    assert client.get(page).status_code == 403


def test_nobody_signed_in_is_asked_to_sign_in(client: PageClient, cast: Cast) -> None:
    assert cast.north
    assert client.get("/people").status_code in (302, 303, 401)


def test_the_pages_cost_few_queries(app: Flask, admin: PageClient, cast: Cast) -> None:
    with app.app_context():
        engine = db.engine
        assert stays_of(cast.officer)
    seen: list[str] = []

    def count(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        for page in ("/people", f"/people/{cast.officer}", "/units", f"/units/{cast.operations}"):
            seen.clear()
            admin.get(page)
            assert len([one for one in seen if not one.startswith("BEGIN")]) <= 12, page
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
