"""Publishing as a trainer does it: she sees whom it touches first, and nothing goes by accident."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Person
from app.authoring.models import PublishedChange
from app.authoring.publishing import publish
from app.catalogue.models import Module, Version
from app.db import db, london_date, now_utc
from app.drafting.drafting import revise
from app.drafting.models import ModuleDraft
from app.drafting.queries import newest_sign_off
from tests.authoring.reviewed import AT, approved, draft_of, next_draft, second_trainer
from tests.authoring.test_syncing import attempt
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.modules import made_up, plain_module
from tests.pages.drafting.desk import words

SURE = {"revision": "1", "sure": "y"}


@pytest.fixture
def trainer(client: PageClient, cast: Cast) -> PageClient:
    """A trainer of the whole force, signed in."""
    client.sign_in(cast.emails["trainer"])
    client.get("/account")
    return client


def new_draft(app: Flask, cast: Cast, **more: object) -> int:
    """Return an approved draft of a new module."""
    with app.app_context():
        draft = approved(draft_of(cast, **more), cast, second_trainer(cast))
        db.session.commit()
        return draft.id


def correction(app: Flask, cast: Cast, **changes: object) -> int:
    """Return an approved draft of version 2, with people on version 1."""
    with app.app_context():
        first = publish(made_up(), by=None, at=AT)
        attempt(cast.officer, first)
        attempt(cast.colleague, first, complete=True)
        attempt(cast.responder, first, complete=True)
        draft = approved(next_draft(cast, first, **changes), cast, second_trainer(cast))
        db.session.commit()
        return draft.id


def rescored() -> list[dict]:
    stages = plain_module()["stages"]
    stages[0]["items"][1]["options"][2]["credit"] = "1/3"
    return stages


def versions(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Version)) or 0


def told(client: PageClient, url: str) -> str:
    return words(client.get(url).get_data(as_text=True))


def day(name: str, ahead: int) -> dict[str, int]:
    when = london_date(now_utc()) + timedelta(days=ahead)
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def test_it_says_who_is_affected_and_what_changed(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = correction(app, cast, title="Another title")
    page = told(trainer, f"/drafts/{draft_id}/publish")
    assert "1 attempt under way stays on version 1" in page
    assert "2 completions stand" in page
    assert "Everyone, in every force" in page
    assert "Most serious change Wording" in page
    assert "The title changed." in page
    assert "Those who completed it" not in page, "a wording is no reason to ask again"
    assert "Officer" not in page


def test_it_is_published_with_a_tick_and_only_once(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = correction(app, cast, title="Another title")
    url = f"/drafts/{draft_id}/publish"
    refused = trainer.submit(url, {"revision": "2"} | day("review_by", 300))
    assert refused.status_code == 422
    assert "Tick the box to publish it" in refused.get_data(as_text=True)
    assert versions(app) == 1
    sent = SURE | {"revision": "2"} | day("review_by", 300)
    for _time in range(2):
        assert trainer.submit(url, sent).status_code == 303
        assert versions(app) == 2
    page = told(trainer, url)
    assert "This draft became version 2" in page
    with app.app_context():
        row = db.session.scalars(sa.select(Module)).one()
        assert row.review_by == london_date(now_utc()) + timedelta(days=300)
    assert "What it changes" not in page
    assert "Published Trainer" in told(trainer, f"/drafts/{draft_id}/review")


def test_a_change_of_scoring_offers_to_ask_again(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = correction(app, cast, stages=rescored())
    url = f"/drafts/{draft_id}/publish"
    page = told(trainer, url)
    assert "Most serious change Scoring" in page
    assert "a manager makes the assignment" in page
    sent = SURE | {"revision": "2", "earlier": "again"}
    refused = trainer.submit(url, sent)
    assert refused.status_code == 422
    assert "Enter the date from which they are asked again" in refused.get_data(as_text=True)
    past = trainer.submit(url, sent | day("again_from", -1))
    assert "Enter today or a later date" in past.get_data(as_text=True)
    assert trainer.submit(url, sent | day("again_from", 30)).status_code == 303
    with app.app_context():
        kept = db.session.scalars(
            sa.select(PublishedChange.ask_again_from).where(PublishedChange.draft_id == draft_id)
        ).one()
        assert kept == london_date(now_utc()) + timedelta(days=30)
    assert "to be done again from" in told(trainer, "/preview/made-up")


def test_a_date_without_the_choice_asks_nobody(app: Flask, trainer: PageClient, cast: Cast) -> None:
    draft_id = correction(app, cast, stages=rescored())
    sent = SURE | {"revision": "2", "earlier": "stand"} | day("again_from", 30)
    assert trainer.submit(f"/drafts/{draft_id}/publish", sent).status_code == 303
    with app.app_context():
        rows = db.session.scalars(sa.select(PublishedChange.ask_again_from)).all()
        assert rows == [None, None]


def test_without_an_approval_there_is_no_button(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    with app.app_context():
        draft_id = draft_of(cast).id
        db.session.commit()
    page = told(trainer, f"/drafts/{draft_id}/publish")
    assert "A second trainer must approve this revision first" in page
    assert "Publish version" not in page
    done = trainer.submit(f"/drafts/{draft_id}/publish", SURE)
    assert done.status_code == 409
    assert versions(app) == 0


def test_a_newer_version_meanwhile_is_said_with_the_way_out(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = correction(app, cast, title="Another title")
    with app.app_context():
        publish(made_up(minutes=9), by=None, at=AT)
        db.session.commit()
    page = told(trainer, f"/drafts/{draft_id}/publish")
    assert "A newer version was published meanwhile" in page
    assert "Bring this draft up to version 2" in page
    done = trainer.submit(f"/drafts/{draft_id}/publish", SURE | {"revision": "2"})
    assert done.status_code == 409
    assert versions(app) == 2


def test_a_short_name_that_is_taken_is_said(app: Flask, trainer: PageClient, cast: Cast) -> None:
    draft_id = new_draft(app, cast)
    with app.app_context():
        publish(made_up(), by=None, at=AT)
        db.session.commit()
    done = trainer.submit(f"/drafts/{draft_id}/publish", SURE)
    assert done.status_code == 409
    assert "Another module has the short name “made-up”" in done.get_data(as_text=True)


def test_an_owner_beyond_her_units_is_said_before_she_tries(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = new_draft(app, cast, owner="southshire")
    page = told(trainer, f"/drafts/{draft_id}/publish")
    assert "there is no unit called “southshire”" in page
    assert "Publish version 1" not in page
    mine = told(trainer, f"/drafts/{new_draft_owned(app, cast)}/publish")
    assert "Crime and everyone below it" in mine


def new_draft_owned(app: Flask, cast: Cast) -> int:
    with app.app_context():
        draft = draft_of(cast, slug="owned", owner="crime")
        asked = sa.select(ModuleDraft.asked_by).order_by(ModuleDraft.id)
        second = db.session.scalars(asked).first()
        assert second == cast.trainer
        signer = db.session.execute(sa.text("SELECT max(id) FROM person")).scalar_one()
        approved(draft, cast, signer)
        db.session.commit()
        return draft.id


def test_what_changed_is_shown_word_by_word(app: Flask, trainer: PageClient, cast: Cast) -> None:
    draft_id = correction(app, cast, title="Title of the made-up")
    html = trainer.get(f"/drafts/{draft_id}/changes").get_data(as_text=True)
    assert "Wording: what one reads" in html
    assert f'href="/drafts/{draft_id}/parts/settings"' in html
    assert "<ins>" in html
    page = told(trainer, f"/drafts/{draft_id}/changes?since=1")
    assert "Revision 2 against revision 1 of this draft" in page
    assert trainer.get(f"/drafts/{draft_id}/changes?since=9").status_code == 404
    same = told(trainer, f"/drafts/{draft_id}/changes?since=2")
    assert "Nothing changed" in same


def test_a_first_draft_has_nothing_to_be_compared_with(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = new_draft(app, cast)
    assert "Everything is new" in told(trainer, f"/drafts/{draft_id}/changes")


@pytest.mark.parametrize(("ahead", "kept"), [(-1, False), (30, True)])
def test_a_review_date_is_offered_again_unless_it_has_passed(
    app: Flask, trainer: PageClient, cast: Cast, ahead: int, kept: bool
) -> None:
    draft_id = correction(app, cast, title="Another title")
    when = london_date(now_utc()) + timedelta(days=ahead)
    with app.app_context():
        db.session.scalars(sa.select(Module)).one().review_by = when
        db.session.commit()
    html = trainer.get(f"/drafts/{draft_id}/publish").get_data(as_text=True)
    year = html.split('id="review_by-year"')[1].split(">")[0]
    assert (f'value="{when.year}"' in year) is kept


def test_a_stale_draft_is_brought_up_and_what_collides_is_hers_to_decide(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = correction(app, cast, title="Hers", summary="Hers alone.")
    with app.app_context():
        publish(made_up(title="Theirs"), by=None, at=AT)
        db.session.commit()
    url = f"/drafts/{draft_id}/bring-up"
    page = told(trainer, f"/drafts/{draft_id}/publish")
    assert "what only this draft changed: The summary changed." in page
    assert "1 thing that both changed" in page
    assert "The title In this draft Hers In version 2 Theirs" in page
    late = trainer.submit(url, {"revision": "1"})
    assert late.status_code == 303
    assert "The draft was saved again meanwhile" in told(trainer, late.headers["Location"])
    done = trainer.submit(url, {"revision": "2"})
    assert done.headers["Location"] == f"/drafts/{draft_id}/review#comments"
    page = told(trainer, f"/drafts/{draft_id}/review")
    assert "There is a comment on 1 thing that both changed" in page
    assert "The title: version 2 changed it too, and stands" in page
    assert "another trainer of your force must sign it off" in page
    assert "A second trainer must approve this revision first" in told(
        trainer, f"/drafts/{draft_id}/publish"
    )


def test_a_stale_draft_is_told_before_it_is_approved(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    with app.app_context():
        draft_id = next_draft(cast, publish(made_up(), by=None, at=AT), title="Hers").id
        publish(made_up(minutes=9), by=None, at=AT)
        db.session.commit()
    url = f"/drafts/{draft_id}/publish"
    said = "Version 2 was published after this draft was begun."
    assert said in told(trainer, f"/drafts/{draft_id}/changes")
    assert "Bring this draft up to version 2" in told(trainer, url)
    done = trainer.submit(f"/drafts/{draft_id}/bring-up", {"revision": "2"})
    page = told(trainer, done.headers["Location"])
    assert "This is what it changes of the newest version" in page
    assert said not in page
    assert "Revision 3 against version 2" in page
    again = trainer.submit(f"/drafts/{draft_id}/bring-up", {"revision": "3"})
    assert "No newer version came since" in told(trainer, again.headers["Location"])


def test_it_is_said_how_much_the_second_pair_of_eyes_wrote(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    draft_id = correction(app, cast, title="Another title")
    said = "Second Trainer, who wrote none of it"
    assert f"Approved by {said}, " in told(trainer, f"/drafts/{draft_id}/publish")
    assert f"Approved {said}, " in told(trainer, f"/drafts/{draft_id}/review")
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        second = newest_sign_off(draft.id, draft.head).signed_by
        revise(draft, lambda d: d | {"title": "A better title"}, by=second, at=AT, what="Edited.")
        revise(draft, lambda d: d | {"summary": "Better."}, by=cast.trainer, at=AT, what="Edited.")
        approved(draft, cast, second)
        db.session.commit()
    said = "Second Trainer, who wrote 1 of 4 revisions"
    assert f"Approved by {said}, " in told(trainer, f"/drafts/{draft_id}/publish")
    assert f"Approved {said}, " in told(trainer, f"/drafts/{draft_id}/review")


def test_a_first_version_says_to_whom_it_will_be_offered(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    for owner, said in ((None, "everyone, in every force"),
                        ("northshire", "Northshire and everyone below it")):  # fmt: skip
        with app.app_context():
            second = db.session.scalar(
                sa.select(Person.id).where(Person.email == "second_trainer@example.test")
            ) or second_trainer(cast)
            draft = approved(draft_of(cast, owner=owner, slug=owner or "made-up"), cast, second)
            db.session.commit()
            draft_id = draft.id
        page = told(trainer, f"/drafts/{draft_id}/publish")
        assert f"Nobody has begun it: this is its first version. It will be offered to {said}." in (
            page
        )
        done = trainer.submit(f"/drafts/{draft_id}/publish", SURE)
        after = told(trainer, done.headers["Location"])
        assert "is published as version 1." in after
        assert "half-way stay" not in after


def test_nobody_is_asked_about_completers_where_there_are_none(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    with app.app_context():
        first = publish(made_up(), by=None, at=AT)
        attempt(cast.officer, first)
        draft = approved(next_draft(cast, first, stages=rescored()), cast, second_trainer(cast))
        db.session.commit()
        draft_id = draft.id
    url = f"/drafts/{draft_id}/publish"
    page = told(trainer, url)
    assert "Most serious change Scoring" in page
    assert "Those who completed it" not in page
    done = trainer.submit(url, SURE | {"revision": "2"})
    assert "half-way stay on the version they began" in told(trainer, done.headers["Location"])
