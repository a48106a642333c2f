"""Progress: pure thinking over which gates of a module have been passed."""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass

from app.catalogue.document import GATES, Gate, Item, Known, Module, Stage

WORDS_A_MINUTE = 200
GATE_SECONDS = 40


@dataclass(frozen=True)
class Progress:
    """How far somebody has come in `module`; `passed` are ids of questions and reflections."""

    module: Module
    passed: frozenset[str]

    @property
    def next_gate(self) -> Gate | None:
        """Return the first question or reflection that is still open."""
        return next((gate for gate in self.module.gates() if gate.id not in self.passed), None)

    @property
    def all_passed(self) -> bool:
        """Tell whether everything has been decided."""
        return self.next_gate is None

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        """Return the stages that may be read: all up to the first with an open gate."""
        found = []
        for stage in self.module.stages:
            found.append(stage)
            if not self.stage_passed(stage):
                break
        return tuple(found)

    def stage_passed(self, stage: Stage) -> bool:
        """Tell whether no gate of `stage` is open."""
        return all(item.id in self.passed for item in stage.items if isinstance(item, GATES))

    def stage(self, stage_id: str) -> Stage | None:
        """Return the stage if it may be read; a closed one is not there at all."""
        return next((stage for stage in self.open_stages if stage.id == stage_id), None)

    def opened(self, *stage_ids: str) -> tuple[Stage, ...]:
        """Return the stages that may be read up to the last of these or one with a passed gate.

        A stage without a gate may be read before anybody goes on to it; that does not open it.
        """
        stages = self.open_stages
        reached = [
            at for at, stage in enumerate(stages) if stage.id in stage_ids or self.begun(stage)
        ]
        return stages[: max(reached, default=0) + 1]

    def begun(self, stage: Stage) -> bool:
        """Tell whether a gate of `stage` has been passed."""
        return any(item.id in self.passed for item in stage.items)

    def after(self, stage: Stage) -> Stage | None:
        """Return the stage that follows, if it may be read."""
        opened = self.open_stages
        at = opened.index(stage)
        return opened[at + 1] if at + 1 < len(opened) else None

    def open_items(self, stage: Stage) -> tuple[Item, ...]:
        """Return the items of an open stage up to and with its first open gate."""
        found: list[Item] = []
        for item in stage.items:
            found.append(item)
            if isinstance(item, GATES) and item.id not in self.passed:
                break
        return tuple(found)

    def open_gate(self, item_id: str) -> Gate | None:
        """Return a gate whose form may be sent now or was passed before; else None."""
        for gate in self.module.gates():
            if gate.id == item_id:
                return gate
            if gate.id not in self.passed:
                return None
        return None

    @property
    def number(self) -> int:
        """Return which stage, counted from 1, is the furthest open one."""
        return len(self.open_stages)

    def place(self, stage_id: str) -> tuple[Stage, Gate | None]:
        """Return where to go on for somebody who last opened `stage_id`."""
        stage = self.stage(stage_id) or self.module.stages[0]
        if self.stage_passed(stage):
            return stage, None
        items = self.open_items(stage)
        last = items[-1]
        return stage, last if isinstance(last, GATES) else None

    def minutes_left(self, stage_id: str) -> int:
        """Return the stated minutes that remain from `stage_id` on, at least 1."""
        if self.all_passed and stage_id == self.module.stages[-1].id:
            return 1
        total = sum(expected_seconds(item) for _stage, item in self.module.items())
        ids = [stage.id for stage in self.module.stages]
        at = ids.index(stage_id) if stage_id in ids else 0
        left = sum(
            expected_seconds(item)
            for position, stage in enumerate(self.module.stages)
            for item in stage.items
            if item.id not in self.passed and (position >= at or isinstance(item, GATES))
        )
        return max(1, math.ceil(self.module.minutes * left / total))


def progress(module: Module, passed: Set[str]) -> Progress:
    """Return the progress of somebody who passed the gates with these ids."""
    return Progress(module, frozenset(passed))


def counts_ahead(module: Module, opened: tuple[Stage, ...]) -> tuple[int, int]:
    """Return how many stages are closed: of what could be known then, and of what came later."""
    closed = module.stages[len(opened) :]
    later = sum(stage.known is Known.LATER for stage in closed)
    return len(closed) - later, later


def expected_seconds(item: Item) -> float:
    """Estimate the time that an item takes, to divide the stated minutes by."""
    words = len(item.text.split()) if item.kind in ("text", "extract") else 60
    return words * 60 / WORDS_A_MINUTE + (GATE_SECONDS if isinstance(item, GATES) else 0)
