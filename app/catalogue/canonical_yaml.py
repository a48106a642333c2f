"""Writes plain values as YAML in the one canonical form, so that a diff shows only what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.catalogue.strict_yaml import read_scalar

# What every reader takes for words when it stands bare at the start of a value.
_PLAIN = re.compile(r"^[^\s\-?:,\[\]{}#&*!|>'\"%@`=<](?:.*\S)?$")
_UNPRINTABLE = re.compile(
    "[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def _is_plain(text: str) -> bool:
    return (
        _PLAIN.match(text) is not None
        and ": " not in text
        and " #" not in text
        and "\t" not in text
        and not text.endswith(":")
        and not text.startswith("...")
        and read_scalar(text) == (text, None)
    )


def _double_quoted(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        char = match[0]
        return _ESCAPES.get(char) or f"\\U{ord(char):08x}"

    return '"' + re.sub(_UNPRINTABLE.pattern + r'|[\\"\t]', escaped, text) + '"'


def _scalar(value: Any) -> str:
    """Write a value on one line, with quotes only where they are needed."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _UNPRINTABLE.search(text) or "\t" in text:
        return _double_quoted(text)
    if _is_plain(text):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _fits_block(text: str) -> bool:
    """Tell whether `text` can stand in a literal block exactly as it is."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0].strip())
        and not lines[0][0].isspace()
        and all(line.strip() or not line for line in lines)
        and not any(_UNPRINTABLE.search(line) for line in lines)
        and not any(line.startswith("\t") for line in lines)
    )


def _block(text: str, indent: str) -> Iterator[str]:
    """Write a literal block after its key: its head, then its lines."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    yield {0: "|-", 1: "|"}.get(ends, "|+")
    for line in body.split("\n"):
        yield indent + line if line else ""
    yield from [""] * (ends - 1)


def _value(value: Any, indent: str) -> tuple[str, list[str]]:
    """Return what stands beside a key or dash, and the lines below it."""
    if isinstance(value, Mapping):
        return "", list(_mapping(value, indent))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("", list(_sequence(value, indent))) if value else (" []", [])
    if isinstance(value, str) and _fits_block(value):
        head, *lines = _block(value, indent)
        return f" {head}", lines
    return f" {_scalar(value)}", []


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, part in value.items():
        beside, below = _value(part, indent + "  ")
        yield f"{indent}{key}:{beside}"
        yield from below


def _sequence(value: Sequence[Any], indent: str) -> Iterator[str]:
    for part in value:
        if isinstance(part, Mapping) and part:
            first, *rest = _mapping(part, indent + "  ")
            yield f"{indent}- {first.lstrip(' ')}"
            yield from rest
        else:
            beside, below = _value(part, indent + "  ")
            yield f"{indent}-{beside}"
            yield from below


def dump(value: Mapping[str, Any]) -> str:
    """Write `value` in canonical form."""
    return "\n".join(_mapping(value, "")) + "\n"
