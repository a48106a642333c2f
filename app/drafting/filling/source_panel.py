"""The source beside the form of a part: its headings, and what is cited there; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.catalogue.places import Place, paragraphs, parse_places, runs, said_run
from app.drafting.filling.fields import rows_of, text_of
from app.drafting.outline import first_words
from app.drafting.parts import Document
from app.importing.source import AtHand

# What no imported text holds: it stands before the lines that were left out.
MARK = "\x00"


@dataclass(frozen=True)
class SourceParagraph:
    """One paragraph with the place by which it is cited."""

    # Of its element.
    id: str
    number: int
    place: str
    text: str
    cited: bool
    # Why the reader left it out, where she did: it tells nothing of the case.
    left_out: str | None = None


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
    # Whether its document can be told by its file, should it be imported.
    known: bool = False


def source_panel(
    document: Document, part: Document, texts: Mapping[str, AtHand]
) -> tuple[SourceText, ...]:
    """Return the sources of a draft with what a part cites of them."""
    sources = rows_of(document.get("sources"))
    # The first source need not be named in a place, but may be.
    first = text_of(sources[0].get("id")) if sources else ""
    cited = {replace(p, source=None) if p.source == first else p for p in _cited(part)}
    found = []
    for number, source in enumerate(sources):
        sha256 = text_of(source.get("sha256"))
        name = None if number == 0 else text_of(source.get("id"))
        title = text_of(source.get("title")) or f"Source {number + 1}, without a title"
        headings = source.get("headings")
        lines = [str(line) for line in headings] if isinstance(headings, list) else []
        told = tuple(_headings(texts.get(sha256), lines, (number, name), cited))
        found.append(SourceText(title, told, bool(sha256)))
    return tuple(found)


def _headings(
    at_hand: AtHand | None, headings: Sequence[str], source: tuple[int, str | None],
    cited: set[Place],
) -> Iterator[SourceHeading]:  # fmt: skip
    if at_hand is None:
        return
    for at, (title, below) in enumerate(_below(_marked(at_hand), headings).items()):
        if title and below:
            told = []
            for number, line in enumerate(below, start=1):
                words, why = _told(line, at_hand)
                place, made = Place(source[1], title, number), f"source-{source[0]}-{at}-{number}"
                told.append(SourceParagraph(made, number, str(place), words, place in cited, why))
            yield SourceHeading(title, tuple(told))


def _marked(at_hand: AtHand) -> str:
    """Return the text with the number of each left-out line before it, after a sign of no text."""
    return "\n".join(
        f"{MARK}{number}{MARK}{line}" if number in at_hand.left_out else line
        for number, line in enumerate(at_hand.text.split("\n"))
    )


def _told(line: str, at_hand: AtHand) -> tuple[str, str | None]:
    """Return the words of a line, and why the reader left it out, where she did."""
    if not line.startswith(MARK):
        return line, None
    _nothing, number, words = line.split(MARK, 2)
    return words, at_hand.left_out[int(number)]


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
        if paragraph.left_out is None
    ]


def cited_in(sources: Sequence[SourceText]) -> list[tuple[str, str]]:
    """Return what a part cites, run by run, each with the id of its first paragraph."""
    found = []
    for source in sources:
        for heading in source.headings:
            cited = [paragraph for paragraph in heading.paragraphs if paragraph.cited]
            for run in runs([paragraph.number for paragraph in cited]):
                first = next(each for each in cited if each.number == run[0])
                found.append((f"{heading.title}, {said_run(run)}", first.id))
    return found
