"""Letters become words: spaces are measured, addresses and words that a line broke go on."""

from __future__ import annotations

from app.cases.pdf.annotations import Link
from app.cases.pdf.glyphs import SOFT_HYPHEN, Glyph
from app.cases.pdf.words import links_of, placed, text_of

URL = "https://example.org/a-long-address/of-a-page"


def _letters(text: str, x: float = 72, y: float = 100, wide: float = 5) -> list[Glyph]:
    return [
        Glyph(letter, x + wide * n, x + wide * n + 5, y, 10, False, True, None, False)
        for n, letter in enumerate(text)
    ]


def _text(*lines: list[Glyph], links: tuple[Link, ...] = ()) -> str:
    return text_of(placed([glyph for line in lines for glyph in line], links))


def test_a_gap_is_a_space_and_so_is_a_painted_one() -> None:
    assert _text(_letters("two") + _letters("bins", 90)) == "two bins"
    assert _text(_letters("two bins")) == "two bins"


def test_a_painted_space_that_the_pen_takes_back_is_none() -> None:
    assert _text(_letters("b ") + _letters("in", 77)) == "bin"


def test_the_end_of_a_line_is_a_space() -> None:
    assert _text(_letters("two"), _letters("bins", y=114)) == "two bins"


def test_a_word_goes_on_after_a_hyphen_that_the_line_needed() -> None:
    assert _text(_letters("call-"), _letters("back", y=114)) == "call-back"
    assert _text(_letters("exam" + SOFT_HYPHEN), _letters("ples", y=114)) == "examples"
    assert _text(_letters("Mon 3 -"), _letters("two", y=114)) == "Mon 3 - two"
    assert _text(_letters("the call-"), _letters("Bins", y=114)) == "the call- Bins"


def test_an_address_goes_on_in_the_next_line_of_its_link() -> None:
    head, tail = _letters(URL[:24]), _letters(URL[24:], y=114)
    links = (Link(70, 400, 90, 102, URL), Link(70, 400, 104, 116, URL))
    assert _text(head, tail, links=links) == URL
    assert _text(head, tail) != URL
    assert links_of(placed(head + tail, links)) == ((URL, URL),)


def test_the_words_of_a_link_keep_their_space_at_the_end_of_a_line() -> None:
    links = (Link(70, 400, 90, 116, URL),)
    assert _text(_letters("the"), _letters("page", y=114), links=links) == "the page"


def test_a_letter_painted_twice_is_one() -> None:
    assert _text([glyph for one in _letters("bin") for glyph in (one, one)]) == "bin"
