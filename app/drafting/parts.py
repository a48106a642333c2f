"""The parts of an unfinished module document: finding, replacing, adding, moving them; pure.

A part is what one edits and saves at once. Its address is a word, or a word, a dot and an id:
`settings`, `content-note`, `people`, `sources`, `policy-questions`, `stage.the-first-call` (a
stage without its items), `item.q-age`. Documents are plain values as in a module file; nothing
here changes a document that it is given.
"""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from app.catalogue.strict_yaml import Path
from app.db import Refusal

Document = dict[str, Any]
KINDS = ("text", "extract", "single", "multiple", "ordering", "matching", "reflection")
# The keys of the document that one edits together, by the address of their part.
WHOLE: dict[str, tuple[str, ...]] = {
    "settings": (
        "slug", "title", "summary", "practise", "minutes", "owner", "practice_as_at", "topics",
        "audiences", "competencies",
    ),
    "content-note": ("content_note",),
    "people": ("people",),
    "sources": ("sources",),
    "policy-questions": ("policy_questions",),
}  # fmt: skip
# What no edit of a part changes: who it is, what it is, and the items of a stage.
_KEPT = ("id", "kind", "items")
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class NoSuchPart(Refusal):
    """The part is not in the document: never was, or somebody deleted it meanwhile."""


def _gone(address: str) -> NoSuchPart:
    what = {"stage": "This stage", "item": "This item"}.get(address.partition(".")[0], "This part")
    return NoSuchPart(f"{what} is not in the draft any more. Somebody may have deleted it.")


def addresses(document: Document) -> Iterator[str]:
    """Give the address of every part, in the order in which a learner meets them."""
    yield from WHOLE
    for stage in document.get("stages") or ():
        yield f"stage.{stage.get('id', '')}"
        for item in stage.get("items") or ():
            yield f"item.{item.get('id', '')}"


def path_of(document: Document, address: str) -> Path:
    """Return where a stage or an item stands; raises NoSuchPart."""
    kind, _, name = address.partition(".")
    for number, stage in enumerate(document.get("stages") or ()):
        if kind == "stage" and stage.get("id") == name:
            return ("stages", number)
        for index, item in enumerate(stage.get("items") or ()):
            if kind == "item" and item.get("id") == name:
                return ("stages", number, "items", index)
    raise _gone(address)


def address_at(document: Document, path: Path) -> str:
    """Return the address of the part that a path leads into."""
    if not path or path[0] != "stages" or len(path) < 2:
        first = path[0] if path else "settings"
        return next((name for name, keys in WHOLE.items() if first in keys), "settings")
    stage = document["stages"][path[1]]
    if len(path) >= 4 and path[2] == "items":
        return f"item.{stage['items'][path[3]].get('id', '')}"
    return f"stage.{stage.get('id', '')}"


def field_at(path: Path) -> Path:
    """Return the rest of a path inside its part, such as ("options", 1, "feedback")."""
    if len(path) >= 4 and path[0] == "stages" and path[2] == "items":
        return path[4:]
    return path[2:] if path[:1] == ("stages",) else path


def part_of(document: Document, address: str) -> Document:
    """Return a copy of one part as plain values; a stage comes without its items.

    Raises NoSuchPart.
    """
    if address in WHOLE:
        return {k: copy.deepcopy(document[k]) for k in WHOLE[address] if k in document}
    found = _at(document, path_of(document, address))
    return copy.deepcopy({key: value for key, value in found.items() if key != "items"})


def whole_of(document: Document, address: str) -> Document:
    """Return a copy of a stage with its items, or of an item; raises NoSuchPart."""
    return copy.deepcopy(_at(document, path_of(document, address)))


def with_part(document: Document, address: str, part: Document) -> Document:
    """Return the document with one part replaced; raises NoSuchPart.

    Whatever `part` holds, nothing outside the part changes: ids and kinds are for ever, the
    items of a stage are parts of their own, and so are the other keys of the document.
    """
    changed = copy.deepcopy(document)
    if address in WHOLE:
        for key in WHOLE[address]:
            changed.pop(key, None)
        changed.update({k: copy.deepcopy(part[k]) for k in WHOLE[address] if k in part})
        return changed
    found = _at(changed, path_of(document, address))
    kept = {key: found[key] for key in _KEPT if key in found}
    said = {key: copy.deepcopy(value) for key, value in part.items() if key not in _KEPT}
    found.clear()
    found.update({key: kept[key] for key in ("id", "kind") if key in kept})
    found.update(said, **kept)
    return changed


def _at(document: Document, path: Path) -> Document:
    found: Any = document
    for step in path:
        found = found[step]
    return found  # type: ignore[no-any-return]


def new_id(document: Document, kind: str) -> str:
    """Return an id that nothing in the document has, such as “single-k3f9”."""
    return _free_id({address.partition(".")[2] for address in addresses(document)}, kind)


def _free_id(taken: set[str], kind: str) -> str:
    """Return an id that is not taken, and take it."""
    while True:
        name = f"{kind}-" + "".join(secrets.choice(_ALPHABET) for _ in range(4))
        if name not in taken:
            taken.add(name)
            return name


