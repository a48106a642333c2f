"""Facilitated sessions through the pages: chosen, checked, recorded once, looked back at."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.permissions import Role
from app.attempts.models import FacilitatedSession
from app.db import db, london_date, now_utc
from app.records.models import Completion
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.record import make_version, sit_down

TODAY = london_date(now_utc())


@pytest.fixture
def version_id(app: Flask, cast: Cast, client: PageClient) -> int:
    """A module that can be recorded; the trainer sits at `client` with the page open."""
    with app.app_context():
        version = make_version()
        make_version("elsewhere", title="Owned elsewhere", owner_id=cast.south)
        sit_down(client, cast.trainer)
        found = version.id
    client.get("/sessions/new")
    return found


def _typed(version_id: int, cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "version": str(version_id), "held_on-day": str(TODAY.day),
        "held_on-month": str(TODAY.month), "held_on-year": str(TODAY.year),
        "unit": str(cast.operations), "numbers": "", "step": "check", **more,
    }  # fmt: skip


def _count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Completion)) or 0


def test_people_of_the_chosen_unit_are_offered_and_ticks_are_kept(
    client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = _typed(version_id, cast, step="show", unit=str(cast.response),
                    people=[str(cast.officer)], numbers="N1\nN2")  # fmt: skip
    page = client.submit("/sessions/new", fields).get_data(as_text=True)
    assert "Responder" in page
    assert f'value="{cast.officer}" checked' in page
    assert "Colleague" not in page
    assert "N1\nN2" in page
    assert f'value="{TODAY.year}"' in page


def test_nothing_is_recorded_before_the_list_was_seen(
    app: Flask, client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = _typed(version_id, cast, people=[str(cast.officer)], numbers="ncolleague")
    response = client.submit("/sessions/new", fields)
    page = response.get_data(as_text=True)
    assert "Check before you record" in page
    assert "Officer" in page
    assert "Colleague" in page
    assert "Record 2 completions" in page
    assert _count(app) == 0


def test_recording_twice_from_the_same_page_records_once(
    app: Flask, client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = {"version": str(version_id), "held_on": TODAY.isoformat(),
              "people": [str(cast.officer), str(cast.colleague)], "step": "record"}  # fmt: skip
    first = client.submit("/sessions/new", fields)
    again = client.submit("/sessions/new", fields)
    assert (first.status_code, again.status_code) == (303, 303)
    assert "added twice" in client.get(again.location).get_data(as_text=True)
    assert _count(app) == 2
    page = client.get(first.location).get_data(as_text=True)
    assert "Colleague" in page
    assert "2 people" in page
    assert "2" in client.get("/sessions").get_data(as_text=True)


def test_someone_recorded_already_is_said_and_left_out(
    app: Flask, client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = {"version": str(version_id), "held_on": TODAY.isoformat(),
              "people": [str(cast.officer)], "step": "record"}  # fmt: skip
    client.submit("/sessions/new", fields)
    both = {**fields, "people": [str(cast.officer), str(cast.colleague)], "step": "check"}
    page = client.submit("/sessions/new", both).get_data(as_text=True)
    assert "Already recorded" in page
    assert "Record 1 completion<" in page
    page = client.submit("/sessions/new", {**fields, "step": "check"}).get_data(as_text=True)
    assert 'value="record"' not in page


def test_change_something_goes_back_with_everything_kept(
    client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = {"version": str(version_id), "held_on": TODAY.isoformat(), "step": "change",
              "people": [str(cast.officer)], "unit": str(cast.contact)}  # fmt: skip
    page = client.submit("/sessions/new", fields).get_data(as_text=True)
    assert f'value="{cast.officer}" checked' in page
    assert f'value="{TODAY.year}"' in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("version", "4711", "Choose a module from the list."),
        ("version", "x", "Choose a module from the list."),
        ("held_on-day", "", "must include a day"),
        ("held_on-year", "2199", "must be today or earlier"),
        ("held_on-year", "1999", "within the last year"),
        ("held_on-month", "13", "Enter a real date"),
        ("people", "", "Choose at least one person."),
        ("people", "999999", "not, or no longer, active in your units"),
        ("people", "officer_elsewhere", "not, or no longer, active in your units"),
        ("people", "left", "not, or no longer, active in your units"),
        ("numbers", "Nofficer\nN0", "Line 2: N0 is not the number"),
    ],
)
def test_each_refusal_stands_beside_its_field_and_typing_is_kept(
    app: Flask, client: PageClient, cast: Cast, version_id: int,
    field: str, value: str, sentence: str,
) -> None:  # fmt: skip
    value = str(cast.people.get(value, value))
    fields = {**_typed(version_id, cast, people=[str(cast.officer)]), field: value}
    for step in ("check", "record"):
        response = client.submit("/sessions/new", {**fields, "step": step})
        page = response.get_data(as_text=True)
        assert response.status_code == 422
        assert sentence in page
        assert "Error: " in page
    assert _count(app) == 0


def test_another_trainers_session_does_not_exist(
    app: Flask, client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = {"version": str(version_id), "held_on": TODAY.isoformat(),
              "people": [str(cast.officer)], "step": "record"}  # fmt: skip
    location = client.submit("/sessions/new", fields).location
    other = app.test_client()
    assert isinstance(other, PageClient)
    with app.app_context():
        sit_down(other, cast.trainer_elsewhere)
    assert other.get(location).status_code == 404
    assert "None recorded yet" in other.get("/sessions").get_data(as_text=True)
    page = other.get("/sessions/new").get_data(as_text=True)
    assert "Officer Elsewhere" in page or "Control room" in page
    assert "Contact centre" not in page


@pytest.mark.parametrize("who", ["officer", "manager", "administrator"])
def test_only_trainers_reach_it(app: Flask, cast: Cast, client: PageClient, who: str) -> None:
    with app.app_context():
        sit_down(client, cast.people[who])
    for url in ("/sessions", "/sessions/new", "/sessions/1"):
        assert client.get(url).status_code == 403
    client.get("/record")
    assert client.submit("/sessions/new", {"step": "record"}).status_code == 403


def test_added_fields_change_nothing(
    app: Flask, client: PageClient, cast: Cast, version_id: int
) -> None:
    fields = {"version": str(version_id), "held_on": TODAY.isoformat(), "step": "record",
              "people": [str(cast.officer)], "recorded_by": str(cast.manager), "credit": "1",
              "trainer_id": str(cast.manager), "role": Role.MANAGER.value}  # fmt: skip
    client.submit("/sessions/new", fields)
    with app.app_context():
        row = db.session.scalars(sa.select(FacilitatedSession)).one()
        assert (row.recorded_by, row.attended) == (cast.trainer, 1)


def test_without_a_module_the_page_says_so(app: Flask, cast: Cast, client: PageClient) -> None:
    with app.app_context():
        sit_down(client, cast.trainer)
    assert "No modules yet" in client.get("/sessions/new").get_data(as_text=True)
