"""The review as two trainers use it: nobody signs her own work, an edit undoes the sign-off."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Unit
from app.accounts.permissions import Role
from app.db import db, now_utc
from app.drafting.drafting import revise
from app.drafting.models import DraftComment, ModuleDraft, SignOff
from tests.browser import PageClient
from tests.cast import Cast, make_person
from tests.factories.modules import plain_module
from tests.pages.drafting.desk import begun, words


@pytest.fixture
def second(app: Flask, cast: Cast) -> int:
    """Another trainer of the same force."""
    with app.app_context():
        north = db.session.get_one(Unit, cast.north)
        found = make_person("second_trainer", north, roles=((Role.TRAINER, north),)).id
        db.session.commit()
        return found


@pytest.fixture
def reviewer(app: Flask, client: PageClient, second: int) -> PageClient:
    """The other trainer, signed in."""
    client.sign_in("second_trainer@example.test")
    client.get("/account")
    return client


def told(client: PageClient, url: str) -> str:
    return words(client.get(url).get_data(as_text=True))


def asked(app: Flask, cast: Cast, document=None) -> int:
    """Return a draft of the first trainer's, asked to be reviewed."""
    draft_id = begun(app, cast, document)
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        draft.asked_at, draft.asked_by, draft.asked_revision = now_utc(), cast.trainer, 1
        db.session.commit()
    return draft_id


def edit(app: Flask, draft_id: int, by: int) -> None:
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        revise(draft, lambda d: d | {"title": "Another title"}, by=by, at=now_utc(), what="Edited.")
        db.session.commit()


def sign_offs(app: Flask) -> list[tuple[int, bool, str]]:
    with app.app_context():
        rows = db.session.execute(sa.select(SignOff.revision, SignOff.approved, SignOff.note))
        return [tuple(row) for row in rows]


APPROVE = {"verdict": "approve", "revision": "1", "note": ""}


def test_the_page_says_how_far_a_draft_is(app: Flask, client: PageClient, cast: Cast) -> None:
    draft_id = begun(app, cast)
    client.sign_in(cast.emails["trainer"])
    page = told(client, f"/drafts/{draft_id}/review")
    assert "Ask for a review" in page
    assert "Sign it off" not in page
    assert "In review (not yet)" in page
    assert client.submit(f"/drafts/{draft_id}/review/ask").status_code == 303
    page = told(client, f"/drafts/{draft_id}/review")
    assert "another trainer of your force must sign it off" in page
    assert "Published (not yet)" in page


def test_a_second_trainer_approves(app: Flask, reviewer: PageClient, cast: Cast) -> None:
    draft_id = asked(app, cast)
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert "Nothing to mend" in page
    assert "Approve revision 1" in page
    assert "Ask for changes" in page
    done = reviewer.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE)
    assert done.status_code == 303
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert "Publish this draft" in page
    assert "Approved Second Trainer" in page
    assert sign_offs(app) == [(1, True, "")]


def test_who_wrote_it_does_not_sign_it(app: Flask, client: PageClient, cast: Cast) -> None:
    draft_id = asked(app, cast)
    client.sign_in(cast.emails["trainer"])
    client.get("/account")
    done = client.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE)
    assert done.status_code == 409
    assert "Somebody else must sign this off" in words(done.get_data(as_text=True))
    assert sign_offs(app) == []


def test_an_edit_undoes_the_approval(app: Flask, reviewer: PageClient, cast: Cast) -> None:
    draft_id = asked(app, cast)
    reviewer.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE)
    edit(app, draft_id, cast.trainer)
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert "Publish this draft" not in page
    assert "What changed since revision 1" in page
    assert "which is not the newest any more" in page


def test_a_page_that_is_behind_approves_nothing(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    edit(app, draft_id, cast.trainer)
    done = reviewer.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE | {"note": "All good."})
    assert done.status_code == 409
    page = done.get_data(as_text=True)
    assert "it is at revision 2 now" in page
    assert "All good." in page, "what was typed is kept"
    assert 'name="revision" value="2"' in page
    assert sign_offs(app) == []


def test_a_decision_that_is_refused_leaves_no_comment_either(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    edit(app, draft_id, cast.trainer)
    sent = APPROVE | {"part": "item.q1", "text": "Who said so?"}
    done = reviewer.submit(f"/drafts/{draft_id}/review/sign-off", sent)
    assert done.status_code == 409
    page = done.get_data(as_text=True)
    assert "comment open" not in words(page)
    assert "Who said so?" in page, "what was typed is kept"
    with app.app_context():
        assert db.session.scalars(sa.select(DraftComment.id)).all() == []


@pytest.mark.parametrize("revision", ["", "x", "99999999999", "0"])
def test_a_revision_that_is_none_approves_nothing(
    app: Flask, reviewer: PageClient, cast: Cast, revision: str
) -> None:
    draft_id = asked(app, cast)
    sent = APPROVE | {"revision": revision}
    assert reviewer.submit(f"/drafts/{draft_id}/review/sign-off", sent).status_code == 409
    assert sign_offs(app) == []


def test_what_must_be_mended_is_not_approved(app: Flask, reviewer: PageClient, cast: Cast) -> None:
    document = plain_module()
    del document["stages"][0]["items"][1]["prompt"]
    draft_id = asked(app, cast, document)
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert "it cannot be approved yet" in page
    assert "Approve revision" not in page
    assert "Ask for changes" in page
    done = reviewer.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE)
    assert done.status_code == 409
    assert "still to do or to mend" in words(done.get_data(as_text=True))
    assert sign_offs(app) == []


