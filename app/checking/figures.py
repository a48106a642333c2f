"""Reads the figures of a text: times, dates, months, years and numbers; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = {
    name: str(number)
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
FIRST_WORD = 4
SMALL = frozenset(map(str, range(FIRST_WORD)))
_MINUTES = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty-five": 25, "twenty": 20}
_NAMED_TIMES = {"noon": "pm", "midday": "pm", "midnight": "am"}
_MONTH = "|".join(_MONTHS)
_CAPITAL_MONTH = "|".join(month.capitalize() for month in _MONTHS)
_HOUR = rf"(?:{'|'.join(list(_WORDS)[1:13])}|\d{{1,2}})"
# Without ASCII a dotless i is an i to a pattern, and no word of the tables.
_PLAIN = re.I | re.A
_TIME = re.compile(
    r"\b(?P<h12>\d{1,2})(?:[.:](?P<m12>\d{2}))? ?(?P<half>[ap])\.?m\b|"
    r"\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)\b|"
    r"\b(?P<h24>[01]\d|2[0-3])(?P<m24>[0-5]\d) ?(?:hours|hrs)\b|"
    # Four figures alone are a time only with a nought before them: “at 2015” may be a year.
    r"\b(?P<h0>0\d)(?P<m0>[0-5]\d)\b",
    _PLAIN,
)
_SPOKEN_TIME = re.compile(
    rf"\b(?P<by>{'|'.join(_MINUTES)})(?: minutes)? (?P<side>past|to) (?P<hour>{_HOUR})\b|"
    rf"\b(?P<whole>{_HOUR}) o['’]clock\b|\b(?P<named>{'|'.join(_NAMED_TIMES)})\b",
    _PLAIN,
)
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b|"
    rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b",
    _PLAIN,
)
_NUMERIC_DAY = re.compile(
    r"\b(?P<d>0?[1-9]|[12]\d|3[01])(?P<by>[/.-])(?P<m>0?[1-9]|1[0-2])(?P=by)(?P<y>(?:19|20)\d\d)\b|"
    r"\b(?P<y2>(?:19|20)\d\d)-(?P<m2>0[1-9]|1[0-2])-(?P<d2>0[1-9]|[12]\d|3[01])\b",
    re.A,
)
# “May” and “March” are words too: a month has a capital, and a year or a small word beside it.
_MONTH_ALONE = re.compile(
    rf"(?<!\w)(?:(?i:in|since|until|by|during|from|early|late|mid|of)[ -])({_CAPITAL_MONTH})\b|"
    rf"\b({_CAPITAL_MONTH})(?= (?:19|20)\d\d\b)"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b", re.A)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?", re.A)
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", _PLAIN)
# Names of things that hold a figure, not facts of the case.
_NAMED = re.compile(
    r"\b(?:entry|record|finding|recommendation|question|paragraph|page|section|part|version|"
    r"line|step|case|issue|item|appendix|schedule|grade|level|band|tier|division|unit|room|"
    r"response|word)s?:? #?(?:\d+|one|two|three|four|five|six)\b|\b(?:999|101|24/7)\b",
    _PLAIN,
)
_COUNTED = re.compile(r" ([a-z]{3,})\b")
_NO_THINGS = frozenset({
    "and", "but", "for", "hundred", "more", "other", "others", "out", "per", "the", "thousand",
    "times", "was",
})  # fmt: skip
_SINGULAR = {"men": "man", "women": "woman", "people": "person", "children": "child"}


@dataclass(frozen=True)
class Figure:
    """One figure of a text: of which sort, its value, and as it stands."""

    sort: str
    value: str
    words: str
    # Of a time: before or after noon, as far as it is said.
    half: str = ""
    # Of a number: what is counted, in the singular.
    counted: str = ""

    @property
    def is_small_word(self) -> bool:
        """Tell whether it is a number such as “two”, which may be reckoned or mean no count."""
        return _WORDS.get(self.words.lower(), FIRST_WORD) < FIRST_WORD

    def agrees(self, other: Figure) -> bool:
        """Tell whether another figure says the same, as far as both say it."""
        halves = {self.half, other.half} - {""}
        same = (self.sort, self.value) == (other.sort, other.value)
        return same and len(halves) < 2


Read = Callable[["re.Match[str]"], Iterator[Figure]]


def _time(match: re.Match[str]) -> Iterator[Figure]:
    """Give a time on the clock of twelve hours, for sources and writers use either."""
    of = match.groupdict()
    hours = next(of[key] for key in ("h12", "h", "h24", "h0") if of[key])
    minutes = next((of[key] for key in ("m12", "m", "m24", "m0") if of[key]), "00")
    half = f"{of['half'].lower()}m" if of["half"] else ""
    # A clock of 24 hours shows itself by a nought before the hour, or an hour after noon.
    if not of["h12"] and (hours.startswith("0") or int(hours) > 12):
        half = "pm" if int(hours) > 12 else "am"
    yield Figure("time", f"{int(hours) % 12}:{minutes}", match[0], half)


def _spoken_time(match: re.Match[str]) -> Iterator[Figure]:
    if match["named"]:
        yield Figure("time", "0:00", match[0], _NAMED_TIMES[match["named"].lower()])
        return
    said = (match["hour"] or match["whole"]).lower()
    after = 60 * (_WORDS[said] if said in _WORDS else int(said))
    if match["by"]:
        by = _MINUTES[match["by"].lower()]
        after += by if match["side"].lower() == "past" else -by
    yield Figure("time", f"{after // 60 % 12}:{after % 60:02}", match[0])


def _day(match: re.Match[str]) -> Iterator[Figure]:
    day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
    yield Figure("date", f"{int(day)} {_MONTHS[month.lower()]}", match[0])


def _numeric_day(match: re.Match[str]) -> Iterator[Figure]:
    day, month, year = match["d"] or match["d2"], match["m"] or match["m2"], match["y"]
    yield Figure("date", f"{int(day)} {int(month)}", match[0])
    yield Figure("year", year or match["y2"], match[0])


def _month(match: re.Match[str]) -> Iterator[Figure]:
    month = match[1] or match[2]
    yield Figure("month", _MONTHS[month.lower()], month)


def _number(match: re.Match[str]) -> Iterator[Figure]:
    small = match[0].lower()
    value = str(_WORDS[small]) if small in _WORDS else small.replace(",", "").rstrip(".")
    yield Figure("number", value, match[0], counted=_thing(match))


def _thing(match: re.Match[str]) -> str:
    """Return what a number counts, if a word in small letters follows it."""
    behind = _COUNTED.match(match.string, match.end())
    word = behind[1] if behind else ""
    if word in _NO_THINGS:
        return ""
    return _SINGULAR.get(word) or re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", word))


_READERS: tuple[tuple[re.Pattern[str], Read], ...] = (
    (_NUMERIC_DAY, _numeric_day),
    (_TIME, _time),
    (_SPOKEN_TIME, _spoken_time),
    (_DAY, _day),
    (_MONTH_ALONE, _month),
    (_YEAR, lambda match: iter((Figure("year", match[0], match[0]),))),
    (_NUMBER, _number),
    (_NUMBER_WORD, _number),
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@lru_cache(maxsize=4096)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the times, dates, months, years and numbers of a text."""
    found: list[Figure] = []
    rest = _NAMED.sub(_blank, text)
    for pattern, read in _READERS:
        matches = list(pattern.finditer(rest))
        if matches:
            found += [figure for match in matches for figure in read(match)]
            rest = pattern.sub(_blank, rest)
    return tuple(found)
