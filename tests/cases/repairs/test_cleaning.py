"""The cleaning of signs, stray pictures, leftover markup, and the markers of list items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.repairs.cleaning import cleaned, without_markup, without_stray_signs, words
from app.cases.repairs.markers import is_bullet, marker_of, number_of


@pytest.mark.parametrize(("text", "clean"), [
    ("o\ufb00ice \ufb01le \ufb02oor \ufb03 \ufb04", "office file floor ffi ffl"),
    ("know\u00adledge", "knowledge"), ("a\u200bb\u2060c\ufeff", "abc"), ("a\u202eb", "ab"),
    ("cafe\u0301", "café"), ("a\x07b", "a b"), ("half \ud83d", "half \ufffd"), ("½ £5", "½ £5"),
])  # fmt: skip
def test_signs_are_cleaned(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@given(st.text(max_size=100))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
    assert all(not word.isspace() for word in words(text))


@pytest.mark.parametrize(("text", "plain", "tags"), [
    ("<u>key</u>", "key", ["<u>", "</u>"]), ("a<br/>b", "a b", ["<br/>"]),
    ('<span class="x">a</span>', "a", ['<span class="x">', "</span>"]),
    ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1", []), ("<Mr A>", "<Mr A>", []),
])  # fmt: skip
def test_only_known_tags_are_markup(text: str, plain: str, tags: list[str]) -> None:
    assert without_markup(text) == (plain, tags)


@pytest.mark.parametrize(("text", "plain", "stray"), [
    ("LEARNING ≝ LESSONS", "LEARNING  LESSONS", ["≝"]), ("5 ≥ 4", "5 ≥ 4", []),
    ("a \uf0e0 b", "a  b", ["\uf0e0"]), ("© 2012", "© 2012", []), ("90° – 5½", "90° – 5½", []),
    ("≝LESSONS", " LESSONS", ["≝"]),
])  # fmt: skip
def test_pictures_that_became_letters_are_stray(text: str, plain: str, stray: list[str]) -> None:
    assert without_stray_signs(text) == (plain, stray)


@pytest.mark.parametrize(("text", "marker", "number"), [
    ("• a", "•", None), ("- 12. a", "- 12.", 12), ("(3) a", "(3)", 3), ("Q4. a", "Q4.", 4),
    ("Question 5: a", "Question 5:", 5), ("b) a", "b)", None), ("2012. a", "", None),
    ("1.5 a", "", None), ("-a", "", None), ("i.e. a", "", None), ("A) a", "A)", None),
])  # fmt: skip
def test_markers_of_items(text: str, marker: str, number: int | None) -> None:
    found, rest = marker_of(text)
    assert (found, number_of(found)) == (marker, number)
    assert rest == (text if not marker else "a")
    assert is_bullet(found) == (marker == "•")
