"""The text that places of a draft point into, and the place of each block in it.

For a text file it is the file's own lines, so that the file itself can be checked against; for
other files it is one line for each piece, as the reader mended it. It never depends on the
review: a place that was written once is found again whatever the trainer does next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.cases.document import Block, CaseDocument, Form, Kind
from app.importing.review import Review, ReviewedBlock, Use

# A line over what stands above the first heading, for such pieces to have a place.
TOP = "Top of the document"
MOST_IN_A_HEADING = 120
# As long as the module document lets a place be.
MOST_IN_A_PLACE = 400


@dataclass(frozen=True)
class Reviewed:
    """A case document with the newest state of its review."""

    case: CaseDocument
    review: Review
    # The number of that state.
    number: int


@dataclass(frozen=True)
class _Row:
    """One line of the text and the pieces of the document that it holds words of."""

    text: str
    blocks: frozenset[int]


@dataclass(frozen=True)
class _Text:
    rows: tuple[_Row, ...]
    headings: tuple[str, ...]
    # By the index of a block: its places.
    places: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True)
class AtHand:
    """The text of a case, and which of its lines the reader left out, with the reason."""

    text: str
    left_out: Mapping[int, str]


def at_hand(case: CaseDocument) -> AtHand:
    """Return the text of the case; a line of it that no piece holds is not for citing."""
    laid_out = _laid_out(case)
    bare = {re.sub(r" \(\d+\)$", "", heading) for heading in laid_out.headings}
    reasons = {one_line(left.text): left.reason for left in case.left_out}
    left = {
        number: reasons.get(row.text, "")
        for number, row in enumerate(laid_out.rows)
        if not row.blocks and row.text not in bare
    }
    return AtHand("\n".join(row.text for row in laid_out.rows), left)


def source_text(reviewed: Reviewed) -> tuple[str, tuple[str, ...]]:
    """Return the text of the case and its headings in order, as places count in it.

    The line put over what has no heading is among them only where a piece in use stands there.
    """
    laid_out = _laid_out(reviewed.case)
    headings = laid_out.headings
    if headings[:1] == (TOP,) and not _top_is_used(reviewed, laid_out):
        headings = headings[1:]
    return "\n".join(row.text for row in laid_out.rows), headings


def places_of(reviewed: Reviewed) -> dict[str, str]:
    """Return the place of each block by its id; a heading has none."""
    laid_out = _laid_out(reviewed.case)
    return {block.id: _place(block, laid_out) for block in reviewed.review.blocks}


def place_of(reviewed: Reviewed, block: ReviewedBlock) -> str:
    """Return the place of one block, such as “Overview of incident, 3”; a heading has none."""
    return _place(block, _laid_out(reviewed.case))


def _place(block: ReviewedBlock, laid_out: _Text) -> str:
    written = ""
    for index in block.origin:
        for place in laid_out.places.get(index, ()):
            longer = f"{written}; {place}" if written else place
            if place not in written.split("; ") and len(longer) <= MOST_IN_A_PLACE:
                written = longer
    return written


def _top_is_used(reviewed: Reviewed, laid_out: _Text) -> bool:
    beginning = f"{TOP}, "
    return any(
        block.use not in (Use.ABOUT, Use.HEADING) and _place(block, laid_out).startswith(beginning)
        for block in reviewed.review.kept
    )


def _laid_out(case: CaseDocument) -> _Text:
    if case.form is Form.TEXT:
        file_rows = tuple(_file_rows(case))
        found = _counted(file_rows, case)
        if _reads_like_none(file_rows, case) and all(
            len("; ".join(places)) <= MOST_IN_A_PLACE for places in found.places.values()
        ):
            return found
    rows = tuple(
        _Row(one_line(block.text), frozenset({index}))
        for index, block in enumerate(case.blocks)
        if one_line(block.text)
    )
    return _counted(rows, case)


def _reads_like_none(rows: tuple[_Row, ...], case: CaseDocument) -> bool:
    """Tell whether no line inside a piece reads like a heading that stands elsewhere."""
    names = {index: _as_heading(block) for index, block in enumerate(case.blocks)}
    bare = set(names.values())
    return all(
        row.text not in bare or all(names[index] == row.text for index in row.blocks)
        for row in rows
    )


def one_line(text: str) -> str:
    """Return a text with single spaces and no line break."""
    return " ".join(text.split())


def _file_rows(case: CaseDocument) -> Iterator[_Row]:
    at_line: dict[int, set[int]] = {}
    for index, block in enumerate(case.blocks):
        for number in range(block.place.line, block.place.last_line + 1):
            at_line.setdefault(number, set()).add(index)
    left = {(left.place.line, one_line(left.text)) for left in case.left_out}
    for line in case.source:
        text = one_line(line.text)
        # A footer in the middle of a sentence is a line of the file, and none of the sentence.
        inside = at_line.get(line.line, set()) if (line.line, text) not in left else set()
        if text:
            yield _Row(text, frozenset(inside))


def _counted(rows: tuple[_Row, ...], case: CaseDocument) -> _Text:
    """Count the paragraphs below each heading, as `catalogue.places.paragraphs` does."""
    bare = {text for block in case.blocks if (text := _as_heading(block))}
    if rows and rows[0].text not in bare and TOP not in bare:
        rows, bare = (_Row(TOP, frozenset()), *rows), bare | {TOP}
    headings: list[str] = []
    seen: dict[str, int] = {}
    places: dict[int, list[str]] = {}
    current, count = "", 0
    for row in rows:
        if row.text in bare:
            seen[row.text] = seen.get(row.text, 0) + 1
            current = row.text if seen[row.text] == 1 else f"{row.text} ({seen[row.text]})"
            headings.append(current)
            count = 0
            continue
        count += 1
        for index in row.blocks if current else ():
            places.setdefault(index, []).append(f"{current}, {count}")
    return _Text(rows, tuple(headings), {index: tuple(found) for index, found in places.items()})


def _as_heading(block: Block) -> str:
    """Return a heading as a place can name it, or nothing."""
    text = one_line(block.text)
    if block.kind is not Kind.HEADING or len(text) > MOST_IN_A_HEADING:
        return ""
    # A semicolon parts two places; a bracket names another source; “Finding (2)” counts.
    return "" if ";" in text or text.startswith("[") or re.search(r" \(\d+\)$", text) else text
