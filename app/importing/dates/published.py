"""The date of publication, as a person writes it and as it is kept: as exact as the source."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Za-z]{3,9})\.?,? (\d{4})")


def read_published(typed: str) -> str | None:
    """Return “20 February 2019”, “January 2020”, “2019” or their ISO forms as ISO text."""
    typed = " ".join(typed.split())
    if match := _ISO.fullmatch(typed):
        return _checked(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    if match := _WORDS.fullmatch(typed):
        begins = [
            n for n, name in enumerate(_MONTHS, 1) if name.lower()[:3] == match[2].lower()[:3]
        ]
        if begins and _MONTHS[begins[0] - 1].lower().startswith(match[2].lower()):
            return _checked(int(match[3]), begins[0], int(match[1] or 0))
    return None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if not 1900 <= year <= 2199 or (day and not month):
        return None
    return f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def said_published(iso: str) -> str:
    """Return ISO text as a person writes it: 20 February 2019, January 2020, 2019."""
    match = _ISO.fullmatch(iso)
    if match is None or (match[2] and not 1 <= int(match[2]) <= 12):
        return iso
    parts = [str(int(match[3]))] if match[3] else []
    parts += [_MONTHS[int(match[2]) - 1]] if match[2] else []
    return " ".join([*parts, match[1]])
