"""Whoever is told how conduct was judged is told how far it was established, everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.document import Module
from app.checking.advice.conduct import conduct_without_standing
from tests.checking.advice_modules import the_module
from tests.factories.modules import PLACE, made_up, question, text

DISMISSED = "PC C was dismissed for gross misconduct."


def later(*items: dict[str, Any]) -> Module:
    stages = [
        {"id": "first", "title": "First", "known": "then", "items": [text("t", "Misconduct.")]},
        {"id": "last", "title": "Last", "known": "later", "items": list(items)},
    ]
    return the_module(stages=stages)


def claim(words: str, standing: str = "proven") -> dict[str, Any]:
    return {"text": words, "standing": standing, "place": PLACE}


def where(*items: dict[str, Any]) -> list[tuple[str | int, ...]]:
    return [finding.path[2:] for finding in conduct_without_standing(later(*items))]


def extract(form: str, words: str) -> dict[str, Any]:
    return {"id": "e", "kind": "extract", "form": form, "title": "R", "text": words, "place": PLACE}


def test_a_judgement_on_conduct_without_a_standing() -> None:
    judged = text("a", "The panel found gross misconduct.")
    (found,) = conduct_without_standing(later(judged))
    assert found.path == ("stages", 1, "items", 0, "claims")
    assert "(“gross misconduct”), and no claim says of whom" in found.sentence
    assert where(judged | {"claims": [claim("He did not ask.")]}) == []
    assert list(conduct_without_standing(made_up())) == []


def test_the_claim_of_another_text_says_nothing_of_this_one() -> None:
    judged = text("a", "The panel found gross misconduct.")
    assert where(judged, text("b") | {"claims": [claim("He did not ask.")]}) == [
        ("items", 0, "claims")
    ]
    assert where(text("a", DISMISSED), text("b") | {"claims": [claim("PC B was dismissed.")]}) == [
        ("items", 0, "claims")
    ]


@pytest.mark.parametrize(
    "words", ["PC C: gross misconduct.", "That PC C did not ask.", "PC C and PC D lied."]
)
def test_a_claim_that_names_whom_it_is_about_holds_everywhere(words: str) -> None:
    assert where(text("a", DISMISSED), text("b") | {"claims": [claim(words)]}) == []


def test_a_claim_that_names_what_was_judged_holds_where_nobody_is_named() -> None:
    judged = text("a", "The officer was dismissed.")
    assert where(judged, text("b") | {"claims": [claim("The officer was dismissed.")]}) == []
    assert where(judged, text("b") | {"claims": [claim("He was late.")]}) == [
        ("items", 0, "claims")
    ]
    answer = text("a", "The officer had a case to answer.")
    assert where(answer, text("b") | {"claims": [claim("He was late.", "case to answer")]}) == []


def test_where_nobody_is_named_only_claims_of_the_same_stage_hold() -> None:
    stages = [
        {"id": "first", "title": "First", "known": "then", "items": [text("t", "A call.")]},
        {"id": "middle", "title": "Middle", "known": "later", "items": [
            text("b") | {"claims": [claim("He was dismissed.")]}]},
        {"id": "last", "title": "Last", "known": "later", "items": [
            text("a", "The officer was dismissed."), text("c", "PC B was dismissed.")]},
    ]  # fmt: skip
    found = [each.path[1:4:2] for each in conduct_without_standing(the_module(stages=stages))]
    assert found == [(2, 0), (2, 1)]
    stages[1]["items"][0]["claims"].append(claim("PC B: misconduct."))
    found = [each.path[1:4:2] for each in conduct_without_standing(the_module(stages=stages))]
    assert found == [(2, 0)]


def test_whom_an_officer_spoke_to_is_not_judged() -> None:
    judged = text("a", "PC C had a case to answer for what he told Mr A.")
    assert where(judged, text("b") | {"claims": [claim("PC C was rude.")]}) == []


def test_what_nobody_disputes_judges_nobody() -> None:
    stated = text("b") | {"claims": [claim("PC C rang back.", "stated")]}
    assert where(text("a", DISMISSED), stated) == [("items", 0, "claims")]


def test_extracts_reveals_feedback_and_explanations_are_read_too() -> None:
    asked = question("q", "single", explanation="PC D was found guilty of gross misconduct.")
    asked["then"] = [{"known": "later", "text": DISMISSED, "place": PLACE}]
    asked["options"][0]["feedback"] = "PC D breached the standards of professional behaviour."
    asked["options"][1]["then"] = {"known": "later", "text": DISMISSED, "place": PLACE}
    assert set(where(extract("record", DISMISSED), asked)) == {
        ("items", 0, "text"),
        ("items", 1, "options", 0, "feedback"),
        ("items", 1, "options", 1, "then", "text"),
        ("items", 1, "explanation"),
        ("items", 1, "then", 0, "text"),
    }
    asked["outcome"] |= {"found": "PC C and PC D were dismissed.", "standing": "proven"}
    assert where(extract("record", DISMISSED), asked) == []


def test_what_one_may_choose_is_no_statement() -> None:
    asked = question("q", "single", prompt="Was PC C dismissed?")
    asked["options"][0]["text"] = "PC C was dismissed"
    assert where(asked) == []


@pytest.mark.parametrize(
    "words",
    ["He was arrested on suspicion of misconduct in public office.",
     "The allegation was that PC C had a case to answer.", "PC C attended a misconduct meeting.",
     "A gross misconduct hearing was held in 2019.", "The meeting for misconduct was in May."],
)  # fmt: skip
def test_suspicions_and_the_names_of_hearings(words: str) -> None:
    assert where(text("a", words)) == []


def test_guidance_judges_nobody() -> None:
    words = "Gross misconduct is a breach of the standards so serious that dismissal is justified."
    assert where(extract("guidance", words)) == []
    assert where(extract("record", words)) == [("items", 0, "text")]
