"""Reading PDF: lines in the order of reading, what looks like what, tags, and each refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.document import CaseRefusal, LineKind
from app.cases.formats.refusals import (
    LARGEST,
    Damaged,
    Empty,
    Encrypted,
    Scanned,
    TooBig,
    TooHeavy,
    TooManyPages,
    Unreadable,
)
from app.cases.pdf import glyphs
from app.cases.pdf_reading import extract_pdf
from app.cases.reading import case_from
from tests.cases.small_files import locked_pdf, pdf, written

LEFT = "words of the left column that fill it"
RIGHT = "words of the right column that fill it"


def _texts(data: bytes) -> list[str]:
    return [line.text for line in extract_pdf(data).lines]


def _column(x: float, y: float, text: str, count: int) -> list[tuple[float, float, float, str]]:
    return [(x, y + 14 * n, 10, f"{text} {n}") for n in range(count)]


def test_lines_are_read_from_the_top_whatever_is_painted_first() -> None:
    made = pdf(written((72, 200, 10, "third"), (72, 100, 10, "first"), (72, 150, 10, "second")))
    found = extract_pdf(made)
    assert [(line.text, line.page, line.line) for line in found.lines] == [
        ("first", 1, 1),
        ("second", 1, 2),
        ("third", 1, 3),
    ]
    assert found.pages == 1


def test_words_of_one_line_are_put_together_from_the_left() -> None:
    assert _texts(pdf(written((114, 100, 10, "full"), (72, 100, 10, "two bins")))) == [
        "two bins full"
    ]


def test_a_letter_painted_twice_is_read_once() -> None:
    assert _texts(pdf(written((72, 100, 10, "bin"), (72.3, 100, 10, "bin")))) == ["bin"]


def test_two_columns_are_read_one_after_the_other_below_a_title_across() -> None:
    lines = [(72.0, 80.0, 18.0, "A title that runs across both of the two columns")]
    lines += _column(72, 120, LEFT, 6) + _column(320, 123, RIGHT, 6)
    assert _texts(pdf(written(*lines))) == [
        "A title that runs across both of the two columns",
        *[f"{LEFT} {n}" for n in range(6)],
        *[f"{RIGHT} {n}" for n in range(6)],
    ]


def test_a_line_across_parts_what_stands_above_and_below_it() -> None:
    lines = _column(72, 100, LEFT, 5) + _column(320, 100, RIGHT, 5)
    lines += [(72, 200, 10, "a line of words that runs across the whole width of the page")]
    lines += _column(72, 230, LEFT, 5) + _column(320, 230, RIGHT, 5)
    found = _texts(pdf(written(*lines)))
    assert found[10].startswith("a line of words")
    assert [text.split()[3] for text in found[:10]] == ["left"] * 5 + ["right"] * 5
    assert [text.split()[3] for text in found[11:]] == ["left"] * 5 + ["right"] * 5


def test_a_table_of_short_cells_is_no_pair_of_columns() -> None:
    lines = [(72.0, 100.0 + 14 * n, 10.0, f"day {n}") for n in range(6)]
    lines += [(320.0, 100.0 + 14 * n, 10.0, f"bins {n}, as counted by hand") for n in range(6)]
    assert _texts(pdf(written(*lines)))[0] == "day 0\tbins 0, as counted by hand"


def test_a_short_last_page_is_read_with_the_gutter_of_the_others() -> None:
    full = written(*_column(72, 100, LEFT, 30), *_column(320, 100, RIGHT, 30))
    short = written(*_column(72, 100, "left", 3), *_column(320, 100, "right", 3))
    assert _texts(pdf(full, short))[60:] == [
        "left 0", "left 1", "left 2", "right 0", "right 1", "right 2",
    ]  # fmt: skip


def test_a_footer_near_the_edge_comes_after_both_columns() -> None:
    lines = _column(72, 100, LEFT, 6) + _column(320, 100, RIGHT, 6)
    found = _texts(pdf(written(*lines, (72, 810, 9, "Page 1 of 1"), (72, 30, 9, "TOP"))))
    assert (found[0], found[-1]) == ("TOP", "Page 1 of 1")


def test_larger_and_bold_lines_look_like_headings_by_their_rank() -> None:
    body = [(72.0, 200.0 + 14 * n, 10.0, "ordinary words of the case") for n in range(6)]
    content = written((72, 90, 20, "Title"), (72, 130, 14, "Part"), *body)
    found = extract_pdf(pdf(content + b"\n" + written((72, 180, 10, "Bold"), font="F2"))).lines
    assert [(line.text, line.kind, line.level) for line in found[:4]] == [
        ("Title", LineKind.HEADING, 1),
        ("Part", LineKind.HEADING, 2),
        ("Bold", LineKind.HEADING, 3),
        ("ordinary words of the case", LineKind.UNKNOWN, None),
    ]


def test_letters_of_no_size_are_read() -> None:
    made = pdf(written(*[(72.0, 100.0 + 14 * n, 0.0, "unseen") for n in range(3)]))
    assert "".join(_texts(made)).replace(" ", "").replace("\t", "") == "unseen" * 3


def test_letters_that_stand_nowhere_are_read() -> None:
    endless = b"9" * 400 + b".0"
    made = pdf(b"BT /F1 10 Tf 1 0 0 1 " + endless + b" " + endless + b" Tm (a bin) Tj ET")
    assert "".join(_texts(made)).replace(" ", "") == "abin"
    huge = pdf(b"BT /F1 " + endless + b" Tf 72 72 Td (a) Tj ET")
    assert _texts(huge) == ["a"]


def test_many_bold_lines_together_are_no_heading() -> None:
    bold = written(*[(72.0, 100.0 + 14 * n, 10.0, "a notice") for n in range(5)], font="F2")
    body = written(*[(72.0, 200.0 + 14 * n, 10.0, "ordinary words") for n in range(9)])
    found = extract_pdf(pdf(bold + b"\n" + body)).lines
    assert {line.kind for line in found} == {LineKind.UNKNOWN}


def test_a_gap_is_told_apart_from_the_ordinary_step_of_lines() -> None:
    heights = [100, 114, 128, 156, 170, 184, 212]
    found = extract_pdf(pdf(written(*[(72, y, 10, f"words {y}") for y in heights]))).lines
    assert [line.blank_before for line in found] == [True, False, False, True, False, False, True]


def test_a_small_shape_before_words_is_a_bullet_and_others_are_nothing() -> None:
    dot = b"60 738 m 63 738 l 63 741 l 60 741 l h f\n"
    rule = b"60 600 m 400 600 l 400 603 l 60 603 l h f\n"
    far = b"500 736 m 503 736 l 503 739 l 500 739 l h f\n"
    made = pdf(dot + rule + far + written((72, 105, 10, "one bin"), (72, 130, 10, "no item")))
    assert _texts(made) == ["• one bin", "no item"]


def test_links_of_the_page_are_given_with_the_words_they_cover() -> None:
    link = (
        b"/Annots [<< /Subtype /Link /Rect [95 728 150 745] "
        b"/A << /S /URI /URI (https://example.org/x) >> >> << /Subtype /Link /Rect [0 0 600 842] "
        b"/A << /S /URI /URI (javascript:x) >> >> 7 /Rect]"
    )
    found = extract_pdf(pdf(written((72, 105, 10, "See"), (96, 105, 10, "the page")), page=link))
    assert found.lines[0].text == "See the page"
    assert found.lines[0].links == (("the page", "https://example.org/x"),)


def test_notes_and_fields_on_a_page_are_left_out_with_the_reason() -> None:
    notes = (
        b"/Annots [<< /Subtype /Text /Contents (Check this) >> << /Subtype /Widget /V (Yes) >> "
        b"<< /Subtype /Link /Contents (a link) >> << /Subtype /FreeText >>]"
    )
    found = extract_pdf(pdf(written((72, 105, 10, "a")), written((72, 105, 10, "b")), page=notes))
    assert [(left.text, left.place.page) for left in found.left_out] == [
        ("Check this", 1), ("Yes", 1), ("Check this", 2), ("Yes", 2),
    ]  # fmt: skip


def test_columns_that_nearly_touch_are_kept_apart() -> None:
    lines = [
        (72.0, 100.0 + 14 * n, 10.0, "words that reach up to the edge of it") for n in range(8)
    ]
    lines += [(240.0, 100.0 + 14 * n, 10.0, f"words of the right one here {n}") for n in range(8)]
    assert _texts(pdf(written(*lines)))[:8] == ["words that reach up to the edge of it"] * 8


def test_a_page_that_is_turned_is_read_as_it_is_shown() -> None:
    turned = (
        b"BT /F1 10 Tf 0 1 -1 0 130 72 Tm (next) Tj ET\n"
        b"BT /F1 10 Tf 0 1 -1 0 100 72 Tm (first) Tj ET"
    )
    assert _texts(pdf(turned, page=b"/Rotate 90")) == ["first", "next"]


def test_words_up_the_edge_of_a_page_are_kept() -> None:
    made = pdf(b"BT /F1 10 Tf 0 1 -1 0 20 300 Tm (up the edge) Tj ET\n" + written((72, 9, 9, "a")))
    assert _texts(made) == ["a", "up the edge"]


MARKED = (
    b"/P <</MCID 0>> BDC BT /F1 10 Tf 72 700 Td (second of the words) Tj ET EMC\n"
    b"/H1 <</MCID 1>> BDC BT /F1 10 Tf 72 500 Td (Title) Tj ET EMC\n"
    b"/LI <</MCID 2>> BDC BT /F1 10 Tf 72 400 Td (1.) Tj ET EMC\n"
    b"/LI <</MCID 3>> BDC BT /F1 10 Tf 90 400 Td (item) Tj ET /Span << /X 1 >> BDC "
    b"BT /F1 10 Tf 120 400 Td (inside) Tj ET EMC EMC\n"
    b"/Artifact BMC BT /F1 8 Tf 72 20 Td (Page 1) Tj ET EMC\n"
)
TREE = (
    b"<< /Type /StructTreeRoot /K [7 0 R] /RoleMap << /Big /H1 >> >>",
    b"<< /S /Document /K [<< /S /Big /Pg 12 0 R /K 1 >> << /S /P /Pg 12 0 R /K [0] >> 8 0 R] >>",
    b"<< /S /L /K [<< /S /LI /K [9 0 R 10 0 R] >>] >>",
    b"<< /S /Lbl /Pg 12 0 R /K 2 >>",
    b"<< /S /LBody /K [<< /S /P /Pg 12 0 R /K << /Type /MCR /MCID 3 >> >> 7 0 R 8 0 R] >>",
    b"<< >>",
)


def _tagged(content: bytes) -> bytes:
    return pdf(content, catalog=b"/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>", more=TREE)


def test_a_tagged_file_is_read_by_its_own_order_and_kinds() -> None:
    found = extract_pdf(_tagged(MARKED))
    assert [(line.text, line.kind, line.level, line.whole) for line in found.lines] == [
        ("Title", LineKind.HEADING, 1, True),
        ("second of the words", LineKind.PARAGRAPH, None, True),
        ("1. item inside", LineKind.ITEM, 1, True),
    ]
    assert [(left.text, left.place.page) for left in found.left_out] == [("Page 1", 1)]
    assert "running header" in found.left_out[0].reason


def test_words_outside_all_tags_are_kept_where_they_stand() -> None:
    outside = MARKED + b"BT /F1 10 Tf 72 600 Td (not) Tj ET\n"
    assert _texts(_tagged(outside)) == ["Title", "second of the words", "not", "1. item inside"]


def test_tags_that_cover_too_few_of_the_words_are_not_believed() -> None:
    much = written(*[(72.0, 500.0 + 14 * n, 10.0, "words outside all tags") for n in range(9)])
    found = extract_pdf(_tagged(MARKED + much))
    assert {line.whole for line in found.lines} == {False}
    assert found.left_out == ()
    assert "Page 1" in [line.text for line in found.lines]


@pytest.mark.parametrize(
    "content",
    [
        # One paragraph for pages of lines, and a file that calls most of its words an artifact.
        b"/P <</MCID 0>> BDC\n"
        + written(*[(72.0, 100.0 + 12 * n, 10.0, f"line {n}") for n in range(50)])
        + b"\nEMC",
        MARKED
        + b"/Artifact BMC\n"
        + written(*[(72.0, 500.0 + 12 * n, 10.0, f"words {n}") for n in range(20)])
        + b"\nEMC",
    ],
)
def test_tags_that_say_little_of_the_order_are_not_believed(content: bytes) -> None:
    found = extract_pdf(_tagged(content))
    assert not any(line.whole for line in found.lines)
    assert found.left_out == ()


BROKEN = (
    b"/P <</MCID 0>> BDC BT /F1 10 Tf 72 700 Td (two exam) Tj "
    b"/Span <</ActualText <FEFF00AD>>> BDC (-) Tj EMC ET\n"
    b"BT /F1 10 Tf 72 686 Td (ples and a call-) Tj ET BT /F1 10 Tf 72 672 Td (back) Tj ET EMC\n"
)


def test_a_word_that_a_line_broke_is_whole_again_where_the_file_says_so() -> None:
    assert _texts(_tagged(BROKEN)) == ["two examples and a call-back"]
    assert case_from(extract_pdf(pdf(BROKEN))).blocks[0].text == "two examples and a call-back"
    assert _texts(pdf(BROKEN)) == ["two exam\u00ad", "ples and a call-", "back"]


def test_a_file_of_too_many_letters_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "MOST_GLYPHS", 5)
    assert extract_pdf(pdf(written((72, 72, 10, "abcde")))).lines
    with pytest.raises(TooHeavy):
        extract_pdf(pdf(written((72, 72, 10, "abcdef"))))


def test_marks_may_be_named_in_the_resources_of_the_page() -> None:
    named = MARKED.replace(b"/H1 <</MCID 1>> BDC", b"/H1 /M1 BDC")
    made = _tagged(named).replace(
        b"/XObject <<", b"/Properties << /M1 << /MCID 1 >> >> /XObject <<"
    )
    assert _texts(made)[0] == "Title"


def _bomb() -> bytes:
    return pdf(b"q Q " * 5_000_000, packed=True)


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (locked_pdf, Encrypted),
        (lambda: pdf(b"q 500 0 0 700 40 40 cm /Im1 Do Q", b"/Im1 Do"), Scanned),
        (lambda: pdf(b"/Im1 Do\n" + written((72, 820, 9, "Page 1 of 1"))), Scanned),
        (lambda: pdf(b""), Empty),
        (lambda: pdf(), Empty),
        (lambda: pdf(*[written((72, 72, 10, "a"))] * 301), TooManyPages),
        (lambda: b"%PDF-1.7\nnothing more", Damaged),
        (lambda: b"a" * (LARGEST + 1), TooBig),
        (lambda: pdf(b"BT /F9 10 Tf 72 72 Td (\x01\x02\x03) Tj ET"), Unreadable),
    ],
)
def test_what_cannot_be_read_is_refused(
    made: Callable[[], bytes], refusal: type[CaseRefusal]
) -> None:
    with pytest.raises(refusal) as caught:
        extract_pdf(made())
    assert str(caught.value).endswith(".")


def test_pages_with_a_picture_and_words_are_read() -> None:
    words = written(*[(72.0, 100.0 + 14 * n, 10.0, "ordinary words of the case") for n in range(4)])
    assert len(_texts(pdf(b"/Im1 Do\n" + words))) == 4


def test_three_hundred_pages_are_read() -> None:
    assert extract_pdf(pdf(*[written((72, 72, 10, "a"))] * 300)).pages == 300


WORDS = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=9)
PLACED = st.lists(
    st.tuples(
        st.integers(40, 500), st.integers(20, 820), st.sampled_from([8, 10, 10, 14, 20]), WORDS
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda one: (one[1] // 25, one[0] // 250),
)


@settings(max_examples=60)
@given(st.lists(PLACED, min_size=1, max_size=3))
def test_each_word_of_a_file_comes_out(pages: list[list[tuple[float, float, float, str]]]) -> None:
    found = extract_pdf(pdf(*[written(*page) for page in pages]))
    out = "".join(line.text for line in found.lines)
    for letter in "abcdefgh":
        assert out.count(letter) == sum(one[3].count(letter) for page in pages for one in page)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    made = bytearray(_tagged(MARKED))
    for _ in range(data.draw(st.integers(1, 8))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert extract_pdf(bytes(made)).lines
    except CaseRefusal:
        return
