"""Running headers, footers and protective markings: found by repetition and shape, not by place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from app.cases.document import LeftOut, LineKind
from app.cases.layouts.headings import is_known
from app.cases.repairs.lines import Line, is_open
from app.cases.repairs.markers import marker_of
from app.cases.repairs.wrapping import Wrapping

MARKING_REASON = "A protective marking of the page, no part of the text."
NUMBER_REASON = "A page number, no part of the text."
FOOTER_REASON = "A footer of the page, no part of the text."
REPEATED_REASON = "A running header or footer: the same words stand on page after page."
CUTTING_REASON = "A running header or footer: the same words stand again and again in the text."

_LEVEL = (
    r"(?:NOT PROTECTIVELY MARKED|OFFICIAL(?:\W{1,3}SENSITIVE)?(?:\W{1,3}(?:COMMERCIAL|PERSONAL|"
    r"PUBLIC|FOR PUBLIC RELEASE|FOR PUBLICATION))?|RESTRICTED|PROTECT|UNCLASSIFIED|CONFIDENTIAL)"
)
MARKING = re.compile(
    rf"\W{{0,3}}(?:{_LEVEL}|(?i:(?:GSC|protective marking|security classification)\s?:\s?{_LEVEL})"
    r"|(?i:not protectively marked))\W{0,3}"
)
PAGE = re.compile(
    r"(?:page|pg\.?|p\.)\s?\|?\s?\d{1,3}(?:\s?(?:of|/)\s?\d{1,3})?|\d{1,3}\s?\|\s?page"
    r"|\d{1,3} of \d{1,3}|[-–]\s?\d{1,3}\s?[-–]",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"(?<!\S)©[^.?!©]{0,80}[.,]?[ |–—-]{0,4}\bPage \d{1,3}(?: of \d{1,3})?\.?(?!\S)", re.IGNORECASE
)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s|Crown copyright)[^.?!]{0,80}(?:\.|\Z)\s*\d{0,3}\s*", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
EDGE = 3


@dataclass(frozen=True)
class _Seen:
    """Where the same words stand: the lines by their index, and their pages."""

    at: tuple[int, ...]
    pages: tuple[int, ...]
    edges: int


def without_furniture(lines: list[Line], wrapping: Wrapping) -> tuple[list[Line], list[LeftOut]]:
    """Return the lines of the text itself, and the furniture with its reasons."""
    reasons = {at: reason for at, line in enumerate(lines) if (reason := _by_shape(line))}
    reasons |= _by_repetition(lines, reasons.keys() | _ends_of_sentences(lines, wrapping))
    known = {lines[at].text for at in reasons}
    inside = _patterns(known)
    kept: list[Line] = []
    left_out: list[LeftOut] = []
    cut = blank = False
    page: int | None = None
    for at, line in enumerate(lines):
        cut, page = cut or line.source.page != page, line.source.page
        if reason := reasons.get(at):
            left_out.append(LeftOut(line.text, reason, line.place))
            cut, blank = True, blank or line.blank_before
            continue
        # A line that reads like furniture and was kept is the title that a header repeats.
        pieces, taken = _cut_inside(line, [] if line.text in known else inside)
        left_out += [LeftOut(text, FOOTER_REASON, line.place) for text in taken]
        for nth, piece in enumerate(pieces):
            gap = (piece.blank_before or blank) and nth == 0
            if (gap, cut or nth > 0) != (piece.blank_before, piece.cut):
                piece = replace(piece, blank_before=gap, cut=cut or nth > 0)
            kept.append(piece)
            cut = blank = False
        cut = cut or bool(taken)
    return kept, left_out


def _by_shape(line: Line) -> str | None:
    """Return why a line is furniture by its own words."""
    if MARKING.fullmatch(line.text):
        return MARKING_REASON
    if PAGE.fullmatch(line.text):
        return NUMBER_REASON
    if FOOTER.fullmatch(line.text) or COPYRIGHT.fullmatch(line.text):
        return FOOTER_REASON
    return None


def _ends_of_sentences(lines: list[Line], wrapping: Wrapping) -> set[int]:
    """Return the lines that only end what stands above them: “misconduct.” is no footer."""
    pairs = enumerate(pairwise(lines), 1)
    return {at for at, (before, line) in pairs if wrapping.ends_a_sentence(before, line)}


def _by_repetition(lines: list[Line], known: Set[int]) -> dict[int, str]:
    """Return the lines, but for those known, that are furniture for standing again and again."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if at not in known and len(line.text) <= 160 and _may_repeat(line):
            groups[" ".join(line.text.casefold().split())].append(at)
            if shape := _shape(line):
                groups[shape].append(at)
    pages = len({line.source.page for line in lines})
    edges = _edges(lines)
    found: dict[int, str] = {}
    for key, group in groups.items():
        seen = _Seen(
            tuple(group),
            tuple(page for nth in group if (page := lines[nth].source.page) is not None),
            sum(nth in edges for nth in group),
        )
        if pages > 1 and _on_many_pages(key, seen, pages):
            found |= dict.fromkeys(_without_the_real_one(lines, seen, edges), REPEATED_REASON)
        elif pages == 1 and "#" not in key and _cuts_sentences(lines, seen):
            found |= dict.fromkeys(group, CUTTING_REASON)
    return found


