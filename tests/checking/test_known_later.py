"""An early stage is told of figures, names and facts that only later parts of the case have."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.document import Module
from app.checking.known_later import later_words_in_stages
from app.checking.source_texts import Paragraphs
from tests.factories.modules import plain_module, text

GROUND = {"case": {
    "Overview": ["A man rang and said that he was worried about a girl near the hospital.",
                 "On 2 March at 9am he rang again from Ambleford; four calls were logged."],
    "Findings": ["The girl had autism and was known to the Willowbrook unit; seven referrals and "
                 "15 calls had been made by 9.40pm on 21 March 2017, four by the hospital. It was "
                 "strange that nobody had taken a second look."],
}}  # fmt: skip
LATER = (
    "The girl had autism and was known to the Willowbrook unit. Seven referrals and 15 calls had "
    "been made by 9.40pm on 21 March 2017, four of them by the hospital in Ambleford at 9am. It "
    "was strange that nobody took a second look after two meetings. Asking was left out."
)


def told(
    words: str, place: str = "Overview, 1", ground: dict[str, Paragraphs] = GROUND, **more: Any
) -> list[str]:
    stages = [
        {"id": "first", "title": "First", "known": "then",
         "items": [text("t", words) | {"place": place}]},
        {"id": "last", "title": "What Larkfield found", "known": "later",
         "items": [text("end", LATER) | {"place": "Findings, 1"}]},
    ]  # fmt: skip
    sources = [plain_module()["sources"][0] | {"headings": ["Overview", "Findings"]} | more]
    module = Module.model_validate(plain_module(stages=stages, people=[], sources=sources))
    return [each.sentence for each in later_words_in_stages(module, ground)]


@pytest.mark.parametrize(
    ("words", "word"),
    [("A call comes at 9.40pm.", "9.40pm"), ("It is 21:40.", "21:40"), ("On 21 March.", "21 March"),
     ("There were seven referrals.", "seven"), ("There were 7 referrals.", "7"),
     ("It is 2017.", "2017"), ("The log has 15 calls.", "15"), ("Four calls came.", "Four"),
     ("The Willowbrook unit rings.", "Willowbrook"), ("Willowbrook rings.", "Willowbrook"),
     ("He rings. Willowbrook is open.", "Willowbrook"), ("The girl has autism.", "autism"),
     ("From Ambleford he rings.", "Ambleford")],
)  # fmt: skip
def test_a_figure_a_name_or_a_fact_of_later(words: str, word: str) -> None:
    assert told(words) == [f"“{word}” stands in what is known only later (stage last)"]


@pytest.mark.parametrize(
    "words",
    ["It is 9.40am.", "Nobody took a second look, which was strange.", "Two men ring.",
     "She is in hospital.", "Asking is best.", "Referrals are made.", "On 22 March.",
     "She went to Larkfield and Larkfield was shut.", "Strange that he rings."],
)  # fmt: skip
def test_what_says_nothing_of_later(words: str) -> None:
    assert told(words) == []


def test_what_its_own_paragraph_has_was_known() -> None:
    words = "At 9am on 2 March he rang from Ambleford; there were four calls."
    assert told(words, "Overview, 2") == []
    assert told("Seven referrals from Willowbrook.", "Findings, 1") == []


def test_what_any_early_paragraph_has_is_no_fact_of_later() -> None:
    assert told("The girl had autism.", "Overview, 1; Findings, 1") == []


def test_without_the_source_only_what_cannot_be_chance_is_told() -> None:
    assert told("There were seven calls about autism.", ground={}) == []
    assert len(told("At 9.40pm on 21 March.", ground={})) == 2


def test_words_of_the_sources_headings_are_no_names() -> None:
    headings = ["Overview", "Findings", "Willowbrook"]
    assert told("The Willowbrook unit rings.", headings=headings) == []
