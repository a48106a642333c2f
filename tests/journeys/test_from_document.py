"""From an uploaded PDF to a published version that an officer completes, by three people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from app.accounts.models import Unit
from app.accounts.permissions import Role
from app.catalogue.document import Module
from app.catalogue.models import Version
from app.db import db
from tests.cast import Cast, make_person
from tests.journeys.conftest import Visit
from tests.journeys.playing import Officer, Pointer
from tests.journeys.visitor import Visitor
from tests.journeys.writing import Author, add_question

FILES = Path(__file__).parents[1] / "cases" / "files"
PDF = FILES / "lost-wallet.two-columns.untagged.pdf"
WAYS: dict[str, dict[str, Any]] = {
    "laptop": {},
    "without-javascript": {"java_script_enabled": False},
}


def _second_trainer(app: Flask, cast: Cast) -> str:
    with app.app_context():
        north = db.session.get_one(Unit, cast.north)
        reviewer = make_person("reviewer", north, roles=((Role.TRAINER, north),))
        db.session.commit()
        return reviewer.email or ""


def _import(trainer: Visitor) -> str:
    """Upload the PDF, look at its blocks, make a draft; return the draft's address."""
    trainer.follow("Write")
    trainer.look()
    trainer.go("/cases/new")
    trainer.look()
    trainer.page.set_input_files("input[type=file]", PDF)
    trainer.press("Read the case")
    trainer.sees("The case was imported")
    trainer.look()
    trainer.press("Make a draft")
    trainer.look()
    trainer.press("Make the draft")
    trainer.look()
    return trainer.page.url.partition("#")[0].partition("?")[0]


def _write(trainer: Visitor, draft: str) -> None:
    """Add a question and write all that is to do; then ask for a review."""
    add_question(trainer.page, 0)
    path = "/drafts/" + draft.rpartition("/")[2]
    author = Author(trainer)
    author.finish(path)
    trainer.look()
    trainer.go(path)
    trainer.look()
    trainer.follow("Review")
    trainer.look()
    trainer.press("Ask for a review")
    trainer.sees("another trainer of your force must sign it off")


def _sign_off(reviewer: Visitor, draft: str) -> None:
    reviewer.go(draft)
    reviewer.look()
    reviewer.follow("Review")
    with reviewer.page.expect_navigation():
        reviewer.page.get_by_role("button", name="Approve revision").click()
    reviewer.look()
    expect(reviewer.page.locator(".remarks")).to_contain_text("Approved")


def _publish(trainer: Visitor, draft: str) -> None:
    trainer.go(draft)
    trainer.follow("Publish")
    trainer.look()
    trainer.page.locator("input[name=sure]").check()
    trainer.press("Publish version 1")
    trainer.look()


def _published(app: Flask) -> Module:
    with app.app_context():
        version = db.session.scalars(sa.select(Version)).one()
        return Module.model_validate_json(version.document)


@pytest.mark.parametrize("way", WAYS)
def test_only_the_chosen_way_of_giving_a_case_is_offered(
    cast: Cast, visit: Visit, way: str
) -> None:
    trainer = visit(**WAYS[way])
    trainer.sign_in(cast.emails["trainer"])
    trainer.go("/cases/new")
    file, text = trainer.page.locator("[type=file]"), trainer.page.locator("textarea[name=text]")
    expect(file).to_be_visible()
    expect(text).to_be_hidden()
    trainer.page.get_by_label("As text that I paste").check()
    expect(text).to_be_visible()
    expect(file).to_be_hidden()
    text.fill("A short case\n\nMs G rang 101 at 6pm. Nobody came.")
    trainer.press("Read the case")
    trainer.sees("The case was imported")


@pytest.mark.parametrize("way", WAYS)
def test_a_pdf_becomes_a_module_that_an_officer_completes(
    app: Flask, cast: Cast, visit: Visit, way: str
) -> None:
    second = _second_trainer(app, cast)
    trainer, reviewer, officer = (visit(**WAYS[way]) for _person in range(3))
    trainer.sign_in(cast.emails["trainer"])
    draft = _import(trainer)
    _write(trainer, draft)
    reviewer.sign_in(second)
    _sign_off(reviewer, draft)
    _publish(trainer, draft)
    module = _published(app)
    assert [source.publisher for source in module.sources] == ["Fictional Learning"]
    officer.hurried = True
    officer.sign_in(cast.emails["officer"])
    officer.follow("Library")
    officer.follow(module.title)
    Officer(officer, module, Pointer(officer)).play()