def test_changes_are_asked_for_in_words(app: Flask, reviewer: PageClient, cast: Cast) -> None:
    draft_id = asked(app, cast)
    url, sent = f"/drafts/{draft_id}/review/sign-off", APPROVE | {"verdict": "changes"}
    refused = reviewer.submit(url, sent)
    assert refused.status_code == 422
    assert "Write what should be changed." in refused.get_data(as_text=True)
    assert reviewer.submit(url, {"revision": "1"}).status_code == 422
    assert reviewer.submit(url, sent | {"note": " Name the panel. "}).status_code == 303
    assert sign_offs(app) == [(1, False, "Name the panel.")]
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert page.count("Changes asked for Second Trainer") == 2, "in the steps and below"
    assert "Changes asked for" in told(reviewer, "/drafts")
    assert "Name the panel." in page


def test_a_comment_stands_by_its_part_until_it_is_settled(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    refused = reviewer.submit(f"/drafts/{draft_id}/comments", {"part": "item.q1", "text": " "})
    assert refused.status_code == 422
    assert "Write your comment" in refused.get_data(as_text=True)
    sent = {"part": "item.q1", "text": "Who said <so>?"}
    assert reviewer.submit(f"/drafts/{draft_id}/comments", sent).status_code == 303
    html = reviewer.get(f"/drafts/{draft_id}/review").get_data(as_text=True)
    assert f'href="/drafts/{draft_id}/parts/item.q1"' in html
    assert "Who said &lt;so&gt;?" in html
    assert "1 comment open: read it before you decide" in words(html)
    with app.app_context():
        comment_id = db.session.scalars(sa.select(DraftComment.id)).one()
    settled = reviewer.submit(f"/drafts/{draft_id}/comments/settle", {"comment": comment_id})
    assert settled.status_code == 303
    page = told(reviewer, f"/drafts/{draft_id}/review")
    assert "Settled by Second Trainer" in page
    assert "comment open" not in page


def test_a_comment_on_a_part_that_is_none_is_refused(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    sent = {"part": "item.gone", "text": "Words that I typed."}
    done = reviewer.submit(f"/drafts/{draft_id}/comments", sent)
    assert done.status_code == 422
    assert "Words that I typed." in done.get_data(as_text=True)


def test_a_comment_of_another_draft_is_not_settled_here(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    one, other = asked(app, cast), asked(app, cast)
    reviewer.submit(f"/drafts/{one}/comments", {"part": "item.q1", "text": "Who said so?"})
    with app.app_context():
        comment_id = db.session.scalars(sa.select(DraftComment.id)).one()
    for sent in ({"comment": comment_id}, {"comment": "x"}, {}):
        assert reviewer.submit(f"/drafts/{other}/comments/settle", sent).status_code == 404
    with app.app_context():
        assert db.session.scalars(sa.select(DraftComment.settled_at)).one() is None


def test_taking_it_back_ends_the_review(
    app: Flask, client: PageClient, cast: Cast, second: int
) -> None:
    draft_id = asked(app, cast)
    client.sign_in(cast.emails["trainer"])
    url = f"/drafts/{draft_id}/review"
    assert f"{url}/take-back" in client.get(url).text
    assert "Nobody can sign it off until you ask again." in told(client, f"{url}/take-back")
    assert "Ask for a review" not in told(client, url), "the question alone takes nothing back"
    assert client.submit(f"{url}/take-back").status_code == 303
    assert "Ask for a review" in told(client, url)
    client.submit("/sign-out")
    client.sign_in("second_trainer@example.test")
    client.get("/account")
    done = client.submit(f"{url}/sign-off", APPROVE)
    assert done.status_code == 409
    assert "Nobody asks for a review" in done.get_data(as_text=True)


def test_what_is_approved_is_neither_asked_for_nor_taken_back(
    app: Flask, reviewer: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    reviewer.submit(f"/drafts/{draft_id}/review/sign-off", APPROVE)
    reviewer.submit("/sign-out")
    reviewer.sign_in(cast.emails["trainer"])
    reviewer.get("/account")
    for what in ("ask", "take-back"):
        assert reviewer.submit(f"/drafts/{draft_id}/review/{what}").status_code == 303
        assert "approved already" in told(reviewer, f"/drafts/{draft_id}/review")
    assert "Publish this draft" in told(reviewer, f"/drafts/{draft_id}/review")


def test_a_draft_of_another_force_does_not_exist(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    draft_id = asked(app, cast)
    client.sign_in(cast.emails["trainer_elsewhere"])
    for page in ("review", "changes", "publish"):
        assert client.get(f"/drafts/{draft_id}/{page}").status_code == 404
