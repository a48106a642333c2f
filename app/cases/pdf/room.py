"""How much room printed lines leave at their ends: by it a line that was wrapped is known.

Where words are wrapped, the first word of a line had no room behind the line above. The edge is
that of the lines which stand directly below each other, so that a box set narrower than its page
is measured by itself; where these are few, it is that of the column.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from app.cases.document import Room
from app.cases.pdf.lines import Segment
from app.cases.pdf.printed import Look, Printed, PrintedPage, gap_above, look_of, same_column

# A run of so many lines shows its own edge, if it is wide enough to be wrapped text.
LINES_OF_A_RUN = 3
WIDE = 0.6
# A page number or a picture's text may stand beyond the edge of the column: so many lines of it
# may be longer.
BEYOND = 0.03
LINES_OF_A_PAGE = 8
# The space before a word, in shares of its size, with what the edges of letters may differ.
SPACE = 0.4
Side = tuple[int | None, str]


def rooms_of(pages: Sequence[PrintedPage]) -> Mapping[tuple[int | None, int], Room]:
    """Return for each line, by its page and number, the room that it leaves, in points."""
    printed = [line for page in pages for line in page.lines]
    look = look_of(printed)
    edges = _edges(printed)
    found: dict[tuple[int | None, int], Room] = {}
    for run in _runs(printed, look):
        left = min(line.segment.x0 for line in run)
        own = max(line.segment.x1 for line in run)
        centred = _is_centred(run)
        for line in run:
            edge = edges.get((line.page, line.side)) or edges[(None, line.side)]
            if len(run) >= LINES_OF_A_RUN and own - left >= WIDE * (edge - left):
                edge = own
            room = edge - line.segment.x1 + (line.segment.x0 - left if centred else 0)
            found[(line.page, line.number)] = Room(room, _first_word(line.segment), line.column)
    return found


def _runs(printed: Sequence[Printed], look: Look) -> Iterator[list[Printed]]:
    """Yield lines of one size that stand directly below each other."""
    run: list[Printed] = []
    for line in printed:
        if run and not _goes_on(run[-1], line, look):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(above: Printed, line: Printed, look: Look) -> bool:
    alike = abs(above.segment.size - line.segment.size) < 0.5
    return alike and same_column(above, line) and not gap_above(above, line, look)


def _edges(printed: Sequence[Printed]) -> dict[Side, float]:
    """Return where the lines of each side end, by page where it has enough of them, and in all."""
    ends: dict[Side, list[float]] = {}
    for line in printed:
        for page in (None, line.page):
            ends.setdefault((page, line.side), []).append(line.segment.x1)
    return {
        side: sorted(found)[-1 - int(BEYOND * len(found))]
        for side, found in ends.items()
        if side[0] is None or len(found) >= LINES_OF_A_PAGE
    }


def _is_centred(run: Sequence[Printed]) -> bool:
    """Tell whether the lines of a run have one middle and different beginnings."""
    size = run[0].segment.size
    middles = [line.segment.x0 + line.segment.x1 for line in run]
    begins = [line.segment.x0 for line in run]
    return max(middles) - min(middles) < size < max(begins) - min(begins)


def _first_word(segment: Segment) -> float:
    """Return how wide the first word of a line is, with the space before it."""
    word = (segment.text.split() or [""])[0]
    lengths = itertools.accumulate(len(glyph.text) for glyph in segment.glyphs)
    last = next((at for at, so_far in enumerate(lengths) if so_far >= len(word)), -1)
    width = segment.glyphs[last].x1 - segment.glyphs[0].x0
    return width + SPACE * segment.size
