"""The order in which a page is read: down one column, or down the left one and then the right."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.cases.pdf.lines import SAME_ROW, Segment, joined

# A column has at least so many lines, and at most this share of the page's lines runs across.
FEWEST_LINES = 4
MOST_ACROSS = 0.4
# A gutter stands in the middle part of the page's text.
MIDDLE = (0.3, 0.7)
# Words near the top or bottom edge, apart from the others, are read before or after all columns:
# so many sizes apart, and within this share of the height of the page.
EDGE_GAP = 3.0
EDGE = 0.08
# The last line of a title across both columns stands at most so many sizes below the others.
MOST_LEADING = 1.6


@dataclass(frozen=True)
class PrintedLine:
    """One printed line and the column that it stands in, counted in the order of reading."""

    segment: Segment
    column: int


def gutter_of(segments: list[Segment]) -> float | None:
    """Return where on the page two columns part; None where there is one."""
    if not segments:
        return None
    left = min(one.x0 for one in segments)
    width = max(one.x1 for one in segments) - left
    if width <= 0:
        return None
    tried = [left + width * (MIDDLE[0] + (MIDDLE[1] - MIDDLE[0]) * step / 80) for step in range(81)]
    crossing = [(sum(1 for one in segments if one.x0 < x < one.x1), x) for x in tried]
    fewest = min(count for count, _ in crossing)
    # The gutter's middle: among the widest run of places that the fewest lines cross.
    x = statistics.median_low([x for count, x in crossing if count == fewest])
    return x if _is_gutter(segments, x, fewest) else None


def common_gutter(found: Iterable[float | None]) -> float | None:
    """Return the gutter of most pages, for a page with too few lines to show its own."""
    known = [x for x in found if x is not None]
    return statistics.median_low(known) if known else None


def _is_gutter(segments: list[Segment], x: float, across: int) -> bool:
    left = [one for one in segments if one.x1 <= x]
    right = [one for one in segments if one.x0 >= x]
    if min(len(left), len(right)) < FEWEST_LINES or across > MOST_ACROSS * len(segments):
        return False
    # The lines of a column are full of words and begin at one edge; the cells of a table are not.
    return _fills_a_column(left, x) and _fills_a_column(right, max(one.x1 for one in right))


def _fills_a_column(segments: list[Segment], edge: float) -> bool:
    start = min(one.x0 for one in segments)
    width = max(edge - start, 1.0)
    # Where a line is set to both edges, each of its words may stand apart.
    filled = [sum(one.x1 - one.x0 for one in row) for row in _rows(segments)]
    return statistics.median(filled) > 0.45 * width


def fits(segments: list[Segment], x: float) -> bool:
    """Tell whether a page with few lines may be read with the gutter of the other pages."""
    across = sum(1 for one in segments if one.x0 < x < one.x1)
    starts = Counter(round(one.x0) for one in segments if one.x0 >= x)
    return bool(starts) and across <= MOST_ACROSS * len(segments)


def side_of(segment: Segment, gutter: float | None) -> str:
    """Return the side of the gutter that a line stands on; empty: it goes over the whole page."""
    if gutter is None or segment.x0 < gutter < segment.x1:
        return ""
    return "left" if segment.x1 <= gutter else "right"


def in_order(segments: list[Segment], gutter: float | None, height: float) -> Iterator[PrintedLine]:
    """Yield the lines of a page as they are read."""
    column = 0
    for band in _bands(sorted(segments, key=lambda one: (one.y, one.x0)), gutter, height):
        for lines in band:
            if lines:
                for row in _rows(lines):
                    yield PrintedLine(joined(row), column)
                column += 1


def _bands(
    segments: list[Segment], gutter: float | None, height: float
) -> Iterator[tuple[list[Segment], ...]]:
    """Yield the page from its top in bands; in each, first the left and then the right column."""
    head, body, foot = _edges(segments, height)
    yield (head,)
    if gutter is None:
        yield (body,)
    else:
        yield from _two_columns(body, gutter)
    yield (foot,)


def _two_columns(body: list[Segment], gutter: float) -> Iterator[tuple[list[Segment], ...]]:
    left, right, across = list[Segment](), list[Segment](), list[Segment]()
    for one in body:
        ends_across = bool(across) and _goes_on_across(across[-1], one, body)
        if one.x0 < gutter < one.x1 or ends_across:
            if left or right:
                yield left, right
                left, right = [], []
            across.append(one)
            continue
        if across:
            yield (across,)
            across = []
        (left if one.x1 <= gutter else right).append(one)
    yield left, right
    yield (across,)


def _goes_on_across(above: Segment, one: Segment, body: list[Segment]) -> bool:
    """Tell whether a short line ends a title that runs across: alike, below it, alone in its row.

    What stands in two columns has a neighbour in the other one.
    """
    alike = abs(one.size - above.size) < 0.5 and abs(one.x0 - above.x0) < one.size
    if not alike or not 0 < one.y - above.y < MOST_LEADING * one.size:
        return False
    return all(abs(other.y - one.y) > SAME_ROW * one.size for other in body if other is not one)


def _edges(
    segments: list[Segment], height: float
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    """Part what stands far above and far below the text: the running headers and footers."""
    gap = EDGE_GAP * statistics.median(one.size for one in segments) if segments else 0.0
    first, last = 0, len(segments)
    for at, (above, below) in enumerate(itertools.pairwise(segments), 1):
        if below.y - above.y <= gap:
            continue
        if above.y < EDGE * height:
            first = at
        if below.y > (1 - EDGE) * height and last == len(segments):
            last = at
    return segments[:first], segments[first:last], segments[last:]


def _rows(segments: list[Segment]) -> Iterator[list[Segment]]:
    row: list[Segment] = []
    for one in sorted(segments, key=lambda one: one.y):
        if row and one.y - row[0].y > SAME_ROW * max(one.size, row[0].size):
            yield row
            row = []
        row.append(one)
    if row:
        yield row
