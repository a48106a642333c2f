"""Advice on figures: a number, date or time that differs from what its own place says; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from app.catalogue.document import Module
from app.catalogue.module_files import Finding
from app.catalogue.places import said_place
from app.checking.figures import Figure, figures_of
from app.checking.rules import because, warn
from app.checking.source_texts import Paragraphs, cited
from app.checking.walking import Passage, passages

# How long something took is often reckoned from two times of the source.
_SPANS = frozenset({
    "second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year",
})  # fmt: skip
# The day and the hour are told once, where they belong; the year and a count may stand elsewhere.
_TOLD_ONCE = frozenset({"time", "date"})


def _tells_the_case(passage: Passage) -> bool:
    """Tell whether a passage states what happened: what one may choose is no fact."""
    path = passage.path
    asked = path[-1] in ("prompt", "hint", "title", "when", "seat", "by")
    chosen = "options" in path and path[-1] == "text" and "then" not in path
    return not (asked or chosen or "targets" in path or "model_points" in path)


@because("One wrong figure, and an officer who knows the case trusts nothing else.")
def figures_that_differ(module: Module, at_hand: Mapping[str, Paragraphs]) -> Iterator[Finding]:
    """A figure that a text states stands in the paragraphs that it cites."""
    anywhere = _Anywhere(at_hand)
    for passage in passages(module):
        if passage.place is None or not _tells_the_case(passage):
            continue
        texts = cited(passage.place, module, at_hand)
        ground = [figure for text in texts for figure in figures_of(text)]
        for figure in dict.fromkeys(figures_of(passage.text) if texts else ()):
            said = _fault(figure, ground, anywhere)
            if said:
                where = said_place(passage.place)
                yield warn(
                    f"“{figure.words}” is not in the paragraphs cited ({where}){said}",
                    *passage.path,
                )


@dataclass(frozen=True)
class _Anywhere:
    """The figures of the whole source, read only if one of them is asked for."""

    at_hand: Mapping[str, Paragraphs]

    def __contains__(self, figure: Figure) -> bool:
        return (figure.sort, figure.value) in self._values

    @cached_property
    def _values(self) -> frozenset[tuple[str, str]]:
        texts = chain.from_iterable(
            texts for below in self.at_hand.values() for texts in below.values()
        )
        return frozenset((each.sort, each.value) for text in texts for each in figures_of(text))


def _fault(figure: Figure, ground: Sequence[Figure], anywhere: _Anywhere) -> str:
    """Return what is wrong with a figure, as the end of a sentence; empty: nothing is."""
    thing = "" if figure.counted in _SPANS else figure.counted
    same_thing = [each for each in ground if thing and each.counted == thing]
    if figure.is_small_word and figure.value in ("0", "1"):
        # “One” is more often no count.
        return ""
    if any(map(figure.agrees, same_thing or ground)) or _in_a_date(figure, ground):
        return ""
    if same_thing or figure.is_small_word:
        return _there(same_thing)
    sorts = {figure.sort, "date"} if figure.sort == "month" else {figure.sort}
    others = [each for each in ground if each.sort in sorts and not each.is_small_word]
    return _there(others) if others else _without(figure, anywhere)


def _in_a_date(figure: Figure, ground: Sequence[Figure]) -> bool:
    """Tell whether a month is that of a whole date of the source."""
    dates = (each.value for each in ground if each.sort == "date")
    return figure.sort == "month" and any(value.endswith(f" {figure.value}") for value in dates)


def _there(others: Sequence[Figure]) -> str:
    words = list(dict.fromkeys(each.words for each in others))[:4]
    return f"; there it is {' or '.join(f'“{each}”' for each in words)}" if words else ""


def _without(figure: Figure, anywhere: _Anywhere) -> str:
    """Tell of a figure whose paragraphs have none of its sort."""
    if figure.counted in _SPANS:
        return ""
    nowhere = figure not in anywhere
    if not (nowhere or figure.sort in _TOLD_ONCE):
        return ""
    return f", which give no {figure.sort}{', nor anywhere else in the source' * nowhere}"
