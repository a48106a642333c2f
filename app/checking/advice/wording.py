"""Advice on wording: long sentences, hard words, texts hard to read; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.catalogue.document import Module
from app.catalogue.module_files import Finding
from app.checking.advice.people import named_in_full
from app.checking.advice.readability import reading_ease
from app.checking.advice.sentences import sentences
from app.checking.rules import Rule, because, warn
from app.checking.walking import passages, words_of

# Government writing is asked to keep to 25 words; from here on a sentence is hard to follow.
LONGEST_SENTENCE = 35
# Flesch's reading ease: below 50 is “difficult” in his own table.
HARDEST = 50
# A measure of averages says little about a few words.
FEWEST_WORDS = 40
# Hard words, and the everyday word for each, as in public guidance on plain English.
PLAINER = {
    "accordingly": "so", "additionally": "also", "aforementioned": "this",
    "ascertain": "find out", "ascertained": "found out", "cognisant": "aware",
    "commence": "begin", "commenced": "began", "commencement": "start", "commencing": "starting",
    "consequently": "so", "disseminate": "share",
    "disseminated": "shared", "duly": "", "endeavour": "try", "endeavoured": "tried",
    "erroneous": "wrong", "erroneously": "wrongly", "expedite": "speed up", "facilitate": "help",
    "facilitated": "helped", "forthwith": "at once", "henceforth": "from now on",
    "herein": "here", "heretofore": "until now", "in lieu of": "instead of",
    "in respect of": "about", "in the event that": "if",
    "inter alia": "among others", "necessitate": "need", "necessitated": "needed",
    "notwithstanding": "despite", "per annum": "a year", "prior to": "before",
    "pursuant to": "under",  "remuneration": "pay",
    "subsequent to": "after", "subsequently": "later", "substantiate": "prove",
    "substantiated": "proved", "thereafter": "then", "therein": "there", "thereof": "of it",
    "utilise": "use", "utilised": "used", "utilising": "using", "utilisation": "use",
    "vis-à-vis": "towards", "whereupon": "then", "whilst": "while",
    "with regard to": "about", "with respect to": "about",
}  # fmt: skip
_HARD = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, PLAINER), key=len, reverse=True)) + r")(?!\w)",
    re.I,
)


@because("On a phone, at the end of a shift, nobody reads a long sentence twice.")
def long_sentences(module: Module) -> Iterator[Finding]:
    """No sentence is too long to follow."""
    for passage in passages(module):
        for sentence in _long(passage.text):
            begun = " ".join(re.sub(r"^[-*+>]\s+", "", sentence).split()[:6])
            count = len(words_of(sentence))
            yield warn(
                f"this sentence has {count} words, more than {LONGEST_SENTENCE}: “{begun} …”",
                *passage.path,
            )


@lru_cache(maxsize=4096)
def _long(text: str) -> tuple[str, ...]:
    if len(text) < 2 * LONGEST_SENTENCE:
        return ()
    return tuple(s for s in sentences(text) if len(words_of(s)) > LONGEST_SENTENCE)


@because("An everyday word is read faster, and by more people.")
def hard_words(module: Module) -> Iterator[Finding]:
    """No word is harder than it need be."""
    for passage in passages(module):
        for word in _hard_in(passage.text):
            plainer = PLAINER[word]
            instead = f"write “{plainer}”" if plainer else "leave it out"
            yield warn(f"“{word}” is a hard word: {instead}", *passage.path)


@lru_cache(maxsize=4096)
def _hard_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0].lower() for match in _HARD.finditer(text)))


@because("Whoever has to work out the sentences has less left for the case.")
def hard_texts(module: Module) -> Iterator[Finding]:
    """No text is difficult to read as a whole."""
    for passage in passages(module):
        if len(words_of(passage.text)) < FEWEST_WORDS:
            continue
        ease = reading_ease(passage.text)
        if ease < HARDEST:
            yield warn(
                f"this text is hard to read (Flesch reading ease {max(0, round(ease))} of "
                "100): write shorter sentences and everyday words",
                *passage.path,
            )


WORDING: tuple[Rule, ...] = (long_sentences, hard_words, hard_texts, named_in_full)
