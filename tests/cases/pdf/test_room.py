"""Which printed lines were wrapped, by the room that they leave; what follows for paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.cases.mending import mended
from app.cases.pdf_reading import extract_pdf
from app.cases.repairs.lines import cleaned_lines
from app.cases.repairs.wrapping import Wrapping
from tests.cases.small_files import pdf, written

# Lines that fill about 300 points at size 10, each with no room for the first word of the next.
STORY = (
    "The caretaker rang at nine and said that the gate of the yard",
    "stood open. Nobody had signed for the key. He had looked for",
    "Constable M in the canteen, and then in the garage, where the",
    "vans are washed. The radio was off.",
)
Lines = list[tuple[float, float, float, str]]


def set_at(x: float, y: float, texts: Sequence[str], size: float = 10, step: float = 14) -> Lines:
    """Return lines set below each other."""
    return [(x, y + step * at, size, text) for at, text in enumerate(texts)]


def paragraphs(*pages: Lines) -> list[str]:
    """Return the paragraphs of such pages."""
    return [p.text for p in mended(extract_pdf(pdf(*[written(*page) for page in pages])))[0]]


def had_room(lines: Lines) -> list[bool | None]:
    """Return for each line after the first whether its first word had room in the one before."""
    found = extract_pdf(pdf(written(*lines)))
    wrapping, (cleaned, _) = Wrapping(found.rooms), cleaned_lines(found.lines)
    pairs = pairwise(cleaned)
    return [wrapping.had_room(before, line) for before, line in pairs]


def test_a_wrapped_line_had_no_room_and_an_ended_one_had() -> None:
    texts = [*STORY, "He wrote that down.", *STORY]
    assert had_room(set_at(72, 100, texts)) == [False] * 3 + [True] * 2 + [False] * 3


def test_a_name_or_a_number_that_begins_a_wrapped_line_begins_no_paragraph() -> None:
    texts = [*STORY[:2], "Constable M in the canteen, at a quarter past, and then at the",
             "999. Nobody came to the yard that day."]  # fmt: skip
    assert paragraphs(set_at(72, 100, texts)) == [" ".join(texts)]


def test_lines_that_ended_with_room_left_are_apart_though_no_gap_parts_them() -> None:
    texts = [*STORY, "Another matter", *STORY]
    whole = " ".join(STORY)
    assert paragraphs(set_at(72, 100, texts)) == [whole, "Another matter", whole]


def test_a_title_of_two_lines_is_one_heading() -> None:
    title = ["A gate that stood open through the night and a key", "signed for in March 2016"]
    page = set_at(72, 100, title, 18, 22) + set_at(72, 160, [*STORY, *STORY])
    wide = [(72.0, 300.0, 10.0, f"{STORY[0]} and nobody had looked at it since the summer")]
    assert paragraphs(page + wide)[0] == " ".join(title)


def test_a_title_across_two_columns_keeps_its_short_last_line() -> None:
    title = ["A gate that stood open through the night while nobody", "looked, March 2016"]
    left = ["words of the left column that fill it", "up to the edge and then go on below"] * 4
    page = set_at(72, 80, title, 18, 22)
    page += set_at(72, 140, left) + set_at(320, 143, left)
    found = paragraphs(page)
    assert found[0] == " ".join(title)
    assert found[1].startswith("words of the left column")


def test_a_box_narrower_than_the_page_is_measured_by_itself() -> None:
    box = ["The keys of the yard are kept in the", "Control Room, and whoever takes one",
           "Signs for it before leaving the desk."]  # fmt: skip
    page = set_at(72, 100, [*STORY, *STORY]) + set_at(90, 240, box)
    assert paragraphs(page)[-1] == " ".join(box)


def test_centred_lines_are_measured_from_edge_to_edge() -> None:
    # The second leaves room for “Key” only if both of its sides are counted.
    lines = [(100.0, 80.0, 18.0, "The gate of the yard that stood open in"),
             (119.5, 102.0, 18.0, "December 2016 and the keys that"),
             (221.5, 124.0, 18.0, "The key")]  # fmt: skip
    assert had_room([*lines, *set_at(72, 180, [*STORY, *STORY])])[:2] == [False, True]


def test_the_last_word_of_a_sentence_is_no_footer_though_it_ends_lines_on_two_pages() -> None:
    page = [*STORY[:3], "vans are washed all through the night, and that was held to be",
            "misconduct."]  # fmt: skip
    footer = [(72.0, 810.0, 8.0, "Fictional Office for Learning")]
    found = paragraphs(set_at(72, 100, page) + footer, set_at(72, 100, page) + footer)
    assert [text.endswith("was held to be misconduct.") for text in found] == [True, True]


def test_across_pages_a_sentence_goes_on_and_an_end_is_an_end() -> None:
    below = "Vehicles are kept there."
    going_on = paragraphs(set_at(72, 100, STORY[:3]), set_at(72, 100, [below]))
    assert going_on == [f"{' '.join(STORY[:3])} {below}"]
    assert len(paragraphs(set_at(72, 100, STORY), set_at(72, 100, STORY))) == 2
