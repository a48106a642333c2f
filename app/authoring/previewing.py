"""A trainer's way through a stage, read from the address alone: nothing is stored; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.attempts.marking import Incomplete, Response, mark, read_form, shuffled
from app.attempts.progress import Progress, progress
from app.attempts.state import Given, State, Typed, Wrote
from app.catalogue.document import GATES, Gate, Module, Question, Reflection, Stage

# One seed for every preview, so that an address always shows the same page.
SEED = 1
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Walk:
    """What was decided in one stage; `carried` says it again in the next address."""

    state: State
    carried: tuple[tuple[str, str], ...] = ()
    # The gate that was committed by this very request, and what it lacked if it was incomplete.
    committed: str | None = None
    incomplete: str = ""
    problem: str = ""


def written(gate: Gate, given: Given | Wrote) -> list[tuple[str, str]]:
    """Return the fields of the address that say what was decided at a gate."""
    name = f"q-{gate.id}"
    if isinstance(given, Wrote):
        return [(name, "skipped" if given.skipped else "written")]
    response = given.response
    if response.pairs:
        return [(name, f"{option}:{target}") for option, target in response.pairs]
    return [(name, value) for value in response.order or response.chosen]


def _given(question: Question, response: Response) -> Given:
    marked = mark(question, response)
    return Given(response, marked.credit, marked.scheme)


def _form_of(question: Question, values: Sequence[str]) -> Fields:
    """Turn the values of an address into the fields of the question's own form."""
    if question.kind == "matching":
        pairs = (value.partition(":") for value in values)
        return {f"pair-{option}": (target,) for option, _, target in pairs}
    return {"order" if question.kind == "ordering" else "choice": values}


def _carried(gate: Gate, values: Sequence[str]) -> Given | Wrote | None:
    """Read what an address says of a gate; an address that was tampered with says nothing."""
    if isinstance(gate, Reflection):
        return Wrote(skipped=values[0] != "written") if values else None
    try:
        return _given(gate, read_form(gate, _form_of(gate, values)))
    except Incomplete:
        return None


def _sent(gate: Gate, fields: Fields) -> Given | Wrote:
    """Read the form of the open gate; raises Incomplete."""
    if isinstance(gate, Reflection):
        return Wrote(skipped="skip" in fields)
    return _given(gate, read_form(gate, fields))


def _moved(question: Question, fields: Fields) -> Typed:
    """Return the order after one press of up or down."""
    order = list(fields.get("order", ()))
    if sorted(order) != sorted(option.id for option in question.options):
        order = list(shuffled(question, SEED, "first"))
    option, _, direction = fields["move"][0].partition(":")
    if option in order:
        at = order.index(option)
        to = min(max(at + (1 if direction == "down" else -1), 0), len(order) - 1)
        order[at], order[to] = order[to], order[at]
    return Typed({"order": tuple(order)})


def _with(walk: Walk, gate: Gate, given: Given | Wrote) -> Walk:
    state = walk.state
    if isinstance(given, Wrote):
        state = replace(state, reflections={**state.reflections, gate.id: given})
    else:
        state = replace(state, answers={**state.answers, gate.id: given})
    return replace(walk, state=state, carried=(*walk.carried, *written(gate, given)))


def _opened(walk: Walk, gate: Gate, fields: Fields) -> Walk:
    """Add what the form of the first open gate says, committed or still being put in order."""
    if gate.id not in fields.get("item", ()):
        return walk
    typed = Typed({name: tuple(values) for name, values in fields.items()})
    if "move" in fields and not isinstance(gate, Reflection):
        typed = _moved(gate, fields)
    else:
        try:
            return replace(_with(walk, gate, _sent(gate, fields)), committed=gate.id)
        except Incomplete as incomplete:
            walk = replace(walk, incomplete=gate.id, problem=str(incomplete))
    return replace(walk, state=replace(walk.state, typed={(gate.id, "first"): typed}))


def walk(stage: Stage, fields: Fields) -> Walk:
    """Read from an address what was decided in `stage`, up to its first open gate."""
    found = Walk(State(seed=SEED))
    for gate in (item for item in stage.items if isinstance(item, GATES)):
        given = _carried(gate, fields.get(f"q-{gate.id}", ()))
        if given is None:
            return _opened(found, gate, fields)
        found = _with(found, gate, given)
    return found


def progress_at(module: Module, stage: Stage, state: State) -> Progress:
    """Return the progress of somebody who stands in `stage`: all before it lies behind."""
    before = module.stages[: module.stages.index(stage)]
    behind = {i.id for earlier in before for i in earlier.items if isinstance(i, GATES)}
    return progress(module, behind | state.passed)
