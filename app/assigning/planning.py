"""Who would be asked, who is asked already and who has completed it before; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.accounts.queries import MemberRow
from app.assigning.models import Earlier


@dataclass(frozen=True)
class Order:
    """What a manager wants: this unit and all below complete this module by this date."""

    module_id: int
    slug: str
    title: str
    unit_id: int
    unit_name: str
    unit_path: str
    due_on: date
    earlier: Earlier


@dataclass(frozen=True)
class StillOpen:
    """A request for the same module that somebody has not completed yet."""

    due_on: date
    assigned_by_name: str
    unit_name: str


@dataclass(frozen=True)
class Already:
    """Somebody who is asked for the module by an open request, and is not asked twice."""

    member: MemberRow
    request: StillOpen


@dataclass(frozen=True)
class Before:
    """Somebody who completed the module before, and when."""

    member: MemberRow
    completion_id: int
    completed_on: date


@dataclass(frozen=True)
class Plan:
    """What asking would do, person by person."""

    earlier: Earlier
    first_time: tuple[MemberRow, ...]
    already: tuple[Already, ...]
    before: tuple[Before, ...]

    @property
    def again(self) -> tuple[Before, ...]:
        """Return those who completed it before and are asked to do it again."""
        return self.before if self.earlier is Earlier.AGAIN else ()

    @property
    def counted(self) -> tuple[Before, ...]:
        """Return those whose earlier completion counts at once."""
        return self.before if self.earlier is Earlier.COUNTS else ()

    @property
    def to_do(self) -> int:
        """Return how many people would have something to do."""
        return len(self.first_time) + len(self.again)

    @property
    def occurrences(self) -> int:
        """Return how many people the request would stand for."""
        return len(self.first_time) + len(self.before)

    @property
    def digest(self) -> str:
        """Return what a confirming form carries, to be sure that it confirms this very list."""
        lines = [self.earlier.value]
        lines += [f"ask {member.person_id}" for member in self.first_time]
        lines += [f"open {row.member.person_id}" for row in self.already]
        lines += [f"before {row.member.person_id} {row.completion_id}" for row in self.before]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def plan_of(
    members: Iterable[MemberRow],
    open_requests: Mapping[int, StillOpen],
    completions: Mapping[int, tuple[int, date]],
    earlier: Earlier,
) -> Plan:
    """Sort people into those asked, those asked already, and those who completed it before."""
    first_time: list[MemberRow] = []
    already: list[Already] = []
    before: list[Before] = []
    for member in members:
        if member.person_id in open_requests:
            already.append(Already(member, open_requests[member.person_id]))
        elif member.person_id in completions:
            before.append(Before(member, *completions[member.person_id]))
        else:
            first_time.append(member)
    return Plan(earlier, tuple(first_time), tuple(already), tuple(before))
