"""Plain text: the alphabet of its bytes, its pages, its lines and their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.document import CaseRefusal, Form
from app.cases.formats.refusals import Empty, TooBig
from app.cases.text_reading import decoded, extract_lines, extract_text

TEXT = "The café’s “key” – £5\nand more of the story"


@pytest.mark.parametrize("alphabet", [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
])  # fmt: skip
def test_every_alphabet_is_told(alphabet: str) -> None:
    assert decoded(TEXT.encode(alphabet)) == TEXT


def test_bytes_that_no_alphabet_has_still_give_their_letters() -> None:
    assert decoded(b"caf\xe9 \x81 key") == "café \x81 key"


def test_lines_keep_their_numbers_and_gaps() -> None:
    found = extract_text(b"one\r\ntwo\n\n \xc2\xa0\nthree  ")
    assert [(line.text, line.line, line.blank_before) for line in found.lines] == [
        ("one", 1, False), ("two", 2, False), ("three", 5, True),
    ]  # fmt: skip
    assert (found.form, found.pages) == (Form.TEXT, None)
    assert {line.page for line in found.lines} == {None}


def test_form_feeds_part_pages_and_each_counts_its_lines() -> None:
    found = extract_lines("one\ntwo\f\nthree\f")
    assert [(line.text, line.page, line.line) for line in found.lines] == [
        ("one", 1, 1), ("two", 1, 2), ("three", 2, 2),
    ]  # fmt: skip
    assert found.pages == 2


@pytest.mark.parametrize("text", ["", " \n\t\f\n", "\u200b\ufeff", "\x00\x01"])
def test_a_text_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(Empty):
        extract_lines(text)


def test_a_file_that_is_too_big_is_refused() -> None:
    with pytest.raises(TooBig):
        extract_text(b"a" * 10_000_001)


@given(st.binary(max_size=300))
def test_any_bytes_give_lines_or_a_sentence(data: bytes) -> None:
    try:
        found = extract_text(data)
    except CaseRefusal:
        return
    at = [(line.page or 0, line.line) for line in found.lines]
    assert at == sorted(set(at))
