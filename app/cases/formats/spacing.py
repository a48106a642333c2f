"""The white space that every reader evens out, so that one case reads alike in all forms."""

from __future__ import annotations

import re

# Marks of where a word may be broken, and a byte order mark: they are no part of a word.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufdd0-\ufdef\ufffe\uffff]")
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return the text on one line, with single spaces and without marks that nobody sees."""
    return " ".join(CONTROLS.sub(" ", INVISIBLE.sub("", text)).split())


def address(found: str | None) -> str | None:
    """Return an address that leads out of the document, tidied; None for any other."""
    plain = (found or "").strip()
    return plain if ADDRESS.match(plain) else None
