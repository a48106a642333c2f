"""Learning the Lessons cases through the years: headers, findings, outcomes, questions."""

from __future__ import annotations

import pytest

from app.cases.document import CaseDocument, Kind
from app.cases.reading import read_pasted

OLD = """\
PROTECT

Published August 2012
LEARNING THE LESSONS
Case 2 | Bulletin 17 – General
For archived bulletins, learning reports and related background documents
visit www.example.org/learning-the-lessons
learning@example.org    www.example.org/learning-the-lessons

Missing dog walker not looked for until the
next morning

A report that a man had not come home from walking his dog, raising issues about:
\t•\tAsking what is unusual about a person's absence
\t•\tGrading of
reports of missing people
\t•\tRecording who has been told

This case is relevant if you work in:

\tPublic protection
\tContact management

Overview of the incident

At 8.10pm Mrs K rang her local police station. Her husband, Mr L, had left at 4pm to walk their
dog and had not come home. PC M took the call and told Mrs K that most people come home by
themselves. He did not create a log.

Type of investigation

IPCC supervised investigation

Findings and recommendations

Finding 1: No log was made of the first call.
1. PC M said that he had never been told which calls need a log.

Local recommendation 1 – Logs
2. The force should tell its front counters which calls need a log.
(a) for missing people
(b) for others

Finding 2

3. Nobody was free to search.

Local recommendation 2
4. The force should agree with its neighbours how searchers are called out at night.

National recommendations

There were no national recommendations.

Force response

Local recommendations 1 and 2
The force accepts both.

Outcomes for the officers and staff involved

PC M
1. PC M received management advice.

Sergeant N
2. Sergeant N received words of advice.
3. He has since moved to another station.

Questions to consider

Key questions for policy makers/managers:
• How do your counters know which calls need a log?
• Whom can you call
out at night?

Key questions for police officers/police staff:
• What would you have asked Mrs K?
"""
LISTS = """\
Bulletin 21, Case 7

Learning the Lessons

Keys left in a door: nobody looked

Summary

A set of keys was left in a station door.

Findings

1. The keys were left in the door overnight.

2. Nobody signs for keys.

Recommendations

Local recommendations

1. The force should have a book for keys.

2. The force should look at the door each night.

National recommendations

3. Forces should share what they learn about keys.

Force response

1. There is a book now.

3. A meeting was held.

Outcomes

No further action was taken.

Key questions for police officers and staff

1) Where do you leave keys?

2) Who looks?

Key questions for managers and policy makers

1) Do you have a book?
   - for keys
   - for cars

Write to the editor if you have a better idea.
"""


def one(text: str, kind: Kind) -> list[str]:
    """Return the texts of the blocks of a kind."""
    return [block.text for block in read_pasted(text).blocks if block.kind is kind]


@pytest.mark.parametrize(("line", "case", "issue", "theme"), [
    ("Case 2 | Bulletin 17 – General", "2", "17", "General"),
    ("Bulletin 17, Case 2", "2", "17", None),
    ("Bulletin 17 – General | Case 2", "2", "17", "General"),
    ("Case 6 Issue 37 – Young people", "6", "37", "Young people"),
    ("Case 6 Issue 37 – Young people LEARNING THE LESSONS", "6", "37", "Young people"),
    ("LEARNING THE LESSONS Case 6 | Issue 37: Roads, rivers and rail", "6", "37",
     "Roads, rivers and rail"),
    ("CASE 12 ISSUE 40", "12", "40", None),
])  # fmt: skip
@pytest.mark.parametrize("order", [0, 1, 2])
def test_the_header_reads_alike_in_any_order(
    line: str, case: str, issue: str, theme: str | None, order: int
) -> None:
    lines = [line, "Published August 2012", "OFFICIAL"]
    header = "\n\n".join(lines[order:] + lines[:order])
    found = read_pasted(
        f"{header}\n\nA kite in a tree\n\nA kite, raising issues about:\n\n- Trees\n\n"
        "This case is relevant if you work in:\n\nOverview of incident\n\nA kite hung in a tree."
    )
    assert (found.family, found.title) == ("learning the lessons", "A kite in a tree")
    assert (found.case, found.issue, found.theme) == (case, issue, theme)
    assert (found.published, found.raising_issues) == ("2012-08", ("Trees",))
    assert Kind.NOT_PLACED not in [block.kind for block in found.blocks]


