"""What was typed keeps every letter; what no page can show goes."""

from __future__ import annotations

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from app.ui.typed import shown


def test_breaks_of_a_word_processor_are_line_breaks() -> None:
    assert shown("one\x0btwo\x0cthree\r\nfour\x85five\nsix") == "one\ntwo\nthree\nfour\nfive\nsix"


def test_letters_spaces_and_pictures_stay() -> None:
    text = "é – “so”\ta\u2028b\u202ec \U0001f600 \ufeff £5"
    assert shown(text) == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_whatever_was_typed_stands_in_a_sound_page(text: str) -> None:
    parser = html5lib.HTMLParser()
    kept = shown(text)
    parser.parse(f"<!doctype html><title>x</title><p>{kept.replace('&', '').replace('<', '')}")
    assert not parser.errors
    assert shown(kept) == kept
