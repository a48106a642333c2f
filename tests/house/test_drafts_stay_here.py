"""A draft full of hostile words: its trainers read them as words, and nobody else reads them."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from flask import Flask

from app.authoring import reviewing
from app.db import db, now_utc
from app.drafting import drafting
from app.drafting.models import ModuleDraft
from app.drafting.parts import addresses as parts_of
from app.drafting.queries import revision_of
from tests.factories.world import World
from tests.house.scene import Scene
from tests.house.test_canaries import words_of
from tests.house.test_get_writes_nothing import addresses
from tests.house.visitor import Visitor

# Words of drafts and of imported cases, which stand nowhere else.
SECRET = re.compile(r"lapwing|curlew-north")
HOSTILE = (
    'lapwing "><script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)>'
    "[j](javascript:alert(4)) <a href='data:text/html,x'>k</a> {{ 7 * 7 }}"
)
# What is no text of its author's own: with other values the stages could not be shown.
KEPT = {
    "id", "kind", "slug", "known", "from", "standing", "credit", "needs", "alternative", "owner",
    "asked_by", "form", "target", "sha256", "url", "published", "basis", "place",
    "practice_as_at", "headings",
}  # fmt: skip


def poisoned(value: Any, key: str = "") -> Any:
    """Return a document with hostile words in every text."""
    if isinstance(value, dict):
        return {k: v if k in KEPT else poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(each, key) for each in value]
    return f"{value} {HOSTILE}" if isinstance(value, str) else value


@pytest.fixture
def draft(app: Flask, world: World) -> int:
    """A draft with hostile words in every text, a comment, a history and a reviewer's note."""
    first, second = world.people["north_trainer"], world.people["north_other_trainer"]
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, world.drafts["north"])
        drafting.revise(draft, poisoned, by=first, at=now_utc(), what=f"Edited “{HOSTILE}”.")
        reviewing.comment(draft, "item.q1", HOSTILE, by=second, at=now_utc())
        reviewing.ask_for_review(draft, by=first, at=now_utc())
        reviewing.sign_off(
            draft, revision=draft.head, approved=False, note=HOSTILE, by=second, at=now_utc()
        )
        db.session.commit()
        return draft.id


def active(html: str) -> list[str]:
    """Return what a browser would run, or follow to run something."""
    found = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("script", "style") and "".join(element.itertext()).strip():
            found.append(element.tag)
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name == "style" or value == "x":
                found.append(f"{element.tag} {name}")
            if name in ("href", "src", "action") and re.match(r"\s*(javascript|data):", value):
                found.append(value)
    return found


def test_hostile_words_are_only_words(app: Flask, world: World, draft: int) -> None:
    trainer = Visitor(app, world, "north_other_trainer")
    with app.app_context():
        parts = list(parts_of(revision_of(draft, 2).document))
    pages = ["", "/checks", "/history", "/history/2", "/review", "/changes?since=1", "/preview",
             "/paths", "/publish", "/preview/stages/first?as=managers"]  # fmt: skip
    pages += [f"/parts/{part}?preview=text" for part in parts]
    pages += [f"/parts/{part}?preview=options.0.feedback" for part in parts]
    for page in pages:
        answer = trainer.get(f"/drafts/{draft}{page}")
        assert answer.status_code == 200, page
        html = answer.get_data(as_text=True)
        assert "lapwing" in html or page in ("/publish", "/checks"), page
        assert active(html) == [], page
        assert "unsafe" not in answer.headers["Content-Security-Policy"], page
    both = trainer.post(f"/drafts/{draft}/parts/item.q1", {"base": "1", "prompt": f"My {HOSTILE}"})
    assert both.status_code == 409
    html = both.get_data(as_text=True)
    assert "changed this as well" in html
    assert active(html) == []
    case = trainer.get(f"/cases/{world.cases['north']}")
    assert "curlew-north" in case.get_data(as_text=True), "the words that nobody else reads"


@pytest.mark.parametrize(
    "who", ["north_officer", "north_manager", "north_administrator", "south_trainer", None]
)
def test_nobody_but_trainers_of_the_force_reads_a_draft_or_a_case(
    app: Flask, world: World, draft: int, who: str | None
) -> None:
    visitor, force = Visitor(app, world, who), (who or "north").partition("_")[0]
    urls = {*addresses(Scene(app, world, who, force)), f"/drafts/{draft}/parts/item.q1"}
    urls |= {f"/drafts/{draft}{page}" for page in ("", "/preview/stages/first", "/history/2")}
    for url in sorted(urls):
        assert not SECRET.search(words_of(visitor.get(url))), url
