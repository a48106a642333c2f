"""How a case document and the states of its review are kept: JSON, compressed."""

from __future__ import annotations

import zlib
from functools import lru_cache

from app.cases.carrying import as_json, from_json
from app.cases.document import CaseDocument
from app.importing import review as reviews
from app.importing.review import Review


def packed_case(case: CaseDocument) -> bytes:
    """Return the document with its source lines as it is kept."""
    return zlib.compress(as_json(case).encode())


@lru_cache(maxsize=16)
def unpacked_case(packed: bytes) -> CaseDocument:
    """Return the document that was kept; it is frozen, so that the latest few stay at hand."""
    return from_json(zlib.decompress(packed).decode())


def packed_review(review: Review, case: CaseDocument) -> bytes:
    """Return a state of the review as it is kept."""
    return zlib.compress(reviews.as_json(review, case).encode())


def unpacked_review(packed: bytes, case: CaseDocument) -> Review:
    """Return the state of the review of `case` that was kept."""
    return reviews.from_json(zlib.decompress(packed).decode(), case)
