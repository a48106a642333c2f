"""The letters of a page as segments: words on one line without a wide gap between them."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.cases.pdf.glyphs import Dot, Glyph

# In shares of the size of the letters: the gap that is a space where none is painted, the least
# gap where one is painted, the gap that parts two segments, and how uneven a line may be.
SPACE = 0.2
LEAST_SPACE = 0.04
GAP = 0.75
SAME_ROW = 0.4
# The gap inside a line that parts the cells of a table or the two ends of a header.
CELL = 2.5
# How far before its words a bullet stands at most.
FARTHEST_BULLET = 3.0
BULLET = "•"


@dataclass(frozen=True)
class Segment:
    """Words on one line: their text, their letters (without spaces), and their place."""

    text: str
    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    y: float
    size: float

    @property
    def bold(self) -> bool:
        """Tell whether all of it is in bold type."""
        return all(glyph.bold for glyph in self.glyphs)


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Return the letters of a page as segments, from the top and from the left."""
    upright, slanted = list[Glyph](), list[Glyph]()
    for glyph in glyphs:
        (upright if glyph.upright else slanted).append(glyph)
    found = [part for row in _rows(upright) for part in _parts(row)]
    # Words that run up or down the edge of a page come last, as they are painted.
    return found + list(_slanted(slanted))


def with_bullets(segments: list[Segment], dots: Iterable[Dot]) -> list[Segment]:
    """Return the segments, those that a small shape stands before with a bullet for it."""
    found = list(segments)
    for dot in dots:
        at = [
            (one.x0 - dot.x1, number)
            for number, one in enumerate(found)
            if 0 < one.x0 - dot.x1 < FARTHEST_BULLET * one.size and 0 < one.y - dot.y < one.size
        ]
        if at:
            _, number = min(at)
            if not found[number].text.startswith(BULLET):
                one = found[number]
                found[number] = replace(one, text=f"{BULLET} {one.text}", x0=dot.x0)
    return found


def joined(segments: list[Segment]) -> Segment:
    """Return the segments of one line in one column as one, a tab between those far apart."""
    if len(segments) == 1:
        return segments[0]
    ordered = sorted(segments, key=lambda one: one.x0)
    words = [ordered[0].text]
    for before, one in itertools.pairwise(ordered):
        words += ["\t" if one.x0 - before.x1 > CELL * one.size else " ", one.text]
    return _segment("".join(words), [glyph for one in ordered for glyph in one.glyphs])


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.y):
        if row and glyph.y - row[0].y > SAME_ROW * max(glyph.size, row[0].size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _parts(row: list[Glyph]) -> Iterator[Segment]:
    part, words, spaced = list[Glyph](), list[str](), False
    end = 0.0
    for glyph in sorted(row, key=lambda one: (one.x0, one.x1)):
        if not glyph.text.strip():
            spaced = True
            continue
        if part and painted_twice(part[-1], glyph):
            continue
        size, gap = max(glyph.size, part[-1].size if part else 0), glyph.x0 - end
        if part and gap > GAP * size:
            yield _segment("".join(words), part)
            part, words = [], []
        elif part and gap > (LEAST_SPACE if spaced else SPACE) * size:
            words.append(" ")
        part.append(glyph)
        words.append(glyph.text)
        spaced = False
        end = max(end, glyph.x1)
    if part:
        yield _segment("".join(words), part)


def painted_twice(before: Glyph, glyph: Glyph) -> bool:
    """Tell whether a letter is the one before once more, which makes it look bold."""
    near = abs(before.x0 - glyph.x0) + abs(before.y - glyph.y) < 0.12 * glyph.size
    return near and before.text == glyph.text


def _slanted(glyphs: list[Glyph]) -> Iterator[Segment]:
    run, words = list[Glyph](), list[str]()
    for glyph in glyphs:
        far = run and math.dist((glyph.x0, glyph.y), (run[-1].x0, run[-1].y)) > 3 * glyph.size
        if run and far:
            yield _segment("".join(words), run)
            run, words = [], []
        words.append(glyph.text)
        if glyph.text.strip():
            run.append(glyph)
    if run:
        yield _segment("".join(words), run)


def _segment(text: str, glyphs: list[Glyph]) -> Segment:
    return Segment(
        text,
        tuple(glyphs),
        min(glyph.x0 for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        statistics.median(glyph.y for glyph in glyphs),
        statistics.median(glyph.size for glyph in glyphs),
    )
