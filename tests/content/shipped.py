"""The modules in content/: their texts with the gates they stand behind, answers to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from app.catalogue.document import (
    GATES,
    QUESTIONS,
    Extract,
    Gate,
    Item,
    Known,
    Matching,
    Module,
    Multiple,
    Ordering,
    Question,
)
from app.catalogue.module_files import read_module
from app.config import ROOT
from app.ui.markdown import ledger, markdown

FOLDER = ROOT / "content"
FILES = sorted(FOLDER.glob("*.yaml"))
SLUGS = [path.stem for path in FILES]
# A line shorter than this may stand in an earlier text without giving anything away.
SHORT = 20


@cache
def shipped(slug: str) -> Module:
    """Return a module as its file says it."""
    path = FOLDER / f"{slug}.yaml"
    module = read_module(path.name, path.read_bytes()).module
    assert module is not None, path
    return module


def everything_right(question: Question) -> dict[str, Any]:
    """Return the form of the answer with full credit, from the document alone."""
    if isinstance(question, Ordering):
        return {"order": [option.id for option in question.options]}
    if isinstance(question, Matching):
        return {f"pair-{option.id}": option.target for option in question.options}
    return {"choice": [option.id for option in question.options if option.credit == "1"]}


def everything_wrong(question: Question) -> dict[str, Any]:
    """Return the form of an answer without any credit, from the document alone."""
    if isinstance(question, Ordering):
        return {"order": [option.id for option in reversed(question.options)]}
    if isinstance(question, Matching):
        targets = [target.id for target in question.targets]
        return {
            f"pair-{option.id}": next(target for target in targets if target != option.target)
            for option in question.options
        }
    wrong = [option.id for option in question.options if option.credit == "0"]
    return {"choice": wrong if isinstance(question, Multiple) else wrong[-1:]}


@dataclass(frozen=True)
class Gated:
    """A line that may be read once `opens` questions and reflections have been passed."""

    opens: int
    what: str
    line: str


def plain(html: str) -> str:
    """Return what one reads of a page, as one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def longest_line(text: str) -> str:
    """Return the longest line that a Markdown text shows."""
    return max((plain(line) for line in str(markdown(text)).splitlines()), key=len)


def longest_entry(extract: Extract) -> str:
    """Return the longest entry that an extract shows."""
    if extract.form.value in ("log", "record"):
        return max((words for _mark, words in ledger(extract.text)), key=len)
    return longest_line(extract.text)


def _of_question(question: Question, at: int, end: int) -> Iterator[Gated]:
    for option in question.options:
        if not isinstance(question, Matching | Ordering):
            yield Gated(at, f"option {option.id}", option.text)
        yield Gated(at + 1, f"feedback {option.id}", longest_line(option.feedback))
    yield Gated(at + 1, f"explanation {question.id}", longest_line(question.explanation))
    if question.reasonable:
        yield Gated(at + 1, f"reasonable {question.id}", longest_line(question.reasonable))
    yield Gated(end, f"done {question.id}", question.outcome.done)
    yield Gated(end, f"found {question.id}", question.outcome.found)


def _of_gate(gate: Gate, at: int, end: int) -> Iterator[Gated]:
    yield Gated(at, f"prompt {gate.id}", gate.prompt)
    for reveal in gate.then:
        text = reveal.text
        line = max((words for _mark, words in ledger(text)), key=len) if reveal.form else ""
        yield Gated(at + 1, f"then {gate.id}", line or longest_line(text))
    if isinstance(gate, QUESTIONS):
        yield from _of_question(gate, at, end)
    else:
        for point in gate.model_points:
            yield Gated(at + 1, f"point {gate.id}", longest_line(point.text))


def _of_item(item: Item, at: int, end: int) -> Iterator[Gated]:
    if isinstance(item, GATES):
        yield from _of_gate(item, at, end)
    elif isinstance(item, Extract):
        yield Gated(at, f"extract {item.id}", longest_entry(item))
    else:
        yield Gated(at, f"text {item.id}", longest_line(item.text))
        for claim in item.claims:
            yield Gated(at, f"claim in {item.id}", claim.text)


def gated(module: Module) -> list[Gated]:
    """Return the texts of a module with the number of gates that each stands behind."""
    end = len(list(module.gates()))
    found: list[Gated] = []
    at, began = 0, {}
    for stage in module.stages:
        began[stage.id] = at
        found.append(Gated(at, f"title of {stage.id}", stage.title))
        for item in stage.items:
            found.extend(_of_item(item, at, end))
            at += isinstance(item, GATES)
    later = next(began[stage.id] for stage in module.stages if stage.known is Known.LATER)
    found += [Gated(later, f"source {source.id}", source.title) for source in module.sources]
    found += [Gated(began[who.from_], f"who {who.name} is", who.who) for who in module.people]
    found += [
        Gated(end, f"policy question {asked.number}", asked.text)
        for asked in module.policy_questions
    ]
    return [text for text in found if len(text.line) >= SHORT]
