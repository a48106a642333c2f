"""Advice on wording: what is long, hard or names a person, and what is none of these."""

from __future__ import annotations

from app.checking.advice.sentences import sentences
from app.checking.advice.wording import (
    LONGEST_SENTENCE,
    PLAINER,
    WORDING,
    hard_texts,
    hard_words,
    long_sentences,
)
from tests.checking.advice_modules import the_module, told
from tests.factories.modules import made_up, text


def test_a_sound_module_is_left_alone() -> None:
    for rule in WORDING:
        assert told(rule, made_up()) == []


def test_a_sentence_that_is_too_long_is_told_with_its_words() -> None:
    words = " ".join(["Word", *["word"] * (LONGEST_SENTENCE - 1)])
    found = told(long_sentences, the_module(text("t", f"A short one. So {words}. Another.")))
    assert found == [
        ("text", "this sentence has 36 words, more than 35: “So Word word word word word …”")
    ]
    assert told(long_sentences, the_module(text("t", f"A short one. {words}. Another."))) == []


def test_lines_of_a_list_and_of_a_log_are_sentences_of_their_own() -> None:
    point = " ".join(["word"] * 20)
    listed = f"He says that:\n\n- {point}\n- {point}\n"
    assert told(long_sentences, the_module(text("t", listed))) == []
    log = f"Entry 1 | {point}\nEntry 2 | {point}\n"
    assert told(long_sentences, the_module(text("t", log))) == []
    broken = f"{point}\n{point}"
    assert len(told(long_sentences, the_module(text("t", broken)))) == 1


def test_a_title_or_an_initial_ends_no_sentence() -> None:
    assert sentences("Mr. A rings at 6.30pm. He is afraid.") == [
        "Mr. A rings at 6.30pm.", "He is afraid.",
    ]  # fmt: skip
    assert sentences("“Is he there?” She asks. “No.”") == ["“Is he there?", "She asks.", "“No.”"]
    assert sentences("") == []


def test_a_hard_word_comes_with_the_everyday_one() -> None:
    found = told(
        hard_words, the_module(text("t", "Prior to the call he Utilised it; he utilised."))
    )
    assert [said for _path, said in found] == [
        "“prior to” is a hard word: write “before”", "“utilised” is a hard word: write “used”",
    ]  # fmt: skip
    assert "leave it out" in told(hard_words, the_module(text("t", "It was duly done.")))[0][1]
    sound = "Safeguarding, vulnerability and a prior record: priority, utility, wholly."
    assert told(hard_words, the_module(text("t", sound))) == []


def test_every_hard_word_can_be_found() -> None:
    for word in PLAINER:
        assert told(hard_words, the_module(text("t", f"So {word}, they said.")))


def test_a_text_that_is_hard_as_a_whole() -> None:
    hard = (
        "Organisational accountability necessitates comprehensive investigation of institutional "
        "deficiencies. Supervisory responsibilities of vulnerability identification remained "
        "unsatisfactory notwithstanding considerable organisational familiarity. "
    ) * 3  # fmt: skip
    found = told(hard_texts, the_module(text("t", hard)))
    assert [path for path, _said in found] == ["text"]
    assert "Flesch reading ease 0 of 100" in found[0][1]
    easy = "She rings at noon. He is not at home. You ask when he left, and why. " * 5
    assert told(hard_texts, the_module(text("t", easy))) == []
    assert told(hard_texts, the_module(text("t", hard[:100]))) == []
