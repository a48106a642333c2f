"""Reads plain text: which alphabet its bytes are in, its pages and its lines with their numbers."""

from __future__ import annotations

import codecs
import re

from app.cases.document import Extracted, Form, SourceLine
from app.cases.formats.refusals import LARGEST, Empty, TooBig
from app.cases.repairs.cleaning import cleaned

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LINE_ENDS = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")


def extract_text(data: bytes) -> Extracted:
    """Return the lines of a text file; refuse one that is too big or holds no word."""
    if len(data) > LARGEST:
        raise TooBig
    return extract_lines(decoded(data))


def decoded(data: bytes) -> str:
    """Return the characters of a text file, by the mark that it begins with, else by what fits."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if wide := _wide(data[:4096]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes without a character; Latin-1 gives each of them one.
        return data.decode("cp1252", "latin1")


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("latin1", _as_latin1)


def _wide(beginning: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zeros in every other byte of plain English."""
    half = len(beginning) // 2
    if half < 4:
        return None
    if beginning[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    return "utf-16-be" if beginning[::2].count(0) > half * 0.6 else None


def extract_lines(text: str) -> Extracted:
    """Return the lines of a text; form feeds part its pages, and each page counts its lines."""
    pages = text.split("\f")
    while len(pages) > 1 and not cleaned(pages[-1]).strip():
        pages.pop()
    lines: list[SourceLine] = []
    for number, page in enumerate(pages, 1):
        lines += _lines(page, number if len(pages) > 1 else None)
    if not lines:
        raise Empty
    return Extracted(Form.TEXT, tuple(lines), pages=len(pages) if len(pages) > 1 else None)


def _lines(text: str, page: int | None) -> list[SourceLine]:
    found: list[SourceLine] = []
    blank = False
    for number, line in enumerate(LINE_ENDS.split(text), 1):
        if cleaned(line).strip():
            found.append(SourceLine(line.rstrip(), number, page, blank_before=blank))
            blank = False
        else:
            blank = True
    return found
