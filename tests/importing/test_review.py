"""A review as it begins, and how it is kept."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from app.cases.document import CaseDocument, Kind, Place
from app.catalogue.document import Known
from app.importing.packing import review_as_json, review_from_json
from app.importing.review import Use, from_case, joined_place
from tests.factories.cases import text_case
from tests.importing.strategies import cases


def uses() -> dict[str, Use]:
    """Return what each text of the fictional case becomes."""
    return {block.text: block.use for block in from_case(text_case()).blocks}


def test_the_reader_s_kinds_become_uses_and_questions_part_by_audience() -> None:
    found = uses()
    assert found["she had rung twice before"] is Use.STORY
    assert found["Overview of incident"] is Use.HEADING
    assert found["The log of the first call was not read."] is Use.FINDING
    assert found["What would you have asked?"] is Use.QUESTION_OFFICERS
    assert found["Who reads old logs?"] is Use.QUESTION_POLICY
    assert found["Grade 3 / B"] is Use.NOT_PLACED


def test_what_the_document_says_of_itself_is_no_story() -> None:
    assert uses()["Published March 2021"] is Use.ABOUT
    unknown = replace(text_case(), family="unknown")
    assert from_case(unknown).blocks[1].use is Use.STORY


def test_only_findings_and_their_like_are_known_later_from_the_start() -> None:
    review = from_case(text_case())
    assert {block.use for block in review.blocks if block.known is Known.LATER} == {Use.FINDING}
    assert all(block.known is None for block in review.blocks if block.use is Use.STORY)
    assert sum(block.to_mark for block in review.blocks) == 4


def test_what_speaks_of_the_investigation_begins_as_found_later_with_its_list() -> None:
    case = text_case()
    rows = [
        (Kind.PARAGRAPH, "The post stood in a tray."), (Kind.PARAGRAPH, "We found that he:"),
        (Kind.ITEM, "read none of it"), (Kind.ITEM, "told nobody"),
        (Kind.PARAGRAPH, "The tray was emptied."), (Kind.ITEM, "on Monday"),
    ]  # fmt: skip
    blocks = tuple(replace(case.blocks[3], kind=kind, text=text) for kind, text in rows)
    review = from_case(replace(case, family="unknown", blocks=blocks, raising_issues=()))
    later = Known.LATER
    assert [block.known for block in review.blocks] == [None, later, later, later, None, None]


def test_a_span_is_when_it_happened_only_where_the_text_opens_with_it() -> None:
    case = text_case()
    texts = ["Three weeks later it fell.", "He had joined five months earlier."]
    blocks = tuple(replace(case.blocks[3], text=text) for text in texts)
    whens = [block.when for block in from_case(replace(case, blocks=blocks)).blocks]
    assert whens == ["Three weeks later", ""]


def test_places_join_over_lines_and_pages() -> None:
    first, second = Place(8, 9, 2), Place(1, 3, 3)
    assert str(joined_place(second, first)) == "page 2, line 8 to page 3, 3"
    assert joined_place(Place(4, 4), Place(1, 2)) == Place(1, 4)


@given(cases())
def test_a_review_is_kept_without_loss(case: CaseDocument) -> None:
    review = from_case(case)
    changed = replace(
        review, act="Split “x”", before=3,
        blocks=tuple(
            replace(block, known=Known.AVAILABLE, dropped="no", when="6pm", looked=True,
                    kind=Kind.ITEM, text=block.text + " more")
            for block in review.blocks
        ),
    )  # fmt: skip
    assert review_from_json(review_as_json(review, case), case) == review
    assert review_from_json(review_as_json(changed, case), case) == changed
