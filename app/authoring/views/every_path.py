"""What the page of every path says: dead ends, scores and counts, in words and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.authoring.views.seen import Seen
from app.catalogue.document import Stage
from app.catalogue.strict_yaml import Path
from app.checking.paths import Paths, walk_every_path

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Row:
    """What can come of one question."""

    prompt: str
    ways: int
    least: str
    blindly: str
    most: str


@dataclass(frozen=True)
class Walked:
    """Every path through what is previewed, as its page shows it."""

    # Each dead end with the stage and the question that it stands at.
    dead_ends: tuple[tuple[str, str], ...]
    # The titles of unfinished stages, which were not walked.
    left_out: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    bands: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    reflections: int


def walked(seen: Seen) -> Walked:
    """Walk every path through what is previewed; unfinished stages are left out."""
    found = walk_every_path(seen.module, frozenset(seen.hindered))
    stages = seen.module.stages
    return Walked(
        dead_ends=tuple((end.sentence, _place(stages, end.path)) for end in found.dead_ends),
        left_out=tuple(stages[at].title for at in sorted(seen.hindered)),
        figures=_figures(found),
        bands=tuple((words, share(Fraction(n, found.ways))) for words, n in found.bands or ()),
        rows=tuple(
            Row(one.prompt, one.ways, share(one.least), share(one.mean), share(one.most))
            for one in found.questions
        ),
        reflections=found.reflections,
    )


def _figures(found: Paths) -> tuple[tuple[str, str], ...]:
    return (
        (said_ways(found.ways), "path" if found.ways == 1 else "paths"),
        (share(found.least), "lowest score"),
        (share(found.mean), "score of a blind choice"),
        (share(found.most), "highest score"),
    )


def _place(stages: Sequence[Stage], path: Path) -> str:
    stage = stages[int(path[1])]
    if len(path) < 4:
        return f"Stage “{stage.title}”"
    item = stage.items[int(path[3])]
    return f"Stage “{stage.title}”: {getattr(item, 'prompt', item.id)}"


def said_ways(ways: int) -> str:
    """Say a number of paths: exactly below a billion, else as a power of ten."""
    if ways < 10**9:
        return f"{ways:,}"
    digits = str(ways)
    return f"about {digits[0]}.{digits[1]} × 10{str(len(digits) - 1).translate(_RAISED)}"


def share(part: Fraction) -> str:
    """Say a share as a percentage that never rounds something to nothing or to all."""
    if 0 < part < Fraction(1, 100):
        return "under 1%"
    if Fraction(99, 100) < part < 1:
        return "over 99%"
    return f"{round(part * 100)}%"
