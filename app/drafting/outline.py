"""A draft at a glance: its stages and items in order, in the few words that name them; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.catalogue.module_files import Finding, Severity
from app.drafting.links import link_to
from app.drafting.parts import WHOLE, Document

GATES = frozenset({"single", "multiple", "ordering", "matching", "reflection"})
WORDS = 18
CARD_WORDS = 7
NOTHING = "Nothing written yet"
KIND_WORDS = {
    "text": "Text",
    "extract": "Extract",
    "single": "Choose one",
    "multiple": "Choose all that apply",
    "ordering": "Put in order",
    "matching": "Match",
    "reflection": "Reflection",
}
# What the buttons that add an item say: first the story, then what learners are asked.
ADD_WORDS = {
    "text": "Text",
    "extract": "Log, message or document",
    "single": "Question: choose one",
    "multiple": "Question: choose all that apply",
    "ordering": "Question: put in order",
    "matching": "Question: match",
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
class Counts:
    """How much is to do, to mend and to look at, and how many comments are open."""

    todo: int = 0
    mend: int = 0
    advice: int = 0
    comments: int = 0

    @property
    def any(self) -> bool:
        """Tell whether there is anything at all."""
        return bool(self.todo or self.mend or self.advice or self.comments)


NONE = Counts()


@dataclass(frozen=True)
class ItemLine:
    """One item as the outline names it."""

    id: str
    address: str
    kind: str
    words: str
    first: bool
    last: bool
    counts: Counts = NONE

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
    counts: Counts = NONE


@dataclass(frozen=True)
class Card:
    """What stands beside the stages, such as the settings, in a few words."""

    address: str
    title: str
    words: str
    counts: Counts = NONE


@dataclass(frozen=True)
class Outline:
    """The whole draft at a glance."""

    title: str
    cards: tuple[Card, ...]
    stages: tuple[StageLine, ...]


def _counted(
    document: Document, findings: Sequence[Finding], comments: Mapping[str, int]
) -> dict[str, Counts]:
    """Return, by the address of a part, how much its checks and its readers say."""
    found: dict[str, Counter[Severity]] = {}
    for finding in findings:
        address, anchor = link_to(document, finding.path)
        name = address or anchor.replace("-", ".", 1)
        found.setdefault(name, Counter())[finding.severity] += 1
    for name in comments:
        found.setdefault(name, Counter())
    return {
        name: Counts(
            by[Severity.TODO], by[Severity.REFUSE], by[Severity.WARN], comments.get(name, 0)
        )
        for name, by in found.items()
    }


def outline_of(
    document: Document, findings: Sequence[Finding] = (), comments: Mapping[str, int] | None = None
) -> Outline:
    """Return a document at a glance, however unfinished it is."""
    counts = _counted(document, findings, comments or {})
    stages = [stage for stage in document.get("stages") or () if isinstance(stage, dict)]
    lines = []
    for number, stage in enumerate(stages):
        below = _items(stage.get("items") or [], number, len(stages), counts)
        lines.append(_stage_line(stage, number, len(stages), below, counts))
    cards = tuple(
        Card(a, WHOLE_WORDS[a], _card_words(document, a), counts.get(a, NONE)) for a in WHOLE
    )
    return Outline(str(document.get("title") or "Untitled"), cards, tuple(lines))


def _stage_line(
    stage: Document, number: int, stages: int, items: tuple[ItemLine, ...],
    counts: Mapping[str, Counts],
) -> StageLine:  # fmt: skip
    name = str(stage.get("id", ""))
    return StageLine(
        id=name,
        address=f"stage.{name}",
        title=str(stage.get("title") or f"Stage {number + 1}, without a title"),
        when=" · ".join(str(stage[key]) for key in ("when", "seat") if stage.get(key)),
        known=str(stage.get("known") or ""),
        items=items,
        first=number == 0,
        last=number == stages - 1,
        counts=counts.get(f"stage.{name}", NONE),
    )


def _items(
    items: list[Document], stage: int, stages: int, counts: Mapping[str, Counts]
) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            id=str(item.get("id", "")),
            address=f"item.{item.get('id', '')}",
            kind=str(item.get("kind", "")),
            words=words_of(item),
            first=stage == 0 and number == 0,
            last=stage == stages - 1 and number == len(items) - 1,
            counts=counts.get(f"item.{item.get('id', '')}", NONE),
        )
        for number, item in enumerate(items)
    )


def words_of(item: Document) -> str:
    """Return the first words of an item: its prompt or title, else its text."""
    text = next((str(item[key]) for key in ("prompt", "title", "text") if item.get(key)), "")
    rows = item.get("claims") if isinstance(item.get("claims"), list) else []
    claims = [str(row.get("text") or "") for row in rows or () if isinstance(row, dict)]
    number = item.get("iopc_question")
    nothing = f"The IOPC’s question {number}, not yet written" if number else NOTHING
    return first_words(text or " ".join(claims)) or nothing


def first_words(text: str, most: int = WORDS) -> str:
    """Return the beginning of a text on one line, without Markdown's marks."""
    plain = re.sub(r"(?m)^\s*[-+] ", "", re.sub(r"[*_`]+", "", text))
    words = re.sub(r"[#>|]+", " ", plain).split()
    begun = " ".join(words[:most])
    return begun.rstrip(".,;:") + "…" if len(words) > most else begun


def _count(found: Any, word: str, many: str = "") -> str:
    number = len(found) if isinstance(found, list) else 0
    return f"{number} {word if number == 1 else many or word + 's'}" if number else "None yet"


def _card_words(document: Document, address: str) -> str:
    """Say in a few words what a part beside the stages holds."""
    if address == "settings":
        minutes, year = document.get("minutes"), document.get("practice_as_at")
        known = (f"{minutes} minutes" if minutes else "", f"practice as at {year}" if year else "")
        return ", ".join(filter(None, known)) or "No minutes and no year yet"
    if address == "content-note":
        note = document.get("content_note")
        text = note.get("text") if isinstance(note, dict) else ""
        return first_words(str(text or ""), CARD_WORDS) or "None yet"
    if address == "people":
        return _count(document.get("people"), "entry", "entries")
    if address == "sources":
        return _count(document.get("sources"), "source")
    return _count(document.get("policy_questions"), "question")
