"""Divides a text into sentences; pure."""

from __future__ import annotations

import re

# Lines of a list or a log stand for themselves; other lines belong to one paragraph.
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+>]|\d+[.)]|[^|\n]{1,60}\|)\s)")
_END = re.compile(r"(?<=[.?!])[”\")]*\s+(?=[“\"(]?[A-Z0-9])|(?<=:)\s*\n")
# As long as the longest abbreviation with the space before it.
LONGEST = len(" approx.")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|e\.g|i\.e|etc|approx)\.$")


def sentences(text: str) -> list[str]:
    """Return the sentences of a Markdown text; the lines of a list are sentences of their own."""
    found: list[str] = []
    for block in _BLOCK.split(text):
        for piece in _END.split(block):
            if found and _ABBREVIATED.search(found[-1][-LONGEST:]):
                found[-1] = f"{found[-1]} {piece}"
            elif piece.strip():
                found.append(piece.strip())
    return found
