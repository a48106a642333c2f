"""Where two columns part, and in which order their lines are read."""

from __future__ import annotations

import pytest

from app.cases.pdf.columns import common_gutter, fits, gutter_of, in_order
from app.cases.pdf.glyphs import Glyph
from app.cases.pdf.lines import Segment, segments_of

HEIGHT = 842.0


def _line(text: str, x: float, y: float, width: float) -> list[Glyph]:
    """Return words that fill a width, each letter as wide as needed."""
    wide = width / len(text)
    return [
        Glyph(letter, x + wide * n, x + wide * (n + 1), y, 10, False, True, None, False)
        for n, letter in enumerate(text)
    ]


def _segments(*lines: list[Glyph]) -> list[Segment]:
    return segments_of(glyph for line in lines for glyph in line)


def _columns(count: int, width: float = 200) -> list[list[Glyph]]:
    left = [_line(f"left{n}", 72, 100 + 14 * n, width) for n in range(count)]
    return left + [_line(f"right{n}", 300, 103 + 14 * n, width) for n in range(count)]


def test_the_gutter_stands_between_the_columns() -> None:
    gutter = gutter_of(_segments(*_columns(6)))
    assert gutter is not None
    assert 272 < gutter < 300


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [_line("a", 72, 100, 5)],
        [_line(f"words{n}", 72, 100 + 14 * n, 400) for n in range(9)],
        # A few lines are too little to tell, and short cells are a table.
        _columns(3),
        _columns(9, width=60),
    ],
)
def test_a_page_may_have_no_gutter(lines: list[list[Glyph]]) -> None:
    assert gutter_of(_segments(*lines)) is None


def test_a_short_page_takes_the_gutter_of_the_others_where_it_fits() -> None:
    assert common_gutter([None, 286.0, 290.0, None]) == 286.0
    assert common_gutter([None]) is None
    assert fits(_segments(*_columns(2)), 286)
    assert not fits(_segments(_line("words", 72, 100, 400)), 286)
    assert not fits(_segments(_line("left", 72, 100, 100)), 286)


def test_lines_across_part_the_page_into_bands() -> None:
    title = _line("title", 72, 80, 428)
    middle = _line("middle", 72, 250, 428)
    below = [_line("below-left", 72, 280, 200), _line("below-right", 300, 280, 200)]
    ordered = in_order(_segments(title, *_columns(2), middle, *below), 286, HEIGHT)
    found = [(line.segment.text, line.column) for line in ordered]
    assert [text for text, _ in found] == [
        "title", "left0", "left1", "right0", "right1", "middle", "below-left", "below-right",
    ]  # fmt: skip
    assert [column for _, column in found] == [0, 1, 1, 2, 2, 3, 4, 5]


def test_words_near_the_edge_are_read_before_and_after_all_columns() -> None:
    top, foot = _line("top", 300, 30, 100), _line("foot", 72, 820, 100)
    ordered = [
        one.segment.text for one in in_order(_segments(top, foot, *_columns(2)), 286, HEIGHT)
    ]
    assert ordered == ["top", "left0", "left1", "right0", "right1", "foot"]
