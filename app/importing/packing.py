"""How a case document and the states of its review are kept: JSON, compressed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from app.cases.carrying import as_json, from_json
from app.cases.document import CaseDocument, Kind, Place
from app.catalogue.document import Known
from app.importing.review import Facts, Review, ReviewedBlock, Use, origin_place


def packed_case(case: CaseDocument) -> bytes:
    """Return the document with its source lines as it is kept."""
    return zlib.compress(as_json(case).encode())


@lru_cache(maxsize=16)
def unpacked_case(packed: bytes) -> CaseDocument:
    """Return the document that was kept; it is frozen, so that the latest few stay at hand."""
    return from_json(zlib.decompress(packed).decode())


def packed_review(review: Review, case: CaseDocument) -> bytes:
    """Return a state of the review as it is kept."""
    return zlib.compress(review_as_json(review, case).encode())


def unpacked_review(packed: bytes, case: CaseDocument) -> Review:
    """Return the state of the review of `case` that was kept."""
    return review_from_json(zlib.decompress(packed).decode(), case)


def review_as_json(review: Review, case: CaseDocument) -> str:
    """Write a state of the review; a text that is the document's own is not written again."""
    return json.dumps(
        {
            "act": review.act,
            "before": review.before,
            "next_id": review.next_id,
            "facts": asdict(review.facts),
            "blocks": [_plain(block, case) for block in review.blocks],
        },
        separators=(",", ":"),
    )


def review_from_json(text: str, case: CaseDocument) -> Review:
    """Read a state of the review of `case` as `review_as_json` wrote it."""
    plain = json.loads(text)
    facts = plain["facts"]
    return Review(
        facts=Facts(**{**facts, "references": tuple(facts["references"]),
                       "tags": tuple(facts["tags"])}),
        blocks=tuple(_block(row, case) for row in plain["blocks"]),
        next_id=plain["next_id"], act=plain["act"], before=plain["before"],
    )  # fmt: skip


def _own_text(origin: tuple[int, ...], case: CaseDocument) -> str | None:
    if len(origin) != 1:
        return None
    index = origin[0]
    return case.blocks[index].text if index >= 0 else case.left_out[-index - 1].text


def _plain(block: ReviewedBlock, case: CaseDocument) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": block.id, "kind": block.kind.value, "use": block.use.value, "under": block.under,
        "origin": list(block.origin),
    }  # fmt: skip
    if block.text != _own_text(block.origin, case):
        row["text"] = block.text
    if block.at != origin_place(case, block.origin):
        row["at"] = asdict(block.at)
    if block.known is not None:
        row["known"] = block.known.value
    more = {"dropped": block.dropped, "when": block.when, "looked": block.looked}
    return row | {name: value for name, value in more.items() if value}


def _block(row: Mapping[str, Any], case: CaseDocument) -> ReviewedBlock:
    origin = tuple(row["origin"])
    text = row["text"] if "text" in row else _own_text(origin, case)
    return ReviewedBlock(
        id=row["id"], kind=Kind(row["kind"]), text=text or "",
        at=Place(**row["at"]) if "at" in row else origin_place(case, origin),
        under=row["under"], use=Use(row["use"]), origin=origin,
        dropped=row.get("dropped", ""), when=row.get("when", ""),
        known=Known(row["known"]) if "known" in row else None, looked=row.get("looked", False),
    )  # fmt: skip
