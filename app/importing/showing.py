"""Lays a review out for its pages: the blocks, the source's lines by page, the figures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from app.cases.document import CaseDocument, Form, Kind, Place
from app.importing.dates.afterwards import afterwards_in
from app.importing.dates.found import DateFound, dates_in
from app.importing.forms import USE_WORDS
from app.importing.reshaping import brought_in
from app.importing.review import EVENTS, Review, ReviewedBlock, Use
from app.importing.source import Reviewed

SHORT = 16
MOST_WORDS = 250
GONE = "left out"
_ENDS = (".", "!", "?", ":", ";", "”", "’", '"', "'", ")", "…")
Spot = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One block in the list."""

    number: int
    block: ReviewedBlock
    use_words: str
    doubt: str
    # The id of the line in the source that it begins at.
    line: str
    opening: str
    rest: str


@dataclass(frozen=True)
class Line:
    """One line of the source, with the blocks that begin there."""

    id: str
    text: str
    begins: tuple[Row, ...]
    # “left out”, “partly left out”, or nothing.
    left_out: str


@dataclass(frozen=True)
class PageOfSource:
    """The lines of one page; a file without pages is one page without a number."""

    number: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Gone:
    """Words that the reader left out, with the reason."""

    index: int
    text: str
    reason: str
    line: str
    place: str


@dataclass(frozen=True)
class Figures:
    """How many words of the source stand where."""

    used: int
    not_placed: int
    dropped: int
    left_out: int
    to_mark: int
    doubts: int

    @property
    def all(self) -> int:
        """Return the words of the source."""
        return self.used + self.not_placed + self.dropped + self.left_out

    @property
    def segments(self) -> list[tuple[str, int, str]]:
        """Return the parts of the bar."""
        return [
            ("done", self.used, "placed"), ("overdue", self.not_placed, "not placed"),
            ("progress", self.dropped, "dropped"), ("plain", self.left_out, "left out"),
        ]  # fmt: skip


def rows_of(review: Review) -> tuple[Row, ...]:
    """Return the blocks in their order, numbered."""
    return tuple(_row(number, block) for number, block in enumerate(review.blocks, 1))


def _row(number: int, block: ReviewedBlock) -> Row:
    words = block.text.split()
    cut = len(words) if len(words) <= SHORT + 4 else SHORT
    return Row(
        number, block, USE_WORDS[block.use], doubt_about(block), line_id(*_start(block.at)),
        " ".join(words[:cut]), " ".join(words[cut:]),
    )  # fmt: skip


def line_id(page: int, line: int) -> str:
    """Return the id of a line on the page."""
    return f"line-{page}-{line}"


def _start(place: Place) -> Spot:
    return (place.page or 0, place.line)


def left_out_of(reviewed: Reviewed) -> tuple[Gone, ...]:
    """Return what the reader left out and nobody brought in."""
    back = brought_in(reviewed.review)
    return tuple(
        Gone(index, left.text, left.reason, line_id(*_start(left.place)), str(left.place))
        for index, left in enumerate(reviewed.case.left_out)
        if index not in back
    )


def pages_of(case: CaseDocument, rows: tuple[Row, ...]) -> tuple[PageOfSource, ...]:
    """Return the lines of the source by page, each with the blocks that begin there."""
    spots = sorted((line.page or 0, line.line) for line in case.source)
    begins: dict[Spot, list[Row]] = {}
    for row in rows:
        begins.setdefault(_at_or_before(spots, _start(row.block.at)), []).append(row)
    gone, exact = _gone_lines(case, spots), case.form is Form.TEXT
    pages: dict[int | None, list[Line]] = {}
    for line in case.source:
        spot = (line.page or 0, line.line)
        here = tuple(begins.get(spot, ()))
        state = gone.get(spot, "")
        # Some readers know only roughly where a piece stood: what begins a block is not left out.
        state = "" if here and state == GONE and not exact else state
        shown = Line(line_id(*spot), line.text, here, state)
        pages.setdefault(line.page, []).append(shown)
    return tuple(PageOfSource(number, tuple(lines)) for number, lines in pages.items())


def _at_or_before(spots: list[Spot], spot: Spot) -> Spot:
    index = bisect_right(spots, spot)
    return spots[max(0, index - 1)] if spots else spot


def _gone_lines(case: CaseDocument, spots: list[Spot]) -> dict[Spot, str]:
    """Return the lines of which words were left out, and whether all or some of them were.

    The pieces of one line were left out one by one, each for its own reason.
    """
    left: dict[Spot, Counter[str]] = {}
    inside: set[Spot] = set()
    texts = {(line.page or 0, line.line): Counter(_words(line.text)) for line in case.source}
    for piece in case.left_out:
        first, place = _start(piece.place), piece.place
        last = (place.last_page or first[0], place.last_line)
        for spot in spots[bisect_left(spots, first) : bisect_right(spots, last)]:
            left.setdefault(spot, Counter()).update(_words(piece.text))
        # Of a piece over several lines nobody can say here which of its words stand in which.
        words = Counter(_words(piece.text))
        if first == last and words and words <= texts.get(first, Counter()):
            inside.add(first)
    found = dict.fromkeys(inside, "partly left out")
    gone = (spot for spot, words in left.items() if texts[spot] and not texts[spot] - words)
    return found | dict.fromkeys(gone, GONE)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def figures_of(reviewed: Reviewed, rows: tuple[Row, ...]) -> Figures:
    """Count the words of the source by what became of them, and what is still to do."""
    counted = {"used": 0, "not_placed": 0, "dropped": 0}
    for block in reviewed.review.blocks:
        words = len(block.text.split())
        where = "not_placed" if block.use is Use.NOT_PLACED else "used"
        counted[where if block.kept else "dropped"] += words
    return Figures(
        **counted,
        left_out=sum(len(gone.text.split()) for gone in left_out_of(reviewed)),
        to_mark=sum(block.to_mark for block in reviewed.review.blocks),
        doubts=sum(bool(row.doubt) for row in rows),
    )


@dataclass(frozen=True)
class Moment:
    """One block that tells an event, with the dates found in it."""

    number: int
    block: ReviewedBlock
    dates: tuple[DateFound, ...]
    # The words by which it speaks of the investigation, if it does.
    afterwards: str


def moments_of(review: Review) -> tuple[Moment, ...]:
    """Return the blocks that tell events, in the order of the review."""
    return tuple(
        Moment(number, block, dates_in(block.text), afterwards_in(block.text))
        for number, block in enumerate(review.blocks, 1)
        if block.kept and block.use in EVENTS
    )


def doubt_about(block: ReviewedBlock) -> str:
    """Return why a block needs a look, as a sentence; empty: it does not."""
    if not block.kept:
        return ""
    if block.use is Use.NOT_PLACED:
        return "The reader could not tell what this is."
    if block.looked or block.use not in EVENTS:
        return ""
    if len(block.text.split()) > MOST_WORDS:
        return f"This block has more than {MOST_WORDS} words. It may be several."
    if block.kind is Kind.PARAGRAPH:
        return _cut(block.text.strip())
    return ""


def _cut(text: str) -> str:
    if text[:1].islower():
        return "It begins in the middle of a sentence. It may belong to the block before."
    if not text.endswith(_ENDS):
        return "It ends without a full stop. It may go on in the next block, or be a heading."
    return ""
