"""Reads a module file strictly and writes it in canonical form, byte for byte."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Any

import pydantic

from app.catalogue import document
from app.catalogue.canonical_yaml import dump
from app.catalogue.strict_yaml import Path, comment_lines, read_strictly

HEAD = "# yaml-language-server: $schema=module.schema.json\n"
# The digest of the module as it was when the file was exported or last brought in: what somebody
# changed since can then be told from what came meanwhile. It says nothing of the module.
BEGUN_FROM = "# begun from sha256 "
_BEGUN = re.compile(BEGUN_FROM + r"([0-9a-f]{64})\r?")
MAX_BYTES = 1024 * 1024
_GATE_ORDER = (
    "id", "kind", "prompt", "hint", "iopc_question", "audience", "needs", "targets", "options",
    "model_points", "explanation", "reasonable", "then", "outcome", "place",
)  # fmt: skip
_KINDS = {"text", "extract", "single", "multiple", "ordering", "matching", "reflection"}
_WORDS = {"stages": "stage", "items": "item", "options": "option", "targets": "target",
          "sources": "source", "people": "person", "model_points": "model point",
          "claims": "claim", "policy_questions": "policy question", "then": "then"}  # fmt: skip


class Severity(Enum):
    """Whether a finding stops publishing."""

    # Something that a draft still lacks; a file that lacks it is refused.
    TODO = "to do"
    REFUSE = "refuse"
    WARN = "warn"

    @property
    def stops(self) -> bool:
        """Tell whether nothing is published while such a finding stands."""
        return self is not Severity.WARN


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to look at, with its place in the document or its line."""

    severity: Severity
    sentence: str
    path: Path = ()
    line: int | None = None
    # Why it matters to a learner, in one sentence.
    why: str = ""


@dataclass(frozen=True)
class ModuleFile:
    """A module file as read: the module, or what stands in its way."""

    name: str
    text: str
    module: document.Module | None
    findings: tuple[Finding, ...] = ()
    raw: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)

    @property
    def begun_from(self) -> str:
        """Return the digest of what the file began from; nothing where it does not say so once."""
        found = [match[1] for _line, match in _begun_lines(self.text)]
        return found[0] if len(found) == 1 else ""

    def comments(self) -> list[int]:
        """Return the lines with a comment of somebody's own."""
        ours = {line for line, _match in _begun_lines(self.text)} if self.begun_from else set()
        ours |= {1} if self.text.startswith("# yaml-language-server:") else set()
        return [line for line in comment_lines(self.text) if line not in ours]

    def line_of(self, finding: Finding) -> int:
        """Return the line that a finding is about; what is missing has the line of its parent."""
        if finding.line is not None:
            return finding.line
        path = finding.path
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def written(self, finding: Finding) -> str:
        """Return a finding as one line: file, line, where in the module, and the sentence."""
        where = place_in_words(self.raw, finding.path)
        kind = "warning: " if finding.severity is Severity.WARN else ""
        return f"{self.name}:{self.line_of(finding)}: {kind}{where}{finding.sentence}"


def place_in_words(raw: Any, path: Path) -> str:
    """Name a part of the document by the ids on the way, such as “stage records, item q-age: ”."""
    names = []
    at = raw
    for step, following in pairwise(path):
        at = _below(at, step)
        if isinstance(following, int) and isinstance(step, str):
            part = _below(at, following)
            name = part.get("id") or part.get("name") if isinstance(part, dict) else None
            names.append(f"{_WORDS.get(step, step)} {name or following + 1}")
    return ", ".join(names) + ": " if names else ""


def _below(at: Any, step: str | int) -> Any:
    try:
        return at[step]
    except (KeyError, IndexError, TypeError):
        return None


def _begun_lines(text: str) -> list[tuple[int, re.Match[str]]]:
    """Return the lines at the head of a file that say what it began from."""
    found = []
    for line, words in enumerate(text.split("\n"), 1):
        if not words.startswith("#"):
            break
        match = _BEGUN.fullmatch(words)
        found += [(line, match)] if match else []
    return found


def write_module(module: document.Module, begun_from: str = "") -> str:
    """Return the canonical text of a module's file, which may say what it began from."""
    plain = document.to_plain(module)
    for stage in plain["stages"]:
        stage["items"] = [_in_order(item) for item in stage["items"]]
    begun = f"{BEGUN_FROM}{begun_from}\n" if begun_from else ""
    return HEAD + begun + dump(plain)


def _in_order(item: dict[str, Any]) -> dict[str, Any]:
    """Put what one reads first first: the prompt and its options before what a commit shows."""
    if "prompt" not in item:
        return item
    return {key: item[key] for key in _GATE_ORDER if key in item}


