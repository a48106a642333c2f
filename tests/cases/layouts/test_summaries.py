"""Investigation summaries, and documents of no known family."""

from __future__ import annotations

import pytest

from app.cases.document import CaseDocument, Kind
from app.cases.reading import read_pasted

SUMMARY = """\
Delay in answering a letter from a prisoner — Southmere Police, March 2018

Published: 4 September 2019

Background

In March 2018 a prisoner wrote to Southmere Police about
a bicycle. The letter was put in a tray. Nobody answered it for
eleven months. We were asked to look at why this was so and we
began our investigation in April 2018.

Our investigation

We found that:
- the tray had no owner
- the letter was in a
  brown envelope

Our conclusions

We concluded that nobody had a case to answer.

IOPC reference: 2018/900111, 2018/900112 & 2019/900113

Date of recommendation
4 May 2019
Date response due
29 June 2019
Recommendation 1
The force should give each tray an owner.
Response
Accepted. Each tray has an owner.
Date of recommendation
5 May 2019
Recommendation 2
The force should open brown envelopes first.

Tags: Southmere Police, Letters and post, Custody
"""
NOTES = """\
Some notes about the bridge

We went to the bridge on Monday and it was closed. People were waiting
there with their bicycles, and nobody knew when it would be opened
again.

What we saw

There were three boats. One of them had a red flag and
the others had none.

* first thing
* second thing
"""


def kinds(case: CaseDocument) -> list[Kind]:
    """Return the kinds of the blocks in order."""
    return [block.kind for block in case.blocks]


def test_a_summary_with_recommendation_blocks() -> None:
    case = read_pasted(SUMMARY)
    assert case.family == "investigation summary"
    assert (case.force, case.published) == ("Southmere Police", "2019-09-04")
    assert case.references == ("2018/900111", "2018/900112", "2019/900113")
    assert case.tags == ("Southmere Police", "Letters and post", "Custody")
    assert case.publisher == "Independent Office for Police Conduct"
    assert [(r.number, r.scope, r.text, r.response) for r in case.recommendations] == [
        (1, None, "The force should give each tray an owner.", "Accepted. Each tray has an owner."),
        (2, None, "The force should open brown envelopes first.", None),
    ]
    dates = [block.text for block in case.blocks if block.under.startswith("Date")]
    assert dates == ["4 May 2019", "29 June 2019", "5 May 2019"]
    assert Kind.NOT_PLACED not in kinds(case)
    assert case.coverage == 1
    # What stands behind a label on its line is no part of the story above it.
    labelled = [block.under for block in case.blocks if block.text.startswith(("IOPC", "Tags"))]
    assert labelled == ["IOPC reference", "Tags"]


ACCEPTED = """\
Recommendations – Southmere Police, April 2023

A letter was put in a tray and nobody read it.

IOPC reference

Recommendations
Southmere Police 2023/900114

The IOPC recommends that Southmere Police gives each tray an owner.

This follows an enquiry in which a tray had none.

Do you accept the recommendation?

Yes

Accepted action:

Each tray has an owner.

The list of owners hangs beside them.

The IOPC recommends that Southmere Police reads its post, and looks at:

- brown envelopes
- white envelopes

Do you accept the recommendation? No

Rejected action: There is no time.
"""


def test_recommendations_without_numbers_each_with_its_answer() -> None:
    case = read_pasted(ACCEPTED)
    assert [(r.number, r.text, r.response) for r in case.recommendations] == [
        (
            None,
            "The IOPC recommends that Southmere Police gives each tray an owner.\n"
            "This follows an enquiry in which a tray had none.",
            "Yes\nEach tray has an owner.\nThe list of owners hangs beside them.",
        ),
        (
            None,
            "The IOPC recommends that Southmere Police reads its post, and looks at:\n"
            "• brown envelopes\n• white envelopes",
            "No\nThere is no time.",
        ),
    ]
    assert case.coverage == 1
    assert Kind.NOT_PLACED not in kinds(case)
    # The second stands below the heading of both, not below the answer to the first.
    second = [block for block in case.blocks if block.text.startswith("The IOPC")][1]
    assert second.under == "Recommendations"


def test_a_recommendation_below_its_dates() -> None:
    text = SUMMARY.replace("Recommendation 2\n", "").replace(
        "The force should open", "The IOPC recommends to open"
    )
    case = read_pasted(text)
    assert [r.text for r in case.recommendations] == [
        "The force should give each tray an owner.",
        "The IOPC recommends to open brown envelopes first.",
    ]
    assert case.recommendations[0].response == "Accepted. Each tray has an owner."


def test_headings_of_a_summary_and_wrapped_lines() -> None:
    case = read_pasted(SUMMARY)
    assert [block.text for block in case.blocks if block.kind is Kind.HEADING][1:4] == [
        "Background", "Our investigation", "Our conclusions",
    ]  # fmt: skip
    items = [block.text for block in case.blocks if block.kind is Kind.ITEM]
    assert items == ["the tray had no owner", "the letter was in a brown envelope"]


