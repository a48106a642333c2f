"""The home page tells a trainer which drafts wait for her, and nobody else of any."""

from __future__ import annotations

import pytest
from flask import Flask

from app.authoring import reviewing
from app.db import db
from tests.authoring.reviewed import AT, LATER, draft_of, second_trainer
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.pages.drafting.desk import words

SECOND = "second_trainer@example.test"


@pytest.fixture
def many(app: Flask, cast: Cast) -> None:
    """Three drafts asked for, and one of which changes were asked."""
    with app.app_context():
        second = second_trainer(cast)
        for number in range(4):
            draft = draft_of(cast, slug=f"draft-{number}")
            reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
        reviewing.sign_off(draft, revision=1, approved=False, note="N.", by=second, at=LATER)
        db.session.commit()


def home(client: PageClient, email: str) -> str:
    client.sign_in(email)
    return client.get("/").text


def test_the_second_trainer_is_told_what_waits_for_her(many: None, client: PageClient) -> None:
    html = home(client, SECOND)
    assert words(html).count("Waits for your sign-off") == 3
    assert 'href="/drafts/1/review"' in html
    assert "Changes asked for" not in words(html)
    listed = client.get("/drafts").text
    assert words(listed).count("In review Waits for your sign-off") == 3
    assert words(listed).count("Changes asked for") == 1


def test_the_author_is_told_that_changes_are_asked_for(
    many: None, client: PageClient, cast: Cast
) -> None:
    html = home(client, cast.emails["trainer"])
    assert words(html).count("Changes asked for") == 1
    assert "by Second Trainer" in words(html)
    assert "Waits for your sign-off" not in words(html)
    page = client.get("/drafts/4/review").text
    assert "Ask for another review" in page
    assert client.submit("/drafts/4/review/ask").status_code == 303
    assert "Changes asked for" not in words(client.get("/").text)
    assert "Ask for another review" not in client.get("/drafts/4/review").text


@pytest.mark.parametrize("who", ["officer", "manager", "trainer_elsewhere"])
def test_nobody_else_is_told(
    app: Flask, many: None, client: PageClient, cast: Cast, who: str
) -> None:
    with counted_queries(app) as statements:
        html = home(client, cast.emails[who])
    assert "Drafts that wait for you" not in html
    asked = any("sign_off" in statement for statement in statements)
    assert asked == (who == "trainer_elsewhere"), "only who may write is looked up"


def test_many_drafts_cost_one_question(
    app: Flask, many: None, client: PageClient, cast: Cast
) -> None:
    home(client, SECOND)
    with counted_queries(app) as statements:
        client.get("/")
    assert len([each for each in statements if "module_draft" in each]) == 1
    assert len(statements) <= 12
