"""The pages of the import: upload, look, apply; nobody is changed before, and nobody elsewhere."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Grant, Person
from app.accounts.permissions import Role
from app.db import db, now_utc
from app.people.models import PeopleImport
from tests.browser import PageClient
from tests.cast import Cast

HEAD = "personnel_number,name,email,unit\n"
NEW = HEAD + "X1,Nia Rees,nia@example.test,Crime\n"


@pytest.fixture
def admin(client: PageClient, cast: Cast) -> PageClient:
    """The administrator of Northshire, signed in."""
    client.sign_in(cast.emails["administrator"])
    client.get("/people/import")
    return client


def upload(client: PageClient, cast: Cast, text: str, **more: str) -> TestResponse:
    file = (io.BytesIO(text.encode()), "staff.csv")
    return client.submit("/people/import", {"file": file, "force": str(cast.north), **more})


def shown(client: PageClient, cast: Cast, text: str, **more: str) -> tuple[str, str]:
    """Upload and open the preview; return its address and its text."""
    answer = upload(client, cast, text, **more)
    assert answer.status_code == 303
    return answer.location, client.get(answer.location).text


def person(app: Flask, number: str) -> Person | None:
    with app.app_context():
        found = sa.select(Person).where(Person.personnel_number == number)
        return db.session.scalars(found).one_or_none()


def test_nobody_is_changed_before_the_import_is_applied(
    app: Flask, admin: PageClient, cast: Cast
) -> None:
    address, html = shown(admin, cast, NEW)
    assert "New: 1 person" in html
    assert "Read as UTF-8" in html
    assert person(app, "X1") is None
    assert admin.submit(f"{address}/apply").status_code == 303
    made = person(app, "X1")
    assert made is not None
    assert made.name == "Nia Rees"
    assert "Applied to Northshire" in admin.get(address).text
    with app.app_context():
        kept = db.session.scalars(
            sa.select(PeopleImport).options(sa.orm.undefer(PeopleImport.body))
        ).one()
        assert (kept.body, kept.difference) == (None, None)
    assert "Unchanged" not in shown(admin, cast, NEW)[1]


def test_applying_twice_applies_once(app: Flask, admin: PageClient, cast: Cast) -> None:
    address, _ = shown(admin, cast, NEW)
    admin.submit(f"{address}/apply")
    again = admin.submit(f"{address}/apply", follow_redirects=True)
    assert "no longer kept" in again.text
    with app.app_context():
        counted = sa.select(sa.func.count()).where(Person.personnel_number == "X1")
        assert db.session.scalar(counted) == 1


def test_a_refused_row_stops_all_and_can_be_downloaded(
    app: Flask, admin: PageClient, cast: Cast
) -> None:
    bad = NEW + '=1+1,"@Bo",bo@example.test,Contact center\n'
    address, html = shown(admin, cast, bad)
    assert "1 row refused" in html
    assert "Is “Contact centre” meant?" in html
    assert "Apply the import" not in html
    answer = admin.submit(f"{address}/apply", follow_redirects=True)
    assert "all or nothing" in answer.text
    assert person(app, "X1") is None
    download = admin.get(f"{address}/refused.csv")
    line, reason, number, name, *_ = list(csv.reader(io.StringIO(download.text)))[1]
    assert (line, number, name) == ("3", "'=1+1", "'@Bo")
    assert "Contact center" in reason


def test_the_whole_difference_can_be_downloaded(admin: PageClient, cast: Cast) -> None:
    text = NEW + "Nofficer,Sam Okoro,officer@example.test,Crime\n"
    text += "Ncolleague,Colleague,colleague@example.test,Contact centre\n"
    address, html = shown(admin, cast, text)
    rows = list(csv.reader(io.StringIO(admin.get(f"{address}/difference.csv").text)))
    assert [row[0] for row in rows[1:]] == ["moved", "new"]
    assert rows[1][6] == "From Contact centre to Crime. Name was Officer."
    assert "From Contact centre to Crime. Name was Officer." in html


def test_many_more_rows_than_are_shown_are_counted(admin: PageClient, cast: Cast) -> None:
    text = HEAD + "".join(f"X{n},Person {n},x{n}@example.test,Crime\n" for n in range(60))
    _, html = shown(admin, cast, text)
    assert "New: 60 people" in html
    assert "The first 50 of 60 are shown" in html


def test_touching_many_people_needs_a_tick(app: Flask, admin: PageClient, cast: Cast) -> None:
    text = HEAD + "Nofficer,New Name,officer@example.test,Crime\n"
    text += "Ncolleague,Other Name,colleague@example.test,Crime\n"
    address, html = shown(admin, cast, text)
    assert "2 of 6 active people would be changed, moved or deactivated" in html
    refused = admin.submit(f"{address}/apply")
    assert refused.status_code == 422
    assert "more than 20 per cent" in refused.text
    found = person(app, "Nofficer")
    assert found is not None
    assert found.name == "Officer"
    assert admin.submit(f"{address}/apply", {"change_many": "y"}).status_code == 303
    found = person(app, "Nofficer")
    assert found is not None
    assert found.name == "New Name"


def test_what_was_not_shown_is_not_applied(app: Flask, admin: PageClient, cast: Cast) -> None:
    address, _ = shown(admin, cast, NEW)
    with app.app_context():
        db.session.get_one(Person, cast.officer).email = "nia@example.test"
        db.session.commit()
    answer = admin.submit(f"{address}/apply", follow_redirects=True)
    assert "People or units were changed after this difference was made" in answer.text
    assert "1 row refused" in answer.text
    assert person(app, "X1") is None


def test_missing_people_are_deactivated_only_when_asked(
    app: Flask, admin: PageClient, cast: Cast
) -> None:
    text = HEAD + "Nofficer,Officer,officer@example.test,Contact centre\n"
    assert "Deactivated: " not in shown(admin, cast, text)[1]
    address, html = shown(admin, cast, text, deactivate_missing="y")
    assert "Deactivated: 4 people" in html
    assert "Missing and kept: 1 person" in html
    admin.submit(f"{address}/apply", {"change_many": "y"})
    with app.app_context():
        active = sa.select(Person.id).where(
            Person.deactivated_at.is_(None), Person.force_id == cast.north
        )
        assert set(db.session.scalars(active)) == {cast.officer, cast.administrator}
        assert db.session.get_one(Person, cast.officer_elsewhere).deactivated_at is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        ("PK\x03\x04", "Excel workbook"),
        ("name,email,unit\n", "“personnel_number”"),
        (HEAD.replace("unit", "unit,shoe size"), "“shoe size”"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    admin: PageClient, cast: Cast, text: str, sentence: str
) -> None:
    answer = upload(admin, cast, text)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_is_asked_for(admin: PageClient, cast: Cast) -> None:
    answer = admin.submit("/people/import", {"force": str(cast.north)})
    assert answer.status_code == 422
    assert "Choose a CSV file" in answer.text


def test_a_file_for_another_force_is_refused(admin: PageClient, cast: Cast) -> None:
    answer = upload(admin, cast, NEW, force=str(cast.south))
    assert answer.status_code == 422


def test_a_discarded_upload_is_gone(app: Flask, admin: PageClient, cast: Cast) -> None:
    address, _ = shown(admin, cast, NEW)
    assert admin.submit(f"{address}/discard").status_code == 303
    assert "no longer kept" in admin.get(address).text
    assert "no longer kept" in admin.submit(f"{address}/apply", follow_redirects=True).text
    assert admin.get(f"{address}/difference.csv").status_code == 303
    assert person(app, "X1") is None


def test_an_upload_is_kept_for_a_day(app: Flask, admin: PageClient, cast: Cast) -> None:
    address, _ = shown(admin, cast, NEW)
    with app.app_context():
        db.session.scalars(sa.select(PeopleImport)).one().uploaded_at = now_utc() - timedelta(
            days=1
        )
        db.session.commit()
    assert "no longer kept" in admin.get(address).text
    assert "no longer kept" in admin.submit(f"{address}/apply", follow_redirects=True).text
    shown(admin, cast, NEW)
    with app.app_context():
        bodies = db.session.scalars(sa.select(PeopleImport.body).order_by(PeopleImport.id)).all()
        assert [body is None for body in bodies] == [True, False]


def test_an_upload_of_somebody_else_does_not_exist(
    app: Flask, admin: PageClient, cast: Cast
) -> None:
    address, _ = shown(admin, cast, NEW)
    other = app.test_client()
    assert isinstance(other, PageClient)
    other.sign_in(cast.emails["administrator_elsewhere"])
    other.get("/people/import")
    for page in (address, f"{address}/difference.csv", f"{address}/refused.csv"):
        assert other.get(page).status_code == 404
    for act in ("apply", "discard"):
        assert other.submit(f"{address}/{act}").status_code == 404
    assert "staff.csv" not in other.get("/people/import").text


def test_an_administrator_of_a_department_imports_into_it_only(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    with app.app_context():
        db.session.add(Grant(person_id=cast.manager, role=Role.ADMINISTRATOR,
                             unit_id=cast.operations, granted_at=now_utc()))  # fmt: skip
        db.session.commit()
    client.sign_in(cast.emails["manager"])
    client.get("/people/import")
    text = HEAD + "Nofficer,Officer,officer@example.test,Response A\n"
    text += "X1,Nia,nia@example.test,Crime\nNadministrator,Al,al@example.test,Response A\n"
    _, html = shown(client, cast, text)
    assert "Moved: 1 person" in html
    assert "There is no unit called “Crime”" in html
    assert "belongs to somebody outside your units" in html