def _may_repeat(line: Line) -> bool:
    """Tell whether the words may be furniture: no heading of a layout and no list item is."""
    if line.source.kind is LineKind.ITEM or marker_of(line.text)[0]:
        return False
    return not is_known(line.text)


def _shape(line: Line) -> str:
    """Return the words with the number of their page left open; empty where it is not in them."""
    page, numbers = line.source.page, DIGITS.findall(line.text)
    if page is None or not numbers:
        return ""
    # The first page may be any; what counts is that the number grows with the pages.
    offsets = sorted({int(number) - page for number in numbers if len(number) < 4}, key=abs)
    if not offsets:
        return ""
    number = str(page + offsets[0])
    rest = re.sub(rf"(?<!\d){number}(?!\d)", "#", line.text.casefold(), count=1)
    return f"{offsets[0]}: {rest}"


def _edges(lines: list[Line]) -> set[int]:
    """Return the lines that stand first or last on their page."""
    by_page: dict[int | None, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        by_page[line.source.page].append(at)
    return {at for page in by_page.values() for at in (*page[:EDGE], *page[-EDGE:])}


def _on_many_pages(key: str, seen: _Seen, pages: int) -> bool:
    on = len(set(seen.pages))
    if len(seen.pages) > on + 1:
        return False
    if "#" in key:
        return on >= max(3, 0.6 * pages) or (on == pages == 2 and seen.edges == len(seen.at))
    if pages <= 4:
        return on >= 2 and (on == pages or (on >= pages - 1 and seen.edges == len(seen.at)))
    return on >= 0.6 * pages


def _without_the_real_one(lines: list[Line], seen: _Seen, edges: set[int]) -> Iterator[int]:
    """Yield the lines without the title itself, where the running header repeats a title."""
    first, *others = seen.at
    is_real = first not in edges and all(at in edges for at in others)
    if not is_real and lines[first].source.kind is not LineKind.HEADING:
        yield first
    yield from others


def _cuts_sentences(lines: list[Line], seen: _Seen) -> bool:
    """Tell whether words that stand three times or more cut a sentence at one of these places."""
    if len(seen.at) < 3 or any(b - a == 1 for a, b in pairwise(seen.at)):
        return False
    return any(
        0 < at < len(lines) - 1
        and is_open(lines[at - 1].text)
        and len(lines[at - 1].text) > 30
        and lines[at + 1].text[:1].islower()
        for at in seen.at
    )


def _patterns(texts: set[str]) -> list[re.Pattern[str]]:
    """Return what finds known furniture inside a line; too few words may well be the text's own."""
    shapes = {DIGITS.sub("#", text) for text in texts if len(text) > 15 and len(text.split()) > 2}
    return [FOOTER] + [
        re.compile(rf"(?<!\S){re.escape(shape).replace(chr(92) + '#', '[0-9]+')}(?!\S)")
        for shape in sorted(shapes, key=lambda shape: (-len(shape), shape))[:20]
    ]


def _cut_inside(line: Line, patterns: list[re.Pattern[str]]) -> tuple[list[Line], list[str]]:
    """Return what stands before and after furniture in a line, and the furniture."""
    if not any(pattern.search(line.text) for pattern in patterns):
        return [line], []
    taken: list[str] = []
    texts = [line.text]
    if line.source.kind is not LineKind.HEADING:
        for pattern in patterns:
            parts: list[str] = []
            for text in texts:
                taken += [found[0] for found in pattern.finditer(text)]
                parts += pattern.split(text)
            texts = parts
    kept = [text.strip() for text in texts if text.strip()]
    return [replace(line, text=text) for text in kept], taken
