"""The trainer's counts through the pages: questions, never people."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask

from app.accounts.models import Unit
from app.attempts.marking import Response
from app.db import db
from tests.browser import PageClient
from tests.cast import Cast, make_person
from tests.factories.record import add_private, make_attempt, make_version, sit_down

YES, NO = Response(chosen=("yes",)), Response(chosen=("no",))
ORDER = Response(order=("second", "first", "third"))


@pytest.fixture
def answered(app: Flask, cast: Cast, client: PageClient) -> None:
    """Eleven people answered one question, two others another; a trainer sits at `client`."""
    with app.app_context():
        version = make_version(title='=HYPERLINK("x")')
        unit = db.session.get_one(Unit, cast.contact)
        for at in range(11):
            person = make_person(f"secretname{at}", unit)
            attempt = make_attempt(person.id, version, first={"one": YES if at < 7 else NO})
            add_private(attempt, "canary-private")
        make_attempt(cast.officer, version, first={"line": ORDER}, completed=False)
        make_attempt(cast.colleague, version, first={"line": ORDER})
        make_version("elsewhere", title="Owned elsewhere", owner_id=cast.south)
        sit_down(client, cast.trainer)


def test_modules_and_versions_are_listed(client: PageClient, answered: None) -> None:
    page = client.get("/questions").get_data(as_text=True)
    assert "/questions/a-module/1" in page
    assert "12 of 13 begun" in page
    assert "Owned elsewhere" not in page


def test_counts_shares_and_too_few(client: PageClient, answered: None) -> None:
    page = client.get("/questions/a-module/1").get_data(as_text=True)
    assert "<strong>7 of 11</strong> had full credit" in page
    assert "4 of 11" in page
    assert "Answered by 2 people: too few to say." in page
    assert "2 of 2" not in page
    assert "Nobody has answered this yet." in page
    assert "Option second" in page


def test_no_person_no_text_and_no_date_of_an_answer(client: PageClient, answered: None) -> None:
    for url in ("/questions", "/questions/a-module/1", "/questions/a-module/1/questions.csv"):
        page = client.get(url).get_data(as_text=True)
        for hidden in ("ecretname", "Officer", "canary", "3 November 2026, 09:30", "Contact"):
            assert hidden not in page.replace("Published", ""), (url, hidden)


def test_the_csv_holds_the_counts_of_the_page_safely(client: PageClient, answered: None) -> None:
    text = client.get("/questions/a-module/1/questions.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    first = rows[0]
    assert first["Module"] == '\'=HYPERLINK("x")'
    assert [
        first[name]
        for name in (
            "Option", "Chosen by (people)", "Answered by (people)", "Full credit (people)",
        )
    ] == ["Option yes", "7", "11", "7"]  # fmt: skip
    assert first["Mean credit (0 to 1)"] == "0.6364"
    few = [row for row in rows if row["Item"] == "line"]
    assert {row["Note"] for row in few} == {"Fewer than 10 people: too few to say"}
    think = next(row for row in rows if row["Item"] == "think")
    assert (think["Written (people)"], think["Skipped (people)"]) == ("11", "0")


@pytest.mark.parametrize("path", ["elsewhere/1", "a-module/2", "nothing/1"])
def test_what_is_not_hers_answers_as_what_is_not_there(
    client: PageClient, answered: None, path: str
) -> None:
    assert client.get(f"/questions/{path}").status_code == 404
    assert client.get(f"/questions/{path}/questions.csv").status_code == 404


@pytest.mark.parametrize("who", ["officer", "manager", "administrator"])
def test_only_trainers_reach_it(app: Flask, cast: Cast, client: PageClient, who: str) -> None:
    with app.app_context():
        make_version()
        sit_down(client, cast.people[who])
    for url in ("/questions", "/questions/a-module/1", "/questions/a-module/1/questions.csv"):
        assert client.get(url).status_code == 403


def test_without_modules_the_page_says_so(app: Flask, cast: Cast, client: PageClient) -> None:
    with app.app_context():
        sit_down(client, cast.trainer)
    assert "No modules yet" in client.get("/questions").get_data(as_text=True)
