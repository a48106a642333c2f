"""Two trainers bring a correction to its version: one writes, the other reads, one publishes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from app.authoring.publishing import publish
from app.catalogue.models import Version
from app.db import db
from tests.authoring.reviewed import AT, next_draft, second_trainer
from tests.authoring.test_syncing import attempt
from tests.cast import Cast
from tests.factories.modules import made_up, plain_module
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}
LONG = "Counterterrorismintelligencecoordinationpartnership"
ADDRESS = "https://example.test/" + "a-very-long-address/" * 6


@pytest.fixture
def correction(app: Flask, cast: Cast) -> int:
    """A draft of version 2, with another key and long words, and somebody half-way in version 1."""
    stages = plain_module()["stages"]
    stages[0]["items"][0]["text"] = f"The beginning, with {LONG} and {ADDRESS}."
    stages[0]["items"][1]["options"][2]["credit"] = "1/3"
    stages[2]["items"].append(stages[0]["items"].pop())
    with app.app_context():
        second_trainer(cast)
        first = publish(made_up(), by=None, at=AT)
        attempt(cast.officer, first)
        attempt(cast.colleague, first, complete=True)
        draft = next_draft(cast, first, title=f"A title with {LONG}", stages=stages)
        db.session.commit()
        return draft.id


def _looks(visitor: Visitor, *paths: str) -> None:
    """Hold pages to the rules on the narrowest phone."""
    for path in paths:
        visitor.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        visitor.go(path)
        visitor.look()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_draft_to_its_version(
    app: Flask, cast: Cast, visit: Visit, correction: int, javascript: bool
) -> None:
    draft = f"/drafts/{correction}"
    writer = visit(java_script_enabled=javascript)
    writer.sign_in(cast.emails["trainer"])
    _looks(writer, f"{draft}/review", f"{draft}/publish")
    writer.go(f"{draft}/review")
    writer.press("Ask for a review")
    writer.sees("another trainer of your force must sign it off")

    reader = visit(java_script_enabled=javascript)
    reader.sign_in("second_trainer@example.test")
    _looks(reader, f"{draft}/review", f"{draft}/changes")
    reader.go(f"{draft}/changes")
    reader.sees("now counts 1/3 instead of 1/2")
    reader.go(f"{draft}/parts/item.q1")
    reader.page.get_by_label("Comment on this part").fill("Say why it is a third.")
    reader.press("Add the comment")
    reader.look()
    reader.go(f"{draft}/review")
    reader.expected = writer.expected = ["422 (UNPROCESSABLE ENTITY)"]
    reader.press("Ask for changes")
    reader.sees("Write what should be changed.")
    reader.look()
    reason = reader.page.get_by_label("What do you want to say about it?")
    reason.fill("Read word by word.")
    reader.page.get_by_label("About which part?").select_option("settings")
    reader.page.get_by_label("Comment", exact=True).fill("A fair title?")
    reader.press("Add the comment")
    reader.sees("Your comment was added.")
    expect(reason).to_have_value("Read word by word.")
    reader.look()
    reader.press("Approve revision 2")
    reader.sees("It can be published.")
    reader.sees("Read word by word.")

    _looks(writer, f"{draft}/review", f"{draft}/publish")
    writer.sees("1 attempt under way stays on version 1")
    writer.press("Publish version 2")
    writer.sees("Tick the box to publish it")
    writer.look()
    writer.page.get_by_label("I have read what changed and want to publish it").check()
    writer.press("Publish version 2")
    writer.sees("This draft became version 2")
    _looks(
        writer, draft + "/publish", "/preview/made-up", "/preview/made-up/2/changes",
        "/preview/made-up/retire", "/preview",
    )  # fmt: skip
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.max(Version.number))) == 2
