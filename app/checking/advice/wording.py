"""Advice on wording: long sentences, hard words, texts hard to read; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pyphen

from app.catalogue.document import Module
from app.catalogue.module_files import Finding
from app.checking.advice.people import named_in_full
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
# Lines of a list or a log stand for themselves; other lines belong to one paragraph.
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+>]|\d+[.)]|[^|\n]{1,60}\|)\s)")
_END = re.compile(r"(?<=[.?!])[”\")]*\s+(?=[“\"(]?[A-Z0-9])|(?<=:)\s*\n")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|e\.g|i\.e|etc|approx)\.$")


def sentences(text: str) -> list[str]:
    """Return the sentences of a Markdown text; the lines of a list are sentences of their own."""
    found: list[str] = []
    for block in _BLOCK.split(text):
        for piece in _END.split(block):
            if found and _ABBREVIATED.search(found[-1]):
                found[-1] = f"{found[-1]} {piece}"
            elif piece.strip():
                found.append(piece.strip())
    return found


@lru_cache(maxsize=1)
def _syllables() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")  # type: ignore[no-untyped-call]


@lru_cache(maxsize=16384)
def syllables_of(word: str) -> int:
    """Return the number of syllables, as the places where a word may be divided show them."""
    divisions: list[int] = _syllables().positions(word)  # type: ignore[no-untyped-call]
    return len(divisions) + 1


@lru_cache(maxsize=4096)
def reading_ease(text: str) -> float:
    """Return Flesch's reading ease: the higher, the easier; plain English lies at 60 to 70.

    206.835 - 1.015 (words / sentences) - 84.6 (syllables / words); R. Flesch, “A new readability
    yardstick”, Journal of Applied Psychology 32 (1948).
    """
    words = words_of(text)
    if not words:
        return 100.0
    syllables = sum(syllables_of(word.lower()) for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences(text)) - 84.6 * syllables / len(words)


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
        for word in dict.fromkeys(match[0].lower() for match in _HARD.finditer(passage.text)):
            plainer = PLAINER[word]
            instead = f"write “{plainer}”" if plainer else "leave it out"
            yield warn(f"“{word}” is a hard word: {instead}", *passage.path)


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
