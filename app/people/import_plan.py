"""Compares a file of people with the people there are: what would happen to whom, and why not."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from app.people.import_file import PersonRow, RefusedRow, Sheet

Watch = Callable[[Iterable[PersonRow]], Iterable[PersonRow]]
# A name that is nowhere near is not worth the search: a file of wrong units stays quick.
MOST_SUGGESTIONS = 50


class Outcome(Enum):
    """What an import would do with one person."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    UNCHANGED = "unchanged"
    NOT_ADDED = "not added"
    KEPT = "kept"


TOUCHED = frozenset({Outcome.CHANGED, Outcome.MOVED, Outcome.DEACTIVATED})


@dataclass(frozen=True)
class Known:
    """A person of the force as the database has her."""

    person_id: int
    number: str
    name: str
    email: str
    unit_id: int
    unit_name: str
    active: bool
    administrator: bool
    # Whether she belongs to the units that the importing administrator looks after.
    here: bool
    # Whether she holds a role outside those units: then her account is not theirs to change.
    role_outside: bool = False


@dataclass(frozen=True)
class State:
    """The people and units that a file is compared with."""

    force_name: str
    people: dict[str, Known]
    # Units that may be named, by folded name: id and name.
    units: dict[str, tuple[int, str]]
    # E-mail addresses of people in other forces.
    elsewhere: frozenset[str]


@dataclass(frozen=True)
class Difference:
    """What would happen to one person; `line` is empty for somebody missing from the file."""

    outcome: Outcome
    line: int | None
    person_id: int | None
    number: str
    name: str
    email: str
    unit_id: int
    unit_name: str
    details: tuple[str, ...] = ()
    was_active: bool = False


@dataclass(frozen=True)
class Plan:
    """The whole difference between a file and the people there are."""

    differences: tuple[Difference, ...]
    refused: tuple[RefusedRow, ...]
    # How many active people there are, and how many of them would be touched.
    active: int
    touched: int
    counts: dict[Outcome, int] = field(default_factory=dict)

    def of(self, outcome: Outcome) -> list[Difference]:
        """Return the people to whom this would happen."""
        return [found for found in self.differences if found.outcome is outcome]

    def exceeds(self, share: int) -> bool:
        """Tell whether more than `share` per cent of the active people would be touched."""
        return self.touched * 100 > share * self.active

    def digest(self) -> str:
        """Return what stands for exactly this plan."""
        digest = hashlib.sha256()
        for found in self.differences:
            digest.update(repr(found).encode())
        for row in self.refused:
            digest.update(repr(row).encode())
        return digest.hexdigest()


def folded(name: str) -> str:
    """Return a name as it is compared: spaces and capitals do not matter."""
    return " ".join(name.split()).casefold()


def make_plan(
    sheet: Sheet, state: State, *, deactivate_missing: bool = False, watch: Watch = iter
) -> Plan:
    """Compare `sheet` with `state`; what comes out does not depend on the order of the rows."""
    judge = _Judge(sheet.rows, state, deactivate_missing)
    found: list[Difference] = []
    refused = list(sheet.refused)
    for row in watch(sheet.rows):
        reasons = list(judge.reasons(row))
        if reasons:
            refused.append(RefusedRow(row.line, " ".join(reasons), row.cells))
        else:
            found.append(judge.difference(row))
    if deactivate_missing:
        found.extend(judge.missing())
    found.sort(key=lambda one: (one.outcome.value, one.name.casefold(), one.number))
    refused.sort(key=lambda row: row.line)
    return Plan(
        tuple(found),
        tuple(refused),
        active=sum(known.active and known.here for known in state.people.values()),
        touched=sum(one.was_active and one.outcome in TOUCHED for one in found),
        counts=dict(Counter(one.outcome for one in found)),
    )


