"""Making a draft of an imported case: first what will be made, then exactly that."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db, now_utc
from app.drafting.models import MadeFrom, ModuleDraft
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.cases import imported, text_case
from tests.pages.drafting.desk import newest, words


@pytest.fixture
def case(app: Flask, cast: Cast) -> int:
    """A case that the force imported."""
    with app.app_context():
        found = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        db.session.commit()
        return found.id


@pytest.fixture
def trainer(client: PageClient, cast: Cast) -> PageClient:
    """A trainer, signed in."""
    client.sign_in(cast.emails["trainer"])
    return client


def drafts(app: Flask) -> list[int]:
    """Return the ids of all drafts."""
    with app.app_context():
        return list(db.session.scalars(sa.select(ModuleDraft.id).order_by(ModuleDraft.id)))


def test_what_will_be_made_is_shown_first(app: Flask, trainer: PageClient, case: int) -> None:
    told = words(trainer.get(f"/cases/{case}/draft").get_data(as_text=True))
    for piece in ("Overview of incident", "What was found", "1 from the questions for officers",
                  "1 from the questions for managers", "1 block is not placed yet",
                  "1 has no mark yet", "The log of the first call was not read."):  # fmt: skip
        assert piece in told
    assert drafts(app) == []


def test_the_draft_is_made_and_opens_and_says_where_it_came_from(
    app: Flask, trainer: PageClient, case: int
) -> None:
    trainer.get(f"/cases/{case}/draft")
    answer = trainer.submit(f"/cases/{case}/draft", {"review": 1})
    (draft,) = drafts(app)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/drafts/{draft}")
    assert [stage["title"] for stage in newest(app, draft)["stages"]][-1] == "What was found"
    # Not everybody in every force by being left: whoever wants that says so.
    assert newest(app, draft)["owner"] == "northshire"
    with app.app_context():
        row = db.session.get_one(MadeFrom, (draft, case))
        assert row.review == 1
    told = words(trainer.get(answer.location).get_data(as_text=True))
    assert "Untitled" in told
    assert "The draft was made." in told
    assert "Write the question" in told


def test_making_again_says_so_and_leaves_the_first_alone(
    app: Flask, trainer: PageClient, case: int
) -> None:
    trainer.get(f"/cases/{case}/draft")
    trainer.submit(f"/cases/{case}/draft", {"review": 1})
    html = trainer.get(f"/cases/{case}/draft").get_data(as_text=True)
    assert "A draft was made of this case already" in words(html)
    assert f'href="/drafts/{drafts(app)[0]}"' in html
    trainer.submit(f"/cases/{case}/draft", {"review": 1})
    assert len(drafts(app)) == 2


@pytest.mark.parametrize("review", ["2", "0", "x", ""])
def test_a_review_that_went_on_meanwhile_is_shown_anew(
    app: Flask, trainer: PageClient, case: int, review: str
) -> None:
    trainer.get(f"/cases/{case}/draft")
    answer = trainer.submit(f"/cases/{case}/draft", {"review": review})
    assert answer.status_code == 409
    assert "Somebody changed the review meanwhile" in words(answer.get_data(as_text=True))
    assert drafts(app) == []


def test_a_case_without_a_draft_is_set_aside_and_taken_up_again(
    trainer: PageClient, case: int
) -> None:
    page = f"/cases/{case}"
    assert f'href="{page}/draft#drafts"' in trainer.get(page).text
    assert "No draft was made of it yet." in words(trainer.get(f"{page}/draft").text)
    answer = trainer.submit(f"{page}/set-aside")
    assert answer.location == page
    html = trainer.get(page).text
    assert "This case was set aside." in html
    assert "Make a draft" not in html
    assert "Set aside: 1" in trainer.get("/drafts").text
    assert "The bridge that was not checked" not in trainer.get("/cases/new").text
    trainer.submit(f"{page}/undo", {"base": 2})
    assert "Set aside: 1" not in trainer.get("/drafts").text
    assert "The bridge that was not checked" in trainer.get("/cases/new").text


def test_a_case_of_which_a_draft_is_made_says_which_and_stays(
    app: Flask, trainer: PageClient, case: int
) -> None:
    trainer.get(f"/cases/{case}/draft")
    trainer.submit(f"/cases/{case}/draft", {"review": 1})
    (draft,) = drafts(app)
    html = trainer.get(f"/cases/{case}/draft").text
    told = html.partition('id="drafts"')[2]
    assert f'href="/drafts/{draft}"' in told
    assert "Set this case aside" not in told
    answer = trainer.submit(f"/cases/{case}/set-aside")
    assert answer.location == f"/cases/{case}/draft#drafts"
    assert "A draft is made of this case. Set it aside first." in trainer.get(answer.location).text
    assert "Set aside: 1" not in trainer.get("/drafts").text
    trainer.submit(f"/drafts/{draft}/set-aside")
    assert trainer.submit(f"/cases/{case}/set-aside").location == f"/cases/{case}"


def test_imports_of_one_title_differ_by_file_and_time(trainer: PageClient, case: int) -> None:
    for page in ("/cases/new", "/drafts"):
        html = trainer.get(page).text
        assert "case.txt" in html
        assert re.search(r"<time[^>]*>[^<]*\d\d:\d\d", html.partition("case.txt")[2])


def test_no_draft_is_made_of_a_case_that_is_set_aside(
    app: Flask, trainer: PageClient, case: int
) -> None:
    page = trainer.get(f"/cases/{case}/draft").text
    assert "Make the draft" in page
    trainer.submit(f"/cases/{case}/set-aside")
    page = trainer.get(f"/cases/{case}/draft").text
    assert "Make the draft" not in page
    assert "Set this case aside" not in page
    answer = trainer.submit(f"/cases/{case}/draft", {"review": "2"})
    assert answer.status_code == 409
    assert "This case is set aside. Undo that on its page first." in answer.text
    assert drafts(app) == []
    assert "You can make a draft at any time" not in trainer.get(f"/cases/{case}").text
