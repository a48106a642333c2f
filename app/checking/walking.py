"""Walks through a module document: its texts and places, each with its path and when it is met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any

from app.catalogue.document import Known, Module, to_plain
from app.catalogue.strict_yaml import Path

# Keys whose values are not read by a learner as text of the module's own.
_NOT_TEXT = {
    "slug", "id", "kind", "place", "credit", "basis", "standing", "known", "form", "url", "sha256",
    "from", "target", "needs", "owner", "practice_as_at", "sources", "asked_by", "alternative",
    "iopc_question", "audience", "publisher",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Met(Enum):
    """When a learner meets a text."""

    FIRST = "before or in a stage of what could be known then"
    ON_COMMIT = "with the feedback of an answer"
    LATER = "in what is known only later"


@dataclass(frozen=True)
class Passage:
    """One text of the module; `place` is what it, or the part that it belongs to, rests on."""

    path: Path
    text: str
    met: Met
    place: str | None


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they stand."""
    return tuple(_WORD.findall(text))


def stretch_of_words(text: str, first: int, count: int) -> tuple[int, int]:
    """Return where in a text a number of its words in a row begin and end."""
    found = list(islice(_WORD.finditer(text), first, first + count))
    return found[0].start(), found[-1].end()


def mentions(text: str, name: str) -> bool:
    """Tell whether `text` holds exactly this name, not as a part of another."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def stage_index(path: Path) -> int | None:
    """Return the number of the stage that a path leads into."""
    return path[1] if len(path) > 1 and path[0] == "stages" and isinstance(path[1], int) else None


class _This:
    """Exactly this module: comparing whole documents would cost more than reading one again."""

    def __init__(self, module: Module) -> None:
        self.module = module

    def __hash__(self) -> int:
        return id(self.module)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.module is self.module


def passages(module: Module) -> tuple[Passage, ...]:
    """Return every text that a learner reads, in the document's order."""
    return _passages(_This(module))


@lru_cache(maxsize=8)
def _passages(this: _This) -> tuple[Passage, ...]:
    return tuple(_texts(to_plain(this.module), (), None, this.module))


def _texts(value: Any, path: Path, place: str | None, module: Module) -> Iterator[Passage]:
    if isinstance(value, str):
        yield Passage(path, value, _met(path, module), place)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, (*path, index), place, module)
    elif isinstance(value, dict):
        place = value.get("place", place)
        for key, part in value.items():
            if key not in _NOT_TEXT:
                yield from _texts(part, (*path, key), place, module)


def _met(path: Path, module: Module) -> Met:
    """Tell when the text at `path` is met."""
    if path[0] == "policy_questions" or "outcome" in path:
        return Met.LATER
    index = stage_index(path)
    if path[0] == "people" and isinstance(path[1], int):
        stages = [stage.id for stage in module.stages]
        start = module.people[path[1]].from_
        index = stages.index(start) if start in stages else None
    if index is not None and module.stages[index].known is Known.LATER:
        return Met.LATER
    if {"feedback", "explanation", "reasonable", "then", "model_points"} & set(path):
        return Met.ON_COMMIT
    return Met.FIRST


def places(module: Module) -> Iterator[tuple[Path, str]]:
    """Give every place that the document names."""
    yield from _places(to_plain(module), ())


def _places(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, (*path, index))
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == "place":
                yield (*path, key), part
            else:
                yield from _places(part, (*path, key))
