"""Makes a whole module of an unfinished one, so that every rule can look at what is finished.

What is missing or wrong gets a harmless stand-in in its own place; nothing moves, so a finding's
path is true in the draft too. Pure.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pydantic

from app.catalogue.document import Module
from app.catalogue.module_files import Finding, is_echo, path_in_file
from app.catalogue.strict_yaml import Path
from app.checking.source_texts import NO_LICENCE
from app.checking.wanted import of_draft, value_at

PLACE = "Unfinished, 1"
WORD = "Unfinished"
# Each round of filling can bring what was hidden behind an error; more than a few never happen.
ROUNDS = 8
_FIXED: dict[str, Any] = {
    "minutes": 1, "practice_as_at": "2000", "published": "2000", "known": "then",
    "form": "record", "basis": "reasoning", "standing": "stated", "credit": "0",
    "asked_by": "Debrief", "place": PLACE, "from": "unfinished", "target": "unfinished",
    "slug": "unfinished", "content_note": {"text": WORD}, "headings": [WORD],
    "licence": NO_LICENCE,
}  # fmt: skip


@dataclass(frozen=True)
class Whole:
    """A draft made whole: the module, what was found on the way, and what only stands in."""

    module: Module | None
    findings: tuple[Finding, ...]
    stood_in: frozenset[Path]


def _id(path: Path) -> str:
    return "-".join(("unfinished", *(str(step) for step in path if isinstance(step, int))))


def _option(path: Path, kind: str) -> dict[str, Any]:
    found = {"id": _id(path), "text": WORD, "feedback": WORD, "basis": "reasoning", "place": PLACE}
    own = {"matching": {"target": "unfinished"}, "ordering": {}}
    return found | own.get(kind, {"credit": "0"})


_ELEMENTS: dict[str, Callable[[Path, str], Any]] = {
    "stages": lambda path, _kind: {
        "id": _id(path), "title": WORD, "known": "then", "items": [_text((*path, "items", 0))],
    },
    "items": lambda path, _kind: _text(path),
    "options": _option,
    "targets": lambda path, _kind: {"id": _id(path), "text": WORD},
    "model_points": lambda _path, _kind: {"text": WORD, "basis": "reasoning", "place": PLACE},
    "sources": lambda path, _kind: {
        "id": _id(path), "publisher": WORD, "title": WORD, "published": "2000",
        "licence": NO_LICENCE, "headings": [WORD],
    },
    "people": lambda _path, _kind: {
        "name": WORD, "who": WORD, "from": "unfinished", "place": PLACE,
    },
    "claims": lambda _path, _kind: {"text": WORD, "standing": "stated", "place": PLACE},
    "then": lambda _path, _kind: {"known": "then", "text": WORD, "place": PLACE},
    "policy_questions": lambda path, _kind: {
        "number": _number(path), "text": WORD, "asked_by": "Debrief", "place": PLACE,
    },
    "needs": lambda _path, _kind: "unfinished",
}  # fmt: skip


def _text(path: Path) -> dict[str, Any]:
    return {"id": _id(path), "kind": "text", "text": WORD, "place": PLACE}


def _number(path: Path) -> int:
    """Return a number for a policy question that few others have."""
    at = next((step for step in path if isinstance(step, int)), 0)
    return max(1, 99 - at)


def _element(path: Path, document: Any) -> Any:
    """Return a stand-in for one element of a list; an item keeps its id, for others need it."""
    make = _ELEMENTS.get(str(path[-2]) if len(path) > 1 else "")
    if make is None:
        return WORD
    found = make(path, str(_key(value_at(document, path[:-2]), "kind")))
    name = _key(value_at(document, path), "id")
    if path[-2] == "items" and isinstance(name, str) and re.fullmatch(r"[a-z0-9-]{1,80}", name):
        found["id"] = name
    return found


def _key(part: Any, key: str) -> Any:
    return part.get(key) if isinstance(part, dict) else None


def _missing(path: Path, document: Any) -> Any:
    """Return a stand-in for a key that is missing."""
    key = str(path[-1])
    if key in _FIXED:
        return copy.deepcopy(_FIXED[key])
    if key == "id":
        return _id(path)
    if key == "number":
        return _number(path)
    if key == "outcome":
        return {"done": WORD, "found": WORD, "standing": "stated", "place": PLACE}
    if key in _ELEMENTS or key == "practise":
        least = 2 if key in ("options", "targets") else 1
        return [_element((*path, n), document) for n in range(least)]
    return WORD


def _mend(error: Any, document: dict[str, Any]) -> tuple[Path, ...]:
    """Put a stand-in where pydantic found an error, and return the paths of what stands in."""
    path = path_in_file(tuple(error["loc"]))
    parent, key = value_at(document, path[:-1]), path[-1]
    if error["type"] == "missing":
        parent[key] = _missing(path, document)
    elif error["type"] == "too_short":
        among = parent[key]
        fresh = [(*path, at) for at in range(len(among), error["ctx"]["min_length"])]
        among.extend(_element(each, document) for each in fresh)
        return tuple(fresh)
    elif error["type"] == "too_long":
        del parent[key][error["ctx"]["max_length"] :]
        return ()
    elif isinstance(parent, list):
        parent[int(key)] = _element(path, document)
    else:
        # A key that may be left out is gone with this; another is missing in the next round.
        parent.pop(key, None)
    return (path,)


def covered(path: Path, stood_in: frozenset[Path]) -> bool:
    """Tell whether a path leads to a stand-in or into one."""
    return any(path[:length] in stood_in for length in range(1, len(path) + 1))


def made_whole(document: dict[str, Any]) -> Whole:
    """Return the module that a draft would be with stand-ins, and what it lacks."""
    mended: dict[str, Any] = json.loads(json.dumps(document))
    findings: list[Finding] = []
    stood_in: frozenset[Path] = frozenset()
    for _round in range(ROUNDS):
        try:
            return Whole(Module.model_validate(mended), tuple(findings), stood_in)
        except pydantic.ValidationError as invalid:
            errors = [e for e in invalid.errors(include_url=False) if not is_echo(e)]
        told = [of_draft(error, mended) for error in errors]
        findings += [finding for finding in told if not covered(finding.path, stood_in)]
        # From the back, so that no list grows or shrinks before an error further on is mended.
        for error in reversed(errors):
            stood_in |= set(_mend(error, mended))
    return Whole(None, tuple(findings), stood_in)
