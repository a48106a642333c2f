"""What one learner did in an attempt, as frozen values; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from app.attempts.marking import Response


@dataclass(frozen=True)
class Given:
    """An answer that was committed."""

    response: Response
    credit: Fraction
    scheme: str
    committed_at: datetime | None = None


@dataclass(frozen=True)
class Point:
    """How a learner held her reflection against one model point."""

    tick: str = ""
    words: str = ""


@dataclass(frozen=True)
class Wrote:
    """A reflection that was written or skipped."""

    skipped: bool
    text: str = ""
    points: Mapping[int, Point] = field(default_factory=dict)
    points_sequence: int = 0
    written_at: datetime | None = None


@dataclass(frozen=True)
class Meant:
    """What the learner means to do on her next shift, and how often she saved it."""

    text: str = ""
    sequence: int = 0
    written_at: datetime | None = None


@dataclass(frozen=True)
class Typed:
    """What stands in a form that was not committed."""

    fields: Mapping[str, tuple[str, ...]]
    sequence: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class State:
    """Everything that one learner did in an attempt, by id of item."""

    answers: Mapping[str, Given] = field(default_factory=dict)
    again: Mapping[str, Given] = field(default_factory=dict)
    reflections: Mapping[str, Wrote] = field(default_factory=dict)
    typed: Mapping[tuple[str, str], Typed] = field(default_factory=dict)
    seed: int = 0

    @property
    def passed(self) -> frozenset[str]:
        """Return the gates that are behind the learner."""
        return frozenset(self.answers) | frozenset(self.reflections)
