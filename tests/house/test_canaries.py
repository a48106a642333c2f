"""A word in every private text, and in all that stands behind a gate: nobody else ever sees it."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.db import Base, db
from tests.factories.world import World, canary
from tests.house.scene import Scene
from tests.house.test_access_matrix import VISITORS
from tests.house.test_get_writes_nothing import addresses
from tests.house.visitor import Visitor

OWNER = re.compile(r"kestrel-\w+-of-(\w+)-kestrel")
KINDS = ("reflection", "points", "draft", "commitment")


def words_of(response: TestResponse) -> str:
    """Return all that an answer holds, opening a workbook."""
    head = "\n".join(f"{name}: {value}" for name, value in response.headers)
    if not response.data.startswith(b"PK"):
        return head + response.get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(response.data)) as book:
        return head + "".join(book.read(name).decode() for name in book.namelist())


@pytest.mark.parametrize(("who", "force"), VISITORS, ids=lambda part: str(part))
def test_nobody_reads_anybody_elses_private_words(
    app: Flask, world: World, who: str | None, force: str,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    visitor, pages = Visitor(app, world, who), []
    for url in addresses(Scene(app, world, who, force)):
        words = words_of(visitor.get(url))
        assert set(OWNER.findall(words)) <= {who}, url
        pages.append(words)
    own = {kind for kind in KINDS if canary(str(who), kind) in "".join(pages)}
    assert own == (set(KINDS) if visitor.known else set()), "one's own words are one's own to read"
    written = capfd.readouterr()
    assert not OWNER.search(caplog.text + written.out + written.err)


def _written_anew(world: World, visitor: Visitor) -> Iterator[TestResponse]:
    """Send private words along every way in, those that are refused too."""
    word = canary("north_officer", "sent")
    halfway = world.attempts["north_officer", "halfway"]
    ready = world.attempts["north_officer", "ready"]
    item = f"/attempts/{halfway}/items/r1"
    # As a page that has seen every save before.
    seen = {"sequence": 9}
    yield visitor.post(f"{item}/draft", {"text": word, "sequence": 9})
    yield visitor.post(f"{item}/draft", {"text": word, "sequence": 1})
    yield visitor.post(f"{item}/reflection", {"text": word * 1500})
    yield visitor.post(f"{item}/reflection", {"text": word})
    yield visitor.post(f"{item}/reflection", {"text": f"other {word}"})
    yield visitor.post(f"{item}/reflection", {"text": f"more {word}", "append": "1"})
    yield visitor.post(f"{item}/points", {**seen, "tick-0": "disagree", "words-0": word})
    yield visitor.post(f"/attempts/{ready}/commitment", {**seen, "commitment": word})
    yield visitor.post(f"/attempts/{ready}/finish", {**seen, "commitment": word * 1500})
    yield visitor.post(f"/attempts/{ready}/finish", {**seen, "commitment": word})
    other = world.attempts["north_colleague", "halfway"]
    yield visitor.post(f"/attempts/{other}/items/r1/reflection", {"text": word})


def _stored(app: Flask, folder: Path) -> bytes:
    """Return every byte that the database keeps of anybody."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return b"".join(path.read_bytes() for path in sorted(folder.glob("test.db*")))
        with db.engine.connect() as connection:
            return b"".join(
                value.encode() if isinstance(value, str) else bytes(value)
                for table in Base.metadata.sorted_tables
                for row in connection.execute(sa.select(table))
                for value in row
                if isinstance(value, (str, bytes, memoryview))
            )


def test_no_byte_of_the_database_or_the_log_holds_private_words(
    app: Flask, world: World, folder: Path,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    answers = list(_written_anew(world, Visitor(app, world, "north_officer")))
    assert [answer.status_code for answer in answers] == [
        200, 409, 303, 303, 409, 303, 303, 200, 422, 303, 404,
    ]  # fmt: skip
    stored = _stored(app, folder)
    assert b"north_officer@example.test" in stored, "the right bytes are read"
    assert b"kestrel" not in stored
    written = capfd.readouterr()
    assert "kestrel" not in caplog.text + written.out + written.err


GATED = re.compile(r"canary-[\w-]+", re.I)


def test_a_learner_sees_nothing_behind_a_gate_outside_the_player(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, "north_newcomer")
    started = visitor.post("/modules/untouched/start")
    attempt = int(started.location.rsplit("/", 1)[1])
    scene = Scene(app, world, "north_newcomer", "north")
    urls = [url for url in addresses(scene) if "/set-password/" not in url]
    stages = [f"/attempts/{attempt}/stages/{stage}" for stage in ("first", "second", "fourth")]
    ends = [f"/attempts/{attempt}/{end}" for end in ("decisions", "again/q1", "finish", "done")]
    found = {}
    for url in [*urls, *stages, *ends, f"/attempts/{attempt}", f"/record/attempts/{attempt}"]:
        response = visitor.get(url)
        assert response.status_code in (200, 303, 403, 404), url
        if gated := GATED.findall(words_of(response)):
            found[url] = gated
    assert found == {}


@pytest.mark.parametrize("who", ["north_manager", "north_administrator"])
def test_who_is_no_trainer_reads_no_key_on_pages_of_work(
    app: Flask, world: World, who: str
) -> None:
    visitor = Visitor(app, world, who)
    for url in addresses(Scene(app, world, who, "north")):
        if url.startswith(("/attempts", "/record", "/set-password")):
            continue
        # The questions for those who make policy are there for managers to read.
        assert set(GATED.findall(words_of(visitor.get(url)))) <= {"canary-policy"}, url
