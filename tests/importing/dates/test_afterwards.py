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
    # What became of the officers.
    ("The officer was arrested and suspended.", "The officer was arrested"),
    ("Both officers were later dismissed.", "Both officers were later dismissed"),
    ("PC B was given a final written warning.", "PC B was given a final written warning"),
    ("In May the officer pleaded guilty.", "the officer pleaded guilty"),
    ("The former constable was sentenced to a year.", "The former constable was sentenced"),
    ("The officer retired in March 2018.", "The officer retired"),
    ("The officer’s conduct came to light in June.", "The officer’s conduct came to light"),
    ("He faced a charge of misconduct in public office.", "misconduct in public office"),
    ("Sergeant C resigned before the hearing.", "resigned before the hearing"),
    ("He would have been dismissed.", "would have been dismissed"),
    ("The panel did not sanction PC B.", "panel did not sanction"),
    ("They wrote in response to their notices.", "in response to their notices"),
    # What was found by looking.
    ("A review of the phone showed that the officer had rung her.",
     "review of the phone showed that the officer"),
    ("The investigation found that nobody rang.", "The investigation found"),
    ("Enquiries by the force and the IOPC named six.", "Enquiries by the force and the IOPC"),
    ("The force were asked whether anybody reads it.", "The force were asked whether"),
    ("PC B acknowledged he would usually ask.", "PC B acknowledged he"),
    ("PC B acknowledged the call over the radio.", ""),
    ("PC B told the investigators so.", "told the investigators"),
    ("PC B told the investigating officer so.", ""),
    ("The Constabulary agreed. It wrote to her.", "Constabulary agreed."),
    ("The evidence also indicated:", "evidence also indicated:"),
    ("The force accepted both recommendations.", "accepted both recommendations"),
    ("The inquest jury returned an open conclusion.", "inquest jury returned"),
    # What may have been known to the people in the case.
    ("A check of the computer showed that he had a conviction.", ""),
    ("The officer was told of the arrest and sent to the ward.", ""),
    ("PC B gave the man words of advice, and he was charged.", ""),
    ("The suspect pleaded guilty and was sentenced.", ""),
    ("The inspector had retired, and nobody took on the file.", ""),
    ("The evidence indicated a burglary. She was served with an eviction notice.", ""),
    ("The manager was dismissed by the shop.", ""),
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
    for piece in (
        "our a ",
        "referred ",
        "we were ",
        "“we found ",
        "the officer was ",
        "review of ",
        "made a ",
        "enquiries by ",
    ):
        afterwards_in(piece * 40_000)
    assert time.process_time() - began < 5
