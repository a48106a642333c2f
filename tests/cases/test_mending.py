"""What extraction broke and how it is mended; what is taken away is said with its reason."""

from __future__ import annotations

import pytest

from app.cases.document import Extracted, Form, LineKind, Paragraph, SourceLine
from app.cases.formats.refusals import TooHeavy
from app.cases.mending import MOST_LINES, mended
from app.cases.text_reading import extract_lines

STORY = (
    "The officer who took the call had been on duty since six in the morning and\n"
    "had not eaten. She wrote down the number of the house, the name of the woman\n"
    "and the colour of the van, and then the line went dead. She rang back at once\n"
    "and heard the engaged tone.\n"
)


def texts(text: str) -> list[str]:
    """Return the paragraphs of a text, each behind its marker."""
    return [f"{p.marker} {p.text}".strip() for p in mended(extract_lines(text))[0]]


def taken(text: str) -> list[str]:
    """Return what is left out of a text."""
    return [left.text for left in mended(extract_lines(text))[1]]


def paged(*pages: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text set on pages."""
    return mended(extract_lines("\f".join(pages)))[0]


@pytest.mark.parametrize("footer", [
    "© Eastvale Review Office. Page 1 of 5", "© Eastvale Review Office Page 1 of 5",
    "© 2012 Eastvale | Page 1 of 5",
])  # fmt: skip
def test_a_footer_in_the_middle_of_a_line_and_of_a_sentence(footer: str) -> None:
    text = f"She had not {footer}\n\nOFFICIAL\n\nbeen told of the key. She rang."
    (found,) = mended(extract_lines(text))[0]
    assert found.text == "She had not been told of the key. She rang."
    assert (found.place.line, found.place.last_line) == (1, 5)
    assert taken(text) == ["OFFICIAL", footer] or taken(text) == [footer, "OFFICIAL"]


@pytest.mark.parametrize("marking", [
    "OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL – SENSITIVE", "NOT PROTECTIVELY MARKED",
    "Not protectively marked", "RESTRICTED", "PROTECT", "[OFFICIAL]", "Page 3 of 7", "page 3",
    "- 3 -",
])  # fmt: skip
def test_markings_and_page_numbers_are_left_out(marking: str) -> None:
    assert texts(f"One.\n\n{marking}\n\nTwo.") == ["One.", "Two."]
    assert taken(f"One.\n\n{marking}\n\nTwo.") == [marking]


@pytest.mark.parametrize("line", [
    "Official complaints", "An official said so.", "Pages", "3 of the 7 had gone.",
    "Restricted duty",
])  # fmt: skip
def test_words_that_only_look_like_markings_stay(line: str) -> None:
    assert line in texts(f"One.\n\n{line}\n\nTwo.")


def test_running_headers_are_found_by_repetition_wherever_they_stand() -> None:
    header, footer = "Eastvale case notes", "Learning in Eastvale | {}"
    pages = paged(
        f"The title of the case\n\n{header}\n\nFirst she looked.\n\n{footer.format(4)}",
        f"Then she\n{header}\nrang the bell.\n\n{footer.format(5)}",
        f"{footer.format(6)}\n\nNobody came to the\n\n{header}",
        f"door, and she left.\n\n{header}\n\n{footer.format(7)}",
    )
    assert [paragraph.text for paragraph in pages] == [
        "The title of the case", "First she looked.", "Then she rang the bell.",
        "Nobody came to the door, and she left.",
    ]  # fmt: skip
    assert str(pages[-1].place) == "page 3, line 3 to page 4, 1"


def test_headings_of_a_layout_are_no_furniture_though_they_repeat() -> None:
    pages = paged(*(f"Local recommendation 1\n\nText {word}." for word in ("one", "two", "three")))
    assert [paragraph.text for paragraph in pages][::2] == ["Local recommendation 1"] * 3


def test_a_line_that_stands_twice_on_a_page_is_no_running_header() -> None:
    pages = paged("No.\n\nAsked.\n\nNo.\n\nNo.", "Asked.\n\nNo.\n\nNo.", "Said.\n\nNo.\n\nNo.")
    assert sum(paragraph.text == "No." for paragraph in pages) == 7


def test_the_title_stays_when_the_running_header_repeats_it() -> None:
    first = "A case\n\nOf nine\n\nPublished\n\nThe long walk home\n\nIt rained.\n\nb\n\nc\n\nd"
    pages = paged(first, *(f"The long walk home\n\nMore rain, {n}.\n\nx{n}" for n in range(3)))
    assert [paragraph.text for paragraph in pages].count("The long walk home") == 1


def test_words_that_cut_sentences_again_and_again_are_furniture_without_pages_too() -> None:
    cut = (
        "the woman who had rung the station on the\nEastvale notes\n\nsecond day was her aunt.\n\n"
    )
    assert (
        texts(cut * 3) == ["the woman who had rung the station on the second day was her aunt."] * 3
    )
    assert taken(cut * 3) == ["Eastvale notes"] * 3
    assert taken("Said.\n\nEastvale notes\n\nMore.\n\n" * 3) == []


def test_lines_that_only_ended_for_want_of_room_are_one_paragraph() -> None:
    first, second = texts(STORY + "\n" + STORY)
    assert first == second == " ".join(STORY.split())


def test_a_paragraph_that_begins_without_a_gap_is_not_joined() -> None:
    assert len(texts(STORY + STORY)) == 2


def test_a_broken_sentence_among_paragraphs_of_one_line_each() -> None:
    long = "This sentence of the case is a paragraph of its own and goes on for a good while. " * 4
    assert texts(f"{long}\nIt was not\u00a0\nprogressed.\n{long}")[1] == "It was not progressed."


@pytest.mark.parametrize(("text", "whole"), [
    ("the know-\nledge of it", "the knowledge of it"),
    ("the know\u00ad\nledge of it", "the knowledge of it"),
    ("a long-\nterm plan", "a long-term plan"),
    ("the on-call list and the on-\ncall room", "the on-call list and the on-call room"),
    ("a call-\nback; each call and each back door", "a call-back; each call and each back door"),
    ("he rang 999-\nthen left", "he rang 999-then left"),
])  # fmt: skip
def test_words_broken_at_the_end_of_a_line(text: str, whole: str) -> None:
    assert texts(text) == [whole]


@pytest.mark.parametrize(("text", "link"), [
    ("See https://www.example.org/a-long/\nway-to/go#end", "https://www.example.org/a-long/way-to/go#end"),
    ("See https://www.example.org/a-\nlong/way for more.", "https://www.example.org/a-long/way"),
    ("https://www.example.org/one\n/two", "https://www.example.org/one/two"),
    ("See (www.example.org/x).", "www.example.org/x"),
    ("<u>www.example.org/x</u>", "www.example.org/x"),
])  # fmt: skip
def test_links_are_made_whole(text: str, link: str) -> None:
    (found,) = mended(extract_lines(text))[0]
    assert found.links == ((link, link),)
    assert link in found.text


def test_a_sentence_after_a_link_is_no_part_of_it() -> None:
    assert texts("See https://www.example.org/a\n\nand go.") == [
        "See https://www.example.org/a", "and go.",
    ]  # fmt: skip
    assert texts("https://www.example.org/a\nShe left.") == [
        "https://www.example.org/a",
        "She left.",
    ]


def test_bullets_and_numbers_of_every_kind() -> None:
    text = "• a\n- b\n* c\n– d\n\uf0b7 e\n●f\n- 1. g\n2. h\n3) i\n(iv) j\n(b) k\n•\nl\n4.\nm"
    assert texts(text) == [
        "• a", "- b", "* c", "– d", "\uf0b7 e", "● f", "- 1. g", "2. h", "3) i", "(iv) j", "(b) k",
        "• l", "4. m",
    ]  # fmt: skip
    assert all(p.kind is LineKind.ITEM for p in mended(extract_lines(text))[0])


@pytest.mark.parametrize("text", [
    "she rang the bell of the door of the house and waited\n– nobody came",
    "the bell of the house where nobody lived was rung on the day of the\n12. March of that year",
])  # fmt: skip
def test_a_dash_or_a_number_inside_a_sentence_is_no_marker(text: str) -> None:
    assert texts(text) == [text.replace("\n", " ")]


def test_an_item_that_goes_on_below() -> None:
    assert texts("She said:\n• the key of the\n  red door\n• the lamp\nShe left.") == [
        "She said:", "• the key of the red door", "• the lamp", "She left.",
    ]  # fmt: skip


def test_a_list_that_lost_its_bullets_is_not_one_sentence() -> None:
    assert texts("He told her:\nthe lock was cut\nthe key was gone") == [
        "He told her:", "the lock was cut", "the key was gone",
    ]  # fmt: skip


def test_stray_signs_markup_and_marks_that_nobody_sees() -> None:
    text = "LEARNING ≝LESSONS\n\n⊠ a\u200bb@example.org <u>and</u>\u00a0the ﬁrst x\u00ady\n\n2 ≤ 3"
    assert texts(text) == ["LEARNING LESSONS", "ab@example.org and the first xy", "2 ≤ 3"]
    assert taken(text) == ["≝", "<u> </u>", "⊠"]
    reasons = [left.reason for left in mended(extract_lines(text))[1]]
    assert all(reason.endswith(".") and " " in reason for reason in reasons)


def test_columns_that_tabs_set_apart() -> None:
    assert texts("Case 6 Issue 37 – Youth\t\tLEARNING\n•\tan item\nand so\ton") == [
        "Case 6 Issue 37 – Youth", "LEARNING", "• an item and so on",
    ]  # fmt: skip


def test_what_the_file_says_of_its_lines_holds() -> None:
    lines = (
        SourceLine("A heading over", 1, kind=LineKind.HEADING, level=2),
        SourceLine("two lines", 2, kind=LineKind.HEADING, level=2),
        SourceLine("a whole paragraph", 3, whole=True),
        SourceLine("and another one", 4, whole=True),
        SourceLine("item", 5, kind=LineKind.ITEM, links=(("item", "https://example.org"),)),
    )
    found = mended(Extracted(Form.HTML, lines))[0]
    assert [paragraph.text for paragraph in found] == [
        "A heading over two lines", "a whole paragraph", "and another one", "item",
    ]  # fmt: skip
    assert found[-1].links == (("item", "https://example.org"),)


def test_a_file_of_more_lines_than_any_case_is_refused() -> None:
    with pytest.raises(TooHeavy):
        mended(extract_lines("a\n" * (MOST_LINES + 1)))
