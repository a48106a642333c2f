"""My record: her own, in words, to take away; nobody else's."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attempts.marking import Response
from app.db import db
from app.learning.facilitating import record_session
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.record import (
    ITEMS,
    add_private,
    make_attempt,
    make_completion,
    make_version,
    sit_down,
)

_TOKEN = re.compile(rb'name="csrf_token"[^>]*>')
ANSWERS = {
    "one": Response(chosen=("no",)),
    "many": Response(chosen=("a", "c")),
    "line": Response(order=("second", "first", "third")),
    "pair": Response(pairs=(("left", "r"), ("right", "r"))),
}


@pytest.fixture
def attempt_id(app: Flask, cast: Cast, client: PageClient) -> int:
    """The officer's completed attempt with everything in it; the officer sits at `client`."""
    with app.app_context():
        version = make_version()
        attempt = make_attempt(
            cast.officer, version, first=ANSWERS, again={"one": Response(chosen=("yes",))}
        )
        add_private(attempt, "canary-mine")
        noise = make_attempt(cast.colleague, version, first=ANSWERS)
        add_private(noise, "canary-hers")
        sit_down(client, cast.officer)
        return attempt.id


def test_a_new_officer_is_told_what_to_do(app: Flask, cast: Cast, client: PageClient) -> None:
    with app.app_context():
        sit_down(client, cast.officer)
    page = client.get("/record").get_data(as_text=True)
    assert "Nothing here yet" in page
    assert 'href="/library"' in page


def test_the_record_lists_completions_and_attempts(
    app: Flask, cast: Cast, client: PageClient, attempt_id: int
) -> None:
    with app.app_context():
        other = make_version("another", title="Of a colleague only")
        make_completion("noise", cast.colleague, other)
        db.session.commit()
    page = client.get("/record").get_data(as_text=True)
    assert page.count("A module of four questions") >= 2
    assert "3 November 2026" in page
    assert "4 of 4" in page
    assert "about 12 minutes" in page
    assert "Debrief record of Officer, as at" in page
    assert "Of a colleague only" not in page


def test_a_facilitated_one_names_the_trainer_to_herself_on_screen_only(
    app: Flask, cast: Cast, client: PageClient, attempt_id: int
) -> None:
    with app.app_context():
        record_session(trainer_id=cast.trainer, paths=("/",), version_id=1,
                       held_on=date(2026, 11, 5), person_ids=[cast.officer],
                       now=datetime(2026, 11, 22, tzinfo=UTC))  # fmt: skip
        db.session.commit()
    page = client.get("/record").get_data(as_text=True)
    at = page.index("Recorded by Trainer, in a facilitated session")
    assert page.rindex("<span", 0, at) == page.rindex('<span class="quiet no-print">', 0, at)
    for url in ("/record/completions.csv", "/record/record.json"):
        assert "acilitated" not in client.get(url).get_data(as_text=True)


def test_an_attempt_shows_own_answers_feedback_and_private_text(
    client: PageClient, attempt_id: int
) -> None:
    page = client.get(f"/record/attempts/{attempt_id}").get_data(as_text=True)
    for said in (
        "Your first answer", "When you looked again: Full credit", "Why no.", "Because of line.",
        "You had: Option second; Option first; Option third.", "You matched: The right",
        "text canary-mine", "words canary-mine", "shift canary-mine", "You covered it in part.",
        "The share of pairs that stand in the right order.",
    ):  # fmt: skip
        assert said in page
    assert "Full credit for the best answer." not in page, "the credit above says it"
    assert "canary-hers" not in page


def test_an_attempt_under_way_names_nothing_that_was_not_reached(
    app: Flask, cast: Cast, client: PageClient
) -> None:
    with app.app_context():
        attempt = make_attempt(
            cast.officer, make_version(), first={"one": ANSWERS["one"]}, completed=False
        )
        sit_down(client, cast.officer)
        address = f"/record/attempts/{attempt.id}"
    page = client.get(address).get_data(as_text=True)
    assert "What about one?" in page
    assert "1 of 4" in page
    for hidden in ("What about many?", "Why a.", "What did you think?", "A point"):
        assert hidden not in page


