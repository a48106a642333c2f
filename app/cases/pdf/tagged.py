"""A tagged PDF as lines of a case, in the order and of the kinds that the file itself states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.cases.document import LeftOut, LineKind, Place, SourceLine
from app.cases.formats.spacing import tidy
from app.cases.pdf.glyphs import Glyph, Page
from app.cases.pdf.printed import Printed, PrintedPage
from app.cases.pdf.tags import Key, TaggedBlock
from app.cases.pdf.words import Placed, links_of, placed, text_of

# The tags must cover this share of the words; a block must not stand for whole pages.
LEAST_COVERED = 0.9
MOST_ARTIFACTS = 0.5
MOST_LINES_A_BLOCK = 25
ARTIFACT = "the file marks it as a running header or footer"


@dataclass(frozen=True)
class _Spot:
    """Where a letter is printed."""

    page: int
    number: int


def covers(blocks: Sequence[TaggedBlock], pages: Sequence[Page]) -> bool:
    """Tell whether the tags of a file can be trusted to tell its order."""
    known = {key: number for number, block in enumerate(blocks) for key in block.keys + block.label}
    marked = artifacts = others = 0
    lines, said = set(), set()
    for page in pages:
        for glyph in page.glyphs:
            if not glyph.text.strip():
                continue
            block = None if glyph.mark is None else known.get((page.key, glyph.mark))
            if glyph.artifact:
                artifacts += 1
            elif block is None:
                others += 1
            else:
                marked += 1
                said.add(block)
                lines.add((page.number, round(glyph.y)))
    if not marked or artifacts > MOST_ARTIFACTS * (marked + artifacts + others):
        return False
    tight = len(lines) <= MOST_LINES_A_BLOCK * len(said)
    return tight and marked >= LEAST_COVERED * (marked + others)


def lines_of_tags(
    blocks: Sequence[TaggedBlock], pages: Sequence[Page], printed: Sequence[PrintedPage]
) -> tuple[tuple[SourceLine, ...], tuple[LeftOut, ...]]:
    """Return the blocks as whole lines; words outside all tags as lines, artifacts as left out."""
    letters = _letters(pages)
    spots = {
        id(glyph): _Spot(line.page, line.number)
        for page in printed
        for line in page.lines
        for glyph in line.segment.glyphs
    }
    used = set[Key]()
    found = list[SourceLine]()
    for block in blocks:
        line = _line(block, letters, spots, used)
        if line is not None:
            found.append(line)
    seen = {id(glyph) for key in used for glyph, _ in letters[key]}
    outside, left_out = _outside(printed, seen)
    return tuple(_put_in(found, outside)), tuple(left_out)


def _letters(pages: Sequence[Page]) -> dict[Key, list[Placed]]:
    """Return the letters of each mark, artifacts apart, in the order in which they are painted."""
    found: dict[Key, list[Placed]] = {}
    for page in pages:
        for letter in placed(page.glyphs, page.links):
            if letter[0].mark is not None and not letter[0].artifact:
                found.setdefault((page.key, letter[0].mark), []).append(letter)
    return found


def _line(
    block: TaggedBlock,
    letters: Mapping[Key, list[Placed]],
    spots: Mapping[int, _Spot],
    used: set[Key],
) -> SourceLine | None:
    label = _take(block.label, letters, used)
    words = _take(block.keys, letters, used)
    spot = next((spots[id(glyph)] for glyph, _ in label + words if id(glyph) in spots), None)
    marker, text = text_of(label), text_of(words)
    # A bullet is no word; that the line is a list item says the same.
    shown = any(letter.isalnum() for letter in marker) and not (marker == "o" and text)
    whole = tidy(f"{marker} {text}" if shown or not text else text)
    if spot is None or not whole:
        return None
    return SourceLine(
        whole,
        spot.number,
        spot.page,
        kind=block.kind,
        level=block.level,
        whole=True,
        blank_before=True,
        links=links_of(words),
    )


def _take(keys: Iterable[Key], letters: Mapping[Key, list[Placed]], used: set[Key]) -> list[Placed]:
    found = list[Placed]()
    for key in keys:
        if key in letters and key not in used:
            used.add(key)
            found += letters[key]
    return found


def _outside(
    printed: Sequence[PrintedPage], seen: set[int]
) -> tuple[list[SourceLine], list[LeftOut]]:
    outside, left_out = list[SourceLine](), list[LeftOut]()
    for page in printed:
        for line in page.lines:
            rest = [glyph for glyph in line.segment.glyphs if id(glyph) not in seen]
            text = _words(line, rest, False, page)
            if text:
                outside.append(
                    SourceLine(
                        text, line.number, line.page, kind=LineKind.UNKNOWN, blank_before=True
                    )
                )
            artifact = _words(line, rest, True, page)
            if artifact:
                left_out.append(
                    LeftOut(artifact, ARTIFACT, Place(line.number, line.number, line.page))
                )
    return outside, left_out


def _words(line: Printed, rest: list[Glyph], artifact: bool, page: PrintedPage) -> str:
    return text_of(placed((one for one in rest if one.artifact is artifact), page.links))


def _put_in(lines: list[SourceLine], outside: list[SourceLine]) -> list[SourceLine]:
    """Put each line outside all tags behind the last block that begins above it."""
    found = list(lines)
    for line in outside:
        at = max(
            (
                number
                for number, other in enumerate(found, 1)
                if (other.page or 0, other.line) <= (line.page or 0, line.line)
            ),
            default=0,
        )
        found.insert(at, line)
    return found
