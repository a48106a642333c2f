"""Advice on figures: a number, date or time that differs from what its own place says; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.catalogue.document import Module
from app.catalogue.module_files import Finding
from app.checking.rules import because, warn
from app.checking.source_texts import Paragraphs, cited
from app.checking.walking import Passage, passages

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1,
    )
}  # fmt: skip
_WORDS = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"),
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}  # fmt: skip
# “Two days later” is reckoned from dates; from four on a number word is a figure of the case.
_FIRST_WORD = 4
_MONTH = "|".join(_MONTHS)
_TIME = re.compile(r"\b(\d{1,2})(?:[.:](\d{2}))? ?(am|pm)\b|\b(\d{1,2}):(\d{2})\b|"
                   r"\b(\d{2})(\d{2}) ?(?:hours|hrs)\b", re.I)  # fmt: skip
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b|"
    rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.I)
# Names of things that hold a figure, not facts of the case.
_NAMED = re.compile(
    r"\b(?:entry|record|finding|recommendation|question|paragraph|page|section|part|version|"
    r"line|step|case|issue|item|appendix|schedule|grade|level|band|tier|division|unit|room|"
    r"response|word)s?:? #?(?:\d+|one|two|three|four|five|six)\b|\b(?:999|101|24/7)\b",
    re.I,
)


@dataclass(frozen=True)
class Figure:
    """One figure of a text: of which sort, its value, and as it stands."""

    sort: str
    value: str
    words: str


def _time(match: re.Match[str]) -> str:
    """Return a time on the clock of twelve hours, for sources and writers use either."""
    hours = int(match[1] or match[4] or match[6])
    return f"{hours % 12}:{match[2] or match[5] or match[7] or '00'}"


def _day(match: re.Match[str]) -> str:
    day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    return f"{int(day)} {_MONTHS[month.lower()]}"


_READERS = (
    ("time", _TIME, _time),
    ("date", _DAY, _day),
    ("year", _YEAR, lambda match: match[0]),
    ("number", _NUMBER, lambda match: match[0].replace(",", "").rstrip(".")),
    ("number", _NUMBER_WORD, lambda match: str(_WORDS[match[0].lower()])),
)


@lru_cache(maxsize=4096)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the times, dates, years and numbers of a text."""
    found: list[Figure] = []
    rest = _NAMED.sub(" ", text)
    for sort, pattern, read in _READERS:
        found += [Figure(sort, read(match), match[0]) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return tuple(found)


def _is_small_word(figure: Figure) -> bool:
    return _WORDS.get(figure.words.lower(), _FIRST_WORD) < _FIRST_WORD


def _tells_the_case(passage: Passage) -> bool:
    """Tell whether a passage states what happened: what one may choose is no fact."""
    path = passage.path
    asked = path[-1] in ("prompt", "hint", "title", "when", "seat", "by")
    chosen = "options" in path and path[-1] == "text" and "then" not in path
    return not (asked or chosen or "targets" in path or "model_points" in path)


@because("One wrong figure, and an officer who knows the case trusts nothing else.")
def figures_that_differ(module: Module, at_hand: Mapping[str, Paragraphs]) -> Iterator[Finding]:
    """A figure that a text states stands in the paragraphs that it cites, if they have any such."""
    for passage in passages(module):
        if passage.place is None or not _tells_the_case(passage):
            continue
        ground = cited(passage.place, module, at_hand)
        yield from _differing(passage, [f for text in ground for f in figures_of(text)])


def _differing(passage: Passage, ground: Iterable[Figure]) -> Iterator[Finding]:
    own = [figure for figure in figures_of(passage.text) if not _is_small_word(figure)]
    values = {figure.value for figure in ground}
    for figure in dict.fromkeys(own):
        others = dict.fromkeys(each.words for each in ground if each.sort == figure.sort)
        if others and figure.value not in values:
            yield warn(
                f"“{figure.words}” is not in the paragraphs cited ({passage.place}); there it is "
                f"{' or '.join(f'“{words}”' for words in list(others)[:4])}",
                *passage.path,
            )
