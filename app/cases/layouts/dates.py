"""Dates as published cases write them, in ISO form, as exact as the source and no more."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
NUMBERS |= {name[:3]: number for name, number in NUMBERS.items()} | {"sept": 9}
MONTH = "|".join(sorted(NUMBERS, key=len, reverse=True))
DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{MONTH})\.?,? (?P<year>(?:19|20)\d\d)\b"
    r"|(?P<nday>\d{1,2})[/.](?P<nmonth>\d{1,2})[/.](?P<nyear>(?:19|20)\d\d)\b"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|(?P<amonth>{MONTH}) (?P<aday>\d{{1,2}})(?:st|nd|rd|th)?, (?P<ayear>(?:19|20)\d\d)\b"
    r"|(?P<only>(?:19|20)\d\d)\b",
    # Without ASCII a dotless i is an i to the pattern, and no month to the table.
    re.IGNORECASE | re.ASCII,
)
PUBLISHED = re.compile(
    r"(?:date (?:of publication|published)|publication date|published)(?: on| in)?\s?:?\s+",
    re.IGNORECASE,
)


def iso_date(text: str) -> str | None:
    """Return the date that a text begins with; None if it begins with none, or with no real one."""
    found = DATE.match(" ".join(text.split()))
    if found is None:
        return None
    if found["only"]:
        return found["only"]
    if found["iso"]:
        return _exact(*map(int, found["iso"].split("-")))
    month = found["month"] or found["amonth"] or found["nmonth"]
    year = int(found["year"] or found["ayear"] or found["nyear"])
    day = found["day"] or found["aday"] or found["nday"]
    number = int(month) if month.isdigit() else NUMBERS[month.casefold()]
    return _exact(year, number, int(day)) if day else f"{year}-{number:02}"


def _exact(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def published_in(text: str) -> str | None:
    """Return the date of publication that a line says; None if it says none."""
    plain = " ".join(text.split())
    found = PUBLISHED.match(plain)
    return iso_date(plain[found.end() :]) if found else None
