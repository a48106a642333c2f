"""Writing a question in a browser: it saves as she types, and two trainers lose nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, expect

from app.accounts.models import SignIn
from app.db import db
from app.drafting.parts import part_of
from tests.cast import Cast
from tests.journeys.conftest import Visit
from tests.pages.drafting.desk import begun, head, newest, retold

SAVED = re.compile(r"Saved \d\d:\d\d")
RETRIED = 12_000


class Desk:
    """A trainer in front of the first question of a draft."""

    def __init__(self, app: Flask, cast: Cast, visit: Visit, draft: int, **context: Any) -> None:
        self.app, self.draft, self.visitor = app, draft, visit(**context)
        self.path = f"/drafts/{draft}/parts/item.q1"
        self.visitor.sign_in(cast.emails["trainer"])
        self.visitor.go(self.path)

    @property
    def prompt(self) -> Locator:
        """Where the question is written."""
        return self.visitor.page.locator("#field-prompt")

    @property
    def told(self) -> Locator:
        """The line that says what is saved."""
        return self.visitor.page.locator("[data-saved]")

    def stands(self, part: str = "item.q1") -> dict[str, Any]:
        """Return the part as it stands in the draft."""
        return part_of(newest(self.app, self.draft), part)


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """A draft that begins as the plain module does."""
    return begun(app, cast)


@pytest.fixture
def desk(app: Flask, cast: Cast, visit: Visit, draft: int) -> Desk:
    """A trainer who has the first question open."""
    return Desk(app, cast, visit, draft)


def test_it_saves_as_she_types_and_says_what_is_wrong_without_moving_her(desk: Desk) -> None:
    page = desk.visitor.page
    desk.visitor.look()
    page.locator("#field-place").fill("somewhere")
    expect(page.locator("[data-pending]")).to_have_text("What you type now is not saved yet.")
    expect(page.locator("#field-place-notes")).to_contain_text("is not a place", timeout=RETRIED)
    expect(page.locator("#field-place")).to_be_focused()
    expect(page.locator("#field-place")).to_have_attribute(
        "aria-describedby", "field-place-hint field-place-notes"
    )
    expect(desk.told).to_have_text(SAVED)
    expect(page.locator("[data-pending]")).to_be_empty()
    desk.visitor.look()
    page.locator("#field-place").fill("Overview, 1")
    expect(page.locator("#field-place-notes")).to_be_empty(timeout=RETRIED)
    assert desk.stands()["place"] == "Overview, 1"


def test_what_is_said_of_an_option_shows_on_its_fold_too(desk: Desk) -> None:
    page = desk.visitor.page
    row = page.locator("#field-options-1")
    row.locator("summary").first.click()
    for place, word in (("somewhere", "To mend"), ("elsewhere", "To mend"), ("", "To do")):
        page.locator("#field-options-1-place").fill(place)
        expect(row.locator(".row-note")).to_have_text(word, timeout=RETRIED)
        expect(page.locator("[data-pending]")).to_be_empty(timeout=RETRIED)
        expect(desk.told).to_have_text(SAVED)
    desk.visitor.look()
    page.locator("#field-options-1-place").fill("Overview, 2")
    expect(row.locator(".row-note")).to_be_hidden(timeout=RETRIED)
    expect(desk.told).to_have_text(SAVED)
    assert desk.stands()["options"][1]["place"] == "Overview, 2"


def _comes_back(desk: Desk, words: str) -> None:
    """Expect words in the box after coming back; what leaving sends may arrive a moment later."""
    for _moment in range(10):
        desk.visitor.go(desk.path)
        if desk.prompt.input_value() == words:
            break
        desk.visitor.page.wait_for_timeout(300)
    expect(desk.prompt).to_have_value(words)


def test_leaving_in_the_middle_of_a_word_keeps_it(desk: Desk) -> None:
    desk.prompt.fill("What would you d")
    desk.visitor.follow("Next part")
    _comes_back(desk, "What would you d")


def test_leaving_while_a_save_is_under_way_keeps_the_last_word(desk: Desk) -> None:
    page = desk.visitor.page
    desk.prompt.fill("What would")
    with page.expect_request("**/parts/**"):
        page.locator("#field-place").focus()
    desk.prompt.press_sequentially(" you")
    desk.visitor.follow("Next part")
    _comes_back(desk, "What would you")


def test_without_a_connection_it_says_so_and_saves_when_there_is_one_again(desk: Desk) -> None:
    desk.visitor.expected += ["ERR_INTERNET_DISCONNECTED"]
    desk.visitor.context.set_offline(True)
    desk.prompt.fill("Typed in the lift?")
    expect(desk.told).to_contain_text("Not saved: no connection.")
    desk.visitor.context.set_offline(False)
    expect(desk.told).to_have_text(SAVED, timeout=RETRIED)
    assert desk.stands()["prompt"] == "Typed in the lift?"


def test_a_button_pressed_while_typing_saves_all_in_order(desk: Desk) -> None:
    page = desk.visitor.page
    desk.prompt.fill("Before the press?")
    desk.visitor.press("Add an option")
    assert desk.stands()["prompt"] == "Before the press?"
    new = page.locator("#field-options-3-text")
    expect(new).to_be_focused()
    new.fill("A fourth way")
    expect(page.locator("#field-options-3 [data-row-title]")).to_have_text("A fourth way")
    desk.visitor.look()
    desk.visitor.press("Move up option 4")
    expect(page.locator("#field-options-2-text")).to_have_value("A fourth way")
    assert [row["text"] for row in desk.stands()["options"]][2] == "A fourth way"


def test_marks_and_previews(desk: Desk) -> None:
    page = desk.visitor.page
    text = page.locator("#field-explanation")
    text.fill("It is so")
    text.evaluate("area => area.setSelectionRange(6, 8)")
    page.get_by_role("button", name="Bold in Why the right answer is right").click()
    expect(text).to_have_value("It is **so**")
    page.get_by_role("button", name="Preview of Why the right answer is right").click()
    shown = page.locator('[data-preview="explanation"]')
    expect(shown.locator("strong")).to_have_text("so")
    assert desk.stands()["explanation"] == "It is **so**"


def test_save_leaves_her_where_she_is_and_says_what_is_to_mend(desk: Desk) -> None:
    page = desk.visitor.page
    page.locator("#field-options-1 > summary").click()
    box = page.locator("#field-options-1-place")
    box.fill("somewhere")
    button = page.locator(".save-bar").get_by_role("button", name="Save", exact=True)
    before = box.bounding_box()
    at = button.bounding_box()
    assert at is not None
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    expect(desk.told).to_contain_text("with 1 thing to mend")
    page.wait_for_timeout(200)
    expect(button).to_be_focused()
    expect(box).to_be_visible()
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    desk.visitor.look()
    desk.told.get_by_role("link", name="See what").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[data-error-summary] a").click()
    expect(box).to_be_focused()
    box.fill("Overview, 2")
    expect(page.locator("[data-error-summary]")).to_have_count(0, timeout=RETRIED)
    assert desk.stands()["options"][1]["place"] == "Overview, 2"


def test_a_comment_is_saved_with_the_text_and_asked_after_when_she_leaves(desk: Desk) -> None:
    page = desk.visitor.page
    page.locator("#comment-text").fill("Who says so?")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Next part").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.locator("#comment-text")).to_have_value("Who says so?")
    desk.prompt.fill("Is it so?")
    desk.visitor.press("Save", page.locator(".save-bar"))
    desk.visitor.sees("Your comment was added.")
    expect(page.locator(".remark-text")).to_have_text("Who says so?")
    assert desk.stands()["prompt"] == "Is it so?"


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_two_trainers_at_one_question_see_both_texts(
    app: Flask, cast: Cast, visit: Visit, draft: int, javascript: bool
) -> None:
    desk = Desk(app, cast, visit, draft, java_script_enabled=javascript)
    desk.visitor.expected += ["409 (CONFLICT)"]
    part = desk.stands("item.t1")
    desk.visitor.go(f"/drafts/{draft}/parts/item.t1")
    box = desk.visitor.page.locator("#field-text")
    retold(app, draft, "t1", "The other trainer wrote this.", cast.administrator)
    box.fill("I wrote this.")
    if javascript:
        expect(desk.told).to_contain_text("Somebody else changed this part", timeout=RETRIED)
        desk.visitor.press("See both texts")
    else:
        desk.visitor.press("Save")
    desk.visitor.sees("Administrator changed this as well")
    desk.visitor.look()
    expect(box).to_have_value("I wrote this.")
    box.fill("We wrote this.")
    desk.visitor.press("Save what I chose")
    assert desk.stands("item.t1") == part | {"text": "We wrote this."}


def test_what_is_typed_beside_a_colleagues_text_is_kept_when_the_page_is_closed(
    app: Flask, cast: Cast, desk: Desk
) -> None:
    desk.visitor.expected += ["409 (CONFLICT)"]
    path = f"/drafts/{desk.draft}/parts/item.t1"
    desk.visitor.go(path)
    page = desk.visitor.page
    box = page.locator("#field-text")
    retold(app, desk.draft, "t1", "The other trainer wrote this.", cast.administrator)
    box.fill("I wrote")
    expect(desk.told).to_contain_text("What you typed is kept.", timeout=RETRIED)
    box.fill("I wrote more.")
    expect(page.locator("[data-pending]")).not_to_be_empty()
    expect(page.locator("[data-pending]")).to_be_empty(timeout=RETRIED)
    desk.visitor.go(path)
    expect(box).to_have_value("The other trainer wrote this.")
    desk.visitor.look()
    page.get_by_role("link", name="See it and decide").click()
    expect(box).to_have_value("I wrote more.")
    desk.visitor.look()
    box.fill("We wrote this.")
    expect(desk.told).to_contain_text("not in the draft yet", timeout=RETRIED)
    expect(page.locator("[data-pending]")).to_be_empty(timeout=RETRIED)
    desk.visitor.go(f"/drafts/{desk.draft}")
    page.get_by_role("link", name="See it and decide").click()
    expect(box).to_have_value("We wrote this.")
    desk.visitor.press("Save what I chose")
    assert desk.stands("item.t1")["text"] == "We wrote this."


def test_a_session_that_ends_carries_the_text_through_sign_in(
    app: Flask, cast: Cast, desk: Desk
) -> None:
    desk.visitor.expected += ["401 (UNAUTHORIZED)"]
    with app.app_context():
        db.session.execute(sa.update(SignIn).values(ended_at=datetime.now(UTC)))
        db.session.commit()
    desk.prompt.fill("Written over a long night?")
    expect(desk.told).to_contain_text("Not saved: you were signed out.", timeout=RETRIED)
    desk.visitor.press("Save", desk.visitor.page.locator(".save-bar"))
    desk.visitor.sees("nothing that you typed is lost")
    desk.visitor.type_sign_in(cast.emails["trainer"])
    desk.visitor.sees("Written over a long night?")
    desk.visitor.press("Save it now")
    expect(desk.prompt).to_have_value("Written over a long night?")


def test_without_javascript_everything_works_by_its_buttons(
    app: Flask, cast: Cast, visit: Visit, draft: int
) -> None:
    desk = Desk(app, cast, visit, draft, java_script_enabled=False)
    page = desk.visitor.page
    desk.visitor.look()
    desk.prompt.fill("Which of these?")
    page.locator("#field-explanation").fill("Because *it* is.")
    desk.visitor.press("Preview of Why the right answer is right")
    expect(page.locator(".preview em")).to_have_text("it")
    desk.visitor.press("Add an option")
    page.locator("#field-options-3-text").fill("A fourth way")
    page.locator("#field-options-3-text").press("Tab")
    desk.visitor.press("Save", page.locator(".save-bar"))
    desk.visitor.sees("Saved at")
    desk.visitor.look()
    now = desk.stands()
    assert (now["prompt"], now["explanation"]) == ("Which of these?", "Because *it* is.")
    assert now["options"][3]["text"] == "A fourth way"


def test_enter_in_a_line_saves_and_moves_nothing(
    app: Flask, cast: Cast, visit: Visit, draft: int
) -> None:
    desk = Desk(app, cast, visit, draft, java_script_enabled=False)
    page = desk.visitor.page
    order = [row["id"] for row in desk.stands()["options"]]
    with page.expect_navigation():
        page.locator("#field-place").press("Enter")
    desk.visitor.sees("Saved at")
    assert [row["id"] for row in desk.stands()["options"]] == order
    assert head(app, draft) == 1


@pytest.mark.parametrize("part", ["item.q1", "item.q4", "item.r1", "settings", "sources"])
def test_a_part_fits_a_narrow_screen(
    app: Flask, cast: Cast, visit: Visit, draft: int, part: str
) -> None:
    desk = Desk(app, cast, visit, draft, viewport={"width": 320, "height": 640})
    desk.visitor.go(f"/drafts/{draft}/parts/{part}?open=all")
    desk.visitor.look()
