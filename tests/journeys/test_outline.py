"""Ordering a draft in a browser: a move leaves her where she is, with the button under her hand."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.db import db, now_utc
from app.drafting.models import ModuleDraft
from app.importing.queries import reviewed
from app.importing.source import source_text
from tests.cast import Cast
from tests.factories.cases import imported, text_case
from tests.journeys.conftest import Visit
from tests.pages.drafting.desk import begun, items_of


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """A draft that begins as the plain module does."""
    return begun(app, cast)


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_a_button_pressed_again_and_again_moves_again_and_again(
    app: Flask, cast: Cast, visit: Visit, draft: int, javascript: bool
) -> None:
    trainer = visit(java_script_enabled=javascript, viewport={"width": 1280, "height": 600})
    trainer.sign_in(cast.emails["trainer"])
    trainer.go(f"/drafts/{draft}")
    button = trainer.page.locator("#up-item-t3")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    with trainer.page.expect_navigation():
        button.click()
    trainer.page.wait_for_timeout(300)
    after = button.bounding_box()
    assert before is not None
    assert after is not None
    # Without a script the button stands where what is around it can be seen.
    assert abs(before["y"] - after["y"]) < 2 if javascript else after["y"] > 150
    expect(button).to_be_focused()
    with trainer.page.expect_navigation():
        trainer.page.keyboard.press("Enter")
    assert items_of(app, draft) == ["t1", "q1", "t3", "t2", "r1"]


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_an_item_is_added_with_one_press_where_it_belongs(
    app: Flask, cast: Cast, visit: Visit, draft: int, javascript: bool
) -> None:
    trainer = visit(java_script_enabled=javascript, viewport={"width": 320, "height": 640})
    trainer.sign_in(cast.emails["trainer"])
    trainer.go(f"/drafts/{draft}")
    trainer.page.locator("#stage-second summary", has_text="Add here").click()
    trainer.page.locator("#item-q1 summary").click()
    trainer.look()
    section = trainer.page.locator("#item-q1")
    with trainer.page.expect_navigation():
        section.get_by_role("button", name="Log, message or document").click()
    trainer.sees("Extract")
    assert items_of(app, draft)[2].startswith("extract-")


def test_the_cited_paragraph_is_in_sight(app: Flask, cast: Cast, visit: Visit) -> None:
    with app.app_context():
        case = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        sha256, headings = case.sha256, list(source_text(reviewed(case))[1])
        db.session.commit()
    source = {"id": "case", "title": "A bridge", "sha256": sha256, "headings": headings}
    last = {"id": "t", "kind": "text", "text": "It shook.", "place": f"{headings[-1]}, 1"}
    document: dict[str, Any] = {"sources": [source], "stages": [{"id": "s", "items": [last]}]}
    draft = begun(app, cast, document)
    trainer = visit(viewport={"width": 1280, "height": 260})
    trainer.sign_in(cast.emails["trainer"])
    trainer.go(f"/drafts/{draft}/parts/item.t")
    cited = trainer.page.locator("#source li.cited")
    expect(cited).to_contain_text("Cited here")
    # The panel is scrolled, not the page.
    assert trainer.page.evaluate("document.getElementById('source').scrollTop") > 0
    assert trainer.page.evaluate("window.scrollY") == 0
    trainer.page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    expect(cited).to_be_in_viewport()
    with app.app_context():
        assert db.session.get_one(ModuleDraft, draft).head == 1
