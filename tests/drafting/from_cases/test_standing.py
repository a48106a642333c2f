"""How far a claim was established: read only where its own words leave no doubt."""

from __future__ import annotations

import time

import pytest

from app.catalogue.document import Standing
from app.drafting.from_cases.standing import standing_stated

CASE, PROVEN = Standing.CASE_TO_ANSWER, Standing.PROVEN
NOT_PROVEN, ADMITTED = Standing.NOT_PROVEN, Standing.ADMITTED


@pytest.mark.parametrize(("text", "standing"), [
    ("PC B had a case to answer for misconduct.", CASE),
    ("In our opinion, Sergeant D has a case to answer for gross misconduct.", CASE),
    ("We found a case to answer for two of the officers.", CASE),
    ("There was a case to answer for PC B. She was admitted to the ward.", CASE),
    ("Both officers had cases to answer.", CASE),
    ("The allegation was found proven at a hearing.", PROVEN),
    ("All the allegations were proven and he was given a final written warning.", PROVEN),
    ("The allegation of lying was found proven and PC A was dismissed.", PROVEN),
    ("The panel found gross misconduct proven.", PROVEN),
    ("The panel found the breach was proved.", PROVEN),
    ("The allegation was found not proven.", NOT_PROVEN),
    ("The charge against PC E was not proven.", NOT_PROVEN),
    ("He admitted the breach.", ADMITTED),
    ("PC F admitted gross misconduct at the hearing.", ADMITTED),
    ("She admitted all of the allegations.", ADMITTED),
])  # fmt: skip
def test_what_a_plain_sentence_says_is_read(text: str, standing: Standing) -> None:
    assert standing_stated(text) is standing


@pytest.mark.parametrize("text", [
    # The contrary.
    "There was no case to answer.", "PC A did not have a case to answer for misconduct.",
    "PC A didn’t have a case to answer.", "We found there was not a case to answer.",
    "Neither officer had a case to answer.", "Nobody had a case to answer.",
    "None of the officers had a case to answer.", "PC B never had a case to answer.",
    "The allegation could not be proven.", "The allegation was not found proven.",
    "None of the allegations were proven at the hearing.", "Neither allegation was proven.",
    "It was unproven.", "There was insufficient evidence that the allegation was proven.",
    "The allegation, which nobody saw, was proven to nobody.", "PC B never admitted the breach.",
    "PC B denied that he had admitted the allegation.",
    "The finding that the allegation was proven was quashed.",
    "The allegation was proven, and the decision was overturned on appeal.",
    # One thing of one officer and another of the next.
    "PC C had a case to answer; PC D had no case to answer.",
    "PC C had a case to answer. The allegation was found not proven.",
    "PC C admitted the breach. The allegation that he lied was dismissed.",
    "The allegation of rudeness was proven. The other was not proven.",
    # Left open, or somebody's word.
    "We considered whether PC A had a case to answer.",
    "The panel has yet to decide whether there is a case to answer.",
    "The force disagreed that the officer had a case to answer.",
    "If he had stayed, there was a case to answer.",
    "He would have had a case to answer.", "PC A may have had a case to answer.",
    "The family said that PC A had a case to answer.",
    "It was first thought that PC A had a case to answer.",
    "Was the allegation proven?", "The complainant believed that the allegation was proven.",
    "Until the allegation is found proven he stays at work.",
    # Other senses of the same words.
    "The man was admitted to hospital and later died.", "She was admitted that night.",
    "He admitted the woman to the ward.", "He has a proven track record.",
    "The method was proven to work.", "The allegation was proven to be a mistake.",
    "The case to answer was found proven.", "The log was not read.", "",
])  # fmt: skip
def test_in_doubt_the_author_chooses(text: str) -> None:
    assert standing_stated(text) is None


def test_a_hostile_text_is_searched_quickly() -> None:
    began = time.process_time()
    for piece in ("allegation was ", "found misconduct ", "had a case ", "admitted the "):
        standing_stated(piece * 20_000)
    assert time.process_time() - began < 5
