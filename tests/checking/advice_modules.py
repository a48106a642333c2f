"""Modules for the tests of advice: one stage, with only what a test is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.catalogue.document import Module
from app.catalogue.module_files import Finding, Severity
from tests.factories.modules import option, plain_module, question

Rule = Callable[[Module], Iterator[Finding]]


def the_module(*items: dict[str, Any], **more: Any) -> Module:
    """Return a module of one stage, known then, that holds `items`."""
    stages = [{"id": "first", "title": "First", "known": "then", "items": list(items)}]
    return Module.model_validate(plain_module(**{"stages": stages, "people": []} | more))


def told(rule: Rule, module: Module) -> list[tuple[str, str]]:
    """Return where a rule found what, each with the last steps of its path; all is advice."""
    found = list(rule(module))
    assert all(each.severity is Severity.WARN and each.why for each in found)
    return [(".".join(map(str, each.path[4:] or each.path)), each.sentence) for each in found]


def asked(*options: tuple[str, str], kind: str = "single", **more: Any) -> dict[str, Any]:
    """Return a question whose options are (credit, text)."""
    made = [
        option(f"o{at}", credit, text=text, feedback="This is the reason for it.")
        for at, (credit, text) in enumerate(options)
    ]
    return question("q", kind, options=made, **more)
