"""Checks a module file against every rule, each finding with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from app.catalogue.document import Module
from app.catalogue.module_files import Finding, ModuleFile, read_module
from app.checking.advice.conduct import conduct_without_standing
from app.checking.advice.figures import figures_that_differ
from app.checking.advice.marks import MARKS
from app.checking.advice.questions import ADVICE
from app.checking.advice.wording import WORDING
from app.checking.hindsight import WARNINGS
from app.checking.known_later import later_words_in_stages
from app.checking.paths import unreached
from app.checking.rules import RULES, refuse
from app.checking.source_texts import check_sources, paragraphs_at_hand, texts_at_hand


def findings_by_rule(
    module: Module, texts: Mapping[str, str] | None
) -> Iterator[tuple[object, Iterator[Finding]]]:
    """Give each rule with what it says about a module; `texts` are sources by SHA-256."""
    for rule in (*RULES, *WARNINGS, *ADVICE, *MARKS, *WORDING, conduct_without_standing, unreached):
        yield rule, rule(module)
    yield check_sources, check_sources(module, texts)
    if texts is not None:
        at_hand = paragraphs_at_hand(module, texts_at_hand(module, texts))
        yield later_words_in_stages, later_words_in_stages(module, at_hand)
        yield figures_that_differ, figures_that_differ(module, at_hand)


def check_module(module: Module, texts: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return everything that the rules say about a module; `texts` are sources by SHA-256."""
    found = [f for _rule, findings in findings_by_rule(module, texts) for f in findings]
    return tuple(dict.fromkeys(found))


def check_file(name: str, data: bytes, texts: Mapping[str, str] | None = None) -> ModuleFile:
    """Read and check one module file; its findings stand in the order of their lines."""
    file = read_module(name, data)
    if file.module is None:
        return file
    found = list(check_module(file.module, texts))
    if PurePath(name).stem != file.module.slug:
        found.append(refuse(f"the file must be called {file.module.slug}.yaml", "slug"))
    return replace(file, findings=tuple(sorted(found, key=file.line_of)))


def check_together(files: Iterable[ModuleFile]) -> list[ModuleFile]:
    """Add what only the files together show: two modules with the same slug."""
    seen: dict[str, str] = {}
    checked = []
    for file in files:
        slug = file.module.slug if file.module else file.name
        if slug in seen:
            said = refuse(f"{seen[slug]} holds a module “{slug}” too", "slug")
            file = replace(file, findings=(*file.findings, said))
        seen[slug] = file.name
        checked.append(file)
    return checked


def is_publishable(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing is left to do and nothing is to mend."""
    return not any(finding.severity.stops for finding in findings)


def is_refused(file: ModuleFile) -> bool:
    """Tell whether a file may not be published."""
    return not is_publishable(file.findings)
