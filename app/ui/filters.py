"""How dates, minutes and numbers are written, everywhere alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from markupsafe import Markup, escape

from app.db import LONDON


def _in_london(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return value.astimezone(LONDON)


def _day(value: date) -> date:
    return _in_london(value).date() if isinstance(value, datetime) else value


def london_date(value: date | None) -> str:
    """Write a date, or the London date of a moment: 4 December 2026."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day.day} {day:%B %Y}"


def london_weekday(value: date | None) -> str:
    """Write a near date with its day of the week: Friday 4 December."""
    if value is None:
        return ""
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B}"


def london_time(value: datetime | None) -> str:
    """Write the London time of a moment: 14:05."""
    return "" if value is None else f"{_in_london(value):%H:%M}"


def london_datetime(value: datetime | None) -> str:
    """Write the London date and time of a moment: 22 November 2026, 14:05."""
    return "" if value is None else f"{london_date(value)}, {london_time(value)}"


def iso(value: date | None) -> str:
    """Write a date or a moment for machines; a moment carries London's offset."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _in_london(value).isoformat(timespec="seconds")
    return value.isoformat()


@lru_cache(maxsize=4096)
def short_day(value: date | None) -> Markup:
    """Write a date for a cell of a table: 4 Dec 2026, with its form for machines."""
    if value is None:
        return Markup("")
    written = f"{value.day} {value:%b %Y}"
    return Markup('<time datetime="{}">{}</time>').format(iso(value), written)


def number(value: int) -> str:
    """Write a whole number with commas: 1,204."""
    return f"{value:,}"


def plural(word: str, count: int, many: str | None = None) -> str:
    """Return `word` for one and its plural for any other count."""
    return word if count == 1 else many or f"{word}s"


def counted(count: int, word: str, many: str | None = None) -> str:
    """Write a count and its word: 1 person, 1,204 people."""
    return f"{number(count)} {plural(word, count, many)}"


def of(part: int, whole: int) -> str:
    """Write a share honestly: 38 of 41."""
    return f"{number(part)} of {number(whole)}"


def minutes(value: float) -> str:
    """Write a duration as one says it: about 9 minutes."""
    whole = round(value)
    return "less than a minute" if whole < 1 else f"about {counted(whole, 'minute')}"


def bar(segments: Sequence[tuple[str, int, str]], label: str, total: int | None = None) -> Markup:
    """Draw how a whole divides: one strip of tones, its figures in words for screen readers."""
    whole = total or sum(count for _tone, count, _word in segments) or 1
    at = 0
    strips = [f'<rect class="bar-ground" width="{whole}" height="1"/>']
    for tone, count, _word in segments:
        if count:
            strips.append(f'<rect class="bar-{tone}" x="{at}" width="{count}" height="1"/>')
            at += count
    words = ", ".join(f"{count} {word}" for _tone, count, word in segments)
    return Markup(  # noqa: S704 tones are our own names
        f'<svg class="bar" viewBox="0 0 {whole} 1" preserveAspectRatio="none" width="100%" '
        f'height="18" role="img" focusable="false">\n<title>{escape(label)}</title>\n'
        f"<desc>{escape(words)}; {whole} in all</desc>\n" + "\n".join(strips) + "\n</svg>"
    )


FILTERS = {
    "bar": bar,
    "counted": counted,
    "iso": iso,
    "london_date": london_date,
    "london_datetime": london_datetime,
    "london_time": london_time,
    "london_weekday": london_weekday,
    "minutes": minutes,
    "number": number,
    "of": of,
    "plural": plural,
    "short_day": short_day,
}
