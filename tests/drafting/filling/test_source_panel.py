"""The source beside a part: each paragraph under its place, and what the part cites."""

from __future__ import annotations

from typing import Any

from app.drafting.filling.source_panel import cited_in, places_to_choose, source_panel
from app.importing.source import AtHand

TEXT = """Overview
A bike was left at a gate.
Nobody wrote it down.
Response
The force agreed.
Response
It changed its form.
"""
SOURCES = [
    {"id": "case", "title": "A bike", "sha256": "a" * 64,
     "headings": ["Overview", "Response", "Response (2)", "Not in the text"]},
    {"id": "other", "sha256": "b" * 64, "headings": ["Overview"]},
]  # fmt: skip
TEXTS = {"a" * 64: AtHand(TEXT, {}), "b" * 64: AtHand("Overview\nAnother text.\n", {})}


def panel(part: dict[str, Any], texts: dict[str, AtHand] = TEXTS) -> Any:
    return source_panel({"sources": SOURCES}, part, texts)


def cited(part: dict[str, Any]) -> set[str]:
    return {
        paragraph.place
        for source in panel(part)
        for heading in source.headings
        for paragraph in heading.paragraphs
        if paragraph.cited
    }


def test_paragraphs_stand_under_the_places_by_which_they_are_cited() -> None:
    first, second = panel({})
    assert [(h.title, [p.place for p in h.paragraphs]) for h in first.headings] == [
        ("Overview", ["Overview, 1", "Overview, 2"]),
        ("Response", ["Response, 1"]),
        ("Response (2)", ["Response (2), 1"]),
    ]
    assert second.headings[0].paragraphs[0].place == "[other] Overview, 1"
    assert second.title == "Source 2, without a title"


def test_what_is_cited_anywhere_in_the_part_is_marked() -> None:
    part = {
        "place": "Overview, 2; Response (2), 1",
        "options": [{"place": "nowhere"}, {"then": {"place": "[other] Overview, 1"}}],
        "outcome": {"place": 3},
    }
    assert cited(part) == {"Overview, 2", "Response (2), 1", "[other] Overview, 1"}
    assert cited({"place": "[case] Overview, 1"}) == {"Overview, 1"}
    assert [heading.cited for heading in panel(part)[0].headings] == [True, False, True]


def test_a_source_whose_text_is_not_at_hand_has_no_paragraphs() -> None:
    assert [source.headings for source in panel({}, {})] == [(), ()]
    assert source_panel({"sources": "none"}, {}, TEXTS) == ()
    broken = source_panel({"sources": [{"sha256": "a" * 64, "headings": "x"}]}, {}, TEXTS)
    assert broken[0].headings == ()


def test_every_place_can_be_chosen_by_its_first_words() -> None:
    assert places_to_choose(panel({}))[0] == ("Overview, 1", "A bike was left at a gate.")
    assert len(places_to_choose(panel({}))) == 5


def test_what_is_cited_is_told_run_by_run_with_the_way_there() -> None:
    part = {"place": "Overview, 2; Response (2), 1; [other] Overview, 1; Overview, 1"}
    assert cited_in(panel(part)) == [
        ("Overview, 1 and 2", "source-0-1-1"),
        ("Response (2), 1", "source-0-3-1"),
        ("Overview, 1", "source-1-1-1"),
    ]


def test_a_line_that_the_reader_left_out_keeps_its_number_and_is_not_to_be_cited() -> None:
    texts = {"a" * 64: AtHand(TEXT, {1: "A page number."})}
    first = panel({"place": "Overview, 1"}, texts)[0].headings[0].paragraphs
    assert [(p.number, p.text, p.left_out, p.cited) for p in first] == [
        (1, "A bike was left at a gate.", "A page number.", True),
        (2, "Nobody wrote it down.", None, False),
    ]
    assert next(place for place, _words in places_to_choose(panel({}, texts))) == "Overview, 2"


def test_a_source_says_whether_its_document_can_be_told() -> None:
    document = {"sources": [{"id": "one", "sha256": "c" * 64}, {"id": "two"}]}
    assert [source.known for source in source_panel(document, {}, {})] == [True, False]
