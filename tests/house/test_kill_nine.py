"""The server is killed while many save: whatever it had acknowledged is there when it is back."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import flask_migrate
import pytest
from flask import Flask

from app.accounts.access import digest_of
from app.accounts.models import SignIn, UnitKind
from app.authoring.publishing import publish
from app.config import Settings
from app.db import db, now_utc
from app.factory import create_app
from tests.cast import make_person, make_unit
from tests.conftest import settings_for
from tests.factories.modules import made_up
from tests.factories.world import World
from tests.house.databases import another_database
from tests.house.visitor import Visitor

LEARNERS = 6
MODULES = 40
LOAD_SECONDS = 2.0


@dataclass
class Learner:
    """Somebody who answers module after module, and remembers what was acknowledged."""

    port: int
    visitor: Visitor
    answers: set[tuple[int, str]] = field(default_factory=set)
    reflections: dict[tuple[int, str], str] = field(default_factory=dict)
    drafts: dict[tuple[int, str], int] = field(default_factory=dict)
    refused: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=20)

    def send(self, method: str, url: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request; return its status, and where it leads or what it holds."""
        head = {
            "Cookie": f"{self.visitor.app.config['SESSION_COOKIE_NAME']}={self.visitor.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({**(fields or {}), "csrf_token": str(self.visitor.csrf)})
        self.line.request(method, url, body if method == "POST" else None, head)
        answer = self.line.getresponse()
        text = answer.read().decode()
        return answer.status, answer.headers.get("Location") or text

    def post(self, url: str, expected: int, fields: dict[str, str]) -> bool:
        """Send a form; tell whether it was acknowledged."""
        status, _ = self.send("POST", url, fields)
        if status != expected:
            self.refused.append((url, status))
        return status == expected

    def work(self) -> None:
        """Save and commit until the server is gone."""
        try:
            for number in range(MODULES):
                _status, place = self.send("POST", f"/modules/module-{number}/start")
                self._one(int(place.rsplit("/", 1)[1]))
        except (HTTPException, OSError):
            return

    def _one(self, attempt: int) -> None:
        items = f"/attempts/{attempt}/items"
        for sequence in range(1, 4):
            if self.post(f"{items}/q1/draft", 200, {"choice": "q1-a", "sequence": f"{sequence}"}):
                self.drafts[attempt, "q1"] = sequence
        if self.post(f"{items}/q1/answer", 303, {"choice": "q1-b"}):
            self.answers.add((attempt, "q1"))
        for sequence in range(1, 4):
            words = {"text": f"Words {sequence}", "sequence": f"{sequence}"}
            if self.post(f"{items}/r1/draft", 200, words):
                self.drafts[attempt, "r1"] = sequence
        words = {"text": f"Written in {attempt}"}
        if attempt % 2 and self.post(f"{items}/r1/reflection", 303, words):
            self.reflections[attempt, "r1"] = words["text"]

    def lost(self) -> list[str]:
        """Ask the server for everything that it holds of her; return what is not there."""
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        status, text = self.send("GET", "/record/everything.json")
        assert status == 200
        held = json.loads(text)
        answers = {(row["attempt_id"], row["item_id"]): row for row in held["answer"]}
        written = {(row["attempt_id"], row["item_id"]): row for row in held["reflection"]}
        drafts = {(row["attempt_id"], row["item_id"]): row for row in held["draft"]}
        missing = [f"answer {key}" for key in self.answers if "q1-b" not in str(answers.get(key))]
        missing += [
            f"reflection {key}"
            for key, words in self.reflections.items()
            if written.get(key, {}).get("text") != words
        ]
        # A commit that was under way may have been kept without being acknowledged.
        missing += [
            f"draft {key}"
            for key, sequence in self.drafts.items()
            if key not in answers
            and key not in written
            and drafts.get(key, {}).get("sequence", 0) < sequence
        ]
        return missing


def _prepare(settings: Settings) -> Flask:
    """Make the tables, the people with open sessions, and the modules."""
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        unit = make_unit("Northshire", UnitKind.FORCE)
        for number in range(LEARNERS):
            person = make_person(f"learner_{number}", unit)
            db.session.add(
                SignIn(
                    token_digest=digest_of(World().token(f"learner_{number}")),
                    person_id=person.id, begun_at=now_utc(), last_seen=now_utc(), browser="A",
                )
            )  # fmt: skip
        for number in range(MODULES):
            publish(made_up(f"module-{number}"), by=None, at=now_utc())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return app


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _serving(settings: Settings, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server as an operator does, until the block ends or it is killed in it."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "DEBRIEF_SECRET_KEY": settings.secret_key,
        "DEBRIEF_PRIVATE_KEYS": ",".join(settings.private_keys),
        "DEBRIEF_INSTANCE": str(settings.instance),
        "DEBRIEF_SECURE_COOKIES": "no",
    }
    command = [sys.executable, "-c", "from app.cli import main; main()", "run", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(400):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "the server did not start"
            time.sleep(0.05)
        yield server
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Settings on a database of the suite's kind that a killed server may leave behind."""
    with another_database(tmp_path) as url:
        yield settings_for(url, tmp_path)


@pytest.mark.database
def test_what_was_acknowledged_outlives_a_kill(settings: Settings) -> None:
    app, port = _prepare(settings), _free_port()
    people = [Visitor(app, World(), f"learner_{number}") for number in range(LEARNERS)]
    learners = [Learner(port, visitor) for visitor in people]
    with _serving(settings, port) as server:
        threads = [threading.Thread(target=learner.work) for learner in learners]
        for thread in threads:
            thread.start()
        time.sleep(LOAD_SECONDS)
        assert all(thread.is_alive() for thread in threads), "the load was over before the kill"
        server.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join()
    assert [learner.refused for learner in learners] == [[]] * LEARNERS
    assert min(len(learner.drafts) for learner in learners) > 0
    assert sum(len(learner.answers) for learner in learners) >= LEARNERS
    with _serving(settings, port):
        assert [learner.lost() for learner in learners] == [[]] * LEARNERS
