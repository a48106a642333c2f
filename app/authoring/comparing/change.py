"""What can change between two states of a module, and how grave it is; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.ui.differences import Piece, pieces, shortened


class Change(Enum):
    """What a change touches, from the lightest to the gravest."""

    # Spaces, marks, capital letters, order of topics: nobody would read it differently.
    COSMETIC = "cosmetic"
    # Words of the story, prompts, options or feedback.
    WORDING = "wording"
    # Keys, credits, and which options there are.
    SCORING = "scoring"
    # Stages, questions and reflections that came, went or moved.
    STRUCTURE = "structure"


GRAVITY = {change: at for at, change in enumerate(Change)}
# What makes an earlier completion worth doing again.
GRAVE = frozenset({Change.SCORING, Change.STRUCTURE})


@dataclass(frozen=True)
class Difference:
    """One thing that changed; `address` is its part, empty for the module as a whole."""

    address: str
    change: Change
    sentence: str
    old: str = ""
    new: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the texts word by word; nothing where the sentence says it all."""
        return shortened(pieces(self.old, self.new)) if self.old or self.new else ()


@dataclass(frozen=True)
class Comparison:
    """Everything that changed."""

    differences: tuple[Difference, ...]

    @property
    def gravest(self) -> Change | None:
        """Return the gravest class of change; nothing changed: none."""
        return max((d.change for d in self.differences), key=GRAVITY.__getitem__, default=None)

    def of(self, change: Change) -> tuple[Difference, ...]:
        """Return the differences of one class."""
        return tuple(d for d in self.differences if d.change is change)

    def worst(self, most: int) -> tuple[Difference, ...]:
        """Return some of what changed, the gravest first."""
        ranked = sorted(self.differences, key=lambda d: -GRAVITY[d.change])
        return tuple(ranked[:most])
