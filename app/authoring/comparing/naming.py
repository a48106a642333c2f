"""How a comparison names the parts of a module and their fields, and what a reader reads; pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from app.drafting.filling.fields import rows_of
from app.drafting.outline import words_of

# Nobody reads these: they tie a part to its source and to other parts.
SILENT = frozenset({"id", "place", "sha256", "headings", "needs"})
# Lists whose order says nothing.
SETS = frozenset({"topics", "audiences", "competencies"})
KINDS = {
    "text": "piece of story", "extract": "extract", "single": "question with one right option",
    "multiple": "question with several right options", "ordering": "question about an order",
    "matching": "question about pairs", "reflection": "reflection",
}  # fmt: skip
FIELDS = {
    "slug": "short name", "practise": "list of what one will practise", "minutes": "minutes",
    "owner": "unit that it is offered to", "practice_as_at": "year of the practice shown",
    "content_note": "content note", "people": "people", "policy_questions": "policy questions",
    "when": "time", "prompt": "wording", "hint": "hint", "needs": "list of what must be read first",
    "explanation": "explanation", "reasonable": "note on what made it look reasonable",
    "then": "text that opens next", "outcome": "outcome", "claims": "claims", "form": "form",
    "url": "link", "model_points": "model points", "iopc_question": "number of the IOPC’s question",
    "place": "place in the source", "basis": "basis", "kind": "kind", "text": "words",
}  # fmt: skip
# Values that would not be understood alone.
LABELS = {
    "basis": "Basis", "standing": "Standing", "known": "Known", "form": "Form", "by": "By",
    "from": "From stage", "number": "Number", "asked_by": "Asked by", "alternative": "Instead",
    "target": "Goes with",
}  # fmt: skip
MOST = 70


def cut(text: object, most: int = MOST) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def quoted(text: object) -> str:
    """Return the beginning of a text in quotation marks."""
    return f"“{cut(text) or 'untitled'}”"


def name_of_stage(stage: dict[str, Any]) -> str:
    """Name a stage by its title."""
    return f"stage {quoted(stage.get('title') or 'without a title')}"


def name_of_item(item: dict[str, Any]) -> str:
    """Name an item by what one reads first in it."""
    kind = str(item.get("kind", ""))
    words = {"text": "the text", "extract": "the extract", "reflection": "reflection"}
    said = item.get("prompt") or item.get("title") or item.get("text") or words_of(item)
    return f"{words.get(kind, 'question')} {quoted(said)}"


def name_of_field(key: str) -> str:
    """Name a field as a person would."""
    return FIELDS.get(key, key.replace("_", " "))


def article(words: str) -> str:
    """Put “a” or “an” before words."""
    return f"an {words}" if words[:1] in "aeio" else f"a {words}"


def first_up(sentence: str) -> str:
    """Begin a sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def credit_in_words(credit: object) -> str:
    """Say what an option counts."""
    return {"1": "Right", "0": "Not right"}.get(str(credit), f"Partly right: {credit}")


def readable(value: Any, key: str = "", *, silent: bool = False) -> Iterator[str]:
    """Give every line of a value that a reader meets, in order; `silent`: ties and places too."""
    if isinstance(value, dict):
        for name, part in value.items():
            if silent or name not in SILENT:
                yield from readable(part, name, silent=silent)
    elif isinstance(value, (list, tuple)):
        for part in sorted(map(str, value)) if key in SETS else value:
            yield from readable(part, key if key in SETS else "", silent=silent)
    elif value not in (None, ""):
        yield _line(value, key)


def lightly(key: str, seen: bool) -> str:
    """Say how a field changed that one would read no differently."""
    if key in SILENT:
        return "{} changed."
    if key in SETS and not seen:
        return "the order changed in {}."
    if seen:
        return "{} changed only in spaces, marks or capital letters."
    return "{} changed only in places and ids, which nobody reads."


def in_words(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item as one reads it whole: pairs by their words, not by their ids."""
    texts = {row.get("id"): row.get("text") for row in rows_of(item.get("targets"))}
    shown = {key: value for key, value in item.items() if key != "kind"}
    if texts and item.get("options"):
        shown["options"] = [
            row | {"target": texts.get(row.get("target"))} for row in rows_of(item["options"])
        ]
    return shown


def _line(value: Any, key: str) -> str:
    if key == "credit":
        return credit_in_words(value)
    return f"{LABELS[key]}: {value}" if key in LABELS else str(value)


# What is kept of a text when one asks whether anybody would read it differently: addresses whole,
# marks that belong to a figure, where a sentence or a paragraph ends, and words.
_SENSE = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>)\]]+|\S+@\S+)"
    r"|(?P<figure>[-‐‑‒–—−+.,:/’']+(?=\d)|(?<=\d)\s?[%‰°])"
    r"|(?P<end>[.!?…]+(?=[\s”’\"')\]*_]|$)|\n\s*\n)"
    r"|(?P<other>.)",
    re.S,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def words_alone(lines: list[str]) -> list[str]:
    """Return what one reads of lines: two that give the same differ only in what is cosmetic.

    Spaces, capitals and most marks are left out. Figures keep theirs, addresses are kept as they
    are, and sentences end where they end.
    """
    found = "".join(_kept(match) for match in _SENSE.finditer("\n\n".join(lines))).split()
    # However a sentence ends, it ends once; the last one ends with the text.
    once = [w for at, w in enumerate(found) if w != "." or found[at - 1 : at] not in (["."], ["?"])]
    while once and once[-1] == ".":
        once.pop()
    return once


def _kept(match: re.Match[str]) -> str:
    text = match[0]
    if match["address"]:
        return f" {text} "
    if match["figure"]:
        return text.strip().translate(_DASHES)
    if match["end"]:
        return " ? " if "?" in text else " . "
    return text.casefold() if unicodedata.category(text)[0] in "LNMS" else " "


WHOLE_NAMES = {
    "settings": "Settings", "content-note": "Content note", "people": "People",
    "sources": "Sources", "policy-questions": "Policy questions",
}  # fmt: skip


def names_of_parts(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the address and the name of every part, in the order in which a learner meets them.

    No two names are alike, so that one can choose among them.
    """
    found = [(address, name, 0) for address, name in WHOLE_NAMES.items()]
    for number, stage in enumerate(rows_of(document.get("stages")), 1):
        named = name_of_stage(stage) if stage.get("title") else f"stage {number}, without a title"
        found.append((f"stage.{stage.get('id', '')}", first_up(named), number))
        found += [
            (f"item.{item.get('id', '')}", first_up(name_of_item(item)), number)
            for item in rows_of(stage.get("items"))
        ]
    return list(_told_apart(found))


def _told_apart(found: list[tuple[str, str, int]]) -> Iterator[tuple[str, str]]:
    """Add the number of the stage to names that are alike, and then which of them it is."""
    often = Counter(name for _address, name, _stage in found)
    met: Counter[str] = Counter()
    for address, name, stage in found:
        within = "" if address.startswith("stage.") else "in "
        full = f"{name}, {within}stage {stage}" if often[name] > 1 else name
        met[full] += 1
        yield address, f"{full} ({met[full]})" if met[full] > 1 else full
