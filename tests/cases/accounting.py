"""Counts the words of a source and those of its case, to hold that none is lost."""

from __future__ import annotations

from collections import Counter

from app.cases.document import CaseDocument
from app.cases.repairs.cleaning import cleaned, words
from app.cases.repairs.markers import DASHES, SURE

# Signs that the reader may take away or put elsewhere: bullets, and hyphens where lines end.
SIGNS = set(SURE + DASHES)


def letters_of(text: str) -> Counter[str]:
    """Count each sign of a text but white space, bullets and dashes, once it is cleaned."""
    return Counter(sign for sign in cleaned(text) if not sign.isspace() and sign not in SIGNS)


def words_of(text: str) -> Counter[str]:
    """Count the words of a text, without those that are only bullets or dashes."""
    return Counter(word for word in words(text) if not set(word) <= SIGNS)


def said_by(case: CaseDocument) -> str:
    """Return all that stands in the blocks and in the list of what was left out."""
    blocks = [f"{block.marker} {block.text}" for block in case.blocks]
    return "\n".join([*blocks, *(left.text for left in case.left_out)])
