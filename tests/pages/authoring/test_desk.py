"""The trainer's desk: drafts with their state, imported cases, and three ways to begin."""

from __future__ import annotations

import pytest
from flask import Flask

from app.authoring.publishing import publish
from app.db import db, now_utc
from app.drafting import drafting
from app.drafting.models import ModuleDraft
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.cases import imported, text_case
from tests.factories.modules import made_up, plain_module
from tests.pages.drafting.desk import newest, words


@pytest.fixture
def version(app: Flask, cast: Cast) -> int:
    """The newer of two versions of a module, beside a module of another force."""
    with app.app_context():
        publish(made_up(), by=None, at=now_utc())
        found = publish(made_up(title="The newer title"), by=None, at=now_utc())
        publish(made_up("southern", owner="southshire"), by=None, at=now_utc())
        db.session.commit()
        return found.id


@pytest.fixture
def trainer(client: PageClient, cast: Cast, version: int) -> PageClient:
    """A trainer at her desk."""
    client.sign_in(cast.emails["trainer"])
    client.get("/drafts")
    return client


def draft_of(location: str) -> int:
    """Return the id in the address of a draft."""
    return int(location.rstrip("/").rsplit("/", 1)[1])


def test_a_blank_draft_opens_with_its_title(app: Flask, trainer: PageClient) -> None:
    answer = trainer.submit("/drafts/blank", {"title": "  A door that\n stays shut "})
    assert answer.status_code == 303
    assert newest(app, draft_of(answer.location))["title"] == "A door that stays shut"
    assert "A door that stays shut" in words(trainer.get("/drafts").get_data(as_text=True))


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_blank_draft_needs_a_title(trainer: PageClient, title: str) -> None:
    answer = trainer.submit("/drafts/blank", {"title": title})
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert html.count("govuk-form-group--error") == 1
    assert title.strip() in html


def test_a_draft_begins_from_the_newest_version(
    app: Flask, trainer: PageClient, version: int
) -> None:
    html = trainer.get("/drafts").get_data(as_text=True)
    assert "The newer title (version 2)" in html
    assert "southern" not in html
    answer = trainer.submit("/drafts/from-version", {"version": version})
    draft = draft_of(answer.location)
    assert newest(app, draft)["title"] == "The newer title"
    with app.app_context():
        assert db.session.get_one(ModuleDraft, draft).based_on_id == version


@pytest.mark.parametrize("value", ["", "99999", "x", "1"])
def test_only_the_newest_version_of_an_own_module_can_be_chosen(
    trainer: PageClient, value: str
) -> None:
    answer = trainer.submit("/drafts/from-version", {"version": value})
    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)


def test_a_draft_under_way_is_said_and_led_to_before_another_begins(
    app: Flask, trainer: PageClient, version: int
) -> None:
    first = trainer.submit("/drafts/from-version", {"version": version}).location
    answer = trainer.submit("/drafts/from-version", {"version": version})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f'href="{first}"' in html
    assert "by Trainer" in words(html)
    again = trainer.submit("/drafts/from-version", {"version": version, "also": "y"})
    assert draft_of(again.location) == draft_of(first) + 1


def test_drafts_stand_with_their_state_and_cases_with_their_review(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    with app.app_context():
        case = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        drafting.start(
            plain_module(), force_id=cast.north, by=cast.trainer, at=now_utc(), what="Began."
        )
        other = drafting.start(
            plain_module("theirs"), force_id=cast.south, by=None, at=now_utc(), what="Began."
        )
        db.session.commit()
        ids = (case.id, other.id)
    html = trainer.get("/drafts").get_data(as_text=True)
    assert "Title of made-up" in html
    assert "Title of theirs" not in html
    assert f'href="/drafts/{ids[1]}"' not in html
    assert f'href="/cases/{ids[0]}"' in html
    assert "case.txt" in html


def test_a_draft_is_set_aside_and_taken_up_only_when_she_is_sure(
    app: Flask, trainer: PageClient
) -> None:
    draft = draft_of(trainer.submit("/drafts/blank", {"title": "A door"}).location)
    assert "Nothing of it is lost" in trainer.get(f"/drafts/{draft}/set-aside").get_data(True)
    assert not _set_aside(app, draft)
    trainer.submit(f"/drafts/{draft}/set-aside")
    assert _set_aside(app, draft)
    told = words(trainer.get("/drafts").get_data(as_text=True))
    assert "Published and set aside: 1" in told
    assert "Set aside" in told
    trainer.get(f"/drafts/{draft}/take-up")
    trainer.submit(f"/drafts/{draft}/take-up")
    assert not _set_aside(app, draft)
    answer = trainer.submit(f"/drafts/{draft}/take-up")
    assert "is not set aside" in words(trainer.get(answer.location).get_data(as_text=True))


def _set_aside(app: Flask, draft: int) -> bool:
    with app.app_context():
        return db.session.get_one(ModuleDraft, draft).set_aside_at is not None
