"""The bullet or number that a line begins with."""

from __future__ import annotations

import re

# Signs that are bullets wherever a line begins with them; the last are those of old Word fonts.
SURE = "•▪■●○◦‣⁃∙➢►▶❖✓✔➤⮚\uf02d\uf06f\uf076\uf0a7\uf0b7\uf0d8\uf0fc"
DASHES = "*·–—-"
_NUMBER = r"(?:\(?\d{1,3}[.)]|\(?[a-z]\)|\(?[ivx]{1,5}\)|Q(?:uestion)?\s?\d{1,2}[.:)])"
NUMBERED = re.compile(rf"(?:[{SURE}{DASHES}]\s+)?{_NUMBER}(?=\s|\Z)", re.IGNORECASE)
BULLET = re.compile(rf"(?:[{SURE}]|[{DASHES}](?=\s|\Z))")
NUMBER = re.compile(r"\d+")


def marker_of(text: str) -> tuple[str, str]:
    """Return the marker that a line begins with and the rest; the marker is empty without one."""
    found = NUMBERED.match(text) or BULLET.match(text)
    if found is None:
        return "", text
    return " ".join(found[0].split()), text[found.end() :].strip()


def is_dash(marker: str) -> bool:
    """Tell whether the marker may as well be a dash inside a sentence."""
    return len(marker) == 1 and marker in DASHES


def number_of(marker: str) -> int | None:
    """Return the number in a marker."""
    found = NUMBER.search(marker)
    return int(found[0]) if found else None


def is_bullet(marker: str) -> bool:
    """Tell whether a marker only shows that a list item begins, and says no number or letter."""
    return bool(marker) and not any(sign.isalnum() for sign in marker)
