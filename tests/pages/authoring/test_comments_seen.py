"""Comments are seen where one writes, and made where one reads."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.authoring import reviewing
from app.db import db
from app.drafting.drafting import revise
from app.drafting.models import ModuleDraft
from tests.authoring.reviewed import AT, draft_of, second_trainer
from tests.browser import PageClient
from tests.cast import Cast
from tests.pages.drafting.desk import words


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """A draft in review, with two open comments on a question and a settled one on a stage."""
    with app.app_context():
        second, found = second_trainer(cast), draft_of(cast)
        noise = draft_of(cast, slug="noise")
        reviewing.ask_for_review(found, by=cast.trainer, at=AT)
        for text in ("Who said so?", "And when?"):
            reviewing.comment(found, "item.q1", text, by=second, at=AT)
        reviewing.comment(noise, "item.t1", "Elsewhere.", by=second, at=AT)
        settled = reviewing.comment(found, "stage.first", "Too long.", by=second, at=AT)
        reviewing.settle(settled, by=cast.trainer, at=AT)
        db.session.commit()
        return found.id


def page(client: PageClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.text


def test_the_outline_counts_the_open_ones_of_each_part(
    client: PageClient, cast: Cast, draft: int
) -> None:
    client.sign_in(cast.emails["trainer"])
    html = page(client, f"/drafts/{draft}")
    assert html.count("2 comments</span>") == 1
    question = html[html.index('id="item-q1"') :]
    assert "2 comments" in question[: question.index("</li>")]
    assert "1 comment" not in words(html)


def test_author_and_reviewer_are_told_what_to_do_with_them(
    client: PageClient, cast: Cast, draft: int
) -> None:
    client.sign_in(cast.emails["trainer"])
    told = words(page(client, f"/drafts/{draft}/review"))
    assert "2 comments open: answer them in the draft, then settle them" in told
    client.submit("/sign-out")
    client.sign_in("second_trainer@example.test")
    told = words(page(client, f"/drafts/{draft}/review"))
    assert "2 comments open: read them before you decide" in told


def test_the_preview_leads_to_the_comments_of_each_part(
    client: PageClient, cast: Cast, draft: int
) -> None:
    client.sign_in("second_trainer@example.test")
    html = page(client, f"/drafts/{draft}/preview/stages/first")
    for part in ("stage.first", "item.t1", "item.q1"):
        assert f'href="/drafts/{draft}/parts/{part}#comments"' in html
    assert 'id="comments"' in page(client, f"/drafts/{draft}/parts/item.q1")


def test_no_two_parts_in_the_list_have_one_name(
    app: Flask, client: PageClient, cast: Cast, draft: int
) -> None:
    alike = {"kind": "text", "text": "The investigation found this."}
    with app.app_context():
        row = db.session.get_one(ModuleDraft, draft)
        stages = [
            {"id": f"stage-{n}", "title": "Findings", "items": [alike | {"id": f"t-{n}-{m}"}]}
            for n in (1, 2)
            for m in (1, 2)
        ]  # fmt: skip
        from_now = {"stages": [stages[0] | {"items": stages[0]["items"] + stages[1]["items"]},
                               stages[2]]}  # fmt: skip
        revise(row, lambda d: d | from_now, by=cast.trainer, at=AT, what="Changed.")
        db.session.commit()
    client.sign_in("second_trainer@example.test")
    html = page(client, f"/drafts/{draft}/review")
    names = re.findall(r'<option value="(?:item|stage)[^"]*">([^<]+)</option>', html)
    assert names == [
        "Stage “Findings”, stage 1",
        "The text “The investigation found this.”, in stage 1",
        "The text “The investigation found this.”, in stage 1 (2)",
        "Stage “Findings”, stage 2",
        "The text “The investigation found this.”, in stage 2",
    ]
