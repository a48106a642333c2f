"""Advice on people: nobody in a case is named in full; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.catalogue.document import Module
from app.catalogue.module_files import Finding
from app.checking.advice.names import (
    ABBREVIATIONS,
    BODIES,
    FIRST_NAMES,
    NO_PERSON_AFTER,
    NOT_SURNAMES,
    PLACES_TOO,
    SURNAMES,
    TITLES,
    WORDS_TOO,
)
from app.checking.rules import because, warn
from app.checking.walking import passages

_WORD = r"[A-Z]\w*(?:[-'’][A-Z]\w*)*"
# A full stop ends the row, save after a letter or a shortened title.
_TOKEN = rf"(?:(?:Mrs?|Ms|Dr|Prof|Rev|Cllr|Sgt|Insp|Supt|St|[A-Z])\.|{_WORD})"
_SMALL = "de|da|dos|van|von|der|den|bin|bint|ibn|al|el|ap|le|la|du"
# Words with a capital in a row, such as “When Sergeant Sarah J. McDonald”.
_ROW = re.compile(rf"(?<![\w’'-]){_TOKEN}(?:[ \u00a0](?:(?:{_SMALL}) )*{_TOKEN})+")
_SURNAME = re.compile(r"(?:[A-Z]['’])?[A-Z][a-zà-ÿ]+(?:[A-Z][a-zà-ÿ]+)?(?:[-'’][A-Z][a-zà-ÿ]+)*")
_IN_CAPITALS = re.compile(r"(?:[A-Z]['’])?[A-Z]{4,}(?:-[A-Z]{3,})?")
_BEHIND = re.compile(r"[ \u00a0](\w+)")
# A first name, two others or letters, and a surname.
_LONGEST = 4
_GOES_ON = re.compile(r"[\w,;)]\s*$")
_OF_A_PLACE = re.compile(r"\b(?:in|at|near|on|off|the|through|outside|towards) $", re.I)


@because("The people of a case have families and neighbours; letters protect them.")
def named_in_full(module: Module) -> Iterator[Finding]:
    """Nobody in the case is named in full."""
    for passage in passages(module):
        for name in names_in(passage.text):
            yield warn(
                f"“{name}” looks like a person named in full: write a letter, such as Mr A",
                *passage.path,
            )


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """Return each person who is named in a text by a first name or a title and a surname."""
    return tuple(dict.fromkeys(name for row in _rows(text) for name in row.names()))


@dataclass(frozen=True)
class _Row:
    """Words with capitals in a row."""

    words: Sequence[str]
    # Whether a sentence goes on here: then the first capital is not only that of a beginning.
    within: bool
    # Whether the row stands behind “in” or the like, as a place does.
    place: bool
    # The word behind the row, in small letters.
    behind: str

    def names(self) -> Iterator[str]:
        """Give the names of persons in the row."""
        at = 0
        while at < len(self.words):
            end = self._titled(at) or self._in_full(at)
            if end:
                yield " ".join(self.words[at:end])
            at = end or at + 1

    def _titled(self, at: int) -> int:
        """Return where a name ends that a title or a rank begins; 0: there is none."""
        if self.words[at].rstrip(".") not in TITLES:
            return 0
        full = self._in_full(at + 1) if at + 1 < len(self.words) else 0
        named = self._surname(at + 1, place=False) and not self._body(at + 2)
        return full or (at + 2 if named else 0)

    def _in_full(self, at: int) -> int:
        """Return where a name ends that a first name begins; 0: there is none."""
        first = self.words[at]
        end = at + 1
        while end < min(len(self.words), at + _LONGEST) and self._between(end):
            end += 1
        if (
            not self._surname(end, place=self.place and not at)
            or self._body(end + 1)
            or self._no_person(at)
        ):
            return 0
        common = self.words[end].title() in SURNAMES
        known = first in FIRST_NAMES or (first in WORDS_TOO and common)
        foreign = common and (at > 0 or self.within) and self._surname(at, place=True)
        return end + 1 if known or foreign else 0

    def _between(self, at: int) -> bool:
        """Tell whether a word may stand between a first name and a surname."""
        small = self.words[at].islower() or len(self.words[at].rstrip(".")) == 1
        return small or (self.words[at] in FIRST_NAMES and self._surname(at + 1, place=False))

    def _surname(self, at: int, *, place: bool) -> bool:
        """Tell whether a word has the form of a surname, and is not known as something else."""
        word = self.words[at] if at < len(self.words) else ""
        known = word.title() in NOT_SURNAMES and (place or word.title() not in PLACES_TOO)
        if known or word in ABBREVIATIONS:
            return False
        return bool(_SURNAME.fullmatch(word) or _IN_CAPITALS.fullmatch(word))

    def _body(self, at: int) -> bool:
        """Tell whether the word here makes a place or a body of the name before it."""
        return (self.words[at] if at < len(self.words) else self.behind) in BODIES

    def _no_person(self, at: int) -> bool:
        return at > 0 and self.words[at - 1].rstrip(".") in NO_PERSON_AFTER


def _rows(text: str) -> Iterator[_Row]:
    for found in _ROW.finditer(text):
        behind = _BEHIND.match(text, found.end())
        before = text[max(0, found.start() - 9) : found.start()]
        yield _Row(
            words=found[0].replace("\u00a0", " ").split(),
            within=_GOES_ON.search(before) is not None,
            place=_OF_A_PLACE.search(before) is not None,
            behind=behind[1] if behind else "",
        )
