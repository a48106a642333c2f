"""Finds the dates, times and spans that a text names, by a short list of patterns.

Libraries that search a text for dates take “may”, “second” and bare numbers for dates; a case
document names them in few ways, so that a list which can be read and tested is more exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Exactness(Enum):
    """How much a found date says by itself."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    TIME = "time"
    # Says only how long before or after something else.
    RELATIVE = "relative"


@dataclass(frozen=True)
class DateFound:
    """A date as it stands in a text, from `start` up to, not including, `end`."""

    text: str
    start: int
    end: int
    exactness: Exactness


_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?![a-z])"
)
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_PART = "(?:morning|afternoon|evening|night)"
_ABOUT = (
    "(?i:(?:at )?(?:around|about|approximately|just (?:before|after)|shortly (?:before|after)) )?"
)
_DURING = "(?i:in|since|during|until|by|before|after|early|late|mid)"
_NUMBER = (
    "(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some"
    r"|a few|\d{1,3})"
)
_ROUGHLY = "(?:around|about|some|almost|nearly|over|more than|less than|only)"
_SPAN = "(?:second|minute|hour|day|week|month|year)s?"
# Months and weekdays keep their capital: “may” and “march” are words of every story.
_PATTERNS = (
    (Exactness.DAY, rf"\b(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTHS},? {_YEAR}\b"),
    (Exactness.DAY, rf"\b{_MONTHS} {_DAY},? {_YEAR}\b"),
    (Exactness.DAY, rf"\b{_YEAR}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b"),
    (
        Exactness.DAY,
        rf"(?<![/\d])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/(?:{_YEAR}|\d\d)(?![/\d])",
    ),
    (Exactness.DAY, rf"\b(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTHS}"),
    (Exactness.MONTH, rf"\b(?:(?i:early|mid|late)[ -])?{_MONTHS},? {_YEAR}\b"),
    (Exactness.MONTH, rf"\b{_DURING}[ -]{_MONTHS}"),
    (
        Exactness.TIME,
        rf"\b{_ABOUT}(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)? ?(?i:[ap]m|[ap]\.m\.)(?![a-z])",
    ),
    (Exactness.TIME, rf"\b{_ABOUT}(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?(?:hours|hrs))?\b"),
    (Exactness.TIME, rf"\b{_ABOUT}(?:[01]\d|2[0-3])[.:]?[0-5]\d ?(?:hours|hrs)\b"),
    (Exactness.TIME, rf"\b(?:{_ABOUT}(?i:midnight|midday)|(?i:at noon))\b"),
    (
        Exactness.RELATIVE,
        rf"\b(?i:(?:{_ROUGHLY} )?{_NUMBER} (?:(?:or|to) {_NUMBER} )?(?:and a half )?{_SPAN} "
        r"(?:later|earlier|after(?:wards)?|before|ago))\b",
    ),
    (
        Exactness.RELATIVE,
        r"\b(?i:(?:the )?(?:following|next|previous|same) "
        rf"(?:day|{_PART}|week|month|year|{_WEEKDAY}))\b",
    ),
    (
        Exactness.RELATIVE,
        rf"\b(?i:(?:later|earlier) (?:that|the same) (?:day|{_PART}|week|month|year))\b",
    ),
    (Exactness.RELATIVE, rf"\b(?i:that {_PART})\b"),
    (Exactness.RELATIVE, rf"\b(?i:on (?:a |the )?){_WEEKDAY}(?: {_PART})?\b"),
    (Exactness.YEAR, rf"\b{_DURING}[ -]{_YEAR}\b"),
)
_COMPILED = tuple((exactness, re.compile(pattern)) for exactness, pattern in _PATTERNS)


def dates_in(text: str) -> tuple[DateFound, ...]:
    """Return the dates and times that `text` names, in their order; none overlaps another."""
    found: list[DateFound] = []
    # One mark for each letter: to ask every date that was found would take the square of them.
    taken = bytearray(len(text))
    for exactness, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if taken.find(1, match.start(), match.end()) < 0:
                taken[match.start() : match.end()] = b"\x01" * len(match[0])
                found.append(DateFound(match[0], match.start(), match.end(), exactness))
    return tuple(sorted(found, key=lambda one: one.start))
