"""Checks a draft, however unfinished: what is to do, what is wrong, what to look at; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from app.catalogue.document import Module
from app.catalogue.module_files import Finding, Severity
from app.catalogue.strict_yaml import Path
from app.checking.checking import findings_by_rule
from app.checking.rules import blanks, ids, keys, minutes
from app.checking.stand_ins import Whole, covered, made_whole
from app.checking.walking import stage_index
from app.checking.wanted import is_blank, wanted

# The keys of a question that its key hangs on: while one is unfinished, the key is not judged.
_OF_THE_KEY = frozenset({"options", "targets", "credit", "target"})
# What the rows of each list are called in a sentence.
ROWS = {
    "options": "Option", "targets": "Target", "model_points": "Point", "claims": "Claim",
    "then": "Text that opens", "sources": "Source", "people": "Person",
    "policy_questions": "Question",
}  # fmt: skip
_TOP = {name: at for at, name in enumerate(Module.model_fields)}


@dataclass(frozen=True)
class _Asked:
    """A document with the sources at hand; two that say the same are one."""

    digest: str
    shas: frozenset[str]
    document: dict[str, Any] = field(compare=False)
    texts: Mapping[str, str] = field(compare=False)


def check_draft(document: dict[str, Any], texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return everything to do, to mend and to look at, in the order of the document.

    `texts` are the sources at hand by SHA-256. Works on any document, empty ones too.
    """
    text = json.dumps(document, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return _found(_Asked(digest, frozenset(texts), document, texts))


@lru_cache(maxsize=64)
def _found(asked: _Asked) -> tuple[Finding, ...]:
    whole = made_whole(asked.document)
    ruled = list(_of_the_rules(whole, asked.texts))
    # What a rule asks for says more of the same place; a short name is made from the title.
    fuller = {each.path for each in ruled if each.severity is Severity.TODO}
    plain = (each for each in whole.findings if each.path not in fuller)
    found = [*(each for each in plain if not _comes_by_itself(each, asked.document)), *ruled]
    told = dict.fromkeys(_told(each) for each in _one_thing_at_a_time(found))
    return tuple(sorted(told, key=_position))


def _comes_by_itself(finding: Finding, document: dict[str, Any]) -> bool:
    """Tell whether a thing to do is done by writing the title: the short name is made of it."""
    return finding.path == ("slug",) and all(is_blank(document.get(k)) for k in ("slug", "title"))


def _one_thing_at_a_time(found: list[Finding]) -> Iterator[Finding]:
    """Leave out what an option lacks besides its words, as long as it has no words."""
    todo = {each.path for each in found if each.severity is Severity.TODO}
    wordless = {path[:-1] for path in todo if path[-3:-2] == ("options",) and path[-1] == "text"}
    for each in found:
        row = each.path[:6]
        if each.path not in todo or row not in wordless or each.path == (*row, "text"):
            yield each


def _of_the_rules(whole: Whole, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Give what the rules say of what is finished."""
    if whole.module is None:
        return
    for rule, findings in findings_by_rule(whole.module, texts):
        for finding in findings:
            waits = covered(finding.path, whole.stood_in) or _premature(
                rule, finding, whole.stood_in
            )
            if waits and finding.severity is not Severity.TODO:
                continue
            if rule is blanks:
                sentence, why = wanted(finding.path)
                finding = replace(finding, severity=Severity.TODO, sentence=sentence, why=why)
            yield finding


def _premature(rule: object, finding: Finding, stood_in: frozenset[Path]) -> bool:
    """Tell whether a finding may vanish once what is unfinished is written."""
    if rule is minutes:
        return any(path[0] == "stages" for path in stood_in)
    if rule is keys:
        item = finding.path[:4]
        return any(path[:4] == item and _OF_THE_KEY & set(path[4:]) for path in stood_in)
    # A finding about a list as a whole waits until each of its parts is there.
    return any(path[: len(finding.path)] == finding.path for path in stood_in)


def _told(finding: Finding) -> Finding:
    """Write a finding as a page shows it: a sentence that names the option or point it is about."""
    words = finding.sentence
    sentence = words[:1].upper() + words[1:]
    if not sentence.endswith((".", "?", "…")):
        sentence += "."
    return replace(finding, sentence=f"{_row(finding.path)}{sentence}")


def _row(path: Path) -> str:
    """Name the row of a list that a path leads into, such as “Option 2: ”."""
    rows = path[4:] if path[:1] == ("stages",) else path
    if len(rows) > 2 and rows[0] in ROWS and isinstance(rows[1], int):
        return f"{ROWS[str(rows[0])]} {rows[1] + 1}: "
    return ""


def _position(finding: Finding) -> tuple[int, int, int, int]:
    """Return where a finding stands: settings first, then stages, each before its items."""
    steps = [step if isinstance(step, int) else -1 for step in finding.path[1:4]]
    stage, _items, item = (*steps, -1, -1, -1)[:3]
    return _TOP.get(str(finding.path[0]), -1) if finding.path else -1, stage, item, 0


@dataclass(frozen=True)
class Playable:
    """A draft as a preview can show it: without what is unfinished around its stages."""

    # None: there is no stage yet.
    module: Module | None
    # Which stages cannot be shown, by their number from 0, and what stands in the way.
    hindered: Mapping[int, tuple[Finding, ...]]


def playable(document: dict[str, Any]) -> Playable:
    """Return what of a draft can be met as a learner would, and what hinders the rest."""
    whole = made_whole(document)
    stages = document.get("stages")
    if whole.module is None or not isinstance(stages, list) or not stages:
        return Playable(None, {})
    hindered: dict[int, tuple[Finding, ...]] = {}
    for finding in (*whole.findings, *_spoiling(whole.module, whole.stood_in)):
        stage = stage_index(finding.path)
        # A module holds only so many stages: those beyond are no part of what is shown.
        if stage is not None and stage < len(whole.module.stages):
            hindered[stage] = (*hindered.get(stage, ()), _told(finding))
    return Playable(_shown(whole.module, whole.stood_in), hindered)


def _spoiling(module: Module, stood_in: frozenset[Path]) -> Iterator[Finding]:
    """Give the faults with which no player could go on: ids, keys and empty texts."""
    for rule in (ids, keys, blanks):
        for finding in rule(module):
            if not covered(finding.path, stood_in) and not _premature(rule, finding, stood_in):
                yield finding


def _shown(module: Module, stood_in: frozenset[Path]) -> Module:
    """Return the module without the people, sources and questions that are unfinished."""

    def whole_ones(key: str) -> list[Any]:
        """Return the parts of a list that nothing stands in for."""
        begun = {path[:2] for path in stood_in if path[0] == key}
        parts = enumerate(getattr(module, key))
        return [part for at, part in parts if not {(key,), (key, at)} & begun]

    stages = {stage.id for stage in module.stages}
    titled = tuple(
        stage.model_copy(update={"title": f"Stage {at}, without a title"})
        if covered(("stages", at - 1, "title"), stood_in)
        else stage
        for at, stage in enumerate(module.stages, 1)
    )
    people = [person for person in whole_ones("people") if person.from_ in stages]
    return module.model_copy(
        update={
            "stages": titled,
            "people": tuple(people),
            "sources": tuple(whole_ones("sources")),
            "policy_questions": tuple(whole_ones("policy_questions")),
        }
    )
