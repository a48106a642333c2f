"""Numbers of lists as a browser shows them."""

from __future__ import annotations

import pytest

from app.cases.formats.html_lists import ListOfItems, in_style, whole_number


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (4, "1", "4"), (4, "", "4"), (1, "a", "a"), (26, "a", "z"), (27, "A", "AA"), (0, "a", "0"),
        (-3, "i", "-3"), (4, "i", "iv"), (1999, "I", "MCMXCIX"), (4000, "I", "4000"),
    ],
)  # fmt: skip
def test_a_number_is_shown_in_its_style(number: int, style: str, shown: str) -> None:
    assert in_style(number, style) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (" -3 ", -3), ("", None), (None, None), ("x", None), ("²", None), ("9999999", None)],
)
def test_only_a_sensible_number_is_one(text: str | None, number: int | None) -> None:
    assert whole_number(text) == number


def test_a_list_counts_on_from_a_given_value() -> None:
    found = ListOfItems(True, coming=2)
    assert [found.marker(), found.marker(9), found.marker()] == ["2. ", "9. ", "10. "]
    assert ListOfItems(False).marker() == ""