def add_stage(document: Document, stage: Document, after: str | None = None) -> Document:
    """Return the document with a stage added, after the stage `after` or at the end."""
    changed = copy.deepcopy(document)
    stages = changed.setdefault("stages", [])
    at = path_of(document, f"stage.{after}")[1] if after else len(stages) - 1
    stages.insert(int(at) + 1, copy.deepcopy(stage))
    return changed


def add_item(document: Document, stage: str, item: Document, after: str | None = None) -> Document:
    """Return the document with an item added to `stage`, after the item `after` or at its end."""
    changed = copy.deepcopy(document)
    items = _at(changed, path_of(document, f"stage.{stage}")).setdefault("items", [])
    at = len(items)
    for index, each in enumerate(items):
        if each.get("id") == after:
            at = index + 1
    items.insert(at, copy.deepcopy(item))
    return changed


def moved(document: Document, address: str, by: int) -> Document:
    """Return the document with a stage or an item moved up (-1) or down (+1) among its like.

    The first item of a stage moves up to the end of the stage before it, and the other way round.
    """
    changed = copy.deepcopy(document)
    path = path_of(document, address)
    among = _at(changed, path[:-1])
    at = int(path[-1])
    if 0 <= at + by < len(among):
        among[at], among[at + by] = among[at + by], among[at]  # type: ignore[index]
    elif len(path) == 4:
        _across(changed, int(path[1]), at, by)
    return changed


def _across(changed: Document, stage: int, at: int, by: int) -> None:
    stages = changed["stages"]
    if 0 <= stage + by < len(stages):
        item = stages[stage]["items"].pop(at)
        other = stages[stage + by].setdefault("items", [])
        other.insert(0 if by > 0 else len(other), item)


def moved_to(document: Document, item: str, stage: str) -> Document:
    """Return the document with an item moved to the end of another stage."""
    found = part_of(document, f"item.{item}")
    return add_item(removed(document, f"item.{item}"), stage, found)


def removed(document: Document, address: str) -> Document:
    """Return the document without a stage (and its items) or an item."""
    changed = copy.deepcopy(document)
    path = path_of(document, address)
    del _at(changed, path[:-1])[path[-1]]  # type: ignore[arg-type]
    return changed


def put_back(document: Document, before: Document, address: str) -> Document:
    """Return the document with a part put back where it stood in `before`.

    What stands in the document already is left alone. Raises NoSuchPart when `before` does not
    have it, or when the stage of an item is gone as well.
    """
    there = set(addresses(document))
    if address in there:
        return document
    path = path_of(before, address)
    found = copy.deepcopy(_at(before, path))
    changed = copy.deepcopy(document)
    if len(path) == 2:
        among = changed.setdefault("stages", [])
        items = found.get("items") or []
        found["items"] = [item for item in items if f"item.{item.get('id', '')}" not in there]
    else:
        stage = f"stage.{before['stages'][path[1]].get('id', '')}"
        among = _at(changed, path_of(changed, stage)).setdefault("items", [])
    among.insert(int(path[-1]), found)
    return changed


def duplicated(document: Document, address: str) -> tuple[Document, str]:
    """Return the document with a copy of a stage or an item after it, and the copy's address."""
    kind, _, name = address.partition(".")
    path = path_of(document, address)
    twin = copy.deepcopy(_at(document, path))
    taken = {found.partition(".")[2] for found in addresses(document)}
    twin["id"] = _free_id(taken, str(twin.get("kind", kind)))
    if kind == "item":
        stage = document["stages"][path[1]]["id"]
        return add_item(document, stage, twin, name), f"item.{twin['id']}"
    new = {}
    for item in twin.get("items") or ():
        new[item.get("id")] = item["id"] = _free_id(taken, str(item.get("kind", "item")))
    for item in twin.get("items") or ():
        if "needs" in item:
            item["needs"] = [new.get(needed, needed) for needed in item["needs"]]
    return add_stage(document, twin, name), f"stage.{twin['id']}"


class How(Enum):
    """What happened to a part from one document to another."""

    ADDED = "added"
    DELETED = "deleted"
    CHANGED = "changed"
    MOVED = "moved"


def differences(before: Document, after: Document) -> list[tuple[str, How]]:
    """Return which parts differ and how, those that are gone last."""
    old, new = list(addresses(before)), list(addresses(after))
    moved_ones, old_ones, new_ones = _moved_between(old, new), set(old), set(new)
    found = []
    for address in new:
        if address not in old_ones:
            found.append((address, How.ADDED))
        elif part_of(before, address) != part_of(after, address):
            found.append((address, How.CHANGED))
        elif address in moved_ones:
            found.append((address, How.MOVED))
    return found + [(address, How.DELETED) for address in old if address not in new_ones]


def _moved_between(old: list[str], new: list[str]) -> set[str]:
    """Return what both have and what stands in another order."""
    both = set(old) & set(new)
    mine, theirs = [a for a in old if a in both], [a for a in new if a in both]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    kept = {mine[n] for a, _b, size in matcher.get_matching_blocks() for n in range(a, a + size)}
    return both - kept
