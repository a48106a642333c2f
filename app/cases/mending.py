"""Mends what extraction broke: from the lines of a file to whole paragraphs, with nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.cases.document import Extracted, Form, LeftOut, LineKind, Paragraph, Place
from app.cases.formats.refusals import TooHeavy
from app.cases.repairs.furniture import without_furniture
from app.cases.repairs.joining import Habits, habits_of, is_one_paragraph, joined, links_in
from app.cases.repairs.lines import Line, cleaned_lines, with_markers
from app.cases.repairs.markers import is_bullet
from app.cases.repairs.wrapping import Wrapping

# How full a line is before it ends: letters of a printed page differ in width.
FULLNESS = {Form.PDF: 0.75}
OTHERWISE = 0.97
# The longest case has some hundred lines; far beyond that a file is something else.
MOST_LINES = 60_000


@dataclass
class _Growing:
    """A paragraph that grows line by line."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""

    def add(self, line: Line, habits: Habits) -> None:
        broken = bool(self.lines) and self.lines[-1].broken_word
        self.text = joined(self.text, line.text, line, broken, habits)
        self.lines.append(line)

    def done(self) -> Paragraph:
        first, last = self.lines[0], self.lines[-1]
        page = first.source.page
        last_page = last.source.page if last.source.page != page else None
        kind = LineKind.ITEM if first.marker else first.source.kind
        return Paragraph(
            self.text,
            Place(first.source.line, last.source.line, page, last_page),
            kind,
            first.source.level,
            first.marker,
            links_in(self.text, (link for line in self.lines for link in line.links), bare_address),
        )


def bare_address(found: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    found = found.rstrip(".,;:!?'\"’”")
    return found.rstrip(")") if "(" not in found else found


def mended(extracted: Extracted) -> tuple[tuple[Paragraph, ...], tuple[LeftOut, ...]]:
    """Return the paragraphs of a file in order, and what of its words stands in none, with why.

    Every word of the file, once its signs are cleaned, is in one of the two. Only a word that a
    line's end broke, and a link that it wrapped, are put together again.
    """
    lines, left_out = cleaned_lines(extracted.lines)
    if len(lines) > MOST_LINES:
        raise TooHeavy
    wrapping = Wrapping(extracted.rooms)
    lines, furniture = without_furniture(lines, wrapping)
    lines = with_markers(lines, lambda before, line: wrapping.had_room(before, line) is False)
    habits = habits_of(lines, FULLNESS.get(extracted.form, OTHERWISE), wrapping)
    paragraphs = _paragraphs(lines, habits)
    return tuple(paragraphs), (*extracted.left_out, *left_out, *furniture)


def _paragraphs(lines: list[Line], habits: Habits) -> list[Paragraph]:
    found: list[Paragraph] = []
    growing = _Growing()
    under_colon = False
    for line in lines:
        if growing.lines and not is_one_paragraph(
            growing.text, growing.lines[-1], line, habits, under_colon
        ):
            found.append(growing.done())
            under_colon = _list_is_open(found[-1], under_colon)
            growing = _Growing()
        growing.add(line, habits)
    if growing.lines:
        found.append(growing.done())
    return found


def _list_is_open(paragraph: Paragraph, was_open: bool) -> bool:
    """Tell whether a list is under way: a colon opens it, and its items begin in small letters."""
    if paragraph.text.endswith(":"):
        return True
    is_item = paragraph.text[:1].islower() and is_bullet(paragraph.marker or "•")
    return was_open and is_item