def test_what_the_header_does_not_say_is_not_guessed() -> None:
    found = read_pasted("Overview of incident\n\nA kite.\n\nType of investigation\n\nLocal\n\n"
                        "Questions to consider\n\n1. Why?")  # fmt: skip
    assert found.family == "learning the lessons"
    assert (found.title, found.series, found.case, found.issue) == (None, None, None, None)
    assert (found.theme, found.force, found.published, found.publisher) == (None, None, None, None)


def test_an_old_case_with_tabs_and_wrapped_lines() -> None:
    found = read_pasted(OLD)
    assert found.title == "Missing dog walker not looked for until the next morning"
    assert found.raising_issues == (
        "Asking what is unusual about a person's absence",
        "Grading of reports of missing people",
        "Recording who has been told",
    )
    assert [left.text for left in found.left_out] == [
        "PROTECT",
        "For archived bulletins, learning reports and related background documents "
        "visit www.example.org/learning-the-lessons",
        "learning@example.org www.example.org/learning-the-lessons",
    ]
    (story,) = [block for block in found.blocks if block.under == "Overview of the incident"]
    assert story.text.startswith("At 8.10pm")
    assert story.text.endswith("create a log.")


def test_findings_and_recommendations_with_words_on_the_line_of_their_number() -> None:
    found = read_pasted(OLD)
    assert [finding.number for finding in found.findings] == [1, 2]
    assert found.findings[0].text.startswith("No log was made of the first call.\n")
    first, second = found.recommendations
    assert first.text.endswith("need a log.\n(a) for missing people\n(b) for others")
    assert (first.number, first.scope, first.finding) == (1, "local", 1)
    assert (second.number, second.scope, second.finding) == (2, "local", 2)
    assert first.response == second.response == "The force accepts both."


def test_that_there_is_none_is_no_recommendation() -> None:
    assert "There were no national recommendations." in one(OLD, Kind.PARAGRAPH)


def test_outcomes_stand_together_by_person() -> None:
    outcomes = read_pasted(OLD).outcomes
    assert [outcome.person for outcome in outcomes] == ["PC M", "Sergeant N"]
    assert outcomes[1].text.splitlines() == [
        "Sergeant N received words of advice.", "He has since moved to another station.",
    ]  # fmt: skip


def test_questions_without_numbers_count_for_each_audience() -> None:
    assert [(asked.number, asked.audience) for asked in read_pasted(OLD).questions] == [
        (1, "policy makers/managers"), (2, "policy makers/managers"),
        (1, "police officers/police staff"),
    ]  # fmt: skip


def test_lists_of_findings_and_recommendations_join_by_number() -> None:
    found = read_pasted(LISTS)
    assert [finding.number for finding in found.findings] == [1, 2]
    assert [(r.number, r.scope, r.finding, r.response) for r in found.recommendations] == [
        (1, "local", 1, "There is a book now."),
        (2, "local", 2, None),
        (3, "national", None, "A meeting was held."),
    ]
    assert [(outcome.person, outcome.text) for outcome in found.outcomes] == [
        (None, "No further action was taken."),
    ]  # fmt: skip


def test_a_question_keeps_its_list_and_what_is_no_question_goes_to_the_tray() -> None:
    found = read_pasted(LISTS)
    assert [(asked.number, asked.text) for asked in found.questions] == [
        (1, "Where do you leave keys?"), (2, "Who looks?"),
        (1, "Do you have a book?\n• for keys\n• for cars"),
    ]  # fmt: skip
    assert one(LISTS, Kind.NOT_PLACED) == ["Write to the editor if you have a better idea."]


