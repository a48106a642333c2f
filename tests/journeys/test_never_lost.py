"""What one types is kept: without a connection, in two tabs, past the end of a session."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from app.accounts.models import SignIn
from app.db import db
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.learning import Player, published
from tests.factories.modules import made_up
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

MODULE = made_up()
SAVED = re.compile(r"Saved \d\d:\d\d\. You can leave and come back here\.")
RETRIED = 12_000


class Writer:
    """The officer in front of the first reflection."""

    def __init__(self, visitor: Visitor, attempt_id: int) -> None:
        self.visitor, self.attempt_id = visitor, attempt_id
        self.path = f"/attempts/{attempt_id}/stages/first"
        visitor.go(self.path)

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.visitor.page.locator("#r1-text")

    def promise(self, page: Page | None = None) -> Locator:
        """Return the line that says what is saved."""
        return (page or self.visitor.page).locator("#item-r1 [data-promise]")


@pytest.fixture
def writer(app: Flask, cast: Cast, client: PageClient, visit: Visit) -> Writer:
    """The officer, signed in at a browser, with the first question behind her."""
    published(app, MODULE)
    client.sign_in(cast.emails["officer"])
    player = Player(app, client, MODULE)
    player.start()
    player.pass_gate("q1")
    visitor = visit()
    visitor.sign_in(cast.emails["officer"])
    return Writer(visitor, player.attempt_id)


def test_what_is_typed_is_saved_and_one_comes_back_to_it(writer: Writer) -> None:
    page = writer.visitor.page
    expect(writer.promise()).to_contain_text("Kept as you type")
    writer.box.press_sequentially("I would ask his age.")
    expect(writer.promise()).to_have_text(SAVED)
    page.reload()
    expect(writer.box).to_have_value("I would ask his age.")
    expect(writer.promise()).to_have_text(SAVED)
    writer.visitor.go("/")
    writer.visitor.look()
    writer.visitor.press("Continue where you were")
    expect(page).to_have_url(re.compile(r"/stages/first#item-r1$"))
    expect(writer.box).to_be_in_viewport()
    expect(writer.box).to_have_value("I would ask his age.")


def _comes_back(writer: Writer, words: str) -> None:
    """Expect words in the box after coming back; what leaving sends may arrive a moment later."""
    for _moment in range(10):
        writer.visitor.go(writer.path)
        if writer.box.input_value() == words:
            break
        writer.visitor.page.wait_for_timeout(300)
    expect(writer.box).to_have_value(words)


def test_leaving_in_the_middle_of_a_word_keeps_it(writer: Writer) -> None:
    writer.box.press_sequentially("Half a sen")
    writer.visitor.follow("Library")
    _comes_back(writer, "Half a sen")


def test_a_slow_save_that_leaving_breaks_off_is_sent_again(writer: Writer) -> None:
    page = writer.visitor.page
    writer.visitor.expected += ["ERR_FAILED"]
    held: list[Route] = []
    page.route("**/draft**", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**/draft**"):
        writer.box.press_sequentially("Sent, and never answered")
    writer.visitor.follow("Library")
    assert len(held) == 1
    _comes_back(writer, "Sent, and never answered")


def test_without_a_connection_it_says_so_and_saves_when_there_is_one_again(writer: Writer) -> None:
    writer.visitor.expected += ["ERR_INTERNET_DISCONNECTED"]
    writer.visitor.context.set_offline(True)
    writer.box.press_sequentially("Typed in the lift.")
    expect(writer.promise()).to_contain_text("Not saved: no connection.")
    expect(writer.box).to_have_value("Typed in the lift.")
    writer.visitor.context.set_offline(False)
    expect(writer.promise()).to_have_text(SAVED, timeout=RETRIED)
    writer.visitor.page.reload()
    expect(writer.box).to_have_value("Typed in the lift.")


def test_a_second_tab_is_told_and_its_text_can_be_saved_instead(writer: Writer) -> None:
    writer.visitor.expected += ["409 (CONFLICT)"]
    visitor, first = writer.visitor, writer.visitor.page
    second = visitor.new_tab()
    visitor.go(writer.path)
    first.locator("#r1-text").press_sequentially("From the first tab.")
    expect(writer.promise(first)).to_have_text(SAVED)
    second.locator("#r1-text").press_sequentially("From the second tab.")
    expect(writer.promise(second)).to_contain_text("A newer draft was saved in another tab")
    expect(second.locator("#r1-text")).to_have_value("From the second tab.")
    visitor.look()
    second.get_by_role("button", name="Save what stands here instead").click()
    expect(writer.promise(second)).to_have_text(SAVED)
    first.reload()
    expect(first.locator("#r1-text")).to_have_value("From the second tab.")


def _end_session(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.update(SignIn).values(ended_at=datetime.now(UTC)))
        db.session.commit()


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_a_session_that_ends_while_one_writes_carries_the_text_through_sign_in(
    app: Flask, cast: Cast, writer: Writer, visit: Visit, javascript: bool
) -> None:
    words = "Written over a long night,\nin two lines."
    visitor = visit(java_script_enabled=javascript)
    visitor.expected += ["401 (UNAUTHORIZED)"]
    visitor.sign_in(cast.emails["officer"])
    writer = Writer(visitor, writer.attempt_id)
    _end_session(app)
    writer.box.fill(words)
    if javascript:
        expect(writer.promise()).to_contain_text("Not saved: you were signed out.")
    visitor.press("Save, and see the points")
    visitor.sees("nothing that you typed is lost")
    visitor.look()
    visitor.type_sign_in(cast.emails["officer"])
    visitor.sees("Written over a long night,")
    visitor.look()
    visitor.press("Save it now")
    expect(visitor.page.locator("#answer-r1 .own-words")).to_have_text(words)
    expect(visitor.page.locator("#answer-r1")).to_be_focused()


def test_signing_in_again_in_another_tab_saves_what_stands_in_the_first(
    app: Flask, cast: Cast, writer: Writer
) -> None:
    visitor, first = writer.visitor, writer.visitor.page
    visitor.expected += ["401 (UNAUTHORIZED)"]
    _end_session(app)
    writer.box.press_sequentially("Still here.")
    expect(writer.promise(first)).to_contain_text("Not saved: you were signed out.")
    visitor.new_tab()
    visitor.sign_in(cast.emails["officer"])
    expect(writer.promise(first)).to_have_text(SAVED, timeout=RETRIED)
    first.reload()
    expect(first.locator("#r1-text")).to_have_value("Still here.")


def test_going_back_after_a_commit_shows_what_stands(writer: Writer) -> None:
    page = writer.visitor.page
    writer.box.fill("I would ask his age.")
    writer.visitor.press("Save, and see the points")
    with page.expect_navigation():
        page.go_back()
    expect(page.locator("#answer-r1 .own-words")).to_have_text("I would ask his age.")
    expect(writer.box).to_have_count(0)
