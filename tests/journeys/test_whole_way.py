"""One module from sign-in to the line in the manager's report, by several people."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.db import db, london_date
from tests.cast import Cast
from tests.content.shipped import shipped
from tests.factories.assigning import make_assignment, make_completion
from tests.factories.learning import published
from tests.factories.modules import made_up
from tests.journeys.conftest import Visit
from tests.journeys.playing import Keyboard, Officer, Pointer
from tests.journeys.visitor import Visitor

MODULE = shipped("the-first-call")
PHONE = {"width": 375, "height": 667}
WAYS = {
    "laptop": {},
    "without-javascript": {"java_script_enabled": False},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
}


def _asked_of_everyone(app: Flask, cast: Cast, module: Any) -> None:
    """Let the manager ask her units to complete the module; a colleague did so already."""
    version = published(app, module)
    other = published(app, made_up("another"))
    now = datetime.now(UTC)
    with app.app_context():
        due = london_date(now) + timedelta(days=14)
        make_assignment(version, cast.operations, by=cast.manager, due_on=due, at=now)
        make_completion(other, cast.officer, on=london_date(now))
        db.session.commit()


def _read_report(manager: Visitor) -> None:
    """Find the officer's line in the report, and the same in what is downloaded."""
    manager.follow("Completion")
    manager.look()
    manager.page.get_by_label("Name", exact=False).first.fill("Officer")
    with manager.page.expect_navigation():
        manager.page.get_by_role("button", name="Show").click()
    manager.look()
    row = manager.page.locator("#people ~ * tbody tr", has_text=MODULE.title)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Completed")
    with manager.page.expect_download() as download:
        manager.page.get_by_role("link", name="CSV").click()
    path = Path(download.value.path())
    lines = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    found = [(line["Name"], line["Module"], line["Status"]) for line in lines]
    assert found == [("Officer", MODULE.title, "Completed")]
    manager.follow("Officer")
    manager.look()


def _read_counts(trainer: Visitor) -> None:
    """See that one person answered, and what, but not who."""
    trainer.follow("Questions")
    trainer.look()
    trainer.page.get_by_role("link", name=MODULE.title).click()
    trainer.sees("Answered by 1 person")
    expect(trainer.page.locator("main")).not_to_contain_text("Officer")
    trainer.look()


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_completes_and_the_others_see_what_they_may(
    app: Flask, cast: Cast, visit: Visit, way: str
) -> None:
    _asked_of_everyone(app, cast, MODULE)
    officer = visit(**WAYS[way])
    officer.hurried = way == "phone"
    officer.go("/")
    officer.look()
    officer.type_sign_in(cast.emails["officer"])
    officer.look()
    officer.follow(MODULE.title)
    officer.look()
    Officer(officer, MODULE, Pointer(officer), miss=("before-ending", "match-findings")).play()
    officer.follow("My record")
    officer.look()
    officer.follow(MODULE.title)
    officer.look()
    officer.press("Sign out")
    officer.sees("You are signed out.")
    officer.look()
    manager, trainer = visit(**WAYS[way]), visit(**WAYS[way])
    manager.hurried = trainer.hurried = way == "phone"
    manager.sign_in(cast.emails["manager"])
    _read_report(manager)
    trainer.sign_in(cast.emails["trainer"])
    _read_counts(trainer)


def test_the_keyboard_alone_is_enough(app: Flask, cast: Cast, visit: Visit) -> None:
    module = made_up()
    published(app, module)
    officer = visit()
    officer.go("/sign-in")
    officer.hurried = True
    hand = Keyboard(officer)
    hand.write(officer.page.get_by_label("E-mail address"), cast.emails["officer"])
    hand.write(officer.page.get_by_label("Password"), "correct horse battery")
    hand.activate(officer.page.locator("main").get_by_role("button", name="Sign in"))
    hand.activate(officer.page.get_by_role("link", name=module.title).first)
    Officer(officer, module, hand, miss=("q1",)).play()
