"""Small made-up modules; every part that is gated carries a canary word of its own."""

from __future__ import annotations

from typing import Any

from app.catalogue.document import Module

PLACE = "Overview, 1"


def option(key: str, credit: str | None = None, **more: Any) -> dict[str, Any]:
    """Return an option whose feedback, and nothing before it, holds a canary."""
    found = {
        "id": key,
        "text": f"Do {key}",
        "feedback": f"canary-feedback-{key}",
        "basis": "finding",
        "place": "Overview, 2",
    }
    if credit is not None:
        found["credit"] = credit
    return found | more


def question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return a question of `kind` with two to four options and canaries behind its gate."""
    options: dict[str, list[dict[str, Any]]] = {
        "single": [option(f"{key}-a", "0"), option(f"{key}-b", "1"), option(f"{key}-c", "1/2")],
        "multiple": [
            option(f"{key}-a", "1"), option(f"{key}-b", "0"),
            option(f"{key}-c", "1"), option(f"{key}-d", "0"),
        ],
        "ordering": [option(f"{key}-a"), option(f"{key}-b"), option(f"{key}-c")],
        "matching": [
            option(f"{key}-a", target=f"{key}-x"), option(f"{key}-b", target=f"{key}-y"),
        ],
    }  # fmt: skip
    found: dict[str, Any] = {
        "id": key,
        "kind": kind,
        "prompt": f"What would you do at {key}?",
        "explanation": f"canary-explanation-{key}",
        "reasonable": f"canary-reasonable-{key}",
        "then": [{"known": "available", "text": f"canary-then-{key}", "place": PLACE}],
        "outcome": {
            "done": f"canary-done-{key}",
            "found": f"canary-found-{key}",
            "standing": "case to answer",
            "place": PLACE,
        },
        "options": options[kind],
        "place": PLACE,
    }
    if kind == "matching":
        found["targets"] = [
            {"id": f"{key}-x", "text": f"Target x of {key}"},
            {"id": f"{key}-y", "text": f"Target y of {key}"},
        ]
    return found | more


def reflection(key: str, **more: Any) -> dict[str, Any]:
    """Return a reflection with two model points behind it."""
    return {
        "id": key,
        "kind": "reflection",
        "prompt": f"What do you think of {key}?",
        "model_points": [
            {"text": f"canary-point-{key}-{n}", "basis": "reasoning", "place": PLACE}
            for n in (1, 2)
        ],
        "place": PLACE,
    } | more


def text(key: str, words: str | None = None) -> dict[str, Any]:
    """Return a piece of story."""
    return {"id": key, "kind": "text", "text": words or f"canary-text-{key}", "place": PLACE}


def plain_module(slug: str = "made-up", **more: Any) -> dict[str, Any]:
    """Return a module document of four stages with a question of each kind, as plain values."""
    return {
        "slug": slug,
        "title": f"Title of {slug}",
        "summary": "A made-up case.",
        "practise": ["Deciding"],
        "minutes": 10,
        "practice_as_at": "2020",
        "sources": [
            {
                "id": "case",
                "publisher": "Independent Office for Police Conduct",
                "title": "canary-source-title",
                "published": "2020-01",
                "licence": "Open Government Licence v3.0",
                "headings": ["Overview"],
            }
        ],
        "content_note": {"text": "Nothing that happened."},
        "people": [
            {"name": "Mr A", "who": "a caller", "from": "first", "place": PLACE},
            {"name": "Mr A", "who": "canary-person", "from": "fourth", "place": PLACE},
        ],
        "stages": [
            {"id": "first", "title": "Stage first", "known": "then",
             "items": [text("t1", "The beginning."), question("q1", "single"), text("t2"),
                       reflection("r1"), text("t3")]},
            {"id": "second", "title": "Canary-stage-second", "known": "available",
             "items": [text("t4"), question("q2", "multiple"), question("q3", "ordering")]},
            {"id": "third", "title": "Canary-stage-third", "known": "then",
             "items": [question("q4", "matching"), reflection("r2")]},
            {"id": "fourth", "title": "Canary-stage-fourth", "known": "later",
             "items": [text("t5")]},
        ],
        "policy_questions": [
            {"number": 1, "text": "canary-policy", "asked_by": "Debrief", "place": PLACE}
        ],
    } | more  # fmt: skip


def made_up(slug: str = "made-up", **more: Any) -> Module:
    """Return the module document of `plain_module`."""
    return Module.model_validate(plain_module(slug, **more))


# Responses as form fields: everything right, and everything wrong.
RIGHT: dict[str, dict[str, Any]] = {
    "q1": {"choice": "q1-b"},
    "q2": {"choice": ["q2-a", "q2-c"]},
    "q3": {"order": ["q3-a", "q3-b", "q3-c"]},
    "q4": {"pair-q4-a": "q4-x", "pair-q4-b": "q4-y"},
}
WRONG: dict[str, dict[str, Any]] = {
    "q1": {"choice": "q1-a"},
    "q2": {"choice": ["q2-b"]},
    "q3": {"order": ["q3-c", "q3-b", "q3-a"]},
    "q4": {"pair-q4-a": "q4-y", "pair-q4-b": "q4-x"},
}
