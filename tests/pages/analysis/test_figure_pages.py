"""The figures of questions through the pages: with their intervals, and withheld under ten."""

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
from tests.counting import counted_queries
from tests.factories.record import ITEMS, make_attempt, make_version, sit_down

YES, NO = Response(chosen=("yes",)), Response(chosen=("no",))
RIGHT, LEFT = Response(chosen=("a", "b")), Response(chosen=("c",))
TWO = ITEMS[:2]


@pytest.fixture
def sat(app: Flask, cast: Cast, client: PageClient) -> None:
    """Thirty-two people answered both questions of version 1, nine those of version 2."""
    with app.app_context():
        first, second = make_version(items=TWO), make_version(number=2, items=TWO)
        unit = db.session.get_one(Unit, cast.contact)
        for at in range(41):
            person = make_person(f"secretname{at}", unit)
            # On the first question the key goes with being wrong on the other.
            given = (YES, LEFT) if at % 2 else (NO, RIGHT)
            answers = dict(zip(("one", "many"), given, strict=True))
            make_attempt(person.id, first if at < 32 else second, first=answers)
            if at == 0:
                make_attempt(person.id, second, first=answers)
        sit_down(client, cast.trainer)


def test_each_figure_has_its_interval_and_its_people(client: PageClient, sat: None) -> None:
    page = client.get("/questions/a-module/1").get_data(as_text=True)
    assert "<strong>0.50</strong>, probably between 0.34 and 0.66, from 32 people" in page
    assert "<strong>−1.00</strong>, probably between −1.00 and" in page
    assert "check the key and the wording" in page
    assert "People who do well elsewhere choose “Option no”: check the key." in page
    assert "None of the 32 people who answered chose “Option half”" in page
    assert '<a href="#q-one">question 1</a>' in page
    assert "because it is never asked" in page


def test_under_ten_only_how_many_answered(client: PageClient, sat: None) -> None:
    page = client.get("/questions/a-module/2").get_data(as_text=True)
    # The one who had begun version 1 before is not counted again.
    assert "Answered by 9 people: too few to say." in page
    assert "Completed by 9 people the first time: too few to say" in page
    for hidden in (
        "of 9",
        "</strong> had full credit",
        "Mean credit</dt>",
        "Chosen by",
        "<strong>0.",
    ):
        assert hidden not in page
    text = client.get("/questions/a-module/2/questions.csv").get_data(as_text=True)
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        assert row["Answered by (people)"] == "9"
        assert row["Note"] == "Fewer than 10 people: too few to say"
        assert not any(row[name] for name in row if name.startswith(("Mean", "Chosen", "Full")))


def test_few_answers_do_not_show_which_wrong_pairs_were_chosen(
    app: Flask, cast: Cast, client: PageClient
) -> None:
    with app.app_context():
        crossed = Response(pairs=(("left", "r"), ("right", "l")))
        make_attempt(cast.officer, make_version(), first={"pair": crossed})
        sit_down(client, cast.trainer)
    text = client.get("/questions/a-module/1/questions.csv").get_data(as_text=True)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert {row["Key"] for row in rows if row["Item"] == "pair"} == {"Right"}
    assert (
        "Not right"
        not in client.get("/questions/a-module/1")
        .get_data(as_text=True)
        .split("What about pair?")[1]
        .split("Time</h2>")[0]
    )


def test_the_version_before_stands_beside(app: Flask, client: PageClient, sat: None) -> None:
    with app.app_context():
        third = make_version(number=3, items=TWO)
        unit = (
            db.session.query(Unit).filter_by(name="Contact").first()
            or db.session.query(Unit).first()
        )
        assert unit is not None
        for at in range(10):
            person = make_person(f"third{at}", unit)
            make_attempt(person.id, third, first={"one": YES, "many": RIGHT})
        db.session.commit()
    page = client.get("/questions/a-module/3").get_data(as_text=True)
    assert "Version 2" in page
    assert (
        "Answered by 9 people: too few to compare with. The question is the same in both." in page
    )
    assert "All 10" not in page
    assert "Almost everybody is right" in page


def test_the_csv_has_the_figures_with_their_intervals(client: PageClient, sat: None) -> None:
    text = client.get("/questions/a-module/1/questions.csv").get_data(as_text=True)
    row = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert (row["Mean credit (0 to 1)"], row["Discrimination (-1 to 1)"]) == ("0.5", "-1")
    assert (row["Answered every question (people)"], row["Chosen by (people)"]) == ("32", "16")
    assert row["Mean credit elsewhere of who chose it (0 to 1)"] == "0"
    assert "check the key" in row["Note"]


def test_no_page_asks_more_than_twelve_questions_of_the_database(
    app: Flask, client: PageClient, sat: None
) -> None:
    for url in ("/questions/a-module/2", "/questions/a-module/2/questions.csv", "/questions"):
        with counted_queries(app) as found:
            assert client.get(url).status_code == 200
        assert len(found) <= 12, (url, len(found))


def test_no_person_stands_in_the_figures(client: PageClient, sat: None) -> None:
    for url in ("/questions/a-module/1", "/questions/a-module/1/questions.csv"):
        assert "ecretname" not in client.get(url).get_data(as_text=True)
