"""Unfinished documents for tests: any stages with any items, each with an id of its own."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.drafting.parts import KINDS

WORDS = st.text(alphabet="abc é–\n", max_size=12)


@st.composite
def documents(draw: st.DrawFn, least: int = 0) -> dict[str, Any]:
    """Draw a document of up to four stages with up to four items each."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=least, max_size=4))
    number = iter(range(100))
    stages = [
        {
            "id": f"stage-{place}",
            "title": draw(WORDS),
            "known": draw(st.sampled_from(["then", "available", "later"])),
            "items": [_item(draw, f"item-{next(number)}") for _ in range(size)],
        }
        for place, size in enumerate(sizes)
    ]
    document = {"title": draw(WORDS), "stages": stages}
    for key in ("people", "sources", "policy_questions"):
        if draw(st.booleans()):
            document[key] = draw(st.lists(st.fixed_dictionaries({"text": WORDS}), max_size=2))
    return document


def _item(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    return {"id": name, "kind": kind, "text": draw(WORDS)}


def part_values() -> st.SearchStrategy[dict[str, Any]]:
    """Draw what somebody may send for a part, keys included that are none of hers to set."""
    keys = st.sampled_from(["id", "kind", "items", "stages", "title", "text", "people", "prompt"])
    return st.dictionaries(keys, WORDS | st.lists(WORDS, max_size=2), max_size=5)


def ids(document: dict[str, Any]) -> list[str]:
    """Return every id of stages and items, in order."""
    found = []
    for stage in document["stages"]:
        found += [stage["id"], *(item["id"] for item in stage["items"])]
    return found
