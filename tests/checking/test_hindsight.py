"""Warnings where a module gives away its outcome or its key before the learner decides."""

from typing import Any

import pytest

from app.catalogue.document import Module
from app.catalogue.module_files import Severity
from app.checking.checking import check_module
from tests.factories.modules import option, plain_module, question, text


def warnings(**more: Any) -> list[tuple[str, str]]:
    """Return the warnings about a made-up module as (last key, sentence)."""
    found = check_module(Module.model_validate(plain_module(**more)))
    assert not any(finding.severity is Severity.REFUSE for finding in found)
    return [(str(f.path[-1]), f.sentence) for f in found if f.severity is Severity.WARN]


def stages(*items: dict[str, Any], title: str = "First", end: str = "Nothing.") -> dict[str, Any]:
    return {
        "stages": [
            {"id": "first", "title": title, "known": "then", "items": list(items)},
            {"id": "last", "title": "After", "known": "later", "items": [text("end", end)]},
        ],
        "people": [],
    }


def test_a_title_that_gives_the_outcome_away() -> None:
    assert ("title", "“misconduct” may give the outcome away before the learner decides") in (
        warnings(title="A case of misconduct")
    )
    assert not any("outcome away" in said for _key, said in warnings(title="A call at night"))


def test_a_person_or_an_early_stage_that_gives_the_outcome_away() -> None:
    person = {"name": "Mr A", "who": "a registered sex offender", "from": "first",
              "place": "Overview, 1"}  # fmt: skip
    assert any(key == "who" and "sex offender" in said for key, said in warnings(people=[person]))
    early = stages(text("t", "He was later dismissed."))
    assert any("“dismissed”" in said for _key, said in warnings(**early))
    # The same words are in place where the outcome is told, and after the commit.
    late = stages(text("t", "A call."), end="He was dismissed for misconduct.")
    assert not any("outcome away" in said for _key, said in warnings(**late))


@pytest.mark.parametrize(
    "words",
    ["She felt guilty for ringing.", "He failed to answer the first time.",
     "It was too late to ring his school.", "It is too late for a visit."],
)  # fmt: skip
def test_a_word_of_the_callers_own_story_is_no_outcome(words: str) -> None:
    assert not any("outcome away" in said for _key, said in warnings(**stages(text("t", words))))


@pytest.mark.parametrize(
    "words",
    ["He was found guilty.", "She is guilty of theft.", "PC B failed to check.",
     "They failed to record it.", "Help came too late.", "It was too late to save her."],
)  # fmt: skip
def test_a_word_of_how_it_ended_is_an_outcome(words: str) -> None:
    assert any("outcome away" in said for _key, said in warnings(**stages(text("t", words))))


def test_an_uncommon_word_that_otherwise_stands_only_in_what_is_known_later() -> None:
    found = warnings(title="The blackmailer", **stages(text("t", "A call."), end="A blackmailer."))
    assert ("title", "“blackmailer” otherwise stands only in what is known later") in found
    told = stages(text("t", "A blackmailer rings."), end="A blackmailer.")
    assert not any(
        "blackmailer" in said for _key, said in warnings(title="The blackmailer", **told)
    )


def test_a_word_or_figure_of_the_sources_title_in_an_early_title() -> None:
    source = plain_module()["sources"][0] | {"title": "Download of 2016 left unread"}
    found = warnings(sources=[source], **stages(text("t"), title="The download"))
    assert ("title", "“download” stands in the title of a source, which is shown later") in found
    found = warnings(sources=[source], summary="It is 2016.")
    assert ("summary", "“2016” stands in the title of a source, which is shown later") in found
    dated = stages(text("t"))
    dated["stages"][0]["when"] = "March 2016"
    assert not [said for key, said in warnings(sources=[source], **dated) if key == "when"]


def test_titles_of_later_stages_and_headings_of_the_source_are_no_news() -> None:
    source = plain_module()["sources"][0]
    source |= {"headings": ["Overview", "Overview of incident", "Handover"]}
    made = stages(text("t", "A call."), title="Handover and supplying", end="Handover was late.")
    made["stages"][1]["title"] = "Supplying"
    assert not any("otherwise stands only" in said
                   for _key, said in warnings(sources=[source], **made))  # fmt: skip
    asked = stages(text("t", "A call."), title="Asking", end="Asking was left out.")
    assert not any("otherwise stands only" in said for _key, said in warnings(**asked))


def test_the_right_option_is_not_the_longest_by_far() -> None:
    options = [option("a", "0", text="Close the log"),
               option("b", "1", text="Ask for the date of birth, then check")]  # fmt: skip
    assert any(
        "longest" in s for _k, s in warnings(**stages(question("q", "single", options=options)))
    )
    options[0]["text"] = "Close the log and give the number out"
    assert not any(
        "longest" in s for _k, s in warnings(**stages(question("q", "single", options=options)))
    )


def test_the_key_does_not_always_stand_in_the_same_position() -> None:
    keyed = [question(f"q{n}", "single") for n in range(3)]
    assert any("all 3 single questions stands in position 2" in s
               for _k, s in warnings(**stages(*keyed)))  # fmt: skip
    moved = question("q2", "single", options=[option("x", "1"), option("y", "0")])
    assert not any("position" in s for _k, s in warnings(**stages(*keyed[:2], moved)))


def test_the_keys_of_multiple_questions_do_not_always_stand_in_the_same_positions() -> None:
    keyed = [question(f"q{n}", "multiple") for n in range(3)]
    said = [s for _k, s in warnings(**stages(*keyed))]
    assert "the right options of all 3 multiple questions stand in positions 1, 3" in said
    moved = question("q2", "multiple", options=[option("x", "0"), option("y", "1")])
    assert not any("position" in s for _k, s in warnings(**stages(*keyed[:2], moved)))


def test_a_module_without_a_later_stage_is_told() -> None:
    one = {"stages": stages(text("t"))["stages"][:1], "people": []}
    assert any("never shown" in said for _key, said in warnings(**one))
    assert not any("never shown" in said for _key, said in warnings())
