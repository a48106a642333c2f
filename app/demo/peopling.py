"""Makes the forces, units and people of the demonstration, by the administrator's verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.models import Person, Unit
from app.demo.organisation import ADMINISTRATOR, PLACES, Place, Somebody, everybody
from app.demo.watching import watch
from app.people.administering import Identity, add_person, hand_over_link
from app.people.arranging import add_force, add_unit
from app.people.granting import give_grant
from app.sign_in.passwords import set_by_link


@dataclass
class Organisation:
    """The units by their short names and the people by their names, as they are made."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    # The unit that each person was first added to.
    homes: dict[int, Unit] = field(default_factory=dict)

    def id_of(self, somebody: Somebody) -> int:
        """Return the id of a person of the demonstration."""
        return self.people[somebody.name].id

    def members(self, key: str) -> list[Person]:
        """Return who was added to the unit or to one below it."""
        path = self.units[key].path
        return [p for p in self.people.values() if self.homes[p.id].path.startswith(path)]


def make_organisation(password_hash: str, *, now: datetime) -> Organisation:
    """Make everything that is there from the start."""
    made = Organisation()
    for place in PLACES:
        made.units[place.key] = _make_unit(place, made, now)
    for somebody in watch(everybody(), "Adding people"):
        add(somebody, made, password_hash, now=now)
    _give_roles(everybody(), made, now)
    return made


def _make_unit(place: Place, made: Organisation, now: datetime) -> Unit:
    if place.below is None:
        return add_force(place.name, now=now)
    return add_unit(place.name, place.kind, made.units[place.below], by=None, now=now)


def add(somebody: Somebody, made: Organisation, password_hash: str, *, now: datetime) -> Person:
    """Add a person, who then sets a password with the link that is handed over."""
    unit = made.units[somebody.unit]
    identity = Identity(f"N{1001 + len(made.people)}", somebody.name, somebody.email)
    person = add_person(identity, unit, by=None, now=now)
    set_by_link(hand_over_link(person, by=None, now=now), password_hash, now=now)
    made.people[somebody.name] = person
    made.homes[person.id] = unit
    return person


def _give_roles(people: Iterable[Somebody], made: Organisation, now: datetime) -> None:
    """Give the administrator her role, and let her give those in her force theirs."""
    administrator, hers = made.people[ADMINISTRATOR.name], made.units["northmoor"].path
    for somebody in sorted(people, key=lambda one: one is not ADMINISTRATOR):
        for role, key in somebody.roles:
            unit = made.units[key]
            given = unit.path.startswith(hers) and somebody is not ADMINISTRATOR
            by = administrator.id if given else None
            give_grant(made.people[somebody.name], role, unit, by=by, now=now)
