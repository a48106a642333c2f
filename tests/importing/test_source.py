"""Places of blocks: each is found again in the text, and stays whatever the review does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from app.cases.document import (
    Block,
    CaseDocument,
    Form,
    Kind,
    LeftOut,
    Place,
    SourceLine,
)
from app.cases.reading import read_case
from app.catalogue.document import PlaceText
from app.catalogue.places import paragraphs, parse_places
from app.importing.reshaping import drop, merge, split
from app.importing.review import Review, from_case
from app.importing.source import (
    MOST_IN_A_PLACE,
    TOP,
    Reviewed,
    at_hand,
    place_of,
    places_of,
    source_text,
)
from tests.factories.cases import text_case
from tests.importing.strategies import cases

FILES = Path(__file__).parents[1] / "cases" / "files"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def begun(case: CaseDocument) -> Reviewed:
    """Return a case with its review as it begins."""
    return Reviewed(case, from_case(case), 1)


def found_at(place: str, text: str, headings: tuple[str, ...]) -> str:
    """Return the words of the paragraphs that a place names, as the checks find them."""
    below = paragraphs(text, headings)
    return " ".join(below[one.heading][one.paragraph - 1] for one in parse_places(place))


def held(reviewed: Reviewed) -> int:
    """Check that each block in use is found at its place; return how many have one."""
    text, headings = source_text(reviewed)
    placed = 0
    for block in reviewed.review.kept:
        place = place_of(reviewed, block)
        if not place or (place.startswith(f"{TOP}, ") and TOP not in headings):
            continue
        assert set(block.text.split()) <= set(found_at(place, text, headings).split())
        assert len(place) <= 400
        placed += 1
    return placed


@given(cases())
def test_every_block_is_found_at_its_place(case: CaseDocument) -> None:
    held(begun(case))


def test_every_block_but_headings_has_a_place() -> None:
    reviewed = begun(text_case())
    assert held(reviewed) == sum(block.kind is not Kind.HEADING for block in text_case().blocks)
    places = places_of(reviewed)
    assert (places["b4"], places["b7"]) == ("Overview of incident, 1", "Overview of incident, 4")
    assert places["b3"] == ""


def real() -> list[Path]:
    """Return the fictional cases, and the seeds where they are at hand."""
    return [*sorted(FILES.glob("*.txt")), *(sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else [])]


@pytest.mark.parametrize("path", real(), ids=lambda path: path.name)
def test_places_of_a_text_file_hold_in_the_file_itself(path: Path) -> None:
    data = path.read_bytes()
    reviewed = begun(read_case(data, path.name))
    text, headings = source_text(reviewed)
    if TOP not in headings:
        raw = paragraphs(data.decode(), headings)
        ours = paragraphs(text, headings)
        assert {name: len(found) for name, found in raw.items() if name} == {
            name: len(found) for name, found in ours.items() if name
        }
    headings_there = sum(block.kind is Kind.HEADING for block in reviewed.review.blocks)
    about = sum(place.startswith(TOP) for place in places_of(reviewed).values())
    assert held(reviewed) >= len(reviewed.review.blocks) - headings_there - about


def test_places_stay_when_blocks_are_split_joined_and_dropped() -> None:
    case = text_case()
    reviewed = begun(case)
    made: Review = drop(merge(split(reviewed.review, "b4", 1), "b5"), "b2", "no")
    later = Reviewed(case, made, 5)
    assert source_text(later) == source_text(reviewed)
    places = places_of(later)
    assert places["b4"] == places["b15"] == "Overview of incident, 1"
    assert places["b5"] == "Overview of incident, 2; Overview of incident, 3"
    assert held(later) > 0


def test_a_footer_in_the_middle_of_a_sentence_is_no_place_of_it() -> None:
    lines = ("Overview", "PC B had not", "Page 1 of 5", "received training.")
    case = replace(
        text_case(),
        blocks=(
            Block(Kind.HEADING, "Overview", Place(1, 1)),
            Block(Kind.PARAGRAPH, "PC B had not received training.", Place(2, 4), "Overview"),
        ),
        left_out=(LeftOut("Page 1 of 5", "A footer.", Place(3, 3)),),
        source=tuple(SourceLine(text, n) for n, text in enumerate(lines, 1)),
    )
    assert places_of(begun(case))["b2"] == "Overview, 1; Overview, 3"


def test_a_heading_that_a_place_cannot_name_is_none() -> None:
    blocks = (
        Block(Kind.HEADING, "Overview", Place(1, 1)),
        Block(Kind.HEADING, "Calls; and logs", Place(2, 2)),
        Block(Kind.PARAGRAPH, "She rang.", Place(3, 3), "Calls; and logs"),
        Block(Kind.HEADING, "Overview", Place(4, 4)),
        Block(Kind.PARAGRAPH, "He rang.", Place(5, 5), "Overview"),
    )
    reviewed = begun(replace(text_case(), blocks=blocks, form=Form.PDF))
    assert source_text(reviewed)[1] == ("Overview", "Overview (2)")
    places = places_of(reviewed)
    assert (places["b3"], places["b5"]) == ("Overview, 2", "Overview (2), 1")


def test_what_stands_above_every_heading_has_a_place_too() -> None:
    blocks = (Block(Kind.PARAGRAPH, "She rang.", Place(1, 1)),)
    lines = (SourceLine("She rang.", 1),)
    case = replace(text_case(), family="unknown", blocks=blocks, source=lines)
    assert places_of(begun(case)) == {"b1": f"{TOP}, 1"}
    assert source_text(begun(case))[1] == (TOP,)
    assert at_hand(case).text == f"{TOP}\nShe rang."


def test_the_longest_place_is_one_that_a_module_takes() -> None:
    place = "H" * (MOST_IN_A_PLACE - 3) + ", 1"
    assert TypeAdapter(PlaceText).validate_python(place) == place
    with pytest.raises(ValidationError):
        TypeAdapter(PlaceText).validate_python("H" + place)


def test_a_line_that_reads_like_a_heading_elsewhere_is_none() -> None:
    broken = Block(Kind.HEADING, "Response (2)", Place(1, 2))
    heading = Block(Kind.HEADING, "Response", Place(3, 3))
    words = Block(Kind.PARAGRAPH, "What the force did.", Place(4, 4), "Response")
    lines = ("Response", "(2)", "Response", "What the force did.")
    source = tuple(SourceLine(text, number) for number, text in enumerate(lines, 1))
    case = replace(text_case(), blocks=(broken, heading, words), left_out=(), source=source)
    assert held(begun(case)) == 1


def test_the_lines_that_no_piece_holds_are_told_with_the_reason() -> None:
    case = text_case()
    found = at_hand(case)
    lines = found.text.split("\n")
    assert {lines[number]: why for number, why in found.left_out.items()} == {
        "OFFICIAL": case.left_out[0].reason
    }
    assert found.left_out[len(lines) - 1]


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.txt")))
def test_no_place_of_a_block_is_a_line_that_was_left_out(name: str) -> None:
    reviewed = begun(read_case((FILES / name).read_bytes(), name))
    found = at_hand(reviewed.case)
    lines = found.text.split("\n")
    text, headings = source_text(reviewed)
    assert text == found.text
    gone = {lines[number] for number in found.left_out}
    below = paragraphs(text, headings)
    for place in places_of(reviewed).values():
        for one in parse_places(place) if place else ():
            if one.heading in below:
                assert below[one.heading][one.paragraph - 1] not in gone
