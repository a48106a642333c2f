"""What a trainer types while she looks through a case is not left without a question."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Dialog, expect

from app.db import db, now_utc
from tests.cast import Cast
from tests.factories.cases import imported, text_case
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor


@pytest.fixture
def case(app: Flask, cast: Cast) -> str:
    """The address of the fictional case."""
    with app.app_context():
        made = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        db.session.commit()
        return f"/cases/{made.id}"


@pytest.fixture
def trainer(cast: Cast, visit: Visit) -> Visitor:
    """The trainer of Northshire at her browser."""
    visitor = visit()
    visitor.sign_in(cast.emails["trainer"])
    return visitor


def leaving(trainer: Visitor, tab: str) -> list[str]:
    """Go to another tab of the case and return the questions that the browser asked."""
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    trainer.page.once("dialog", hear)
    trainer.follow(tab)
    if not asked:
        trainer.page.remove_listener("dialog", hear)
    return asked


def test_one_is_asked_before_leaving_what_was_typed(trainer: Visitor, case: str) -> None:
    page = trainer.page
    trainer.go(f"{case}/about")
    assert leaving(trainer, "Timeline") == [], "nothing was typed"
    page.get_by_label("Found later").first.check()
    assert leaving(trainer, "Blocks") == ["beforeunload"]
    trainer.go(f"{case}?open=b4")
    page.get_by_label("When it happened").fill("At seven")
    assert leaving(trainer, "About the document") == ["beforeunload"]
    page.get_by_label("Series").fill("Learning")
    assert leaving(trainer, "Timeline") == ["beforeunload"]


def test_saving_asks_nothing_and_a_refusal_is_not_left_unasked(trainer: Visitor, case: str) -> None:
    page = trainer.page
    trainer.go(f"{case}/about")
    page.get_by_label("Series").fill("Learning")
    trainer.press("Save")
    trainer.sees("The facts were saved.")
    page.get_by_label("Published").fill("one day")
    trainer.expected += ["422"]
    trainer.press("Save")
    expect(page.get_by_label("Published")).to_have_value("one day")
    assert leaving(trainer, "Timeline") == ["beforeunload"]


def test_enter_in_a_line_of_a_block_saves_and_drops_nothing(trainer: Visitor, case: str) -> None:
    trainer.go(f"{case}?open=b4")
    with trainer.page.expect_navigation():
        trainer.page.get_by_label("When it happened").press("Enter")
    trainer.look()
    expect(trainer.page.locator("#b4.block-dropped")).to_have_count(0)
    expect(trainer.page.locator(".block-open")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_block_is_is_set_where_it_stands(
    cast: Cast, visit: Visit, case: str, javascript: bool
) -> None:
    trainer = visit(java_script_enabled=javascript)
    trainer.sign_in(cast.emails["trainer"])
    trainer.go(case)
    page = trainer.page
    page.get_by_label("What block 5 is", exact=True).select_option("Finding")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(r"^Set\s*: what block 5 is$")).click()
    expect(page.locator("#b5 .undo")).to_contain_text("Made “she had rung twice before” finding")
    expect(page.get_by_label("What block 5 is", exact=True)).to_have_value("finding")
    trainer.look()
