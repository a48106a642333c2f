"""Letters in a known order as text, with the links that they stand in."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from app.cases.formats.spacing import tidy
from app.cases.pdf.annotations import Link
from app.cases.pdf.glyphs import SOFT_HYPHEN, Glyph
from app.cases.pdf.lines import LEAST_SPACE, SAME_ROW, SPACE, painted_twice

Placed = tuple[Glyph, Link | None]


def placed(glyphs: Iterable[Glyph], links: Sequence[Link]) -> list[Placed]:
    """Return each letter with the link that it stands in."""
    if not links:
        return [(glyph, None) for glyph in glyphs]
    return [(glyph, _link_of(glyph, links)) for glyph in glyphs]


def text_of(letters: Iterable[Placed]) -> str:
    """Return the letters as words: a line that ends is a space, unless an address runs on."""
    words = list[str]()
    before: Placed | None = None
    spaced = False
    for letter in letters:
        glyph, _ = letter
        if not glyph.text.strip():
            spaced = True
            continue
        if before is not None:
            if painted_twice(before[0], glyph):
                continue
            words.append(_between(before, letter, spaced, words))
        words.append(glyph.text)
        before, spaced = letter, False
    return tidy("".join(words))


def links_of(letters: Iterable[Placed]) -> tuple[tuple[str, str], ...]:
    """Return the links among the letters: their words and their addresses."""
    found = []
    for link, run in itertools.groupby(letters, lambda letter: letter[1] and letter[1].url):
        words = text_of(run) if link else ""
        if link and words:
            found.append((words, link))
    return tuple(found)


def _between(before: Placed, letter: Placed, spaced: bool, words: list[str]) -> str:
    last, glyph = before[0], letter[0]
    size = max(last.size, glyph.size)
    if last.upright and abs(glyph.y - last.y) <= SAME_ROW * size:
        gap = glyph.x0 - last.x1
        return " " if gap > (LEAST_SPACE if spaced else SPACE) * size or gap < -size else ""
    if not last.upright and not spaced:
        return ""
    return "" if _runs_on(before, letter, words) else " "


def _runs_on(before: Placed, letter: Placed, words: list[str]) -> bool:
    """Tell whether a word or an address goes on in the next line."""
    if before[0].text == SOFT_HYPHEN:
        return True
    tail = "".join(words[-80:]).rsplit(" ", 1)[-1]
    here, there = before[1], letter[1]
    if here is not None and there is not None and here.url == there.url:
        return tail + letter[0].text in here.url
    hyphen = len(tail) > 1 and tail[-1] in "-\u2010" and tail[-2].isalpha()
    return hyphen and letter[0].text[:1].islower()


def _link_of(glyph: Glyph, links: Sequence[Link]) -> Link | None:
    middle, height = (glyph.x0 + glyph.x1) / 2, glyph.y - glyph.size * 0.3
    for link in links:
        if link.x0 <= middle <= link.x1 and link.top <= height <= link.bottom:
            return link
    return None
