"""Published modules, and attempts with answers and private text, for tests of records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from app.accounts.access import digest_of
from app.accounts.models import SignIn
from app.attempts.marking import Response, mark
from app.attempts.models import (
    Answer,
    Attempt,
    Commitment,
    Draft,
    Look,
    Reflection,
    ReflectionState,
)
from app.attempts.privacy import seal
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.db import db
from app.records.models import Completion
from app.records.recording import record_completion
from tests.browser import PageClient

WHEN = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
DAY = WHEN.date()
PLACE = "Overview, 1"
OUTCOME = {"done": "It was done", "found": "It was found", "standing": "stated", "place": PLACE}


def _option(key: str, **more: Any) -> dict[str, Any]:
    common = {"id": key, "text": f"Option {key}", "feedback": f"Why {key}.", "place": PLACE}
    return {**common, "basis": "finding", **more}


def _question(key: str, kind: str, options: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "kind": kind,
        "prompt": f"What about {key}?",
        "explanation": f"Because of {key}.",
        "outcome": OUTCOME,
        "place": PLACE,
        "options": options,
        **more,
    }


ITEMS: list[dict[str, Any]] = [
    _question("one", "single", [_option("yes", credit="1"), _option("no", credit="0"),
                                _option("half", credit="1/2")]),
    _question("many", "multiple", [_option("a", credit="1"), _option("b", credit="1"),
                                   _option("c", credit="0")]),
    _question("line", "ordering", [_option("first"), _option("second"), _option("third")]),
    _question("pair", "matching", [_option("left", target="l"), _option("right", target="r")],
              targets=[{"id": "l", "text": "The left"}, {"id": "r", "text": "The right"}]),
    {"id": "think", "kind": "reflection", "prompt": "What did you think?", "place": PLACE,
     "model_points": [{"text": "A point", "basis": "reasoning", "place": PLACE}]},
]  # fmt: skip


def make_version(
    slug: str = "a-module",
    *,
    number: int = 1,
    title: str = "A module of four questions",
    owner_id: int | None = None,
    items: list[dict[str, Any]] | None = None,
) -> Version:
    """Publish a small module with a question of each kind and a reflection; flushes."""
    found = document.Module.model_validate(
        {
            "slug": slug, "title": title, "summary": "A summary", "practise": ["To decide"],
            "minutes": 5, "practice_as_at": "2020", "content_note": {"text": "A plain note"},
            "sources": [{"id": "s", "publisher": "P", "title": "T", "published": "2020",
                         "licence": "OGL", "headings": ["Overview"]}],
            "stages": [{"id": "start", "title": f"Start of {number}", "known": "then",
                        "items": items or ITEMS}],
        }
    )  # fmt: skip
    text = json.dumps(document.to_plain(found))
    module = db.session.query(Module).filter_by(slug=slug).one_or_none()
    if module is None:
        module = Module(slug=slug, owner_id=owner_id, created_at=WHEN)
        db.session.add(module)
        db.session.flush()
    version = Version(
        module_id=module.id, number=number, title=title, minutes=5, document=text,
        digest=hashlib.sha256(text.encode()).hexdigest(), published_at=WHEN,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def question_of(version: Version, item_id: str) -> document.Question:
    """Return a question of a version."""
    module = document.Module.model_validate_json(version.document)
    return next(question for question in module.questions() if question.id == item_id)


def add_answer(
    attempt: Attempt, version: Version, item_id: str, response: Response, look: Look = Look.FIRST
) -> None:
    """Commit an answer with the mark it deserves."""
    marked = mark(question_of(version, item_id), response)
    db.session.add(
        Answer(
            attempt_id=attempt.id, item_id=item_id, look=look, response=response.to_json(),
            credit=str(marked.credit), scheme=marked.scheme, committed_at=WHEN,
        )
    )  # fmt: skip


def make_attempt(
    learner_id: int,
    version: Version,
    *,
    first: Mapping[str, Response] | None = None,
    again: Mapping[str, Response] | None = None,
    completed: bool = True,
    seconds: int = 720,
) -> Attempt:
    """Make an attempt with answers, completed on the day of WHEN unless told otherwise."""
    attempt = Attempt(
        learner_id=learner_id, module_id=version.module_id, version_id=version.id, seed=7,
        place="start", started_at=WHEN, touched_at=WHEN, active_seconds=seconds,
    )  # fmt: skip
    db.session.add(attempt)
    db.session.flush()
    for item_id, response in (first or {}).items():
        add_answer(attempt, version, item_id, response)
    for item_id, response in (again or {}).items():
        add_answer(attempt, version, item_id, response, Look.AGAIN)
    if completed:
        attempt.completion_id = make_completion(f"attempt:{attempt.id}", learner_id, version).id
    db.session.flush()
    return attempt


def make_completion(key: str, person_id: int, version: Version, on: date = DAY) -> Completion:
    """Record a completion under `key`."""
    return record_completion(
        key=key, person_id=person_id, module_id=version.module_id, version_id=version.id,
        completed_on=on, now=WHEN,
    )  # fmt: skip


def add_private(attempt: Attempt, canary: str, *, skipped: bool = False) -> None:
    """Give an attempt a reflection with points, a commitment and a draft, each with `canary`."""
    points = json.dumps({"0": {"tick": "partly", "words": f"words {canary}"}})
    db.session.add_all(
        [
            Reflection(
                attempt_id=attempt.id, item_id="think",
                state=ReflectionState.SKIPPED if skipped else ReflectionState.WRITTEN,
                text=None if skipped else seal(f"text {canary}"),
                points=None if skipped else seal(points), written_at=WHEN,
            ),
            Commitment(attempt_id=attempt.id, text=seal(f"shift {canary}"), written_at=WHEN),
            Draft(attempt_id=attempt.id, item_id="think", look=Look.FIRST, sequence=1,
                  body=seal(json.dumps({"text": [f"draft {canary}"]})), saved_at=WHEN),
        ]
    )  # fmt: skip
    db.session.flush()


def sit_down(client: PageClient, person_id: int) -> PageClient:
    """Sign a person in on this client without going through the page; needs an app context."""
    token = f"token-of-{person_id}"
    now = datetime.now(UTC)
    db.session.add(
        SignIn(token_digest=digest_of(token), person_id=person_id, begun_at=now, last_seen=now,
               browser="a browser")
    )  # fmt: skip
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client
