"""Who there is in the demonstration: two made-up forces, their units and their people."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.models import UnitKind
from app.accounts.permissions import Role
from app.sign_in.demo_people import DEMO_ADDRESS

# Everybody in the demonstration has it; the command prints it.
PASSWORD = "a quiet demonstration"  # noqa: S105 it protects nothing


@dataclass(frozen=True)
class Place:
    """A unit: its short name here, its name, what it is, what it stands below."""

    key: str
    name: str
    kind: UnitKind
    below: str | None = None


@dataclass(frozen=True)
class Somebody:
    """A person: name, unit, and the roles held, each with the unit that it covers."""

    name: str
    unit: str
    roles: tuple[tuple[Role, str], ...] = ()
    # Listed on the sign-in page of the demonstration.
    listed: bool = False

    @property
    def email(self) -> str:
        """Return an address that cannot exist."""
        local = self.name.lower().replace(" ", ".").replace("’", "")
        return f"{local}{DEMO_ADDRESS}" if self.listed else f"{local}@northmoor.invalid"


LONG_UNIT = (
    "Neighbourhood and Community Engagement Team for the Northern Coastal Parishes, "
    "Harbour Approaches and Islands"
)
LONG_PERSON = "Wilhelmina Oluwaseun Anastasia Featherstonehaugh-Montgomery-Okonkwo de la Cruz"

PLACES = (
    Place("northmoor", "Northmoor Police", UnitKind.FORCE),
    Place("operations", "Operations", UnitKind.DEPARTMENT, "northmoor"),
    Place("contact", "Contact and Control", UnitKind.DEPARTMENT, "operations"),
    Place("early", "Contact Centre Early Turn", UnitKind.TEAM, "contact"),
    Place("late", "Contact Centre Late Turn", UnitKind.TEAM, "contact"),
    Place("response", "Response", UnitKind.DEPARTMENT, "operations"),
    Place("response-a", "Response Team A", UnitKind.TEAM, "response"),
    Place("response-b", "Response Team B", UnitKind.TEAM, "response"),
    Place("parishes", LONG_UNIT, UnitKind.TEAM, "operations"),
    # Nobody in it is ever asked for anything.
    Place("custody", "Custody", UnitKind.TEAM, "operations"),
    Place("crime", "Crime", UnitKind.DEPARTMENT, "northmoor"),
    Place("protection", "Public Protection", UnitKind.TEAM, "crime"),
    Place("ravensey", "Ravensey Police", UnitKind.FORCE),
    Place("control", "Ravensey Control Room", UnitKind.TEAM, "ravensey"),
)

OFFICER = Somebody("Aisha Rahman", "early", listed=True)
TRAINER = Somebody("Daniel Osei", "northmoor", ((Role.TRAINER, "northmoor"),), listed=True)
MANAGER = Somebody("Helen Marsh", "operations", ((Role.MANAGER, "operations"),), listed=True)
SERGEANT = Somebody(
    "Marek Nowak", "crime", ((Role.TRAINER, "crime"), (Role.MANAGER, "crime")), listed=True
)
ADMINISTRATOR = Somebody(
    "Priya Nair", "northmoor", ((Role.ADMINISTRATOR, "northmoor"),), listed=True
)
MANAGER_ELSEWHERE = Somebody("Gareth Pugh", "ravensey", ((Role.MANAGER, "ravensey"),), listed=True)
# The order in which the sign-in page lists them.
LISTED = (OFFICER, TRAINER, MANAGER, SERGEANT, ADMINISTRATOR, MANAGER_ELSEWHERE)

_NAMES = {
    "early": (
        "Ben Whitlock", "Chloe Adeyemi", "Farah Siddiqui", "Grace Lindqvist", "Ivan Petrov",
        "Jasmine Kaur", "Kieran Doyle", "Lucy Tran", "Mohammed Iqbal", "Nia Pritchard",
        "Owen Baptiste",
    ),
    "late": (
        "Abena Mensah", "Callum Frost", "Dilys Hopkin", "Emre Yildiz", "Fiona Garside",
        "Hassan Noor", "Imogen Clarke", "Joao Ferreira", "Kavita Menon", "Liam Corrigan",
    ),
    "response-a": (
        "Adam Sowerby", "Bethan Rees", "Chidi Eze", "Danuta Wojcik", "Ellie Ramsden",
        "Femi Balogun", "George Antoniou", "Hana Suzuki", "Jack Thornley", "Keira Dunmore",
        LONG_PERSON,
    ),
    "response-b": (
        "Alex Moreau", "Bukola Ajayi", "Connor Vale", "Dev Sharma", "Erin Sinclair",
        "Freddie Okoro", "Gwen Talbot", "Harjit Gill", "Isla Buchan", "Jonah Levy",
    ),
    "parishes": (
        "Agnes Crowther", "Bilal Hussain", "Cerys Vaughan", "Dmitri Volkov", "Esme Hartigan",
        "Frank Oyelaran",
    ),
    "custody": ("Alan Birkett", "Blessing Nwosu", "Carys Mostyn", "Denzel Ashworth"),
    "protection": (
        "Amara Diallo", "Brian Kettlewell", "Celine Dubois", "Dominic Sayer", "Elif Demir",
        "Georgia Hale", "Nadia Karim", "Tomas Novotny",
    ),
    "control": (
        "Anna Castell", "Bashir Rahmani", "Cara Whitfield", "Declan Mooney", "Eve Larkin",
    ),
}  # fmt: skip

# They come to a unit after it was asked for something.
JOINERS = (Somebody("Sofia Marchetti", "early"), Somebody("Tariq Aziz", "late"))


def everybody() -> tuple[Somebody, ...]:
    """Return all who are there from the start, the listed ones first."""
    others = (Somebody(name, unit) for unit, names in _NAMES.items() for name in names)
    return (*LISTED, *others)
