"""What is laid over a page of a PDF: links, notes and fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Rect, decode_text

from app.cases.formats.spacing import address, tidy


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle of the page that leads to an address."""

    x0: float
    x1: float
    top: float
    bottom: float
    url: str


def _annotations(page: PDFPage) -> Iterator[dict[str, Any]]:
    found = resolve1(page.annots)
    for one in found if isinstance(found, list) else []:
        said = resolve1(one)
        if isinstance(said, dict):
            yield said


def notes_of_page(page: PDFPage) -> Iterator[str]:
    """Yield what stands in comments, boxes and fields; a link's own words are on the page."""
    for said in _annotations(page):
        kind = resolve1(said.get("Subtype"))
        name = kind.name if isinstance(kind, PSLiteral) else ""
        words = resolve1(said.get("V" if name == "Widget" else "Contents"))
        text = tidy(decode_text(words)) if isinstance(words, bytes) else ""
        if text and name not in {"Link", "Popup"}:
            yield text


def links_of_page(page: PDFPage, height: float) -> Iterator[Link]:
    """Yield the rectangles of a page that lead to an address outside the file."""
    for said in _annotations(page):
        action = resolve1(said.get("A"))
        uri = resolve1(action.get("URI")) if isinstance(action, dict) else None
        box = _box(said.get("Rect")) if isinstance(uri, bytes) else None
        url = address(uri.decode("utf-8", "replace")) if isinstance(uri, bytes) else None
        if box is not None and url is not None:
            x0, y0, x1, y1 = box
            yield Link(min(x0, x1), max(x0, x1), height - max(y0, y1), height - min(y0, y1), url)


def _box(found: object) -> Rect | None:
    sides = resolve1(found)
    if not isinstance(sides, list) or len(sides) != 4:
        return None
    plain = [resolve1(side) for side in sides]
    if not all(isinstance(side, int | float) for side in plain):
        return None
    return (plain[0], plain[1], plain[2], plain[3])