class _Judge:
    """Knows the whole file and the whole force, so that one row can be judged by itself."""

    def __init__(self, rows: tuple[PersonRow, ...], state: State, whole: bool) -> None:
        self.state = state
        self.whole = whole
        self.by_number: dict[str, list[PersonRow]] = {}
        self.by_email: dict[str, list[PersonRow]] = {}
        for row in rows:
            self.by_number.setdefault(row.number, []).append(row)
            self.by_email.setdefault(row.email, []).append(row)
        self.owners = {known.email: known for known in state.people.values() if known.email}
        self.suggestions: dict[str, str] = {}

    def reasons(self, row: PersonRow) -> Iterator[str]:
        """Yield a sentence for each reason why the row cannot be taken."""
        if row.force and folded(row.force) != folded(self.state.force_name):
            yield f"The row is of “{row.force}”; this import is for {self.state.force_name}."
        yield from _twice(row, self.by_number[row.number], f"The personnel number {row.number}")
        yield from _twice(row, self.by_email[row.email], f"The e-mail address {row.email}")
        if folded(row.unit) not in self.state.units:
            yield self._unknown_unit(row.unit)
        known = self.state.people.get(row.number)
        if known is not None and not known.here:
            yield f"The personnel number {row.number} belongs to somebody outside your units."
        elif known is not None and row.active is False and known.active and known.administrator:
            yield f"{known.name} is an administrator: end that role on the person’s page first."
        elif known is not None and known.role_outside and self._changes_account(row, known):
            yield (
                f"{known.name} holds a role outside your units: an administrator there changes "
                "the name, the e-mail address and whether the account is open."
            )
        yield from self._email_taken(row)

    def _changes_account(self, row: PersonRow, known: Known) -> bool:
        """Tell whether a row changes more than the unit: who could sign in, and as whom."""
        active = True if row.active is None and self.whole else row.active
        opened = active is not None and active != known.active
        return opened or (row.name, row.email) != (known.name, known.email)

    def _unknown_unit(self, name: str) -> str:
        if name not in self.suggestions and len(self.suggestions) < MOST_SUGGESTIONS:
            near = difflib.get_close_matches(folded(name), self.state.units, n=1)
            self.suggestions[name] = f" Is “{self.state.units[near[0]][1]}” meant?" if near else ""
        said = f"There is no unit called “{name}” in {self.state.force_name}."
        return said + self.suggestions.get(name, "")

    def _email_taken(self, row: PersonRow) -> Iterator[str]:
        said = f"The e-mail address {row.email} is already used by"
        owner = self.owners.get(row.email)
        if owner is None or owner.number == row.number:
            if row.email in self.state.elsewhere:
                yield f"{said} somebody outside your units."
            return
        given_up = self.by_number.get(owner.number, [])
        if len(given_up) == 1 and given_up[0].email != row.email:
            return
        whom = f"{owner.name} ({owner.number})" if owner.here else "somebody outside your units"
        yield f"{said} {whom}."

    def difference(self, row: PersonRow) -> Difference:
        """Return what a row that can be taken would do."""
        unit_id, unit_name = self.state.units[folded(row.unit)]
        known = self.state.people.get(row.number)
        if known is None:
            outcome = Outcome.NOT_ADDED if row.active is False else Outcome.NEW
            details: tuple[str, ...] = ()
            person_id, was_active = None, False
        else:
            active = True if row.active is None and self.whole else row.active
            details = tuple(_details(row, known, unit_id, unit_name))
            outcome = _outcome(known, active, unit_id, bool(details))
            person_id, was_active = known.person_id, known.active
        return Difference(
            outcome, row.line, person_id, row.number, row.name, row.email,
            unit_id, unit_name, details, was_active,
        )  # fmt: skip

    def missing(self) -> Iterator[Difference]:
        """Yield the active people who are not in the file; some of them are kept."""
        for number, known in self.state.people.items():
            if known.active and known.here and number not in self.by_number:
                kept = _kept_for(known)
                yield Difference(
                    Outcome.KEPT if kept else Outcome.DEACTIVATED,
                    None, known.person_id, number, known.name, known.email,
                    known.unit_id, known.unit_name,
                    (f"Not in the file{kept}.",), True,
                )  # fmt: skip


def _kept_for(known: Known) -> str:
    """Return why somebody missing from the file is kept all the same; nothing if she is not."""
    if known.administrator:
        return "; an administrator"
    return "; holds a role outside your units" if known.role_outside else ""


def _twice(row: PersonRow, rows: list[PersonRow], what: str) -> Iterator[str]:
    others = [str(other.line) for other in rows if other is not row][:5]
    if others:
        yield f"{what} stands in the file more than once: also on line {', '.join(others)}."


def _details(row: PersonRow, known: Known, unit_id: int, unit_name: str) -> Iterator[str]:
    if known.unit_id != unit_id:
        yield f"From {known.unit_name} to {unit_name}."
    if known.name != row.name:
        yield f"Name was {known.name}."
    if known.email != row.email:
        yield f"E-mail was {known.email}."


def _outcome(known: Known, active: bool | None, unit_id: int, differs: bool) -> Outcome:
    if active is not None and active != known.active:
        return Outcome.REACTIVATED if active else Outcome.DEACTIVATED
    if known.unit_id != unit_id:
        return Outcome.MOVED
    return Outcome.CHANGED if differs else Outcome.UNCHANGED
