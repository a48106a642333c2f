"""The editor's benchmark: `python -m tests.performance.editor` prints how long pages take.

It asks the outline of a draft with 12 stages and 40 questions of the application itself, on
SQLite on a disk, and prints the median and the slowest of many, with the statements sent. The
draft is saved anew before each, so that no check is remembered from the time before.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.cases.document import Block, CaseDocument, Kind, Place
from app.db import db, now_utc
from app.drafting import drafting, parts
from app.drafting.models import ModuleDraft
from app.factory import create_app, make_ready
from tests.cast import PASSWORD, Cast, build_cast
from tests.conftest import settings_for
from tests.counting import counted_queries
from tests.factories.cases import imported, many_blocks
from tests.performance.long_draft import long_draft

ROUNDS = 40
ALLOWED_MILLISECONDS = 150
ALLOWED_STATEMENTS = 12


def begin(app: Flask, cast: Cast) -> int:
    """Begin the long draft of an imported case of twenty pages; return its id."""
    with app.app_context():
        case = imported(_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        document = long_draft()
        document["sources"][0]["sha256"] = case.sha256
        draft = drafting.start(
            document, force_id=cast.north, by=cast.trainer, at=now_utc(), what="Began."
        )
        db.session.commit()
        return draft.id


def _case() -> CaseDocument:
    """Return a case with the heading that the draft's places name, and a thousand paragraphs."""
    body = many_blocks(1000)
    heading = Block(Kind.HEADING, "Overview", Place(1, 1, 1))
    return replace(body, blocks=(heading, *body.blocks))


def retell(app: Flask, draft_id: int, by: int, words: str) -> None:
    """Save another text, as an author does all day: what was checked must be checked again."""
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)

        def change(now: parts.Document) -> parts.Document:
            part = parts.part_of(now, "item.story-0-a") | {"text": words}
            return parts.with_part(now, "item.story-0-a", part)

        drafting.revise(draft, change, by=by, at=now_utc(), what="Edited.")
        db.session.commit()


def measure(app: Flask, client: FlaskClient, cast: Cast, draft_id: int) -> tuple[list[float], int]:
    """Return the milliseconds of each round, and the most statements of any."""
    took, most = [], 0
    for number in range(ROUNDS):
        retell(app, draft_id, cast.trainer, f"She rings for the {number}th time.")
        with counted_queries(app) as statements:
            begun = time.perf_counter()
            answer = client.get(f"/drafts/{draft_id}", headers={"Accept-Encoding": "br"})
            took.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200
        most = max(most, len(statements))
    return took, most


def main() -> int:
    """Measure and print; 1 when the promise is not kept."""
    with tempfile.TemporaryDirectory(prefix="debrief-editor-") as folder:
        path = Path(folder)
        app = create_app(settings_for(f"sqlite:///{path / 'editor.db'}", path))
        app.config["WTF_CSRF_ENABLED"] = False
        # As a server begins.
        make_ready(app)
        with app.app_context():
            db.create_all()
            cast = build_cast()
            db.session.commit()
        client = app.test_client()
        client.post("/sign-in", data={"email": cast.emails["trainer"], "password": PASSWORD})
        took, most = measure(app, client, cast, begin(app, cast))
    median, slowest = statistics.median(took), max(took)
    print(f"outline, 12 stages, 40 questions: median {median:.0f} ms, slowest {slowest:.0f} ms")
    print(f"statements: {most}")
    return int(median > ALLOWED_MILLISECONDS or most > ALLOWED_STATEMENTS)


if __name__ == "__main__":
    raise SystemExit(main())
