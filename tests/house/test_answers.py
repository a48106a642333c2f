"""What every answer of the house has in common: addresses, headers, weight."""

from __future__ import annotations

import re

from flask import Flask

from app.ui.security import CONTENT_SECURITY_POLICY
from tests.factories.world import VIEWERS, World
from tests.house.scene import Scene
from tests.house.test_get_writes_nothing import addresses
from tests.house.visitor import Visitor

PART = re.compile(r"[a-z]+(-[a-z]+)*(\.(csv|xlsx|json))?$")
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def test_addresses_are_words_with_hyphens_and_numbers_are_numbers(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for part in rule.rule.strip("/").split("/"):
            if part.startswith("<"):
                kind, _, name = part.strip("<>").rpartition(":")
                number = name == "number" or (name.endswith("_id") and name not in NAMED)
                assert kind == ("int" if number else ""), rule.rule
            elif part:
                assert PART.match(part), rule.rule


# Items and stages are named by their ids in the document, which are words.
NAMED = {"item_id", "stage_id"}


def test_every_answer_is_strict_and_kept_by_nobody(app: Flask, world: World) -> None:
    policy = set(CONTENT_SECURITY_POLICY.split("; "))
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= policy
    assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= policy
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    visitors = [(None, "north"), *((f"north_{role}", "north") for role in VIEWERS)]
    for who, force in visitors:
        visitor = Visitor(app, world, who)
        for url in [*addresses(Scene(app, world, who, force)), "/no-such-page"]:
            headers = visitor.get(url).headers
            assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, url
            assert headers["Cache-Control"] == "no-store", url
            assert headers["X-Content-Type-Options"] == "nosniff", url


def _weight(visitor: Visitor, url: str) -> tuple[int, set[str]]:
    """Return the bytes over the wire of one answer, headers too, and the assets that it names."""
    answer = visitor.get(url, compressed=True)
    assert answer.status_code == 200, url
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
    named = set(ASSET.findall(visitor.get(url).get_data(as_text=True)))
    if not url.startswith("/static/") or not url.endswith(".svg"):
        assert answer.headers.get("Content-Encoding") == "br", url
    return head + len(answer.data), named


def test_a_first_visit_weighs_less_than_60_kb_and_a_page_less_than_10(
    app: Flask, world: World
) -> None:
    officer = Visitor(app, world, "north_officer")
    stage = f"/attempts/{world.attempts['north_officer', 'halfway']}/stages/first"
    first, assets = _weight(Visitor(app, world, None), "/sign-in")
    pages = [first]
    for url in ("/", "/library", stage, "/record"):
        weight, named = _weight(officer, url)
        pages.append(weight)
        assets |= named
    assert assets, "pages have styles and scripts"
    files = [_weight(officer, name)[0] for name in sorted(assets)]
    assert max(pages) < 10_000
    assert sum(pages[:2]) + sum(files) < 60_000


def test_static_files_are_kept_for_ever_under_the_hash_of_what_they_hold(
    app: Flask, world: World
) -> None:
    page = Visitor(app, world, None).get("/sign-in").get_data(as_text=True)
    for name in ASSET.findall(page):
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", name)
        answer = Visitor(app, world, None).get(name)
        assert "immutable" in answer.headers["Cache-Control"]
