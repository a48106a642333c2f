"""What no page sends: numbers that no row can have, and signs that no page can show."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db import db, now_utc
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.cases import imported, text_case
from tests.pages.drafting.desk import head
from tests.pages.drafting.part_form import opened, part_now, send, url

# Beyond what PostgreSQL keeps as an id, and beyond what SQLite keeps at all.
NUMBERS = (str(2**31), "9" * 25)


@pytest.fixture
def trainer(client: PageClient, cast: Cast, draft: int) -> PageClient:
    """A trainer, signed in, who has a page open."""
    client.sign_in(cast.emails["trainer"])
    client.get(f"/drafts/{draft}")
    return client


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_no_row_has_is_nobodys(
    app: Flask, trainer: PageClient, draft: int, number: str
) -> None:
    for address in (f"/drafts/{draft}?deleted={number}", f"/cases/new?same={number}"):
        assert trainer.get(address).status_code == 200, address
    for address, fields, status in (
        ("structure", {"do": "delete", "part": "item.q1", "base": number}, 409),
        ("delete/item.t1", {"base": number}, 409),
        ("delete/item.t1", {"base": f"-{number}"}, 409),
        ("undo", {"revision": number}, 409),
        ("comments/settle", {"comment": number}, 404),
        ("comments/settle", {"comment": f"-{number}"}, 404),
        ("parts/item.q1", {"base": number}, 400),
        ("review/sign-off", {"revision": number, "verdict": "approve"}, 409),
    ):
        answer = trainer.submit(f"/drafts/{draft}/{address}", fields)
        assert answer.status_code == status, address
    assert head(app, draft) == 1


@pytest.mark.parametrize("number", NUMBERS)
def test_a_state_that_no_review_had_is_the_first(
    app: Flask, cast: Cast, trainer: PageClient, number: str
) -> None:
    with app.app_context():
        case = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc()).id
        db.session.commit()
    for address, fields in (
        ("blocks", {"block": "b8", "base": number, "act": "confirm"}),
        ("undo", {"base": number}),
        ("left-out", {"left": number, "base": number}),
        ("left-out", {"left": f"-{number}", "base": f"-{number}"}),
        ("timeline", {"base": number, "known-b4": "then"}),
        ("facts", {"base": f"-{number}", "title": "Another title"}),
        ("draft", {"review": number}),
    ):
        assert trainer.submit(f"/cases/{case}/{address}", fields).status_code < 500, address


def test_signs_that_no_page_can_show_are_not_kept(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    form["prompt"], form["explanation"] = ["What\x01 now\uffff"], ["One\x0bTwo\x1b"]
    assert send(trainer, draft, form).status_code == 303
    now = part_now(app, draft)
    assert (now["prompt"], now["explanation"]) == ("What now", "One\nTwo")
    remark = {"part": "item.q1", "text": "Why\x02?\ufffe"}
    assert trainer.submit(f"/drafts/{draft}/comments", remark).status_code == 303
    for address in (url(draft), f"/drafts/{draft}", f"/drafts/{draft}/review"):
        assert trainer.get(address).status_code == 200
