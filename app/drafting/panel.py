"""What checks say of a draft, in three groups, each finding with the way to its field; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.catalogue.module_files import Finding, Severity
from app.catalogue.strict_yaml import Path
from app.drafting.links import link_to
from app.drafting.outline import KIND_WORDS, WHOLE_WORDS, Counts, first_words, words_of
from app.drafting.parts import Document


@dataclass(frozen=True)
class Advice:
    """One finding in the panel of checks: where, what, why, and the way there."""

    where: str
    sentence: str
    why: str
    address: str
    anchor: str


@dataclass(frozen=True)
class Panel:
    """What the checks say, in three groups."""

    todo: tuple[Advice, ...] = ()
    mend: tuple[Advice, ...] = ()
    advice: tuple[Advice, ...] = ()

    @property
    def counts(self) -> Counts:
        """Return how much there is of each."""
        return Counts(len(self.todo), len(self.mend), len(self.advice))

    @property
    def advice_by_reason(self) -> tuple[tuple[str, tuple[Advice, ...]], ...]:
        """Return the advice in runs of one reason each."""
        runs = groupby(self.advice, key=lambda line: line.why)
        return tuple((why, tuple(lines)) for why, lines in runs)


def panel_of(document: Document, findings: Sequence[Finding]) -> Panel:
    """Return what the checks say, grouped, each with the way to its field."""
    groups: dict[Severity, list[Advice]] = {severity: [] for severity in Severity}
    for finding in findings:
        address, anchor = link_to(document, finding.path)
        groups[finding.severity].append(
            Advice(_where(document, finding.path), finding.sentence, finding.why, address, anchor)
        )
    todo, mend, warn = (groups[s] for s in (Severity.TODO, Severity.REFUSE, Severity.WARN))
    return Panel(tuple(todo), tuple(mend), _rarest_first(warn))


def _rarest_first(advice: list[Advice]) -> tuple[Advice, ...]:
    """Put together what has one reason; what is said once must not drown in what is said often."""
    often = Counter(line.why for line in advice)
    begun = {why: number for number, why in enumerate(often)}
    return tuple(sorted(advice, key=lambda line: (often[line.why], begun[line.why])))


def _where(document: Document, path: Path) -> str:
    """Name the stage and the item that a finding is about, or the part beside the stages."""
    if path[:1] != ("stages",):
        address, _anchor = link_to(document, path)
        return WHOLE_WORDS.get(address, "Module")
    names = []
    stage = _at(document.get("stages"), path[1:2])
    if stage is not None:
        names.append(str(stage.get("title") or f"Stage {int(path[1]) + 1}, without a title"))
        item = _at(stage.get("items"), path[3:4])
        if item is not None:
            kind = KIND_WORDS.get(str(item.get("kind")), "Item")
            names.append(f"{kind}: {first_words(words_of(item), 6)}")
    return " › ".join(names) or "Stages"


def _at(among: Any, step: Path) -> Document | None:
    number = step[0] if step else None
    if not isinstance(among, list) or not isinstance(number, int) or number >= len(among):
        return None
    return among[number] if isinstance(among[number], dict) else None
