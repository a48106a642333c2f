"""What every page calls the marks of knowledge: one name for each."""

from __future__ import annotations

from app.catalogue.document import Known

KNOWN_WORDS = {
    Known.THEN: "Known then",
    Known.AVAILABLE: "Available, and not looked at",
    Known.LATER: "Found later",
}


def known_words(value: str) -> str:
    """Return the name of a mark as a document holds it; nothing for none."""
    return next((words for known, words in KNOWN_WORDS.items() if known.value == value), "")
