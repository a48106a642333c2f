"""The standing people: an officer, her colleague, a trainer, their manager, people elsewhere.

Tree: Northshire (force) > Operations (department) > Contact centre, Response A (teams);
Northshire > Crime (department); Southshire (force) > Control room (team).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from argon2 import PasswordHasher

from app.accounts.models import Grant, Membership, Person, Unit, UnitKind, UnitParent
from app.accounts.permissions import Role
from app.db import db

PASSWORD = "correct horse battery"
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True)
class Cast:
    """Ids of the standing units and people; `emails` by the person's key."""

    units: dict[str, int]
    people: dict[str, int]
    emails: dict[str, str]

    def __getattr__(self, name: str) -> int:
        for table in (self.people, self.units):
            if name in table:
                return table[name]
        raise AttributeError(name)


def make_unit(name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    """Add a unit below `parent`, with its path and its interval."""
    force_id = None if parent is None else (parent.force_id or parent.id)
    unit = Unit(name=name, kind=kind, force_id=force_id, path="", created_at=LONG_AGO)
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    if parent is not None:
        db.session.add(UnitParent(unit_id=unit.id, parent_id=parent.id, from_on=LONG_AGO.date()))
    db.session.flush()
    return unit


def make_person(
    key: str, unit: Unit, *, roles: tuple[tuple[Role, Unit], ...] = (), active: bool = True
) -> Person:
    """Add a person to `unit`, able to sign in with PASSWORD, with `roles`."""
    person = Person(
        force_id=unit.force_id or unit.id,
        personnel_number=f"N{key}",
        name=key.replace("_", " ").title(),
        email=f"{key}@example.test",
        password_hash=_HASHED,
        created_at=LONG_AGO,
        deactivated_at=None if active else LONG_AGO,
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(Membership(person_id=person.id, unit_id=unit.id, from_on=date(2026, 1, 5)))
    for role, where in roles:
        db.session.add(Grant(person_id=person.id, role=role, unit_id=where.id, granted_at=LONG_AGO))
    db.session.flush()
    return person


def build_cast() -> Cast:
    """Make the units and people; flushes, does not commit."""
    north = make_unit("Northshire", UnitKind.FORCE)
    operations = make_unit("Operations", UnitKind.DEPARTMENT, north)
    contact = make_unit("Contact centre", UnitKind.TEAM, operations)
    response = make_unit("Response A", UnitKind.TEAM, operations)
    crime = make_unit("Crime", UnitKind.DEPARTMENT, north)
    south = make_unit("Southshire", UnitKind.FORCE)
    control = make_unit("Control room", UnitKind.TEAM, south)
    units = {
        "north": north,
        "operations": operations,
        "contact": contact,
        "response": response,
        "crime": crime,
        "south": south,
        "control": control,
    }
    people = {
        "officer": make_person("officer", contact),
        "colleague": make_person("colleague", contact),
        "responder": make_person("responder", response),
        "trainer": make_person("trainer", operations, roles=((Role.TRAINER, north),)),
        "manager": make_person("manager", operations, roles=((Role.MANAGER, operations),)),
        "manager_elsewhere": make_person(
            "manager_elsewhere", south, roles=((Role.MANAGER, south),)
        ),
        "trainer_elsewhere": make_person(
            "trainer_elsewhere", south, roles=((Role.TRAINER, south),)
        ),
        "officer_elsewhere": make_person("officer_elsewhere", control),
        "administrator": make_person("administrator", north, roles=((Role.ADMINISTRATOR, north),)),
        "administrator_elsewhere": make_person(
            "administrator_elsewhere", south, roles=((Role.ADMINISTRATOR, south),)
        ),
        "left": make_person("left", contact, active=False),
    }
    return Cast(
        units={key: unit.id for key, unit in units.items()},
        people={key: person.id for key, person in people.items()},
        emails={key: person.email or "" for key, person in people.items()},
    )
