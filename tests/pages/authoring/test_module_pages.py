"""The page of a module: its versions, its review date, retiring it and bringing it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.audit import history_of
from app.attempts.models import Attempt
from app.authoring.publishing import publish
from app.catalogue.models import Module
from app.db import db, london_date, now_utc
from tests.authoring.reviewed import AT
from tests.authoring.test_syncing import attempt
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.modules import made_up
from tests.pages.drafting.desk import words


@pytest.fixture
def trainer(app: Flask, client: PageClient, cast: Cast) -> PageClient:
    """A trainer, signed in, with two versions of one module and another force's module."""
    with app.app_context():
        first = publish(made_up(), by=cast.trainer, at=AT)
        publish(made_up(title="A better title"), by=None, at=AT)
        publish(made_up("southern", owner="southshire"), by=None, at=AT)
        attempt(cast.officer, first)
        attempt(cast.colleague, first, complete=True)
        db.session.commit()
    client.sign_in(cast.emails["trainer"])
    client.get("/account")
    return client


def told(client: PageClient, url: str) -> str:
    return words(client.get(url).get_data(as_text=True))


def module(app: Flask, slug: str = "made-up") -> Module:
    with app.app_context():
        return db.session.scalars(sa.select(Module).where(Module.slug == slug)).one()


def test_it_lists_versions_with_what_changed(trainer: PageClient) -> None:
    html = trainer.get("/preview/made-up").get_data(as_text=True)
    assert 'href="/preview/made-up/2/changes"' in html
    page = words(html)
    assert "Version 2 1 March 2026 a command not recorded Wording" in page
    assert "Everyone, in every force" in page
    assert "Officer" not in page
    assert trainer.get("/preview/southern").status_code == 404
    assert trainer.get("/preview/none").status_code == 404


def test_two_versions_are_compared(trainer: PageClient) -> None:
    page = told(trainer, "/preview/made-up/2/changes")
    assert "version 2 against version 1" in page
    assert "The title changed." in page
    assert "Compare with another version" not in page
    assert "Everything is new" in told(trainer, "/preview/made-up/1/changes")
    back = told(trainer, "/preview/made-up/1/changes?since=2")
    assert "version 1 against version 2" in back
    assert trainer.get("/preview/made-up/2/changes?since=7").status_code == 404
    assert trainer.get("/preview/southern/1/changes").status_code == 404


def test_a_review_date_is_set_shown_when_past_and_taken_away(
    app: Flask, trainer: PageClient
) -> None:
    url = "/preview/made-up/review-by"
    past = london_date(now_utc()) - timedelta(days=1)
    sent = {"review_by-day": past.day, "review_by-month": past.month, "review_by-year": past.year}
    refused = trainer.submit(url, sent | {"review_by-day": "40"})
    assert refused.status_code == 422
    assert "Enter a real date" in refused.get_data(as_text=True)
    assert trainer.submit(url, sent).status_code == 303
    for page in ("/preview/made-up", "/preview", "/drafts"):
        assert told(trainer, page).count("Review was due") == 1, page
    assert trainer.submit(url, {}).status_code == 303
    assert module(app).review_by is None
    assert "Review was due" not in told(trainer, "/preview") + told(trainer, "/drafts")
    with app.app_context():
        acts = [act.sentence for act in history_of(f"module:{module(app).id}")]
    assert acts[0] == "Took away its review date."
    assert acts[1].startswith("Should be looked at again by")


def test_a_retired_module_leaves_the_library_and_comes_back(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    asks = told(trainer, "/preview/made-up/retire")
    assert "1 attempt under way can be finished" in asks
    assert "1 completion on record stays as it is." in asks
    assert module(app).retired_at is None
    for _time in range(2):
        assert trainer.submit("/preview/made-up/retire").status_code == 303
    assert "Retired since" in told(trainer, "/preview/made-up")
    assert "Retired" in told(trainer, "/preview")
    assert "A better title" not in told(trainer, "/library")
    assert "no longer offered" in told(trainer, "/modules/made-up")
    trainer.submit("/modules/made-up/start")
    with app.app_context():
        begun = sa.select(sa.func.count()).where(Attempt.learner_id == cast.trainer)
        assert db.session.scalar(begun) == 0, "nobody new begins it"
    trainer.post("/sign-out", data={"csrf_token": trainer.token or ""})
    trainer.sign_in(cast.emails["officer"])
    assert "A better title" in told(trainer, "/library"), "who is under way keeps it"


def test_bringing_it_back_offers_it_again(app: Flask, trainer: PageClient) -> None:
    trainer.submit("/preview/made-up/retire")
    assert "in the library again" in told(trainer, "/preview/made-up/bring-back")
    for _time in range(2):
        assert trainer.submit("/preview/made-up/bring-back").status_code == 303
    assert module(app).retired_at is None
    assert "A better title" in told(trainer, "/library")
    with app.app_context():
        acts = [act.sentence for act in history_of(f"module:{module(app).id}")]
    assert acts[:2] == ["Brought back “A better title”.", "Retired “A better title”."]


def test_a_draft_of_the_next_version_begins_from_the_newest(
    app: Flask, trainer: PageClient
) -> None:
    assert "Begin a draft of version 3" in told(trainer, "/preview/made-up")
    done = trainer.submit("/preview/made-up/draft")
    assert (done.status_code, done.headers["Location"]) == (303, "/drafts/1")
    assert "A better title (draft 1)" in told(trainer, "/preview/made-up")
    page = told(trainer, "/drafts/1/review")
    assert "Nothing yet" in page, "it says what version 2 says"
    assert trainer.submit("/preview/southern/draft").status_code == 404


def test_retiring_what_nobody_began_says_so(app: Flask, trainer: PageClient, cast: Cast) -> None:
    with app.app_context():
        publish(made_up("other"), by=None, at=AT)
        db.session.commit()
    asks = told(trainer, "/preview/other/retire")
    assert "Nobody is half-way through it." in asks
    assert "Nobody has completed it." in asks
    assert "0 attempts" not in asks


def test_modules_are_found_under_their_name(trainer: PageClient) -> None:
    html = trainer.get("/preview/made-up").get_data(as_text=True)
    assert '<a href="/preview" aria-current="page">Modules</a>' in html
    assert ">Preview modules<" not in html
    page = told(trainer, "/preview")
    assert "to begin its next version, to say when it should be looked at again, or to re" in page
