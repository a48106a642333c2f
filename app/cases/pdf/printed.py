"""Printed lines as lines of a case: what looks like a heading, and where a gap stands above."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.cases.document import LineKind, SourceLine
from app.cases.formats.spacing import tidy
from app.cases.pdf.annotations import Link
from app.cases.pdf.columns import in_order, side_of
from app.cases.pdf.glyphs import SOFT_HYPHEN, Page
from app.cases.pdf.lines import Segment
from app.cases.pdf.words import links_of, placed

# In shares of the size of ordinary words.
LARGER = 1.12
MUCH_LARGER = 1.5
NOT_SMALLER = 0.95
# A heading has at most so many lines; a much larger one may have more.
MOST_LINES = 3
MOST_LINES_OF_A_TITLE = 6
GAP_ABOVE = 1.15


@dataclass(frozen=True)
class Printed:
    """One printed line: its number on the page in the order of reading, and its column.

    `side` is where that column stands: over the whole page, on its left or on its right.
    """

    page: int
    number: int
    segment: Segment
    column: int
    side: str = ""


@dataclass(frozen=True)
class PrintedPage:
    """The lines of a page in the order of reading, and its links."""

    lines: tuple[Printed, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Look:
    """How a file is set: the size of its ordinary words, their leading, and of its headings."""

    body: float
    leading: float
    bold_body: bool
    sizes: tuple[float, ...]

    def level(self, segment: Segment) -> int | None:
        """Return the level of heading that a line looks like; None for ordinary words."""
        size = rounded(segment.size)
        if size >= self.body * LARGER:
            return min(6, 1 + self.sizes.index(size)) if size in self.sizes else None
        if segment.bold and not self.bold_body and size >= self.body * NOT_SMALLER:
            return min(6, 1 + len(self.sizes))
        return None


def rounded(size: float) -> float:
    """Return a size to the nearest half point."""
    return round(size * 2) / 2


def printed_page(page: Page, segments: list[Segment], gutter: float | None) -> PrintedPage:
    """Return the lines of a page in the order of reading, counted from 1."""
    ordered = in_order(segments, gutter, page.height)
    return PrintedPage(
        tuple(
            Printed(page.number, number, line.segment, line.column, side_of(line.segment, gutter))
            for number, line in enumerate(ordered, 1)
        ),
        tuple(page.links),
    )


def lines_of_pages(pages: Sequence[PrintedPage]) -> tuple[SourceLine, ...]:
    """Return the lines of a file that is not tagged, with the kinds that their look suggests."""
    printed = [line for page in pages for line in page.lines]
    links = {line.page: page.links for page in pages for line in page.lines}
    look = look_of(printed)
    levels = _levels(printed, look)
    before: Printed | None = None
    found = []
    for line, level in zip(printed, levels, strict=True):
        found.append(
            SourceLine(
                _words(line),
                line.number,
                line.page,
                kind=LineKind.UNKNOWN if level is None else LineKind.HEADING,
                level=level,
                blank_before=gap_above(before, line, look),
                links=links_of(placed(line.segment.glyphs, links[line.page])),
            )
        )
        before = line
    return tuple(line for line in found if line.text)


def _words(line: Printed) -> str:
    """Return the words of a line: its cells apart, the mark of a word that goes on kept."""
    text = line.segment.text
    words = "\t".join(cell for part in text.split("\t") if (cell := tidy(part)))
    return words + (SOFT_HYPHEN if words and text.endswith(SOFT_HYPHEN) else "")


def look_of(lines: Sequence[Printed]) -> Look:
    """Return how a file is set, counted over all its letters."""
    letters: Counter[float] = Counter()
    bold = 0
    for line in lines:
        letters[rounded(line.segment.size)] += len(line.segment.glyphs)
        bold += len(line.segment.glyphs) if line.segment.bold else 0
    # Letters may be set in no size at all, to be searched and not seen.
    body = max(0.5, letters.most_common(1)[0][0]) if letters else 10.0
    larger = sorted((size for size in letters if size >= body * LARGER), reverse=True)
    return Look(body, _leading(lines, body), bold * 2 > letters.total(), tuple(larger))


def _leading(lines: Sequence[Printed], body: float) -> float:
    steps = Counter(
        rounded(after.segment.y - before.segment.y)
        for before, after in itertools.pairwise(lines)
        if same_column(before, after) and rounded(after.segment.size) == body
    )
    # Where paragraphs are short, the gap between two may be more frequent than that of lines.
    often = [step for step, count in steps.items() if step > 0 and count * 8 >= steps.total()]
    return min(often, default=body * 1.2)


def same_column(before: Printed, after: Printed) -> bool:
    """Tell whether two lines stand in one column of one page."""
    return (before.page, before.column) == (after.page, after.column)


def gap_above(before: Printed | None, line: Printed, look: Look) -> bool:
    """Tell whether more than the usual leading stands above a line."""
    if before is None:
        return True
    if not same_column(before, line):
        return False
    usual = look.leading * max(1.0, max(before.segment.size, line.segment.size) / look.body)
    return line.segment.y - before.segment.y > GAP_ABOVE * usual


def _levels(lines: Sequence[Printed], look: Look) -> list[int | None]:
    """Return each line's level of heading, without runs that are too long to be one."""
    levels = list[int | None]()
    for level, run in _runs(lines, look):
        most = MOST_LINES
        if level is not None and run[0].segment.size >= look.body * MUCH_LARGER:
            most = MOST_LINES_OF_A_TITLE
        levels += [level if len(run) <= most else None] * len(run)
    return levels


def _runs(lines: Sequence[Printed], look: Look) -> Iterator[tuple[int | None, list[Printed]]]:
    """Yield lines of one level that stand directly below each other."""
    run, level = list[Printed](), None
    for line in lines:
        here = look.level(line.segment)
        goes_on = bool(run) and here == level and same_column(run[-1], line)
        if goes_on and not gap_above(run[-1], line, look):
            run.append(line)
            continue
        if run:
            yield level, run
        run, level = [line], here
    if run:
        yield level, run
