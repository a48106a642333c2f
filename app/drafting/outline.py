"""A draft at a glance: its stages and items in order, in the few words that name them; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.drafting.parts import WHOLE, Document

GATES = frozenset({"single", "multiple", "ordering", "matching", "reflection"})
WORDS = 18
KIND_WORDS = {
    "text": "Text",
    "extract": "Extract",
    "single": "Choose one",
    "multiple": "Choose all that apply",
    "ordering": "Put in order",
    "matching": "Match",
    "reflection": "Reflection",
}
WHOLE_WORDS = {
    "settings": "Settings",
    "content-note": "Content note",
    "people": "People",
    "sources": "Sources",
    "policy-questions": "Policy questions",
}


@dataclass(frozen=True)
class ItemLine:
    """One item as the outline names it."""

    id: str
    address: str
    kind: str
    words: str
    first: bool
    last: bool

    @property
    def gate(self) -> bool:
        """Tell whether what follows waits until the learner has decided."""
        return self.kind in GATES

    @property
    def kind_words(self) -> str:
        """Name the kind as a trainer knows it."""
        return KIND_WORDS.get(self.kind, self.kind or "Unknown kind")


@dataclass(frozen=True)
class StageLine:
    """One stage with its items."""

    id: str
    address: str
    title: str
    when: str
    known: str
    items: tuple[ItemLine, ...]
    first: bool
    last: bool


@dataclass(frozen=True)
class Card:
    """What stands beside the stages, such as the settings, in one sentence."""

    address: str
    title: str
    words: str


@dataclass(frozen=True)
class Outline:
    """The whole draft at a glance."""

    title: str
    cards: tuple[Card, ...]
    stages: tuple[StageLine, ...]


def outline_of(document: Document) -> Outline:
    """Return a document at a glance, however unfinished it is."""
    stages = [stage for stage in document.get("stages") or () if isinstance(stage, dict)]
    total = sum(len(stage.get("items") or ()) for stage in stages)
    seen = 0
    lines = []
    for number, stage in enumerate(stages):
        items = stage.get("items") or []
        lines.append(_stage_line(stage, number, len(stages), _items(items, seen, total)))
        seen += len(items)
    cards = tuple(Card(a, WHOLE_WORDS[a], _card_words(document, a)) for a in WHOLE)
    return Outline(str(document.get("title") or "Untitled"), cards, tuple(lines))


def _stage_line(
    stage: Document, number: int, stages: int, items: tuple[ItemLine, ...]
) -> StageLine:
    name = str(stage.get("id", ""))
    return StageLine(
        id=name,
        address=f"stage.{name}",
        title=str(stage.get("title") or "A stage without a title"),
        when=", ".join(str(stage[key]) for key in ("when", "seat") if stage.get(key)),
        known=str(stage.get("known") or "then"),
        items=items,
        first=number == 0,
        last=number == stages - 1,
    )


def _items(items: list[Document], seen: int, total: int) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            id=str(item.get("id", "")),
            address=f"item.{item.get('id', '')}",
            kind=str(item.get("kind", "")),
            words=words_of(item),
            first=seen + number == 0,
            last=seen + number == total - 1,
        )
        for number, item in enumerate(items)
    )


def words_of(item: Document) -> str:
    """Return the first words of an item: its prompt or title, else its text."""
    text = next((str(item[key]) for key in ("prompt", "title", "text") if item.get(key)), "")
    return first_words(text) or "Nothing written yet"


def first_words(text: str, most: int = WORDS) -> str:
    """Return the beginning of a text on one line, without Markdown's marks."""
    words = re.sub(r"[*_`#>|]+", " ", text).split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def _count(found: Any, word: str, many: str = "") -> str:
    number = len(found) if isinstance(found, list) else 0
    return f"{number} {word if number == 1 else many or word + 's'}" if number else "None yet"


def _card_words(document: Document, address: str) -> str:
    """Say in a few words what a part beside the stages holds."""
    if address == "settings":
        minutes = document.get("minutes")
        return f"{minutes} minutes, practice as at {document.get('practice_as_at') or '…'}"
    if address == "content-note":
        note = document.get("content_note")
        text = note.get("text") if isinstance(note, dict) else ""
        return first_words(str(text or "")) or "None yet"
    if address == "people":
        return _count(document.get("people"), "entry", "entries")
    if address == "sources":
        return _count(document.get("sources"), "source")
    return _count(document.get("policy_questions"), "question")
