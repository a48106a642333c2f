"""A draft in review or approved says so where it is changed, and what a change does to that."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Person
from app.db import db, now_utc
from app.drafting.models import ModuleDraft, SignOff
from app.drafting.queries import revision_of
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.pages.drafting.part_form import opened, send, told, url

ASKED = "In review. It was asked for by Administrator on"
HOLDS = "Approved by Administrator (revision 1). Any change to this draft undoes that"
UNDONE = "Changed since Administrator approved it (revision 1), so that does not count any more."


def reviewed(app: Flask, cast: Cast, draft: int, *, approved: bool | None) -> None:
    """Ask for a review, and let somebody decide: for it, against it, or not yet."""
    with app.app_context():
        row = db.session.get_one(ModuleDraft, draft)
        row.asked_at, row.asked_by, row.asked_revision = now_utc(), cast.administrator, row.head
        if approved is not None:
            digest = revision_of(draft, row.head).digest
            db.session.add(SignOff(
                draft_id=draft, revision=row.head, digest=digest, signed_by=cast.administrator,
                signed_at=now_utc(), approved=approved, note="",
            ))  # fmt: skip
        db.session.commit()


@pytest.mark.parametrize(
    ("approved", "words"),
    [(None, ASKED), (True, HOLDS), (False, "Changes asked for by Administrator (revision 1).")],
)
def test_outline_and_part_say_how_the_review_stands(
    app: Flask, cast: Cast, trainer: PageClient, draft: int, approved: bool | None, words: str
) -> None:
    for address in (f"/drafts/{draft}", url(draft)):
        assert "Open the review" not in told(trainer.get(address))
    reviewed(app, cast, draft, approved=approved)
    for address in (f"/drafts/{draft}", url(draft)):
        assert words in told(trainer.get(address))
        with counted_queries(app) as statements:
            trainer.get(address)
        assert len(statements) < 12


def test_a_save_that_undoes_an_approval_says_so_once(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    reviewed(app, cast, draft, approved=True)
    form = opened(trainer, draft)
    unchanged = send(trainer, draft, form, headers={"X-Autosave": "1"}).get_json()
    assert unchanged["undone"] == ""
    assert "<strong>Approved by Administrator</strong>" in unchanged["standing"]
    form["prompt"] = ["Another question?"]
    answer = send(trainer, draft, form, headers={"X-Autosave": "1"}).get_json()
    assert answer["undone"] == "The approval by Administrator is undone."
    assert "Changed since Administrator approved it" in answer["standing"]
    form = opened(trainer, draft) | {"prompt": ["A third?"]}
    again = send(trainer, draft, form, headers={"X-Autosave": "1"}).get_json()
    assert again["undone"] == ""


@pytest.mark.parametrize("do", ["save", "next", "up:options.1"])
def test_without_a_script_the_next_page_says_so(
    app: Flask, cast: Cast, trainer: PageClient, draft: int, do: str
) -> None:
    reviewed(app, cast, draft, approved=True)
    form = opened(trainer, draft) | {"prompt": ["Another question?"]}
    page = told(trainer.get(send(trainer, draft, form, do).location))
    assert "The approval by Administrator is undone." in page
    assert UNDONE in page


def test_somebody_since_erased_is_not_named(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    reviewed(app, cast, draft, approved=True)
    with app.app_context():
        db.session.execute(
            sa.update(Person).where(Person.id == cast.administrator).values(name=None)
        )
        db.session.commit()
    assert "Approved by somebody since erased" in told(trainer.get(url(draft)))


def test_what_was_said_before_the_review_was_asked_for_anew_is_answered(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    reviewed(app, cast, draft, approved=False)
    reviewed(app, cast, draft, approved=None)
    page = told(trainer.get(f"/drafts/{draft}"))
    assert ASKED in page
    assert "Changes asked for" not in page
