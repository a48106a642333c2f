"""What one stage page shows, as frozen values: nothing behind an open gate is in them; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.attempts.progress import Progress
from app.attempts.state import State
from app.catalogue.document import GATES, Item, Module, Reflection, Stage
from app.learning.question_view import ItemView, question_view, said_place


@dataclass(frozen=True)
class StageView:
    """One stage page."""

    id: str
    title: str
    when: str
    seat: str
    known: str
    items: tuple[ItemView, ...]
    passed: bool
    people: tuple[tuple[str, str], ...]


def _reflection_view(item: Reflection, state: State, number: int, total: int) -> ItemView:
    wrote = state.reflections.get(item.id)
    return ItemView(
        id=item.id,
        kind="reflection",
        item=item if wrote else None,
        open=wrote is None,
        number=number,
        total=total,
        ask="in your own words, not marked",
        prompt=item.prompt,
        hint=item.hint or "",
        wrote=wrote,
        typed=state.typed.get((item.id, "first")),
        reveals=item.then if wrote else (),
        scheme=(
            f"The IOPC’s question {item.iopc_question}, in our words"
            if item.iopc_question
            else "Debrief’s question, not the IOPC’s"
        ),
    )


def item_view(item: Item, state: State, numbers: Mapping[str, int]) -> ItemView:
    """Return one open item as its page shows it."""
    total = len(numbers)
    if isinstance(item, Reflection):
        return _reflection_view(item, state, numbers[item.id], total)
    if isinstance(item, GATES):
        return question_view(item, state, number=numbers[item.id], total=total)
    claims = item.claims if item.kind == "text" else ()
    return ItemView(
        id=item.id, kind=item.kind, item=item, place=said_place(item.place), claims=claims
    )


def people_known(module: Module, upto: int) -> tuple[tuple[str, str], ...]:
    """Return who is known to the learner at the stage with this index, what came last joined."""
    ids = [stage.id for stage in module.stages]
    found: dict[str, list[str]] = {}
    for person in module.people:
        if ids.index(person.from_) <= upto:
            found.setdefault(person.name, []).append(person.who)
    return tuple((name, "; ".join(words)) for name, words in found.items())


def stage_view(progress: Progress, stage: Stage, state: State) -> StageView:
    """Return the page of an open stage."""
    module: Module = progress.module
    numbers = {gate.id: at for at, gate in enumerate(module.gates(), start=1)}
    return StageView(
        id=stage.id,
        title=stage.title,
        when=stage.when or "",
        seat=stage.seat or "",
        known=stage.known.value,
        items=tuple(item_view(item, state, numbers) for item in progress.open_items(stage)),
        passed=progress.stage_passed(stage),
        people=people_known(module, module.stages.index(stage)),
    )
