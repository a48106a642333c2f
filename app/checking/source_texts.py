"""Holds a module against its sources: places exist, and nothing long is copied."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path as FilePath

from app.catalogue.document import Module, Source
from app.catalogue.module_files import Finding, Severity
from app.catalogue.places import Place, paragraphs, parse_places
from app.catalogue.strict_yaml import Path
from app.checking.rules import because, refuse, warn
from app.checking.walking import passages, places, stretch_of_words, words_of

# A run of this many words equal to the source is copied, not retold.
COPIED = 12
MAX_SOURCE_BYTES = 5 * 1024 * 1024
Paragraphs = Mapping[str, Sequence[str]]
# Stands for the licence of a source in a draft that names none yet.
NO_LICENCE = "no licence is named"
_OPEN_LICENCE = re.compile(r"\bopen government licen[cs]e\b|\bOGL\b", re.I)
_QUOTED = re.compile(r"[“\"]([^”\"“]{1,200})[”\"]")


def source_texts_in(folder: FilePath) -> dict[str, str]:
    """Read the source texts of a folder, each under the SHA-256 of its bytes."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.stat().st_size <= MAX_SOURCE_BYTES:
            data = path.read_bytes()
            found[hashlib.sha256(data).hexdigest()] = data.decode("utf-8", errors="replace")
    return found


def texts_at_hand(module: Module, texts: Mapping[str, str]) -> dict[str, str]:
    """Return, by the source's id, the texts of those sources that are at hand."""
    return {s.id: texts[s.sha256] for s in module.sources if s.sha256 and s.sha256 in texts}


def paragraphs_at_hand(module: Module, texts: Mapping[str, str]) -> dict[str, Paragraphs]:
    """Return, by the source's id, its paragraphs below each heading that it really has."""
    found = {}
    for source in module.sources:
        if source.id in texts:
            lines = {line.strip() for line in texts[source.id].splitlines()}
            real = [h for h in source.headings if re.sub(r" \(\d+\)$", "", h) in lines]
            found[source.id] = _paragraphs(texts[source.id], tuple(real))
    return found


@lru_cache(maxsize=16)
def _paragraphs(text: str, headings: tuple[str, ...]) -> Paragraphs:
    """Read the paragraphs, leaving out a heading such as “Response (3)” that has no third line."""
    while True:
        try:
            return paragraphs(text, headings)
        except KeyError as missing:
            headings = tuple(heading for heading in headings if heading != missing.args[0])


@lru_cache(maxsize=4096)
def _places_in(text: str) -> tuple[Place, ...]:
    return parse_places(text)


def cited(place: str, module: Module, at_hand: Mapping[str, Paragraphs]) -> list[str]:
    """Return the paragraphs that a place names, as far as the source is at hand."""
    found: list[str] = []
    for part in _places_in(place):
        below = at_hand.get(part.source or module.sources[0].id, {}).get(part.heading, ())
        found.extend(below[part.paragraph - 1 : part.paragraph])
    return found


@because("Learners and reviewers look up what a claim rests on.")
def check_sources(module: Module, texts: Mapping[str, str] | None) -> Iterator[Finding]:
    """Check every place, and each text against the sources; `texts` None: none are at hand."""
    own = texts_at_hand(module, texts or {})
    if texts is not None:
        for index, source in enumerate(module.sources):
            if source.id not in own:
                yield warn(
                    "the document of this source is not at hand: import it, so that places and "
                    "words can be checked", "sources", index, "id",
                )  # fmt: skip
    at_hand = paragraphs_at_hand(module, own)
    yield from _headings(module, at_hand)
    for path, text in places(module):
        for place in _places_in(text):
            reason = _fault(place, module, at_hand)
            if reason:
                yield refuse(reason, *path)
    yield from _copied(module, own)


