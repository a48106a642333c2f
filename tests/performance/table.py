"""The table of results, and whether each target is met, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.performance.lines import Line
from tests.performance.load import Measured


@dataclass(frozen=True)
class Cell:
    """One line at one number of clients."""

    key: str
    title: str
    clients: int
    rate: float
    p50: float
    p95: float
    # Processor time of the server's processes for one answer, without the database's own.
    processor: float
    wrong: str
    used_up: bool = False


def cell_of(
    key: str, title: str, clients: int, found: Measured, processor: float, *, scale: float = 1.0
) -> Cell:
    """Return the cell of what was measured; `scale` turns answers a second into the line's unit."""
    wrong = ", ".join(f"{count} × {status}" for status, count in found.wrong.items())
    answers = found.acknowledged + sum(found.wrong.values())
    return Cell(
        key, title, clients, found.rate * scale, found.percentile(0.5), found.percentile(0.95),
        1000 * processor / answers if answers else 0.0, wrong, found.used_up,
    )  # fmt: skip


HEAD = (
    f"{'':28}{'clients':>8}{'a second':>10}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}  not as wanted"
)


def row(cell: Cell) -> str:
    """Return the line of one cell."""
    wrong = cell.wrong or "0"
    note = " (all that there was)" if cell.used_up else ""
    return (
        f"{cell.title:28}{cell.clients:>8}{cell.rate:>10.1f}{cell.p50:>8.1f}{cell.p95:>8.1f}"
        f"{cell.processor:>8.2f}  {wrong}{note}"
    )


def _best(cells: Sequence[Cell], key: str) -> float:
    return max((cell.rate for cell in cells if cell.key == key), default=0.0)


def target_of(line: Line, insert_floor: float) -> float | None:
    """Return the least rate: ten times Moodle's, or half the floor where that will do."""
    if line.moodle is None:
        return None
    ten_times = 10.0 * line.moodle
    return min(ten_times, insert_floor / 2) if line.half_floor_will_do else ten_times


def verdicts(lines: Sequence[Line], cells: Sequence[Cell]) -> tuple[list[str], bool]:
    """Return the table of targets, and whether all of them are met."""
    floors = {"page": _best(cells, "floor-page"), "insert": _best(cells, "floor-insert")}
    said = [
        f"{'At the best number of clients':30}{'rate':>8}{'Moodle':>8}{'times':>8}"
        f"{'of floor':>10}{'target':>8}  target"
    ]
    sound = True
    for line in lines:
        rate = _best(cells, line.key)
        floor = floors[line.floor]
        target = target_of(line, floors["insert"])
        share = f"{rate / floor:.2f}" if floor and line.key != "modules" else "-"
        if target is None:
            said.append(f"{line.title:30}{rate:>8.0f}{'-':>8}{'-':>8}{share:>10}{'-':>8}  none set")
            continue
        met = rate >= target
        sound = sound and met
        times = f"{rate / (line.moodle or 1):.1f}"
        said.append(
            f"{line.title:30}{rate:>8.0f}{line.moodle:>8}{times:>8}{share:>10}{target:>8.0f}  "
            f"{'met' if met else 'NOT MET'}"
        )
    return said, sound
