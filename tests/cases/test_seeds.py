"""The five published cases read right, where they are at hand: by counts, numbers and fragments."""

from __future__ import annotations

import pytest

from app.cases.document import CaseDocument, Kind
from app.cases.reading import read_case
from app.config import ROOT

SOURCES = ROOT.parent / "shared" / "seeds"


def seed(number: str) -> CaseDocument:
    """Read one of the five by the number that its name begins with."""
    (path,) = SOURCES.glob(f"{number}_*.txt")
    return read_case(path.read_bytes(), path.name)


def counts(case: CaseDocument) -> dict[str, int]:
    """Count the blocks of each kind."""
    return {
        kind.value: found
        for kind in Kind
        if (found := sum(block.kind is kind for block in case.blocks))
    }


def test_003_says_who_published_it_and_when() -> None:
    case = seed("003")
    assert case.family == "learning the lessons"
    assert (case.case, case.issue, case.theme) == ("6", "37", "Young people")
    assert (case.series, case.published) == ("Learning the Lessons", "2020-01")
    assert case.publisher == "Independent Office for Police Conduct"
    assert case.title is not None
    assert case.title.startswith("Contact between")
    assert case.title.endswith("offender")
    assert (case.force, case.references, case.tags) == (None, (), ())
    assert [len(issue.split()) for issue in case.raising_issues] == [7, 4, 5, 2]


def test_003_asks_four_questions_and_two_in_one_run() -> None:
    case = seed("003")
    assert [(one.number, one.audience) for one in case.questions] == [
        (1, "policy makers and managers"),
        (2, "policy makers and managers"),
        (3, "policy makers and managers"),
        (4, "policy makers and managers"),
        (5, "police officers and police staff"),
        (6, "police officers and police staff"),
    ]
    assert all(one.text.endswith("?") and one.text[0].isupper() for one in case.questions)


def test_003_joins_findings_recommendations_and_responses() -> None:
    case = seed("003")
    assert [finding.number for finding in case.findings] == [1, 2]
    joined = [(one.number, one.scope, one.finding) for one in case.recommendations]
    assert joined == [(1, "local", 1), (2, "local", 2)]
    first, second = case.recommendations
    assert "mandatory" in first.text
    assert first.response is not None
    assert "dispatching" in first.response
    assert "refresher training" in second.text
    assert second.response is not None
    assert "THRIVE+" in second.response
    # The number before the paragraph is the source's, and no part of what it says.
    assert case.findings[1].text.startswith("PC B failed")


def test_003_sets_guidance_apart_from_events() -> None:
    case = seed("003")
    (guidance,) = case.guidance
    assert guidance.title.startswith("College of Policing")
    assert guidance.url is not None
    assert guidance.url.startswith("https://www.app.college.police.uk/")
    assert guidance.url.endswith("#information-and-intelligence-checks")
    assert guidance.text.count("•") == 14
    assert "three weeks" not in guidance.text
    after = next(block for block in case.blocks if block.text.startswith("Around three weeks"))
    assert (after.kind, after.under) == (Kind.PARAGRAPH, "Overview of incident")


def test_003_has_one_outcome_and_its_sentence_mended() -> None:
    case = seed("003")
    (outcome,) = case.outcomes
    assert outcome.person == "PC B"
    assert outcome.text.startswith("PC B, the RAD")
    (cut,) = [block for block in case.blocks if "had not received any training on" in block.text
              and block.kind is Kind.PARAGRAPH]  # fmt: skip
    assert "©" not in cut.text
    assert (cut.place.line, cut.place.last_line) == (35, 39)
    assert [left.text for left in case.left_out].count("OFFICIAL") == 3
    assert any("Page 1 of 5" in left.text for left in case.left_out)
    assert counts(case) == {
        "heading": 19, "paragraph": 19, "list item": 9, "guidance": 18, "finding": 2,
        "recommendation": 2, "response": 2, "outcome": 1, "question": 6,
    }  # fmt: skip


def test_002_has_two_references_three_tags_and_its_lists() -> None:
    case = seed("002")
    assert case.references == ("2019/128347", "2020/134559")
    assert case.tags[0] == "Thames Valley Police"
    assert len(case.tags) == 3
    assert (case.force, case.published) == ("Thames Valley Police", "2022-04-29")
    items = [block for block in case.blocks if block.kind is Kind.ITEM]
    assert [block.place.line for block in items] == [*range(32, 38), *range(43, 48), 91, 92, 93]
    assert case.coverage == 1


def test_001_has_empty_recommendations_and_whole_sentences() -> None:
    case = seed("001")
    assert case.recommendations == ()
    assert [block.text for block in case.blocks[-3:]] == [
        "Date of recommendation", "Date response due", "Recommendations",
    ]  # fmt: skip
    assert all(block.kind is Kind.HEADING for block in case.blocks[-3:])
    mended = [block for block in case.blocks if block.place.last_line != block.place.line]
    assert [block.text.split()[-2:] for block in mended] == [
        ["appropriately", "progressed."], ["implement", "one."],
    ]  # fmt: skip
    assert (case.force, case.published) == ("Cambridgeshire Constabulary", "2021-03-02")
    assert case.references == ("2019/122912",)


@pytest.mark.parametrize(("number", "begins", "force", "published", "reference", "tags"), [
    ("000", "Actions following report", "Northamptonshire Police", "2019-02-20", "2016/077885", 0),
    ("004", "Alleged improper", "Metropolitan Police Service", "2022-12-06", "2020/132415", 2),
])  # fmt: skip
def test_000_and_004_say_their_title_force_and_date(
    number: str, begins: str, force: str, published: str, reference: str, tags: int
) -> None:
    case = seed(number)
    assert case.family == "investigation summary"
    assert case.title is not None
    assert case.title.startswith(begins)
    assert (case.force, case.published, case.references) == (force, published, (reference,))
    assert len(case.tags) == tags
    assert (case.series, case.issue, case.case, case.theme) == (None, None, None, None)
    assert (case.questions, case.findings, case.recommendations, case.outcomes) == ((), (), (), ())


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_nothing_of_the_five_is_left_for_the_tray(number: str) -> None:
    assert Kind.NOT_PLACED.value not in counts(seed(number))
