"""Reads YAML strictly: what two readers could understand differently is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]
MAX_DEPTH = 30

_WHOLE = re.compile(r"^-?(?:0|[1-9]\d{0,17})$")
_TIME = re.compile(r"^[-+]?\d[\d_]*(?::\d+)+(?:\.\d*)?$")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ])")
_NUMBER = re.compile(
    r"^[-+]?(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.\d[\d_]*(?:[eE][-+]?\d+)?"
    r"|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
)
_SWITCH = re.compile(r"^(?:y|yes|n|no|on|off|true|false)$", re.I)
_NOTHING = re.compile(r"^(?:~|null)$", re.I)


@dataclass(frozen=True)
class Fault:
    """Something in a file that cannot stand, with its line."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Reading:
    """What a file holds as plain values, the line of every part, and what cannot stand."""

    value: Any
    lines: dict[Path, int]
    faults: tuple[Fault, ...]


def misread(text: str) -> str | None:
    """Return as what some reader of YAML takes the bare `text`, or None when all read words."""
    kinds = (
        (_TIME, "a number of minutes or seconds"),
        (_DATE, "a date"),
        (_NUMBER, "a number"),
        (_SWITCH, "true or false"),
        (_NOTHING, "nothing"),
    )
    for pattern, kind in kinds:
        if pattern.match(text):
            return kind
    return "an instruction" if text in ("=", "<<") else None


def read_scalar(text: str) -> tuple[Any, str | None]:
    """Return the value of a bare scalar and, where it cannot stand, the reason."""
    if _WHOLE.match(text):
        return int(text), None
    if text in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[text], None
    if text == "":
        return text, "nothing is written here: write the words, or leave the whole line out"
    kind = misread(text)
    if kind is None:
        return text, None
    return text, f'some readers take {text} for {kind}: put it in quotes, "{text}"'


TOO_DEEP = "nested too deeply"


class _Tree:
    """Builds plain values from the parser's events and notes lines and faults on the way."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []

    def fault(self, event: Any, sentence: str) -> None:
        self.faults.append(Fault(event.start_mark.line + 1, sentence))

    def document(self) -> Any:
        """Read the one document of the stream."""
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event, "a second document begins here: a file holds one module")
                    break
                value = self.node(next(self.events), ())
        return value

    def node(self, event: Any, path: Path) -> Any:
        """Read the part of the document that begins with `event`."""
        self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            self.fault(event, f"*{event.anchor} repeats another part: write the words out")
            return None
        if event.anchor:
            self.fault(event, f"&{event.anchor} marks a part to be repeated: leave it out")
        if event.tag is not None:
            self.fault(event, f"{event.tag} is a tag: leave it out")
        if len(path) > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def scalar(self, event: Any) -> Any:
        """Read words, a whole number, true, false or null."""
        if event.style not in (None, ""):
            return event.value
        value, reason = read_scalar(event.value)
        if reason:
            self.fault(event, reason)
        return value

    def sequence(self, path: Path) -> list[Any]:
        """Read a list."""
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, (*path, len(found))))
        return found

    def mapping(self, path: Path) -> dict[str, Any]:
        """Read keys with their values; a key may stand only once."""
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, path)
            if key in found:
                first = self.lines[(*path, key)]
                self.fault(event, f"“{key}” stands twice: it is already on line {first}")
            else:
                self.lines[(*path, key)] = event.start_mark.line + 1
            found.setdefault(key, None)
            value = self.node(next(self.events), (*path, key))
            found[key] = value
        return found

    def key(self, event: Any, path: Path) -> str:
        """Read a key, which is a word."""
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and not event.anchor:
            return str(event.value)
        self.fault(event, "a key must be a plain word")
        self.node(event, (*path, "?"))
        return "?"


_HINTS = {
    "mapping values are not allowed": "text that holds a colon and a space stands in quotes",
    "could not find expected ':'": "a key and its words are joined by a colon and a space",
    "cannot start any token": "begin lines with spaces, not tabs; text that begins with a sign "
    "such as @ or ` stands in quotes",
    "did not find expected key": "this line begins further left or right than those it belongs to, "
    "or a quotation mark is missing",
    "unexpected end of stream": "a quotation mark or a bracket is not closed",
}


def _explained(error: yaml.YAMLError, text: str) -> Fault:
    """Turn the parser's complaint into a line and a sentence."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text.encode()[: error.position].decode(errors="ignore")
        return Fault(before.count("\n") + 1, "a character that cannot be printed stands here")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or "the file ends too early")
    if "maximum nesting depth" in problem:
        # The parser's own words since PyYAML 6.0.4; before, it left the depth to us.
        problem = TOO_DEEP
    hint = next((said for part, said in _HINTS.items() if part in problem), "")
    line = mark.line + 1 if mark else 1
    return Fault(line, f"this cannot be read as YAML ({problem})" + (f": {hint}" if hint else ""))


def read_strictly(text: str) -> Reading:
    """Read `text`; what cannot stand is in `faults`, and then `value` is not to be used."""
    tree = _Tree(text)
    value: Any = None
    try:
        value = tree.document()
    except yaml.YAMLError as error:
        tree.faults.append(_explained(error, text))
    return Reading(value, tree.lines, tuple(tree.faults))


def comment_lines(text: str) -> list[int]:
    """Return the lines on which a comment stands."""
    found = []
    end = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        gap = text[end : token.start_mark.index]
        first = text.count("\n", 0, end) + 1
        for offset, line in enumerate(gap.split("\n")):
            if "#" in line:
                found.append(first + offset)
        end = max(end, token.end_mark.index)
    return found
