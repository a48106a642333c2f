"""How a review is laid out: doubts, what is left out of the source, and honest figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from app.cases.document import CaseDocument, Kind, LeftOut, Place, SourceLine
from app.importing.review import ReviewedBlock, Use, from_case
from app.importing.showing import (
    doubt_about,
    figures_of,
    left_out_of,
    moments_of,
    pages_of,
    rows_of,
)
from app.importing.source import Reviewed
from tests.factories.cases import text_case
from tests.importing.strategies import cases

SOUND = from_case(text_case()).blocks[3]


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (SOUND, ""),
        (replace(SOUND, use=Use.NOT_PLACED), "could not tell"),
        (replace(SOUND, use=Use.NOT_PLACED, dropped="no"), ""),
        (replace(SOUND, text="and then she rang."), "in the middle of a sentence"),
        (replace(SOUND, text="Then she rang"), "without a full stop"),
        (replace(SOUND, text="Then she rang", looked=True), ""),
        (replace(SOUND, text="her key", kind=Kind.ITEM), ""),
        (replace(SOUND, text="She said “no”"), ""),
        (replace(SOUND, text="Word " * 251), "more than 250 words"),
        (replace(SOUND, text="no stop", use=Use.FINDING), ""),
    ],
)
def test_a_doubt_has_its_reason(block: ReviewedBlock, why: str) -> None:
    doubt = doubt_about(block)
    assert bool(doubt) == bool(why)
    assert why in doubt


def test_lines_that_were_left_out_together_are_all_marked() -> None:
    lines = ("Overview", "Visit our", "website", "She rang.")
    case = replace(
        text_case(),
        blocks=tuple(
            replace(text_case().blocks[2], text=lines[at], place=Place(at + 1, at + 1))
            for at in (0, 3)
        ),
        left_out=(LeftOut("Visit our website", "An address.", Place(2, 3)),),
        source=tuple(SourceLine(text, n) for n, text in enumerate(lines, 1)),
    )
    (page,) = pages_of(case, rows_of(from_case(case)))
    assert [line.left_out for line in page.lines] == ["", "left out", "left out", ""]
    assert [len(line.begins) for line in page.lines] == [1, 0, 0, 1]


@pytest.mark.parametrize(("text", "pieces", "said"), [
    ("# ask@example.test <u>www.example.test</u>", ("#", "ask@example.test", "<u> </u>",
                                                    "www.example.test"), "left out"),
    ("She had not Page 1 of 5", ("Page 1 of 5",), "partly left out"),
    ("Case 3 #", ("#",), ""),
    ("She had not", (), ""),
])  # fmt: skip
def test_a_line_says_what_of_it_was_left_out(text: str, pieces: tuple[str, ...], said: str) -> None:
    left = tuple(LeftOut(piece, "No words of the case.", Place(1, 1)) for piece in pieces)
    block = replace(text_case().blocks[3], text="She had not", place=Place(1, 1))
    case = replace(text_case(), blocks=(block,), left_out=left, source=(SourceLine(text, 1),))
    (page,) = pages_of(case, rows_of(from_case(case)))
    assert [line.left_out for line in page.lines] == [said]


@settings(deadline=None)
@given(cases())
def test_every_word_is_counted_once_and_every_block_begins_at_a_line(case: CaseDocument) -> None:
    reviewed = Reviewed(case, from_case(case), 1)
    rows = rows_of(reviewed.review)
    figures = figures_of(reviewed, rows)
    texts = [block.text for block in case.blocks] + [left.text for left in case.left_out]
    assert figures.all == sum(len(text.split()) for text in texts)
    assert sum(count for _, count, _ in figures.segments) == figures.all
    pages = pages_of(case, rows)
    begun = [row.number for page in pages for line in page.lines for row in line.begins]
    assert sorted(begun) == [row.number for row in rows]
    assert [line.text for page in pages for line in page.lines] == [s.text for s in case.source]
    assert len(left_out_of(reviewed)) == len(case.left_out)
    assert all(
        moment.block.use in (Use.STORY, Use.EXTRACT) for moment in moments_of(reviewed.review)
    )
