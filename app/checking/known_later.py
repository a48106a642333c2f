"""Tells where an early stage uses a figure, a name or a fact that came out only later; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.catalogue.document import Module
from app.catalogue.module_files import Finding
from app.checking.figures import SMALL, Figure, figures_of
from app.checking.hindsight import heading_words, is_common, is_stage_title
from app.checking.rules import because, warn
from app.checking.source_texts import Paragraphs, cited
from app.checking.walking import Met, Passage, passages, stage_index, words_of

_WITHIN_A_SENTENCE = re.compile(r"(?<=[a-z,;] )[A-Z]\w{3,}")
# What a case may turn on: somebody's health, what was done to her, with what, and who did it.
# Other words are found too often in early and late parts alike, and mean nothing there.
_TELLING = re.compile(
    r"(?:abus|addict|adhd|alcohol|alias|allerg|alzheim|arson|assault|asthma|autis|bail(?:ed)?\b|"
    r"bipolar|blackmail|bleed|bruis|cannabis|chok|cocaine|convict|curfew|custod|dead\b|death|dement|"
    r"depress|diabet|diagnos|died|disab|disorder|divorc|drug|drunk|epilep|estrang|exploit|firearm|"
    r"forge[dr]|foster|fractur|fraud|groom|guns?\b|harass|heroin|hospital|illness|imprison|injunct|"
    r"injur|intoxicat|kill|knife|knives|medicat|miscarr|molest|murder|offender|overdos|paedophil|"
    r"paramedic|petrol|poison|pregnan|prison|psychiatr|psycho|rape|refuge|restrain|schizo|sedat|"
    r"seizure|shot|slave|stabb|stalk|strangl|strangul|suicid|threat|traffick|unconscious|violen|"
    r"warrant|weapon|wound)"
)
_AT_ITS_BEGINNING = re.compile(r"(?:^|[.!?:]\s+|\n[^\S\n]*)[“\"(]?([A-Z][a-z]\w{2,})")


@dataclass(frozen=True)
class _Later:
    """What is told only later, each with the first part that tells it, and what its ground is."""

    words: Mapping[str, str]
    figures: Mapping[str, tuple[tuple[Figure, str], ...]]
    # Words that are written with a capital alone, wherever they stand in a sentence.
    names: frozenset[str]
    # Words of the source's paragraphs that later parts cite, and no early part does.
    ground: frozenset[str]

    def home_of(self, figure: Figure) -> str | None:
        """Name the first later part that holds a figure."""
        told = self.figures.get(figure.value, ())
        return next((home for each, home in told if figure.agrees(each)), None)


@because("What came out later was not there to decide on.")
def later_words_in_stages(module: Module, at_hand: Mapping[str, Paragraphs]) -> Iterator[Finding]:
    """An early stage holds no figure, name or fact that its own place in the source lacks."""
    later = _told_later(module, at_hand)
    for passage in passages(module):
        if not _is_early(passage) or len(passage.path) <= 3:
            continue
        own = cited(passage.place, module, at_hand) if passage.place else []
        found = dict([*_names(passage.text, later, own), *_figures(passage.text, later, own)])
        if own:
            found = dict(_facts(passage.text, later, own)) | found
        for word, home in found.items():
            yield warn(f"“{word}” stands in what is known only later ({home})", *passage.path)


def _is_early(passage: Passage) -> bool:
    return passage.met is Met.FIRST and stage_index(passage.path) is not None


def _names(text: str, later: _Later, own: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give names that the later parts have, within a sentence or at its beginning."""
    within = _WITHIN_A_SENTENCE.findall(text)
    beginning = (word for word in _AT_ITS_BEGINNING.findall(text) if word.lower() in later.names)
    for word in (*within, *beginning):
        small = word.lower()
        if small in later.words and not is_common(small) and not _holds(own, small):
            yield word, later.words[small]


def _figures(text: str, later: _Later, own: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give times, dates, years and numbers that the later parts have."""
    ground = [figure for each in own for figure in figures_of(each)]
    for figure in figures_of(text):
        # A number may have more digits than can be reckoned with.
        small = figure.sort == "number" and figure.value in SMALL
        # Without the source at hand nobody can say whether a count was known.
        counted = figure.sort == "number" and len(figure.value) < 2 and not own
        home = None if small or counted else later.home_of(figure)
        if home and not any(map(figure.agrees, ground)):
            yield figure.words, home


def _facts(text: str, later: _Later, own: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give telling words that only paragraphs have which later parts alone rest on."""
    for small in sorted(_telling(text)):
        if small in later.words and small in later.ground:
            yield small, later.words[small]


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in _small_words(text) if _TELLING.match(word))


def _holds(texts: Iterable[str], small: str) -> bool:
    return any(small in _small_words(text) for text in texts)


@lru_cache(maxsize=4096)
def _small_words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words_of(text))


def _told_later(module: Module, at_hand: Mapping[str, Paragraphs]) -> _Later:
    """Gather what the later parts of a module tell."""
    words: dict[str, str] = {}
    figures: dict[str, list[tuple[Figure, str]]] = {}
    every = passages(module)
    for passage in every:
        if passage.met is not Met.LATER or is_stage_title(passage):
            continue
        stage = stage_index(passage.path)
        home = "policy questions" if stage is None else f"stage {module.stages[stage].id}"
        for small in _small_words(passage.text):
            words.setdefault(small, home)
        for figure in figures_of(passage.text):
            figures.setdefault(figure.value, []).append((figure, home))
    for small in heading_words(module):
        words.pop(small, None)
    ground = _ground(every, module, at_hand, early=False) - _ground(
        every, module, at_hand, early=True
    )
    told = {value: tuple(each) for value, each in figures.items()}
    return _Later(words, told, _only_with_a_capital(every), ground)


def _ground(
    every: Iterable[Passage], module: Module, at_hand: Mapping[str, Paragraphs], *, early: bool
) -> frozenset[str]:
    """Return the words of the paragraphs on which early, or later, parts rest."""
    places = {p.place for p in every if p.place and (p.met is not Met.LATER) is early}
    found: set[str] = set()
    for place in places:
        for text in cited(place, module, at_hand):
            found |= _small_words(text)
    return frozenset(found)


def _only_with_a_capital(every: Iterable[Passage]) -> frozenset[str]:
    """Return the words that stand with a capital within a sentence, and never without one."""
    names: set[str] = set()
    small: set[str] = set()
    for passage in every:
        with_one, without = _capitals(passage.text)
        names |= with_one
        small |= without
    return frozenset(names - small)


@lru_cache(maxsize=4096)
def _capitals(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that have a capital within a sentence, and those that have none."""
    names = frozenset(word.lower() for word in _WITHIN_A_SENTENCE.findall(text))
    return names, frozenset(word for word in words_of(text) if word.islower())
