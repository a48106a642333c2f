"""The report on screen and as files: the same rows, one's own units, and nothing else."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Unit
from app.assigning.assignments import withdraw
from app.assigning.models import Assignment
from app.attempts.models import Reflection, ReflectionState
from app.db import db, london_date, now_utc
from tests.browser import PageClient, read_page, without_tokens
from tests.cast import Cast, make_person
from tests.factories.assigning import (
    make_assignment,
    make_attempt,
    make_completion,
    make_version,
)

HOSTILE = ("=1+1", "@SUM(A1)", "-2+3", "+44", "O'Brien & <b>Söns</b>")
MANAGER = "manager@example.test"


@pytest.fixture
def asked(app: Flask, cast: Cast) -> Cast:
    """Operations and Southshire asked; 60 more people in Response A, some with hostile names."""
    with app.app_context():
        version, other = make_version(), make_version("another")
        response = db.session.get_one(Unit, cast.response)
        people = [make_person(f"many_{n:02}", response) for n in range(60)]
        for person, name in zip(people, HOSTILE, strict=False):
            person.name = name
            person.personnel_number = f"{name[:1]}{person.id}"
        now, today = now_utc(), london_date(now_utc())
        make_completion(other, people[50].id, on=today)
        make_assignment(
            version, cast.operations, by=cast.manager, at=now, due_on=today + timedelta(days=3)
        )
        yesterday = today - timedelta(days=1)
        make_assignment(
            other, cast.contact, by=cast.manager, at=now - timedelta(days=5), due_on=yesterday
        )
        make_assignment(version, cast.south, by=cast.manager_elsewhere, at=now, due_on=today)
        for person in people[:20]:
            make_completion(version, person.id, on=today)
        for person in people[20:30]:
            make_attempt(version, person.id)
        db.session.commit()
    return cast


@pytest.fixture
def manager(client: PageClient, asked: Cast) -> PageClient:
    """The manager of Operations, signed in."""
    client.sign_in(MANAGER)
    return client


def _cell(element: Any) -> str:
    moment = element.find(".//time")
    if moment is not None:
        return str(moment.get("datetime"))
    return "".join(element.itertext()).strip()


def _screen(client: PageClient, **arguments: str) -> list[list[str]]:
    """Return the rows of the table by person, from all pages, as a person reads them."""
    rows: list[list[str]] = []
    for number in range(1, 30):
        query = urlencode({**arguments, "page": str(number)})
        tree = read_page(client.get(f"/completions?{query}").text)
        tables = [t for t in tree.iter("table") if t.find(".//caption").text == "By person"]
        found = [
            [_cell(cell) for cell in row.iter() if cell.tag in ("th", "td")]
            for table in tables
            for row in table.find("tbody").iter("tr")
        ]
        if not found or found[-1] in rows[-1:]:
            break
        rows += found
        if len(found) < 25:
            break
    return rows


def _csv(client: PageClient, **arguments: str) -> list[list[str]]:
    answer = client.get("/completions/download.csv", query_string=arguments)
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    return [[cell.removeprefix("'") for cell in row] for row in rows[1:]]


def _xlsx(client: PageClient, **arguments: str) -> list[list[str]]:
    answer = client.get("/completions/download.xlsx", query_string=arguments)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["Completions"]

    def text(value: Any) -> str:
        if value is None:
            return ""
        return value.date().isoformat() if hasattr(value, "date") else str(value)

    return [[text(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"sort": "-completed"},
        {"sort": "status", "module": "made-up"},
        {"status": "in_progress"},
        {"status": "overdue"},
        {"q": "many 3", "sort": "-number"},
        {"status": "completed", "module": "another"},
        {"unit": "contact", "sort": "module"},
    ],
    ids=str,
)
def test_screen_csv_and_workbook_hold_the_same_rows(
    manager: PageClient, asked: Cast, arguments: dict[str, str]
) -> None:
    if "unit" in arguments:
        arguments = {**arguments, "unit": str(asked.units[arguments["unit"]])}
    screen = _screen(manager, **arguments)
    assert screen == _csv(manager, **arguments)
    assert screen == _xlsx(manager, **arguments)
    if not arguments:
        assert len(screen) == 67
    assert bool(screen) == (arguments != {"status": "completed", "module": "another"})


def test_the_figures_are_honest(manager: PageClient, asked: Cast) -> None:
    page = manager.get("/completions").text
    assert "20 of 67" in page
    assert "completed; 1 more completed without being asked" in page
    assert re.search(r"<dt>overdue</dt><dd>2</dd>", page)
    assert re.search(r"<dt>in progress</dt><dd>10</dd>", page)
    assert "20 of 61" in page
    assert "Southshire" not in page
    assert "As at" in page


def test_filters_sorting_and_pages_stay_in_the_address(manager: PageClient, asked: Cast) -> None:
    page = manager.get(f"/completions?unit={asked.response}&status=completed&sort=-due").text
    base = f"unit={asked.response}&amp;status=completed"
    assert f"/completions?{base}&amp;sort=name" in page
    assert f"/completions/download.csv?{base}&amp;sort=-due" in page
    assert "20 of 61" in page
    assert "The figures above count everyone in Response A" in page
    second = manager.get("/completions?page=2").text
    assert "26 to 50 of 67 rows" in second
    assert "51 to 67 of 67 rows" in manager.get("/completions?page=99").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("unit=abc", "There is no such unit among yours"),
        ("unit=999999", "There is no such unit among yours"),
        ("module=none", "There is no such module"),
        ("status=late", "There is no such status"),
        ("sort=password", "The rows cannot be sorted by “password”"),
        ("page=x", "There is no page “x”"),
        ("page=0", "There is no page “0”"),
        ("page=-1", "There is no page “-1”"),
        ("page=99999999999999999999", "There is no page"),
        ("q=" + "x" * 101, "no more than 100 characters"),
    ],
)
def test_a_bad_value_is_a_sentence_and_shows_no_figures(
    manager: PageClient, query: str, sentence: str
) -> None:
    answer = manager.get(f"/completions?{query}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "of 67" not in answer.text
    assert manager.get(f"/completions/download.csv?{query}").status_code == 400
    assert manager.get(f"/completions/download.xlsx?{query}").status_code == 400


def test_a_unit_elsewhere_answers_as_one_that_does_not_exist(
    manager: PageClient, asked: Cast
) -> None:
    pages = [manager.get(f"/completions?unit={n}") for n in (asked.south, 999999)]
    assert pages[0].status_code == pages[1].status_code
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def test_a_person_has_statuses_dates_and_reasons(
    app: Flask, manager: PageClient, asked: Cast
) -> None:
    with app.app_context():
        version = make_version("third")
        made = make_assignment(
            version, asked.contact, by=asked.manager, at=now_utc(),
            due_on=london_date(now_utc()),
        )  # fmt: skip
        assignment = db.session.get_one(Assignment, made.id)
        withdraw(assignment, reason="Replaced soon.", by=asked.manager, now=now_utc())
        make_completion(make_version("unasked"), asked.officer, on=date(2026, 2, 3))
        db.session.commit()
    page = manager.get(f"/completions/people/{asked.officer}").text
    assert "because they were in Operations; due by" in page
    assert "Overdue" in page
    assert "Title of unasked, state 1, version 1" in page
    assert "3 February 2026" in page
    assert "Replaced soon." in page


def test_people_elsewhere_do_not_exist(manager: PageClient, asked: Cast) -> None:
    for person_id in (asked.officer_elsewhere, asked.administrator, 999999):
        assert manager.get(f"/completions/people/{person_id}").status_code == 404


def test_someone_deactivated_is_shown_as_not_counted(manager: PageClient, asked: Cast) -> None:
    assert "the report does not count it" in manager.get(f"/completions/people/{asked.left}").text


def test_a_module_has_counts_and_its_questions_for_managers(
    app: Flask, manager: PageClient, asked: Cast
) -> None:
    page = manager.get("/completions/modules/made-up").text
    assert "20 of 65" in page
    assert "canary-policy" in page
    assert "Question 1, asked by Debrief" in page
    assert "Overview, paragraph 1" in page
    with app.app_context():
        make_version("of-south", owner_id=asked.south)
        db.session.commit()
    for slug in ("of-south", "nothing"):
        assert manager.get(f"/completions/modules/{slug}").status_code == 404


def test_nothing_of_answers_minutes_or_reflections_is_shown(
    app: Flask, manager: PageClient, asked: Cast
) -> None:
    with app.app_context():
        attempt = make_attempt(make_version("made-up"), asked.officer)
        attempt.active_seconds = 54321
        db.session.add(
            Reflection(attempt_id=attempt.id, item_id="r1", state=ReflectionState.WRITTEN,
                       text=b"canary-private", written_at=now_utc())
        )  # fmt: skip
        db.session.commit()
    for url in (
        "/completions?q=officer",
        "/completions/download.csv",
        f"/completions/people/{asked.officer}",
        "/completions/modules/made-up",
    ):
        text = manager.get(url).text
        for secret in ("canary-private", "54321", "905", "canary-feedback", "session:", "attempt"):
            if secret == "attempt" and "people/" in url:
                continue
            assert secret not in text, (url, secret)


def test_only_managers_may_look(app: Flask, asked: Cast) -> None:
    urls = ("/completions", "/completions/download.csv", "/completions/download.xlsx",
            f"/completions/people/{asked.officer}", "/completions/modules/made-up")  # fmt: skip
    for email in ("officer@example.test", "trainer@example.test", "administrator@example.test"):
        client = app.test_client()
        assert isinstance(client, PageClient)
        client.sign_in(email)
        assert {client.get(url).status_code for url in urls} == {403}
    nobody = app.test_client()
    assert {nobody.get(url).status_code for url in urls} <= {302, 303, 401}


def test_another_manager_sees_her_own(client: PageClient, asked: Cast) -> None:
    client.sign_in("manager_elsewhere@example.test")
    page = client.get("/completions").text
    assert "0 of 4" in page
    assert "Officer Elsewhere" in page
    assert "Many" not in page


def test_a_page_makes_at_most_eight_queries(app: Flask, manager: PageClient, asked: Cast) -> None:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        manager.get("/completions?q=many")
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert 1 < len([s for s in seen if not s.startswith("BEGIN")]) <= 8


def test_before_anything_is_assigned(client: PageClient, cast: Cast) -> None:
    client.sign_in(MANAGER)
    assert "Nobody has been asked yet" in client.get("/completions").text
    assert client.get("/completions/download.csv").status_code == 200
