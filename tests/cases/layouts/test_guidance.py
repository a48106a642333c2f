"""Guidance set inside the story: it ends at its link and is never taken for an event."""

from __future__ import annotations

from app.cases.document import CaseDocument, Kind
from app.cases.reading import read_pasted

TITLE = "Eastmoor Authorised Professional Practice (APP) – Hot drinks"


def told(*story: str) -> CaseDocument:
    """Read a case with this story."""
    head = "Case 9 | Bulletin 12 – Custody\n\nPublished May 2010\n\nOverview of incident\n\n"
    return read_pasted(head + "\n\n".join(story) + "\n\nType of investigation\n\nLocal")


def events(case: CaseDocument) -> list[str]:
    """Return the first two words of each event of the story."""
    return [
        " ".join(block.text.split()[:2])
        for block in case.blocks
        if block.under == "Overview of incident" and block.kind in {Kind.PARAGRAPH, Kind.ITEM}
    ]


def test_two_excerpts_with_events_between_them() -> None:
    case = told(
        "Officer P gave Mr Q a cup of tea.", TITLE,
        "Drinks should be given in safe cups. A cup is safe if:", "• it has a lid\n• it is cool",
        "Counting cups", "Cups should be counted.", "Read more online: www.example.org/drinks",
        "Mr Q spilled the tea.", "PACE Code C – Meals",
        "8.6 At least two light meals should be offered.", "Read more online:",
        "https://www.example.org/code-c", "Officer P rang for a doctor.",
    )  # fmt: skip
    assert events(case) == ["Officer P", "Mr Q", "Officer P"]
    first, second = case.guidance
    assert (first.title, first.url) == (TITLE, "www.example.org/drinks")
    assert first.text.splitlines()[1:] == [
        "• it has a lid", "• it is cool", "Counting cups", "Cups should be counted.",
    ]  # fmt: skip
    assert (second.title, second.url) == ("PACE Code C – Meals", "https://www.example.org/code-c")
    assert second.text == "8.6 At least two light meals should be offered."


def test_an_address_inside_a_sentence_of_the_story_ends_no_excerpt() -> None:
    case = told("Officer P had not read www.example.org/drinks before she came.", "Mr Q sat down.")
    assert case.guidance == ()
    assert events(case) == ["Officer P", "Mr Q"]


def test_guidance_without_its_link_goes_to_the_tray_until_the_next_event() -> None:
    case = told("Officer P came.", TITLE, "Drinks should be cool.", "At 5pm the cell was empty.")
    assert case.guidance == ()
    assert events(case) == ["Officer P", "At 5pm"]
    tray = [block.text for block in case.blocks if block.kind is Kind.NOT_PLACED]
    assert tray == [TITLE, "Drinks should be cool."]


def test_a_link_whose_excerpt_has_no_beginning_goes_to_the_tray() -> None:
    case = told("Officer P came.", "Mr Q sat down.", "Find out more: https://www.example.org/x")
    assert case.guidance == ()
    assert events(case) == ["Officer P", "Mr Q"]


def test_a_heading_inside_the_story_is_not_guidance() -> None:
    case = told("Officer P came.", "The second day", "Mr Q sat down and drank what was left of it.")
    assert case.guidance == ()
    assert [block.kind for block in case.blocks if block.text == "The second day"] == [Kind.HEADING]
