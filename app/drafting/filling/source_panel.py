"""The source beside the form of a part: its headings, and what is cited there; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.catalogue.places import Place, paragraphs, parse_places
from app.drafting.filling.fields import rows_of, text_of
from app.drafting.outline import first_words
from app.drafting.parts import Document


@dataclass(frozen=True)
class SourceParagraph:
    """One paragraph with the place by which it is cited."""

    number: int
    place: str
    text: str
    cited: bool


@dataclass(frozen=True)
class SourceHeading:
    """A heading with the paragraphs below it."""

    title: str
    paragraphs: tuple[SourceParagraph, ...]

    @property
    def cited(self) -> bool:
        """Tell whether the part cites a paragraph below it."""
        return any(paragraph.cited for paragraph in self.paragraphs)


@dataclass(frozen=True)
class SourceText:
    """One source; without headings its text is not at hand."""

    title: str
    headings: tuple[SourceHeading, ...]


def source_panel(
    document: Document, part: Document, texts: Mapping[str, str]
) -> tuple[SourceText, ...]:
    """Return the sources of a draft with what a part cites of them."""
    sources = rows_of(document.get("sources"))
    # The first source need not be named in a place, but may be.
    first = text_of(sources[0].get("id")) if sources else ""
    cited = {replace(p, source=None) if p.source == first else p for p in _cited(part)}
    found = []
    for number, source in enumerate(sources):
        text = texts.get(text_of(source.get("sha256")), "")
        name = None if number == 0 else text_of(source.get("id"))
        title = text_of(source.get("title")) or f"Source {number + 1}, without a title"
        headings = source.get("headings")
        lines = [str(line) for line in headings] if isinstance(headings, list) else []
        found.append(SourceText(title, tuple(_headings(text, lines, name, cited))))
    return tuple(found)


def _headings(
    text: str, headings: Sequence[str], source: str | None, cited: set[Place]
) -> Iterator[SourceHeading]:
    if not text:
        return
    for title, below in _below(text, headings).items():
        if not title or not below:
            continue
        told = []
        for number, words in enumerate(below, start=1):
            place = Place(source, title, number)
            told.append(SourceParagraph(number, str(place), words, place in cited))
        yield SourceHeading(title, tuple(told))


def _below(text: str, headings: Sequence[str]) -> dict[str, list[str]]:
    """Read the paragraphs; a heading that the text does not have is left out."""
    while True:
        try:
            return paragraphs(text, headings)
        except KeyError as missing:
            headings = [heading for heading in headings if heading != missing.args[0]]


def _cited(value: Any) -> Iterator[Place]:
    """Give the places that a part names, wherever in it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _places(below) if key == "place" else _cited(below)
    elif isinstance(value, list):
        for below in value:
            yield from _cited(below)


def _places(value: Any) -> Iterator[Place]:
    try:
        yield from parse_places(text_of(value))
    except ValueError:
        return


def places_to_choose(sources: Sequence[SourceText]) -> list[tuple[str, str]]:
    """Return every place of the sources with the first words that stand there."""
    return [
        (paragraph.place, first_words(paragraph.text, 8))
        for source in sources
        for heading in source.headings
        for paragraph in heading.paragraphs
    ]