def recommended(middle: str) -> CaseDocument:
    """Read a case with these findings and recommendations."""
    return read_pasted(
        f"Case 1 Issue 2 – Kites\n\nOverview of incident\n\nA kite.\n\nFindings\n\n{middle}\n\n"
        "Questions to consider\n\n1. Why?"
    )


@pytest.mark.parametrize(("middle", "joined"), [
    ("Finding 1\n\nA.\n\nRecommendation 1\n\nB.\n\nFinding 2\n\nC.\n\nRecommendation 2\n\nD.",
     [1, 2]),
    # Three recommendations follow one finding.
    ("Finding 1\n\nA.\n\nRecommendation 1\n\nB.\n\nRecommendation 2\n\nD.", [1, 1]),
    # All findings first: only numbers that fit one to one are joined.
    ("Finding 1\n\nA.\n\nFinding 2\n\nB.\n\nRecommendation 1\n\nC.\n\nRecommendation 2\n\nD.",
     [1, 2]),
    ("Finding 1\n\nA.\n\nFinding 2\n\nB.\n\nRecommendation 1\n\nC.", [None]),
    # The source says it itself, and for this one only.
    ("Finding 1\n\nA.\n\nFinding 2\n\nB.\n\nLocal recommendation 1 (Finding 2)\n\nC.\n\n"
     "Local recommendation 2 (findings 1)\n\nD.", [2, 1]),
    ("Finding 1\n\nA.\n\nNational recommendations\n\nNational recommendation 1\n\nB.", [None]),
])  # fmt: skip
def test_a_recommendation_is_joined_to_its_finding_or_to_none(
    middle: str, joined: list[int | None]
) -> None:
    assert [found.finding for found in recommended(middle).recommendations] == joined


def test_local_and_national_numbers_are_not_mixed_up_by_their_responses() -> None:
    found = recommended(
        "Local recommendation 1\n\nA.\n\nNational recommendation 1\n\nB.\n\n"
        "Response to the recommendations\n\nNational recommendation 1\n\nYes.\n\n"
        "Local recommendation 1\n\nNo."
    )
    assert [(r.scope, r.response) for r in found.recommendations] == [
        ("local", "No."), ("national", "Yes."),
    ]  # fmt: skip


def test_a_response_right_below_its_recommendation() -> None:
    found = recommended(
        "Finding 1\n\nA.\n\nRecommendation 1\n\nB.\n\nResponse\n\nYes.\n\n"
        "Finding 2\n\nC.\n\nRecommendation 2\n\nD.\n\nForce response\n\nNo."
    )
    assert [(r.finding, r.response) for r in found.recommendations] == [(1, "Yes."), (2, "No.")]


def test_lines_of_a_website_above_the_title_go_to_the_tray() -> None:
    found = read_pasted(f"Home\n\n{OLD}")
    assert found.title == "Missing dog walker not looked for until the next morning"
    assert one(f"Home\n\n{OLD}", Kind.NOT_PLACED) == ["Home"]


def test_outcomes_and_questions_on_the_line_of_their_person_or_number() -> None:
    found = read_pasted(
        "Case 1 Issue 2 – Kites\n\nOverview of incident\n\nA kite.\n\n"
        "Outcomes for officers and staff\n\nPC B: received advice.\nPC C – no further action.\n\n"
        "Questions for police officers and staff\n\n1 What would you do?\n2 Where is the kite?"
    )
    assert [(outcome.person, outcome.text) for outcome in found.outcomes] == [
        ("PC B", "received advice."), ("PC C", "no further action."),
    ]  # fmt: skip
    assert [(asked.number, asked.text) for asked in found.questions] == [
        (1, "What would you do?"), (2, "Where is the kite?"),
    ]  # fmt: skip
    assert "2 Where is the kite?" in [block.text for block in found.blocks]