@pytest.mark.parametrize("who", ["colleague", "trainer", "manager", "administrator"])
def test_another_persons_attempt_does_not_exist(
    app: Flask, cast: Cast, client: PageClient, attempt_id: int, who: str
) -> None:
    other = app.test_client()
    assert isinstance(other, PageClient)
    with app.app_context():
        sit_down(other, cast.people[who])
    strange = other.get(f"/record/attempts/{attempt_id}")
    missing = other.get("/record/attempts/4711")
    assert (strange.status_code, missing.status_code) == (404, 404)
    assert _TOKEN.sub(b"", strange.data) == _TOKEN.sub(b"", missing.data)
    for url in ("/record", "/record/record.json", "/record/everything.json", "/questions",
                "/questions/a-module/1", "/questions/a-module/1/questions.csv"):  # fmt: skip
        assert b"canary-mine" not in other.get(url).data


def test_completions_as_csv_are_safe_and_dated(
    app: Flask, cast: Cast, client: PageClient, attempt_id: int
) -> None:
    with app.app_context():
        make_completion("formula", cast.officer, make_version("sum", title="=1+1"))
        db.session.commit()
    response = client.get("/record/completions.csv")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert rows[0] == ["Module", "Version", "Completed on", "Recorded at", "Unit then"]
    assert {row[0] for row in rows[1:]} == {"'=1+1", "A module of four questions"}
    assert rows[1][2:] == ["2026-11-03", "2026-11-03T09:30:00+00:00", "Contact centre"]


def test_everything_is_described_and_downloaded(client: PageClient, attempt_id: int) -> None:
    page = client.get("/record/everything").get_data(as_text=True)
    assert "one-way code of your password" in page
    found = json.loads(client.get("/record/everything.json").data)
    assert found["commitment"][0]["text"] == "shift canary-mine"
    assert "canary-hers" not in json.dumps(found)


def test_the_record_as_json_holds_answers_in_words(client: PageClient, attempt_id: int) -> None:
    found = json.loads(client.get("/record/record.json").data)
    words = {line["question"]: line["answer"] for line in found["attempts"][0]["answers"]}
    assert words["What about line?"] == ["Option second", "Option first", "Option third"]


@pytest.mark.parametrize(
    "url", ["/record", "/record/attempts/1", "/record/completions.csv", "/record/record.json",
            "/record/everything", "/record/everything.json"]
)  # fmt: skip
def test_nobody_sees_a_record_without_signing_in(app: Flask, cast: Cast, url: str) -> None:
    response = app.test_client().get(url)
    assert response.status_code in (302, 303, 401)
    assert b"Debrief record" not in response.data


def test_no_page_of_the_record_asks_more_with_more_rows_or_writes(
    app: Flask, cast: Cast, client: PageClient, attempt_id: int
) -> None:
    def statements(url: str) -> list[str]:
        seen: list[str] = []
        with app.app_context():
            engine = db.engine

        def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            assert client.get(url).status_code == 200
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        return [line for line in seen if not line.startswith(("BEGIN", "PRAGMA"))]

    urls = ("/record", f"/record/attempts/{attempt_id}", "/record/completions.csv",
            "/record/record.json", "/record/everything.json")  # fmt: skip
    [client.get(url) for url in urls]
    before = {url: len(statements(url)) for url in urls}
    with app.app_context():
        for number in range(5):
            version = make_version(f"more-{number}", items=ITEMS)
            add_private(make_attempt(cast.officer, version, first=ANSWERS), "again")
        db.session.commit()
    [client.get(url) for url in urls]
    after = {url: statements(url) for url in urls}
    assert {url: len(found) for url, found in after.items()} == before
    assert all(len(after[url]) <= 12 for url in urls[:4])
    assert not [line for found in after.values() for line in found if not line.startswith("SELECT")]
