"""The numbers and letters that a browser draws before the items of a numbered list."""

from __future__ import annotations

from dataclasses import dataclass

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Return the number in small Roman numerals; in figures where these have none."""
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, letters in ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def letters(number: int) -> str:
    """Return a, b … z, aa, ab …; figures where there is no such letter."""
    if number < 1:
        return str(number)
    found = ""
    while number:
        number, place = divmod(number - 1, 26)
        found = chr(ord("a") + place) + found
    return found


def in_style(number: int, style: str) -> str:
    """Return the number as a list of this `type` shows it."""
    shown = {
        "a": letters(number),
        "A": letters(number).upper(),
        "i": roman(number),
        "I": roman(number).upper(),
    }
    return shown.get(style, str(number))


def whole_number(text: str | None) -> int | None:
    """Return an attribute's number, or None where it holds none of a sensible length."""
    plain = (text or "").strip()
    if len(plain) > 6 or not plain.removeprefix("-").isdecimal():
        return None
    return int(plain)


@dataclass
class ListOfItems:
    """One list while it is read."""

    ordered: bool
    style: str = "1"
    coming: int = 1
    step: int = 1

    def marker(self, value: int | None = None) -> str:
        """Return the next item's number with its full stop; nothing for a bulleted list."""
        if not self.ordered:
            return ""
        number = self.coming if value is None else value
        self.coming = number + self.step
        return f"{in_style(number, self.style)}. "