@pytest.mark.parametrize(("title", "force"), [
    ("Lost keys – Northshire Police, May 2017", "Northshire Police"),
    ("Lost keys - found keys - Northshire Police, May 2017", "Northshire Police"),
    ("Lost keys — British River Police, September 2020", "British River Police"),
    ("Lost keys at a station", None),
    ("Lost keys – Northshire Police", None),
])  # fmt: skip
def test_the_force_stands_in_the_title_or_is_not_said(title: str, force: str | None) -> None:
    case = read_pasted(
        f"{title}\n\nPublished 20 Feb 2019\nInvestigation\n\nA story.\n\nIOPC reference\n\n2019/123"
    )
    assert (case.family, case.title) == ("investigation summary", title)
    assert (case.force, case.published, case.references) == (force, "2019-02-20", ("2019/123",))


@pytest.mark.parametrize(("line", "date"), [
    ("Published 20 Feb 2019", "2019-02-20"), ("Published 02 Mar 2021", "2021-03-02"),
    ("Published January 2020", "2020-01"), ("Published: 1st September 2019", "2019-09-01"),
    ("Published on 20/02/2019", "2019-02-20"), ("Publication date: 2019-02-20", "2019-02-20"),
    ("Published 2012", "2012"), ("Published 31 February 2019", None), ("Published soon", None),
])  # fmt: skip
def test_dates_are_as_exact_as_the_source(line: str, date: str | None) -> None:
    case = read_pasted(
        f"Lost keys – Northshire Police, May 2017\n\n{line}\n\nInvestigation\n\nA story.\n\n"
        "IOPC reference\n\n2019/123456"
    )
    assert case.published == date
    assert "Published" in case.blocks[1].text or "Publication" in case.blocks[1].text


def test_labels_without_anything_below_them_stay() -> None:
    case = read_pasted(
        "Keys – Northshire Police, May 2017\nPublished 2 May 2019\nInvestigation\n\nA story.\n\n"
        "IOPC reference\n\nTags\n\nDate of recommendation\nDate response due\n\nRecommendations"
    )
    assert (case.references, case.tags, case.recommendations) == ((), (), ())
    assert kinds(case)[-5:] == [Kind.HEADING] * 5


def test_recommendations_without_a_number_and_with_a_list() -> None:
    case = read_pasted(
        "Keys – Northshire Police, May 2017\nPublished 2 May 2019\nInvestigation\n\nA story.\n\n"
        "Recommendations\n\nThe force should look after:\n\n• its keys\n• its doors\n\n"
        "The force should write letters.\n\nTags\n\n• Keys"
    )
    assert [(found.number, found.text) for found in case.recommendations] == [
        (None, "The force should look after:\n• its keys\n• its doors"),
        (None, "The force should write letters."),
    ]


def test_a_document_of_no_known_family_becomes_blocks() -> None:
    case = read_pasted(NOTES)
    assert (case.family, case.title) == ("unknown", "Some notes about the bridge")
    assert kinds(case) == [
        Kind.HEADING, Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM,
    ]  # fmt: skip
    assert (case.published, case.force, case.series, case.references) == (None, None, None, ())
    assert case.coverage == 1


@pytest.mark.parametrize(
    "text", ["a", "1.", "•", "Finding 1", "Questions to consider", "©", "Tags"]
)
def test_a_few_words_are_a_document_too(text: str) -> None:
    case = read_pasted(text)
    assert len(case.blocks) + len(case.left_out) >= 1


@pytest.mark.parametrize(("line", "publisher"), [
    ("IOPC reference", "Independent Office for Police Conduct"),
    ("IPCC reference", "Independent Police Complaints Commission"),
    ("© Independent Office for Police Conduct. Page 1 of 2",
     "Independent Office for Police Conduct"),
    ("learning@ipcc.gsi.gov.uk", "Independent Police Complaints Commission"),
    ("The force then told the Independent Office for Police Conduct what its own review had found.",
     None),
])  # fmt: skip
def test_the_publisher_is_who_signs_it_and_not_who_is_named(
    line: str, publisher: str | None
) -> None:
    assert read_pasted(f"{NOTES}\n\n{line}\n\n2019/123456").publisher == publisher


def test_lines_of_a_website_above_the_title_go_to_the_tray() -> None:
    case = read_pasted(f"Home\nOur work\n\n{SUMMARY}")
    assert case.title == SUMMARY.splitlines()[0]
    assert (case.force, case.published) == ("Southmere Police", "2019-09-04")
    assert kinds(case)[:3] == [Kind.NOT_PLACED, Kind.NOT_PLACED, Kind.HEADING]


@pytest.mark.parametrize("line", ["Published 3 aprıl 2019", "Published ſept 2019"])
def test_a_month_with_another_letter_is_no_month(line: str) -> None:
    assert (
        read_pasted(f"Lost keys – Northshire Police, May 2017\n\n{line}\n\nOne.").published is None
    )
