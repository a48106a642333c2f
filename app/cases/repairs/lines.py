"""The lines of a file on their way to paragraphs: cleaned, cut at tabs, markers apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.cases.document import LeftOut, LineKind, Place, SourceLine
from app.cases.layouts.headings import is_known
from app.cases.repairs.cleaning import cleaned, without_markup, without_stray_signs
from app.cases.repairs.markers import is_bullet, is_dash, marker_of

MARKUP = "Leftover markup of a web page, no words of the document."
STRAY = "A sign that stands for a lost picture or icon and says nothing."
ADDRESS_BEGINS = re.compile(r"\s*(?:www\.|https?:)", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"
# A number of more digits, such as “999.”, opens no item where a sentence is open above it.
LONGEST_NUMBER = len("99.")


@dataclass(frozen=True)
class Line:
    """One line, cleaned; `cut` tells that a page break or furniture was taken away above it."""

    text: str
    source: SourceLine
    marker: str = ""
    blank_before: bool = False
    cut: bool = False
    # A mark of where a word may be broken stood at its end.
    broken_word: bool = False
    links: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_item(self) -> bool:
        """Tell whether a list item begins here."""
        return bool(self.marker) or self.source.kind is LineKind.ITEM

    @property
    def place(self) -> Place:
        """Return where it stands."""
        line, page = self.source.line, self.source.page
        return Place(line, line, page, page)


def cleaned_lines(source: Iterable[SourceLine]) -> tuple[list[Line], list[LeftOut]]:
    """Return the cleaned lines, each cell of a line by itself, and what was no word of them."""
    lines: list[Line] = []
    left_out: list[LeftOut] = []
    gap = False
    for found in source:
        text, tags = without_markup(cleaned(found.text))
        cells = [_cell(cell) for cell in _cells(text)]
        line = Line("", found, links=found.links)
        for taken, reason in ((tags, MARKUP), ([s for _, s in cells if s], STRAY)):
            if taken:
                left_out.append(LeftOut(" ".join(taken), reason, line.place))
        kept = [cell for cell, _ in cells if cell]
        gap = gap or found.blank_before
        for at, cell in enumerate(kept):
            last = at == len(kept) - 1
            lines.append(replace(
                line, text=cell, blank_before=gap or at > 0,
                broken_word=last and found.text.rstrip().endswith(SOFT_HYPHEN),
            ))  # fmt: skip
            gap = False
    return lines, left_out


def _cell(text: str) -> tuple[str, str]:
    """Return a cell without its stray signs, and these; a bullet at its beginning is none."""
    marker, rest = marker_of(" ".join(text.split()))
    rest, stray = without_stray_signs(rest)
    return " ".join(f"{marker} {rest}".split()), " ".join(stray)


def _cells(text: str) -> Iterator[str]:
    """Yield what stands between tabs, where that is a column and no mere space."""
    cells: list[str] = []
    for cell in text.split("\t"):
        begins = cell.lstrip()[:1]
        column = begins and (not begins.islower() or ADDRESS_BEGINS.match(cell))
        # A tab behind a bullet or number only sets the text of the item apart.
        if column and any(one.strip() for one in cells) and not _is_marker(cells):
            yield " ".join(cells)
            cells = []
        cells.append(cell)
    yield " ".join(cells)


def _is_marker(cells: list[str]) -> bool:
    said = [cell.strip() for cell in cells[:9] if cell.strip()]
    return len(said) == 1 and marker_of(said[0]) != ("", said[0]) and not marker_of(said[0])[1]


def with_markers(
    lines: list[Line], was_wrapped: Callable[[Line, Line], bool] = lambda before, line: False
) -> list[Line]:
    """Return the lines with their markers apart; one that stands alone joins the line below it."""
    found: list[Line] = []
    waiting: Line | None = None
    in_list = False
    for line in lines:
        if line.source.kind is LineKind.HEADING:
            marker, text = "", line.text
        else:
            marker, text = marker_of(line.text)
        in_list = in_list and (line.cut or not line.blank_before)
        before = found[-1] if found else None
        if marker and before is not None and not in_list:
            wrapped = was_wrapped(before, line)
            if _is_in_a_sentence(marker, before, line, wrapped=wrapped):
                marker, text = "", line.text
        in_list = in_list or bool(marker)
        if waiting is not None and (marker or line.source.kind is LineKind.HEADING):
            found.append(waiting)
            waiting = None
        if waiting is not None:
            found.append(replace(waiting, text=text, links=line.links, cut=False))
            waiting = None
        elif marker and not text:
            waiting = replace(line, text="", marker=marker)
        else:
            found.append(replace(line, text=text, marker=marker))
    return [*found, waiting] if waiting is not None else found


def _is_in_a_sentence(marker: str, before: Line, line: Line, *, wrapped: bool) -> bool:
    """Tell whether a dash, or a number with its full stop, only came to stand at a line's start.

    `wrapped` tells that it is known to have had no room in the line before.
    """
    if line.source.kind is LineKind.ITEM:
        return False
    if (line.blank_before and not line.cut) or before.source.whole or line.source.whole:
        return False
    if not is_open(before.text) or is_known(before.text):
        return False
    if is_bullet(marker):
        return is_dash(marker) and not before.is_item
    if len(marker) > LONGEST_NUMBER or wrapped:
        return not before.is_item
    return not before.is_item and len(before.text) > 45 and marker[:2] not in {"1.", "1)", "(1"}


def is_open(text: str) -> bool:
    """Tell whether a line ends in the middle of a sentence, as far as its last sign says."""
    return bool(text) and not re.search(r"[.?!:;][)\]\"'”’»]*\Z", text)
