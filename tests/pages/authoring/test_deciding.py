"""A decision and a comment on one page: neither loses the other, and each is whose it is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.drafting.models import DraftComment
from tests.authoring.reviewed import second_trainer
from tests.browser import PageClient
from tests.cast import Cast
from tests.pages.authoring.test_review_pages import APPROVE, asked, edit, sign_offs, told
from tests.pages.drafting.desk import words


@pytest.fixture
def reviewer(app: Flask, client: PageClient, cast: Cast) -> PageClient:
    """Another trainer of the same force, signed in."""
    with app.app_context():
        second_trainer(cast)
        db.session.commit()
    client.sign_in("second_trainer@example.test")
    client.get("/account")
    return client


def test_a_reviewer_does_not_take_it_out_of_review(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    url = f"/drafts/{draft_id}/review"
    assert "take-back" not in reviewer.get(url).text
    for send in (reviewer.get, reviewer.submit):
        assert send(f"{url}/take-back").status_code == 303
        assert "Only whoever asked for the review" in told(reviewer, url)
    assert "Approve revision 1" in told(reviewer, url)


def test_a_comment_and_the_words_of_a_decision_do_not_lose_each_other(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    reason = {"revision": "1", "note": "Name the panel."}
    added = reviewer.submit(
        f"/drafts/{draft_id}/comments", reason | {"part": "item.q1", "text": "Who said so?"}
    )
    assert added.status_code == 200
    assert "Your comment was added." in words(added.text)
    assert "Name the panel." in added.text
    refused = reviewer.submit(f"/drafts/{draft_id}/comments", reason | {"text": "About what?"})
    assert refused.status_code == 422
    assert "Name the panel." in refused.text
    url = f"/drafts/{draft_id}/review/sign-off"
    decided = reason | {"verdict": "changes", "text": "And when?"}
    unplaced = reviewer.submit(url, decided)
    assert unplaced.status_code == 422
    assert "Choose a part" in unplaced.text
    assert "And when?" in unplaced.text
    assert sign_offs(app) == []
    assert reviewer.submit(url, decided | {"part": "item.t1"}).status_code == 303
    assert sign_offs(app) == [(1, False, "Name the panel.")]
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert "Who said so?" in page
    assert "And when?" in page


def test_a_decision_that_is_refused_adds_no_comment(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    comment = {"part": "item.t1", "text": "And when?"}
    edit(app, draft_id, cast.trainer)
    done = reviewer.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE | comment)
    assert done.status_code == 409
    assert "And when?" in done.text
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(DraftComment)) == 0


def test_a_comment_does_not_move_a_decision_to_what_was_not_read(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    edit(app, draft_id, cast.trainer)
    sent = {"revision": "1", "note": "Good.", "part": "item.t1", "text": "And when?"}
    added = reviewer.submit(f"/drafts/{draft_id}/comments", sent)
    assert 'name="revision" value="1"' in added.text
