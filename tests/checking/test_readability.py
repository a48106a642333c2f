"""Syllables and Flesch's reading ease, both against words and passages counted by hand."""

from __future__ import annotations

import pytest

from app.checking.advice.readability import reading_ease, syllables_of

BY_HAND = {
    "the": 1, "asked": 1, "closed": 1, "any": 2, "open": 2, "data": 2, "being": 2, "people": 2,
    "wanted": 2, "police": 2, "something": 2, "colleague": 2, "themselves": 2, "offence": 2,
    "neighbour": 2, "area": 3, "idea": 3, "video": 3, "officer": 3, "messages": 3,
    "safeguarding": 3, "organised": 3, "analysed": 3, "behaviour": 3, "available": 4,
    "identity": 4, "supervisor": 4, "authorises": 4, "unauthorised": 4, "investigation": 5,
    "misogynistic": 5, "vulnerability": 6,
}  # fmt: skip
# Not in the dictionary: by their vowels, with or without a hiss at the end.
NOT_IN_IT = {
    "sergeant’s": 2, "constable’s": 3, "Wallace’s": 3, "Debrief’s": 2, "Kamara": 3, "Okafor": 3,
    "screenshotted": 3, "misgendered": 3, "messaged": 2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "syllables"), (BY_HAND | NOT_IN_IT).items())
def test_syllables_counted_by_hand(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_every_word_has_a_syllable() -> None:
    for word in ("’", "Ω", "x", "Hmm", "e", "nth", "ßß"):
        assert syllables_of(word) >= 1


def test_reading_ease_of_short_words() -> None:
    # Two sentences of four words with one syllable each.
    assert reading_ease("The cat sat down. The dog ran off.") == pytest.approx(118.175)
    assert reading_ease("") == 100
    assert reading_ease("999 101") == 100
    assert reading_ease("The PC sat down.") == reading_ease("The IOPC sat down.")


@pytest.mark.parametrize(
    ("passage", "words", "sentences", "syllables", "spoken"),
    [
        (
            "She rings at noon. He is not at home. You ask when he left, and why.",
            16, 3, 16, 16,
        ),
        (
            # 22 syllables in 13 words, 20 in 11, 22 in 11: officialese, though no word is rare.
            "The supervisor looked at the evidence and decided that nothing else was needed. The "
            "officer had already spoken to many people in the area. Nobody had considered a "
            "referral to the local authority that evening.",
            35, 3, 64, 35,
        ),
        (
            # 18 words, of which two are figures; the sixteen others have 20 syllables.
            "On 3 May 2016 a caller told the control room that her neighbour had not opened the "
            "door.",
            18, 1, 20, 16,
        ),
    ],
)  # fmt: skip
def test_reading_ease_by_hand(
    passage: str, words: int, sentences: int, syllables: int, spoken: int
) -> None:
    by_hand = 206.835 - 1.015 * words / sentences - 84.6 * syllables / spoken
    assert reading_ease(passage) == pytest.approx(by_hand)


def test_plain_looking_officialese_is_difficult() -> None:
    officialese = (
        "The supervisor looked at the evidence and decided that nothing else was needed. "
        "Nobody had considered a referral to the local authority that evening."
    )
    assert reading_ease(officialese) < 50
