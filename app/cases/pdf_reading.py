"""Reads a PDF: by its tags where they cover its words, else by how its pages look."""

from __future__ import annotations

from collections.abc import Sequence

from app.cases.document import Extracted, Form, LeftOut, Place
from app.cases.formats.refusals import LARGEST, Empty, Scanned, TooBig, Unreadable
from app.cases.pdf.columns import common_gutter, fits, gutter_of
from app.cases.pdf.glyphs import UNKNOWN, Opened, Page, open_pdf
from app.cases.pdf.lines import Segment, segments_of, with_bullets
from app.cases.pdf.printed import PrintedPage, lines_of_pages, printed_page
from app.cases.pdf.room import rooms_of
from app.cases.pdf.tagged import covers, lines_of_tags
from app.cases.pdf.tags import tagged_blocks

# With more letters than this share unknown, the words of a file cannot be made out.
MOST_UNKNOWN = 0.3
# A page with a picture and fewer letters than this is a scanned one with a stamp or a number.
FEWEST_LETTERS = 60
NOTE = "a note or a field on the page, beside its text"


def extract_pdf(data: bytes) -> Extracted:
    """Return the lines of a PDF; refuse one that is locked, damaged, scanned or too long."""
    if len(data) > LARGEST:
        raise TooBig
    opened = open_pdf(data)
    _refuse_without_words(opened)
    pages = _printed(opened.pages)
    blocks = tagged_blocks(opened.catalog)
    if covers(blocks, opened.pages):
        lines, left_out = lines_of_tags(blocks, opened.pages, pages)
        return Extracted(Form.PDF, lines, left_out + _notes(opened.pages), len(opened.pages))
    lines, left_out = lines_of_pages(pages), _notes(opened.pages)
    return Extracted(Form.PDF, lines, left_out, len(opened.pages), rooms_of(pages))


def _notes(pages: Sequence[Page]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(text, NOTE, Place(1, 1, page.number)) for page in pages for text in page.notes
    )


def _refuse_without_words(opened: Opened) -> None:
    letters = [glyph.text for page in opened.pages for glyph in page.glyphs if glyph.text.strip()]
    pictured = bool(opened.pages) and all(page.pictures for page in opened.pages)
    if pictured and len(letters) < FEWEST_LETTERS * len(opened.pages):
        raise Scanned
    if not letters:
        raise Scanned if any(page.pictures for page in opened.pages) else Empty
    if sum(1 for letter in letters if letter == UNKNOWN) > MOST_UNKNOWN * len(letters):
        raise Unreadable


def _printed(pages: Sequence[Page]) -> list[PrintedPage]:
    """Return the pages as printed lines, in one column or two."""
    segments = [with_bullets(segments_of(page.glyphs), page.dots) for page in pages]
    gutters = [gutter_of(found) for found in segments]
    usual = common_gutter(gutters)
    return [
        printed_page(page, found, _gutter(found, gutter, usual))
        for page, found, gutter in zip(pages, segments, gutters, strict=True)
    ]


def _gutter(segments: list[Segment], gutter: float | None, usual: float | None) -> float | None:
    if gutter is None and usual is not None and fits(segments, usual):
        return usual
    return gutter
