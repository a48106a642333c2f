"""Which words speak of the investigation itself, and which only tell what happened."""

from __future__ import annotations

import time

import pytest

from app.importing.dates.afterwards import afterwards_in


@pytest.mark.parametrize(("text", "words"), [
    ("In May we concluded that nobody had read it.", "we concluded"),
    ("The panel also found that he had not rung back.", "The panel also found"),
    ("PC B told the IOPC he had been busy.", "told the IOPC"),
    ("She was asked by us why.", "asked by us"),
    ("Our second investigation ended in June.", "Our second investigation"),
    ("Both had a case to answer for misconduct.", "case to answer"),
    ("The force referred the matter to the IOPC.", "referred the matter to the IOPC"),
    ("A misconduct meeting was held in 2019.", "misconduct meeting"),
    ("Evidence obtained showed that:", "Evidence obtained"),
    ("No allegations were proven.", "allegations were proven"),
    # What tells the story, and what people said to each other.
    ("The investigation was given to a detective constable.", ""),
    ("The sergeant found the key and told the caller.", ""),
    ("He said “we found it in our report” and rang off.", ""),
    ("The suspect was sentenced to two years.", ""),
    ("She referred him to a doctor. The IOPC opened an office there.", ""),
    ("", ""),
])  # fmt: skip
def test_words_that_speak_of_the_investigation(text: str, words: str) -> None:
    assert afterwards_in(text) == words


def test_a_hostile_text_is_searched_quickly() -> None:
    began = time.process_time()
    for piece in ("our a ", "referred ", "we were ", "“we found "):
        afterwards_in(piece * 40_000)
    assert time.process_time() - began < 5
