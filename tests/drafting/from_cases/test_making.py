"""A draft made from a case: nothing is lost, nothing invented, every piece has its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from app.cases.document import (
    Block,
    CaseDocument,
    Guidance,
    Kind,
    Place,
    Question,
    Recommendation,
    SourceLine,
)
from app.catalogue.document import Known
from app.catalogue.module_files import Severity
from app.checking.drafts import check_draft
from app.drafting.from_cases.making import draft_document, left_behind
from app.importing.reshaping import merge
from app.importing.review import ReviewedBlock, Use, from_case
from app.importing.source import Reviewed, places_of, source_text
from tests.factories.cases import text_case
from tests.importing.strategies import cases

SHA = "0" * 64
CARRIED = frozenset(Use) - {
    Use.HEADING, Use.ABOUT, Use.NOT_PLACED, Use.QUESTION_OFFICERS, Use.GUIDANCE,
}  # fmt: skip
Document = dict[str, Any]


def reviewed(case: CaseDocument, **marks: Known) -> Reviewed:
    """Return a case whose blocks are marked with when they could be known."""
    review = from_case(case)
    blocks = tuple(replace(b, known=marks.get(b.id, b.known)) for b in review.blocks)
    return Reviewed(case, replace(review, blocks=blocks), 1)


def made(case: CaseDocument, **marks: Known) -> Document:
    """Return the document made of a case."""
    return draft_document(reviewed(case, **marks), SHA)


def written(*rows: tuple[Kind, str, str], **more: Any) -> CaseDocument:
    """Return a case of such blocks, each on a line of its own."""
    blocks = tuple(Block(kind, text, Place(n, n), under) for n, (kind, under, text) in
                   enumerate(rows, 1))  # fmt: skip
    source = tuple(SourceLine(text, n) for n, (_kind, _under, text) in enumerate(rows, 1))
    bare = replace(text_case(), family="unknown", questions=(), tags=(), left_out=())
    return replace(bare, blocks=blocks, source=source, **more)


def items(document: Document) -> list[Document]:
    """Return every item in order."""
    return [item for stage in document["stages"] for item in stage["items"]]


def words_of(document: Document) -> Counter[str]:
    """Return how often each word stands in what a learner or a manager would read."""
    texts = [str(item.get("text", "")) for item in items(document)]
    texts += [str(claim.get("text", "")) for i in items(document) for claim in i.get("claims", ())]
    texts += [question["text"] for question in document["policy_questions"]]
    return Counter(word for text in texts for word in text.split() if word != "-")


def carried(found: Reviewed) -> list[ReviewedBlock]:
    """Return the blocks whose words a draft carries over."""
    return [block for block in found.review.kept if block.use in CARRIED]


@settings(deadline=None)
@given(cases())
def test_every_word_that_is_to_be_told_is_in_the_draft(case: CaseDocument) -> None:
    found = reviewed(case)
    wanted = Counter(word for block in carried(found) for word in block.text.split())
    have = words_of(draft_document(found, SHA))
    assert wanted - have == Counter()


@settings(deadline=None)
@given(cases())
def test_every_piece_keeps_its_place(case: CaseDocument) -> None:
    found = reviewed(case)
    document, places = draft_document(found, SHA), places_of(found)
    have = {
        place
        for piece in [*items(document), *document["policy_questions"]]
        for place in piece.get("place", "").split("; ")
    }
    for block in found.review.kept:
        if block.use in CARRIED | {Use.QUESTION_OFFICERS}:
            assert set(places[block.id].split("; ")) - {""} <= have


@settings(deadline=None)
@given(cases())
def test_what_is_made_has_unique_ids_and_lacks_only_what_the_author_writes(
    case: CaseDocument,
) -> None:
    found = reviewed(case)
    document = draft_document(found, SHA)
    names = [each["id"] for each in [*document["stages"], *items(document)]]
    assert len(names) == len(set(names))
    assert all(len(stage["items"]) <= 40 for stage in document["stages"])
    says = [f for f in check_draft(document, {SHA: source_text(found)[0]})
            if f.severity is Severity.REFUSE]  # fmt: skip
    about_places = [finding for finding in says if "place" in finding.path]
    assert about_places == []


def test_a_case_becomes_stages_reflections_and_policy_questions() -> None:
    document = made(text_case())
    titles = [(stage["title"], stage.get("known")) for stage in document["stages"]]
    assert titles == [
        ("Overview of incident", None),
        ("Questions for police officers and police staff", "then"),
        ("What was found", "later"),
    ]
    first = document["stages"][0]
    assert first["when"] == "At about 7.15pm"
    assert "- she had rung twice before" in first["items"][0]["text"]
    assert document["policy_questions"] == [
        {"number": 2, "text": "Who reads old logs?",
         "place": "Questions for policy makers and managers, 1"}
    ]  # fmt: skip


def test_two_questions_joined_are_both_asked() -> None:
    heading, other = "Questions for policy makers and managers", "Who tells the caller?"
    case = written(
        (Kind.HEADING, "", heading), (Kind.QUESTION, heading, "Who reads old logs?"),
        (Kind.QUESTION, heading, other),
        questions=(Question(7, heading, "Who reads old logs?"), Question(8, heading, other)),
    )  # fmt: skip
    review = merge(from_case(case), "b2")
    (asked,) = draft_document(Reviewed(case, review, 1), SHA)["policy_questions"]
    assert (asked["number"], asked["text"]) == (7, f"Who reads old logs? {other}")


def test_a_number_in_front_of_a_question_stands_in_its_field_alone() -> None:
    heading = "Questions for policy makers and managers"
    case = written(
        (Kind.QUESTION, heading, "7. Who reads old logs?"),
        questions=(Question(7, heading, "Who reads old logs?"),),
    )
    (asked,) = made(case)["policy_questions"]
    assert (asked["number"], asked["text"]) == (7, "Who reads old logs?")


def test_no_question_and_no_point_is_invented() -> None:
    (reflection,) = [i for i in items(made(text_case())) if i["kind"] == "reflection"]
    assert set(reflection) == {"id", "kind", "place"}
    assert reflection["place"] == "Questions for police officers and police staff, 1"


def test_only_the_iopc_asks_under_its_own_number_and_licence() -> None:
    other = made(text_case())
    assert "licence" not in other["sources"][0]
    own = made(replace(text_case(), publisher="Independent Office for Police Conduct"))
    assert own["sources"][0]["licence"] == "Open Government Licence v3.0"
    assert own["policy_questions"][0]["asked_by"] == "IOPC"
    (reflection,) = [i for i in items(own) if i["kind"] == "reflection"]
    assert reflection["iopc_question"] == 1


def test_the_source_is_named_with_its_digest_and_headings() -> None:
    (source,) = made(text_case())["sources"]
    assert source["sha256"] == SHA
    assert source["title"] == "The bridge that was not checked"
    assert source["issue"] == "Issue 3, case 1"
    assert source["references"] == ["2019/1", "2019/2"]
    assert "Overview of incident" in source["headings"]
    assert "series" not in source


def test_the_title_of_the_source_is_no_title_of_the_module() -> None:
    assert not {"title", "slug", "summary", "minutes", "content_note"} & set(made(text_case()))


def test_marks_of_the_timeline_part_the_story_and_what_came_later_stands_last() -> None:
    document = made(text_case(), b4=Known.THEN, b5=Known.AVAILABLE, b6=Known.LATER, b7=Known.LATER)
    assert [stage.get("known") for stage in document["stages"]] == [
        "then", "available", "then", "later", "later",
    ]  # fmt: skip
    assert document["stages"][3]["items"][0]["text"].startswith("Three weeks later")


def test_a_new_date_begins_a_stage_once_there_is_something_to_read() -> None:
    long = "On 3 May 2019 " + "she rang and nobody came " * 15
    case = written(
        (Kind.HEADING, "", "Events"), (Kind.PARAGRAPH, "Events", long),
        (Kind.PARAGRAPH, "Events", "On 9 May 2019 she rang again."),
        (Kind.PARAGRAPH, "Events", "On 10 May 2019 he answered."),
    )  # fmt: skip
    stages = made(case)["stages"]
    assert [(s["title"], s["when"]) for s in stages] == [
        ("Events", "3 May 2019"), ("", "9 May 2019"),
    ]  # fmt: skip
    assert len(stages[1]["items"]) == 2


def test_guidance_is_one_extract_with_its_title_and_link() -> None:
    title, url = "How to take a call", "https://example.test/calls"
    case = written(
        (Kind.HEADING, "", "Events"), (Kind.PARAGRAPH, "Events", "She rang."),
        (Kind.GUIDANCE, "Events", title), (Kind.GUIDANCE, title, "Ask for the number."),
        (Kind.GUIDANCE, title, url), (Kind.PARAGRAPH, "Events", "Nobody came."),
        guidance=(Guidance(title, "Ask for the number.", url),),
    )  # fmt: skip
    (stage,) = made(case)["stages"]
    assert [item["kind"] for item in stage["items"]] == ["text", "extract", "text"]
    extract = stage["items"][1]
    assert (extract["form"], extract["title"], extract["url"]) == ("guidance", title, url)
    assert extract["text"] == "Ask for the number."


def test_the_words_that_lead_to_a_link_are_no_guidance() -> None:
    title, url = "How to take a call", "https://example.test/calls"
    rows = ((Kind.GUIDANCE, "", title), (Kind.GUIDANCE, title, "Ask."))
    for leads in (("Read more online:", url), (f"Read more online: {url}",)):
        pieces = tuple((Kind.GUIDANCE, title, text) for text in leads)
        known = (Guidance(title, "Ask.", url),)
        (extract,) = items(made(written(*rows, *pieces, guidance=known)))
        assert (extract["text"], extract["url"]) == ("Ask.", url)
    unlinked = written(*rows, (Kind.GUIDANCE, title, "Read more online:"),
                       guidance=(Guidance(title, "Ask.", None),))  # fmt: skip
    assert "Read more online:" in items(made(unlinked))[0]["text"], "no word without its link"


def test_no_two_stages_have_one_title() -> None:
    case = written(
        (Kind.HEADING, "", "Events"), (Kind.PARAGRAPH, "Events", "She rang."),
        (Kind.HEADING, "", "Asking"), (Kind.PARAGRAPH, "Asking", "He asked."),
        (Kind.HEADING, "", "Events"), (Kind.PARAGRAPH, "Events", "She rang again."),
        (Kind.PARAGRAPH, "Events", "It was found in May."),
        (Kind.PARAGRAPH, "Asking", "He had known."),
        *((Kind.FINDING, "", f"Finding {n}.") for n in range(41)),
    )  # fmt: skip
    stages = made(case, b7=Known.LATER, b8=Known.LATER)["stages"]
    assert [stage["title"] for stage in stages] == [
        "Events", "Asking", "Events (2)", "What came out later", "What came out later (2)",
        "What was found", "What was found (2)",
    ]  # fmt: skip


def test_an_extract_is_a_log_only_where_it_looks_like_one() -> None:
    log = "18:31 Call received\n18:40 Graded"
    case = written((Kind.QUOTATION, "", log), (Kind.QUOTATION, "", "I am not well"))
    one, other = items(made(case))
    assert one["form"] == "log"
    assert "form" not in other


def test_a_response_stands_below_its_recommendation() -> None:
    case = written(
        (Kind.RECOMMENDATION, "One", "Train everybody."), (Kind.RECOMMENDATION, "Two", "Buy it."),
        (Kind.RESPONSE, "One", "All are trained."), (Kind.RESPONSE, "Two", "It was bought."),
        recommendations=(Recommendation(1, None, "Train everybody.", None, "All are trained."),
                         Recommendation(2, None, "Buy it.", None, "It was bought.")),
    )  # fmt: skip
    assert [item["text"] for item in items(made(case))] == [
        "Train everybody.", "All are trained.", "Buy it.", "It was bought.",
    ]  # fmt: skip


def test_pieces_of_one_recommendation_and_of_its_response_are_one_text_each() -> None:
    case = written(
        (Kind.RECOMMENDATION, "", "Train everybody."), (Kind.RECOMMENDATION, "", "Nobody was."),
        (Kind.RESPONSE, "", "Yes"), (Kind.RESPONSE, "", "All are trained."),
        (Kind.RECOMMENDATION, "", "Buy it."), (Kind.RESPONSE, "", "Yes"),
        (Kind.RESPONSE, "", "It was bought."), (Kind.RESPONSE, "", "Nobody asked for this."),
        recommendations=(
            Recommendation(None, None, "Train everybody.\nNobody was.", None,
                           "Yes\nAll are trained."),
            Recommendation(None, None, "Buy it.", None, "Yes\nIt was bought."),
        ),
    )  # fmt: skip
    assert [item["text"] for item in items(made(case))] == [
        "Train everybody.\n\nNobody was.", "Yes\n\nAll are trained.", "Buy it.",
        "Yes\n\nIt was bought.", "Nobody asked for this.",
    ]  # fmt: skip


def test_a_finding_too_long_for_a_claim_loses_no_word() -> None:
    long = "It was not read. " * 60
    (item,) = items(made(written((Kind.FINDING, "", long.strip()))))
    assert item["text"].split() == long.split()
    assert "text" not in item["claims"][0]


def test_a_standing_that_the_source_denies_stays_to_be_chosen() -> None:
    denied, stated = "PC A did not have a case to answer.", "PC B had a case to answer."
    document = made(written((Kind.OUTCOME, "", denied), (Kind.FINDING, "", stated)))
    claims = [claim for item in items(document) for claim in item["claims"]]
    assert {claim["text"]: claim.get("standing") for claim in claims} == {
        denied: None, stated: "case to answer",
    }  # fmt: skip


def test_what_is_not_placed_goes_into_no_draft_and_is_told() -> None:
    found = reviewed(text_case())
    assert [block.text for block in left_behind(found)] == ["Grade 3 / B"]
    assert "Grade" not in words_of(draft_document(found, SHA))


def test_what_was_dropped_stays_out() -> None:
    review = from_case(text_case())
    blocks = tuple(replace(b, dropped="Said before.") if b.id == "b5" else b for b in review.blocks)
    document = draft_document(Reviewed(text_case(), replace(review, blocks=blocks), 1), SHA)
    assert "twice" not in words_of(document)


def test_a_date_within_a_list_does_not_part_it() -> None:
    long = "A line of the story with some words in it. " * 10
    case = written(
        (Kind.PARAGRAPH, "", f"{long}We looked into:"),
        (Kind.ITEM, "", "what he wrote on 3 May 2019"),
        (Kind.ITEM, "", "what she read on 8 June 2020"),
    )
    (stage,) = made(case)["stages"]
    (told,) = stage["items"]
    assert told["text"].endswith("- what he wrote on 3 May 2019\n- what she read on 8 June 2020")


def test_a_list_within_guidance_stays_a_list() -> None:
    case = written(
        (Kind.GUIDANCE, "", "Look into these:"), (Kind.GUIDANCE, "", "the log"),
        (Kind.GUIDANCE, "", "the map"),
    )  # fmt: skip
    marks = ("", "- ", "• ")
    source = tuple(
        replace(line, text=mark + line.text) for mark, line in zip(marks, case.source, strict=True)
    )
    (extract,) = items(made(replace(case, source=source)))
    assert extract["text"] == "Look into these:\n\n- the log\n- the map"
