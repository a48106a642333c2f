"""How hard a text is to read, by Flesch's measure with syllables from a dictionary; pure.

The dictionary is that of Carnegie Mellon University, as the package pysyllables ships it. It is
read when this module is imported, so that no request waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pysyllables import SYLLABLE_COUNTS

from app.checking.advice.sentences import sentences
from app.checking.walking import words_of

# The dictionary spells as Americans do: what to try where a British spelling is not in it.
_AMERICAN = (
    (re.compile(r"([iy])s(?=e|ing|ation)"), r"\1z"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"^enquir"), "inquir"),
    (re.compile(r"our(?=[^aeiou]|$)"), "or"),
    (re.compile(r"ll(?=ed|ing|or|er)"), "l"),
    (re.compile(r"ae|oe"), "e"),
)
_COUNTS: Mapping[str, int] = SYLLABLE_COUNTS
_HISSING = re.compile(r"(?:[sxz]|ch|sh|[cg]e)$")
# An e at the end is silent, save after a consonant and l; so are most of -ed and -es.
_SILENT = re.compile(r"(?<=[^aeiouy])(?<![^aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzcg])es$")
_ABBREVIATED = re.compile(r"\d|[A-Z]{2,}(?![a-z])")
_VOWELS = re.compile(r"[aeiouy]+")


@lru_cache(maxsize=16384)
def syllables_of(word: str) -> int:
    """Return the number of syllables: as the dictionary has it, else by groups of vowels."""
    plain = word.lower().replace("’", "'")
    if known := _in_dictionary(plain):
        return known
    if plain.endswith("'s"):
        return syllables_of(word[:-2]) + bool(_HISSING.search(plain[:-2]))
    return max(1, len(_VOWELS.findall(_SILENT.sub("", plain))))


def _in_dictionary(plain: str) -> int | None:
    """Return what the dictionary says of a word, or of it as Americans spell it."""
    for british, american in _AMERICAN:
        if plain in _COUNTS:
            break
        plain = british.sub(american, plain)
    return _COUNTS.get(plain)


@lru_cache(maxsize=4096)
def reading_ease(text: str) -> float:
    """Return Flesch's reading ease: the higher, the easier; plain English lies at 60 to 70.

    206.835 - 1.015 (words / sentences) - 84.6 (syllables / words); R. Flesch, “A new readability
    yardstick”, Journal of Applied Psychology 32 (1948). Figures and letters such as PC or IOPC
    are left out of the syllables, as he advises for a text of many: no reader stumbles over them,
    and read aloud they are long. They do count in the length of a sentence.
    """
    words = words_of(text)
    spoken = [syllables_of(word) for word in words if not _ABBREVIATED.match(word)]
    if not spoken:
        return 100.0
    return 206.835 - 1.015 * len(words) / len(sentences(text)) - 84.6 * sum(spoken) / len(spoken)
