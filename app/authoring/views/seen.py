"""The pages of a preview: one way to show a stage, whether of a version or of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authoring import previewing
from app.catalogue.document import GATES, QUESTIONS, Known, Module, Option, Reflection, Stage
from app.learning.stage_view import stage_view

# Whom one looks as: the word in the address, and how the page says it.
READERS = {"officers": "Officers and staff", "managers": "Policy makers and managers"}


@dataclass(frozen=True)
class Lacking:
    """What one item of a stage, or the stage itself, still lacks."""

    where: str
    # Each thing to do with its reason and the address of its field.
    things: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Seen:
    """What is previewed, and at which addresses."""

    module: Module
    # What it is, in words, such as “This is version 3.”
    words: str
    # The endpoints of its pages share their arguments.
    start_endpoint: str
    stage_endpoint: str
    paths_endpoint: str
    args: Mapping[str, Any]
    # By number from 0: the stages of a draft that are unfinished.
    hindered: Mapping[int, tuple[Lacking, ...]] = field(default_factory=dict)
    # By id: where a stage of a draft is edited.
    edits: Mapping[str, str] = field(default_factory=dict)
    # By id: where an item of a draft is edited, and commented on.
    items: Mapping[str, str] = field(default_factory=dict)
    # By number from 0: the stages of a draft that nobody has marked yet.
    unmarked: frozenset[int] = frozenset()
    # The settings of a draft that nobody has written yet.
    unwritten: frozenset[str] = frozenset()

    @property
    def start(self) -> str:
        """Return the address of the page on which a stage is chosen."""
        return url_for(self.start_endpoint, **self.args)

    @property
    def paths(self) -> str:
        """Return the address of the page that walks every path."""
        return url_for(self.paths_endpoint, **self.args)

    def at(self, stage_id: str, **more: Any) -> str:
        """Return the address of a stage."""
        return url_for(self.stage_endpoint, **self.args, stage_id=stage_id, **more)


def reader() -> str:
    """Return whom the page is looked at as."""
    asked = request.args.get("as", "")
    return asked if asked in READERS else "officers"


def readers(seen: Seen) -> list[tuple[str, str, bool]]:
    """Return whom one can look as: words, address, and whether this is it."""
    now = reader()
    return [(words, f"{seen.start}?as={name}", name == now) for name, words in READERS.items()]


def stage_rows(seen: Seen) -> list[dict[str, object]]:
    """Return the stages to begin at."""
    return [
        {
            "title": stage.title,
            "url": seen.at(stage.id),
            "known": "" if at in seen.unmarked else stage.known.value,
            "when": ", ".join(filter(None, (stage.when, stage.seat))),
            "questions": sum(isinstance(item, QUESTIONS) for item in stage.items),
            "reflections": sum(isinstance(item, Reflection) for item in stage.items),
            "lacking": sum(len(each.things) for each in seen.hindered.get(at, ())),
        }
        for at, stage in enumerate(seen.module.stages)
    ]


def stage_page(seen: Seen, stage_id: str) -> str | Response:
    """Show a stage as a learner meets it; what was decided stands in the address alone."""
    stages = seen.module.stages
    at = next((n for n, stage in enumerate(stages) if stage.id == stage_id), None)
    if at is None:
        abort(404)
    shown = stages[at]
    if at in seen.hindered:
        return render_template(
            "authoring/unfinished_stage.html",
            stage=shown,
            following=stages[at + 1] if at + 1 < len(stages) else None,
            lacking=seen.hindered[at],
            **_frame(seen, shown),
        )
    walk = previewing.walk(shown, dict(request.args.lists()))
    if walk.committed:
        return redirect(_address(seen, shown, walk), code=303)
    return render_template(
        "authoring/stage.html", **_frame(seen, shown), **_met(seen.module, shown, walk)
    )


def _frame(seen: Seen, shown: Stage) -> dict[str, Any]:
    """Return what stands around a stage."""
    stages = seen.module.stages
    return {
        "seen": seen,
        "module": seen.module,
        "position": stages.index(shown) + 1,
        "rail": [_rail_row(seen, each, shown) for each in stages],
    }


def _met(module: Module, shown: Stage, walk: previewing.Walk) -> dict[str, Any]:
    """Return what a learner meets in a stage after what was decided so far."""
    how_far = previewing.progress_at(module, shown, walk.state)
    return {
        "walk": walk,
        "view": stage_view(how_far, shown, walk.state),
        "opens": _opens(shown),
        "following": how_far.after(shown) if how_far.stage_passed(shown) else None,
        "sources": module.sources if shown.known is Known.LATER else (),
        "given_problems": [(walk.problem, f"item-{walk.incomplete}")] if walk.problem else [],
        "check": walk.incomplete,
    }


def _opens(stage: Stage) -> dict[str, list[Option]]:
    """Return, by question, the options that open a consequence of their own."""
    questions = (item for item in stage.items if isinstance(item, GATES))
    found = {
        question.id: [o for o in getattr(question, "options", ()) if getattr(o, "then", None)]
        for question in questions
    }
    return {name: options for name, options in found.items() if options}


def _address(seen: Seen, shown: Stage, walk: previewing.Walk) -> str:
    carried: dict[str, list[str]] = {}
    for name, value in walk.carried:
        carried.setdefault(name, []).append(value)
    return seen.at(shown.id, _anchor=f"answer-{walk.committed}", **carried)


def _rail_row(seen: Seen, each: Stage, shown: Stage) -> dict[str, object]:
    return {
        "title": each.title,
        "url": seen.at(each.id),
        "known": each.known.value,
        "state": "current" if each is shown else "open",
    }