def read_module(name: str, data: bytes) -> ModuleFile:
    """Read a module file; every fault found is in `findings`."""
    if len(data) > MAX_BYTES:
        return _unreadable(name, "", "the file is larger than 1 MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(name, "", "the file is not in UTF-8: save it as UTF-8", line)
    reading = read_strictly(text)
    findings = [Finding(Severity.REFUSE, f.sentence, line=f.line) for f in reading.faults]
    if findings:
        return ModuleFile(name, text, None, tuple(findings), reading.value, reading.lines)
    if not isinstance(reading.value, dict):
        return _unreadable(name, text, "the file does not hold a module: it begins with slug: …")
    try:
        module = document.Module.model_validate(reading.value)
    except pydantic.ValidationError as error:
        found = tuple(told(e, reading.value) for e in error.errors() if not is_echo(e))
        return ModuleFile(name, text, None, found, reading.value, reading.lines)
    return ModuleFile(name, text, module, (), reading.value, reading.lines)


def _unreadable(name: str, text: str, sentence: str, line: int = 1) -> ModuleFile:
    return ModuleFile(name, text, None, (Finding(Severity.REFUSE, sentence, line=line),))


def path_in_file(location: tuple[str | int, ...]) -> Path:
    """Drop the kinds that pydantic puts into the location of an item."""
    path: list[str | int] = []
    kind_told = False
    for step in location:
        if step in _KINDS and path[-2:-1] == ["items"] and not kind_told:
            kind_told = True
            continue
        path.append(step)
    return tuple(path)


def is_echo(error: Any) -> bool:
    """Tell whether a list counts as too short only because parts of it are wrong themselves."""
    if error["type"] != "too_short":
        return False
    return len(error["input"]) >= int(error["ctx"]["min_length"])


def told(error: Any, raw: Any) -> Finding:
    """Turn one of pydantic's errors into a finding in words that a trainer understands."""
    path = path_in_file(tuple(error["loc"]))
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    say = _SENTENCES.get(error["type"])
    sentence = say(key, error) if say else f"“{key}”: {error['msg']}"
    return Finding(Severity.REFUSE, sentence, path)


def _not_words(key: str, error: Any) -> str:
    given = error["input"]
    if isinstance(given, int):
        return f'“{key}” must be words: put it in quotes, "{given}"'
    return f"“{key}” must be words"


def _wrong_form(key: str, error: Any) -> str:
    pattern = error["ctx"]["pattern"]
    if "a-z0-9" in pattern:
        return f"“{error['input']}” is not a name: use small letters, figures and single hyphens"
    if "f0-9" in pattern:
        return f"“{key}” must be 64 small hexadecimal figures"
    if pattern.startswith(r"^\d{4}"):
        return f"“{key}” must be a year{'' if pattern.endswith('4}$') else ', year-month or date'}"
    if "\n" in str(error["input"]):
        return f"“{key}” must be one line: write it without | and without a line break"
    return f"“{key}” must not begin or end with a space"


def _unknown(key: str, _error: Any) -> str:
    close = difflib.get_close_matches(key, _ALL_KEYS, 1, 0.7)
    return f"“{key}” is not a key here" + (f"; did you mean “{close[0]}”?" if close else "")


def _all_keys() -> frozenset[str]:
    schema = document.json_schema()
    parts = [schema, *schema["$defs"].values()]
    return frozenset(key for part in parts for key in part.get("properties", {}))


_ALL_KEYS = _all_keys()
_SENTENCES: dict[str, Callable[[str, Any], str]] = {
    "missing": lambda key, _e: f"“{key}” is missing",
    "extra_forbidden": _unknown,
    "string_type": _not_words,
    "string_pattern_mismatch": _wrong_form,
    "string_too_short": lambda key, _e: f"“{key}” is empty",
    "string_too_long": lambda key, e: f"“{key}” is longer than {e['ctx']['max_length']} characters",
    "too_short": lambda key, e: f"“{key}” needs at least {e['ctx']['min_length']}",
    "too_long": lambda key, e: f"“{key}” may hold at most {e['ctx']['max_length']}",
    "int_type": lambda key, _e: f"“{key}” must be a whole number without quotes",
    "int_parsing": lambda key, _e: f"“{key}” must be a whole number without quotes",
    "greater_than_equal": lambda key, e: f"“{key}” must be {e['ctx']['ge']} or more",
    "less_than_equal": lambda key, e: f"“{key}” must be {e['ctx']['le']} or less",
    "enum": lambda key, e: f"“{e['input']}” is not a {key}: write {e['ctx']['expected']}",
    "literal_error": lambda key, e: f"“{e['input']}” is not a {key}: write {e['ctx']['expected']}",
    "union_tag_invalid": lambda _key, e: (
        f"“{e['ctx']['tag']}” is not a kind of item: write {e['ctx']['expected_tags']}"
    ),
    "union_tag_not_found": lambda _key, _e: "“kind” is missing",
    "tuple_type": lambda key, _e: f"“{key}” must be a list: one line each, begun with a dash",
    "model_type": lambda key, _e: f"“{key}” must hold keys with their values",
    "value_error": lambda _key, e: str(e["ctx"]["error"]),
}
