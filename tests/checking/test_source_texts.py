"""With the source at hand, places must exist in it and nothing long may be copied from it."""

import hashlib
from typing import Any

from app.catalogue.document import Module
from app.catalogue.module_files import Severity
from app.checking.checking import check_module
from app.checking.source_texts import source_texts_in
from tests.factories.modules import plain_module, text

SOURCE = """A case that ended badly

Overview

The caller rang at night and said that a man whom he had never met was asking for money.
The officer wrote down the number and closed the log.

Response

The force trained everyone.

Response

The officer, who had 37 calls that night, was given advice in 2021.
"""
SHA = hashlib.sha256(SOURCE.encode()).hexdigest()


def module(*items: dict[str, Any], **source: Any) -> Module:
    first = plain_module()["sources"][0]
    headings = ["Overview", "Response", "Response (2)"]
    stages = [
        {"id": "first", "title": "First", "known": "then", "items": list(items)},
        {"id": "last", "title": "Last", "known": "later", "items": [
            text("end", "Advice came in 2021 to the officer in Ambleford.")
            | {"place": "Response (2), 1"}]},
    ]  # fmt: skip
    return Module.model_validate(
        plain_module(
            sources=[first | {"headings": headings, "sha256": SHA} | source],
            stages=stages,
            people=[],
            policy_questions=[],
        )
    )


def refusals(checked: Module, texts: dict[str, str] | None = None) -> list[str]:
    found = check_module(checked, {SHA: SOURCE} if texts is None else texts)
    return [finding.sentence for finding in found if finding.severity is Severity.REFUSE]


def warnings(checked: Module, texts: dict[str, str] | None = None) -> list[str]:
    found = check_module(checked, {SHA: SOURCE} if texts is None else texts)
    return [finding.sentence for finding in found if finding.severity is Severity.WARN]


def at(place: str, words: str = "A call comes in.") -> dict[str, Any]:
    return text("t", words) | {"place": place}


def test_places_that_exist_are_left_alone() -> None:
    assert refusals(module(at("Overview, 1; Overview, 2; Response (2), 1"))) == []


def test_a_paragraph_that_does_not_exist_is_refused() -> None:
    assert refusals(module(at("Overview, 3"))) == [
        "“Overview, 3” does not exist: there are 2 paragraphs below that heading"
    ]
    assert refusals(module(at("Response, 2")))[0].startswith("“Response, 2” does not exist")


def test_a_heading_that_is_no_line_of_the_source_is_refused() -> None:
    headings = ["Overview", "Response", "Response (2)", "Response (3)", "Outcome"]
    said = refusals(module(at("Overview, 1"), headings=headings))
    assert said == [
        "“Response (3)” is not a line of the source",
        "“Outcome” is not a line of the source",
    ]


def test_without_the_source_places_are_left_unchecked_and_that_is_said() -> None:
    without = module(at("Overview, 9"))
    assert refusals(without, {}) == []
    assert any(
        "the document of this source is not at hand: import it" in said
        for said in warnings(without, {})
    )
    assert not any("not at hand" in f.sentence for f in check_module(without, None))


def kept(place: str, words: str) -> Module:
    """Return a module whose source keeps all rights."""
    return module(at(place, words), licence="All rights reserved")


def test_twelve_words_in_a_row_are_copied_and_eleven_are_not() -> None:
    run = [
        "said",
        "that",
        "a",
        "man",
        "whom",
        "he",
        "had",
        "never",
        "met",
        "was",
        "asking",
        "for",
        "money",
    ]
    assert refusals(kept("Overview, 1", " ".join(run[:12]))) == [
        "copied from the source: “" + " ".join(run[:12]) + "…”"
    ]
    assert refusals(kept("Overview, 1", " ".join(run[:11]) + " cash")) == []


def test_case_line_breaks_and_marks_do_not_hide_a_copy() -> None:
    words = "The CALLER rang,\nat night; and said - that a man whom\nhe had never met"
    assert refusals(kept("Overview, 1", words))[0].startswith("copied from the source")


def test_what_is_copied_is_shown_as_it_was_written() -> None:
    words = "Rightly. The CALLER rang,\nat night; and said - that a man whom\nhe had never met."
    assert refusals(kept("Overview, 1", words)) == [
        "copied from the source: “The CALLER rang, at night; and said - that a man whom he…”"
    ]


def test_a_short_quotation_is_allowed_and_a_long_one_is_not() -> None:
    short = "The caller rang at night and said “that a man whom he had never met” was asking."
    assert refusals(kept("Overview, 1", short)) == []
    long = "He “said that a man whom he had never met was asking for money” then."
    assert refusals(kept("Overview, 1", long))[0].startswith("copied from the source")


def test_an_open_licence_allows_a_copy_and_own_words_are_asked_for() -> None:
    words = "The caller rang at night and said that a man whom he had never met"
    open_licence = module(at("Overview, 1", words), licence="Open Government Licence v3.0")
    assert refusals(open_licence) == []
    (said,) = [each for each in warnings(open_licence) if each.startswith("copied")]
    assert "the Open Government Licence v3.0 allows it, but write it in your own words" in said
    assert not [each for each in warnings(kept("Overview, 1", words)) if "copied" in each]


def test_a_figure_is_held_against_the_paragraph_that_it_cites() -> None:
    said = " / ".join(warnings(module(at("Response (2), 1", "He had 73 calls that night."))))
    where = "Response (2), paragraph 1"
    assert f"“73” is not in the paragraphs cited ({where}); there it is “37”" in said
    said = " / ".join(warnings(module(at("Response (2), 1", "He had 37 calls that night."))))
    assert "is not in the paragraphs cited" not in said


def test_a_later_figure_or_name_without_ground_of_its_own_is_a_warning() -> None:
    early = at("Overview, 1", "It is 2021 and the log goes to Ambleford tonight.")
    said = warnings(module(early))
    assert "“2021” stands in what is known only later (stage last)" in said
    assert "“Ambleford” stands in what is known only later (stage last)" in said
    grounded = at("Response (2), 1", "It is 2021.")
    assert "“2021” stands in what is known only later (stage last)" not in warnings(
        module(grounded)
    )


def test_the_texts_of_a_folder_are_found_by_their_digest(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert source_texts_in(tmp_path) == {SHA: SOURCE}
