"""Advice on conduct: what was only alleged must not read as proven; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from app.catalogue.document import (
    QUESTIONS,
    Claim,
    Extract,
    ExtractForm,
    Item,
    Module,
    Outcome,
    Standing,
    Text,
)
from app.catalogue.module_files import Finding
from app.catalogue.strict_yaml import Path
from app.checking.advice.sentences import sentences
from app.checking.rules import because, items_of, warn
from app.checking.walking import Met, Passage, passages

_CONDUCT = re.compile(
    r"\b(?:case to answer|gross misconduct|misconduct|breach(?:ed|es)? (?:of )?the standards|"
    r"standards of professional behaviour|convicted|found guilty|dismissed)\b", re.I,
)  # fmt: skip
# What a hearing or an offence is called says nothing of how it ended.
_NAMED = re.compile(
    r"\b(?:gross )?misconduct (?:meeting|hearing|proceedings?|panel|investigation|notice)s?\b|"
    r"\b(?:meeting|hearing|proceedings?) for (?:gross )?misconduct\b", re.I,
)  # fmt: skip
# A text that calls it a suspicion or an allegation says how far it was established.
_SUSPECTED = re.compile(
    r"\b(?:suspicion|suspected|alleg\w+|accused|accusation|complain\w*)\b[^.;\n]*", re.I
)
_OFFICER = re.compile(
    r"\b(?:PC|WPC|DC|PS|DS|DI|DCI|PCSO|Constable|Sergeant|Inspector|Superintendent|Officer|Staff) "
    r"[A-Z]\b"
)
_CIVILIAN = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]\b")
_TOLD = frozenset({"feedback", "explanation", "reasonable"})


@because("What was only alleged must never read as proven.")
def conduct_without_standing(module: Module) -> Iterator[Finding]:
    """A text that tells how conduct was judged has a claim with its standing."""
    standings = _standings(module)
    settled = {path for path, item in items_of(module) if _speaks_for_itself(item)}
    for passage in passages(module):
        if not _tells(passage) or passage.path[:4] in settled:
            continue
        for said in _judged(passage.text):
            if not _established(*said, standings, passage.path[1]):
                yield _warned(said[1], passage.path, module)
                break


def _speaks_for_itself(item: Item) -> bool:
    """Tell whether an item has claims of its own, or is guidance, which judges nobody."""
    if isinstance(item, Extract):
        return item.form is ExtractForm.GUIDANCE
    return isinstance(item, Text) and bool(item.claims)


def _tells(passage: Passage) -> bool:
    """Tell whether a text is one in which a learner reads how it ended."""
    path = passage.path
    if path[0] != "stages" or len(path) < 5:
        return False
    of_the_story = len(path) == 5 and path[4] == "text" and passage.met is Met.LATER
    return of_the_story or path[-1] in _TOLD or ("then" in path and path[-1] == "text")


def _standings(module: Module) -> dict[object, str]:
    """Return, by stage, all that claims and outcomes say of how far something was established."""
    found: dict[object, str] = {}
    for path, item in items_of(module):
        told: list[Claim | Outcome] = [*item.claims] if isinstance(item, Text) else []
        told += [item.outcome] if isinstance(item, QUESTIONS) else []
        words = (_words_of(each) for each in told if each.standing is not Standing.STATED)
        found[path[1]] = "\n".join((found.get(path[1], ""), *words)).lower()
    return found


def _words_of(told: Claim | Outcome) -> str:
    said = told.text if isinstance(told, Claim) else f"{told.done} {told.found}"
    return f"{said} {told.standing.value} {told.by or ''}"


@lru_cache(maxsize=4096)
def _judged(text: str) -> tuple[tuple[str, str], ...]:
    """Return each sentence that tells how conduct was judged, with the words that do."""
    if not _CONDUCT.search(text):
        return ()
    bare = (_NAMED.sub("", _SUSPECTED.sub("", sentence)) for sentence in sentences(text))
    found = ((sentence, _CONDUCT.search(sentence)) for sentence in bare)
    return tuple((sentence, match[0]) for sentence, match in found if match)


def _established(sentence: str, words: str, standings: Mapping[object, str], stage: object) -> bool:
    """Tell whether a claim or an outcome names who this is about.

    Where nobody is named, one of the same stage must name what was judged.
    """
    persons = _OFFICER.findall(sentence) or _CIVILIAN.findall(sentence)
    everywhere = "\n".join(standings.values())
    if persons:
        return all(re.search(rf"\b{re.escape(who.lower())}\b", everywhere) for who in persons)
    return words.lower() in standings.get(stage, "")


def _warned(words: str, path: Path, module: Module) -> Finding:
    item = next((item for at, item in items_of(module) if at == path[:4]), None)
    at = (*path[:4], "claims") if isinstance(item, Text) else path
    return warn(
        f"this speaks of how conduct was judged (“{words}”), and no claim says of whom, and how "
        "far it was established",
        *at,
    )