def _headings(module: Module, at_hand: Mapping[str, Paragraphs]) -> Iterator[Finding]:
    for index, source in enumerate(module.sources):
        for number, heading in enumerate(source.headings):
            if source.id in at_hand and heading not in at_hand[source.id]:
                yield refuse(
                    f"“{heading}” is not a line of the source", "sources", index, "headings", number
                )


def _fault(place: Place, module: Module, at_hand: Mapping[str, Paragraphs]) -> str | None:
    """Return why a place cannot be found, or None."""
    by_id: dict[str, Source] = {source.id: source for source in module.sources}
    source = by_id.get(place.source or module.sources[0].id)
    if source is None:
        return f"there is no source “{place.source}” in this module"
    if place.heading not in source.headings:
        return f"“{place.heading}” is not among the headings of the source “{source.title}”"
    below = at_hand.get(source.id, {}).get(place.heading)
    if below is not None and place.paragraph > len(below):
        return f"“{place}” does not exist: there are {len(below)} paragraphs below that heading"
    return None


@lru_cache(maxsize=8)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of twelve words of a source; it is asked for again with each save."""
    words = _plain_words(text)
    return frozenset(tuple(words[n : n + COPIED]) for n in range(len(words) - COPIED + 1))


def _plain_words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in words_of(text)]


def _without_short_quotations(text: str) -> list[str]:
    """Return the pieces of a text between quotations of fewer than twelve words."""
    pieces = [""]
    end = 0
    for match in _QUOTED.finditer(text):
        pieces[-1] += text[end : match.start()]
        if len(words_of(match[1])) < COPIED:
            pieces.append("")
        else:
            pieces[-1] += match[0]
        end = match.end()
    pieces[-1] += text[end:]
    return pieces


@because("The words belong to those who published them, and a case retold reads better.")
def _copied(module: Module, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Tell of a run of twelve words that a source has too, save within a short quotation.

    The Open Government Licence allows copying, so there it is advice; else it is refused. While
    no licence is named nobody knows: that is told of the source, once, and here as advice.
    """
    runs: dict[tuple[str, ...], Source] = {}
    for source in module.sources:
        runs |= dict.fromkeys(_runs(texts.get(source.id, "")), source)
    unknown: Counter[str] = Counter()
    for passage in passages(module) if runs else ():
        found = _first_copied(passage.text, runs)
        if found:
            unknown[found[0].id] += found[0].licence == NO_LICENCE
            yield _copied_from(*found, passage.path)
    for index, source in enumerate(module.sources):
        if unknown[source.id]:
            yield _licence_wanted(unknown[source.id], index)


def _first_copied(text: str, runs: Mapping[tuple[str, ...], Source]) -> tuple[Source, str] | None:
    """Return the first run of twelve words that a source has, with that source."""
    for piece in _without_short_quotations(text):
        words = tuple(_plain_words(piece))
        found = (n for n in range(len(words) - COPIED + 1) if words[n : n + COPIED] in runs)
        first = next(found, None)
        if first is not None:
            return runs[words[first : first + COPIED]], _as_written(piece, first)
    return None


def _licence_wanted(copied: int, index: int) -> Finding:
    texts = "1 text is" if copied == 1 else f"{copied} texts are"
    return Finding(
        Severity.TODO,
        f"Write under which licence the source is published: {texts} copied from it",
        ("sources", index, "licence"),
        why="Only a licence that allows it lets the source’s own words stand.",
    )


def _as_written(text: str, first: int) -> str:
    """Return a run of twelve words as it stands, with its marks and capitals, on one line."""
    begin, end = stretch_of_words(text, first, COPIED)
    return " ".join(text[begin:end].split()).replace("“", "‘").replace("”", "’")


def _copied_from(source: Source, run: str, path: Path) -> Finding:
    said = f"copied from the source: “{run}…”"
    if source.licence == NO_LICENCE:
        return warn(f"{said}, and no licence is named under Sources", *path)
    if _OPEN_LICENCE.search(source.licence):
        return warn(f"{said}; the {source.licence} allows it, but write it in your own words",
                    *path)  # fmt: skip
    return refuse(said, *path)
