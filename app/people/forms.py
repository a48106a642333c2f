"""What an administrator may type about people, roles and units, and the words of the refusals."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app.accounts.models import Person, Unit, UnitKind
from app.accounts.permissions import Role
from app.people.administering import Identity
from app.people.import_file import is_email
from app.ui.fields import (
    BooleanField,
    CalendarDateField,
    EmailField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    choice,
)
from app.ui.forms import DebriefForm

ROLE_WORDS = {
    Role.TRAINER: ("Trainer", "Sees how questions work, never who answered; records sessions."),
    Role.MANAGER: ("Manager", "Assigns modules and sees who has completed what, never answers."),
    Role.ADMINISTRATOR: ("Administrator", "Manages people, units, roles and imports."),
}
KIND_WORDS = {
    UnitKind.DEPARTMENT: ("Department", "Other units can stand below it."),
    UnitKind.TEAM: ("Team", "Nothing stands below it."),
}


def one_line(value: str | None) -> str:
    """Return what was typed without spaces around it and with single ones inside."""
    return " ".join((value or "").split())


def lower(value: str | None) -> str:
    """Return an address as it is stored."""
    return (value or "").strip().lower()


def _printable(_form: DebriefForm, field: StringField) -> None:
    if not all(letter.isprintable() for letter in field.data or ""):
        raise ValidationError("There is a character in it that cannot be seen. Type it again")


def _email(_form: DebriefForm, field: EmailField) -> None:
    if not is_email(field.data or ""):
        raise ValidationError("Enter an e-mail address such as name@force.police.uk")


def in_tree(units: Iterable[Unit]) -> list[tuple[Unit, str]]:
    """Return units with their names set in by how deep they stand."""
    units = list(units)
    top = min((unit.path.count("/") for unit in units), default=0)
    return [(unit, "– " * (unit.path.count("/") - top) + unit.name) for unit in units]


class UnitChoice(DebriefForm):
    """A form with a choice of one of the administrator's units."""

    unit = SelectField("Unit", [InputRequired("Choose a unit")])

    def offer(self, units: Iterable[Unit]) -> None:
        """Give the units to choose from."""
        named = [choice(str(unit.id), label) for unit, label in in_tree(units)]
        self.unit.choices = [choice("", "Choose a unit"), *named]


class PersonForm(DebriefForm):
    """Who a person is."""

    name = StringField(
        "Name",
        [DataRequired("Enter the name"),
         Length(max=200, message="The name must be 200 characters or fewer"), _printable],
        filters=[one_line],
        description="As colleagues know the person, for example Sam Okoro",
    )  # fmt: skip
    number = StringField(
        "Personnel number",
        [DataRequired("Enter the personnel number"),
         Length(max=40, message="The personnel number must be 40 characters or fewer"),
         _printable],
        filters=[one_line],
        description="An import finds the person by it",
    )  # fmt: skip
    email = EmailField(
        "E-mail address",
        [DataRequired("Enter the e-mail address"),
         Length(max=254, message="The e-mail address must be 254 characters or fewer"), _email],
        filters=[lower],
        description="The person signs in with it",
    )  # fmt: skip

    def identity(self) -> Identity:
        """Return what was typed."""
        return Identity(self.number.data or "", self.name.data or "", self.email.data or "")

    def fill(self, person: Person) -> None:
        """Show what holds now."""
        self.name.data = person.name
        self.number.data = person.personnel_number
        self.email.data = person.email


class NewPersonForm(PersonForm, UnitChoice):
    """Who a new person is and where she belongs."""


class MoveForm(UnitChoice):
    """Where a person belongs from which day on."""

    from_on = CalendarDateField(
        "First day in the new unit",
        [InputRequired("Enter the first day in the new unit")],
        description="Today or earlier. For example, 4 12 2026",
    )


class GrantForm(UnitChoice):
    """Which role a person is given, and where."""

    role = RadioField(
        "Role",
        [InputRequired("Choose a role")],
        choices=[choice(role.value, *ROLE_WORDS[role]) for role in Role],
    )


class RenameForm(DebriefForm):
    """What a unit is called."""

    name = StringField(
        "Name of the unit",
        [DataRequired("Enter the name of the unit"),
         Length(max=120, message="The name must be 120 characters or fewer"), _printable],
        filters=[one_line],
        description="No other unit of the force may have it, so that an import can name the unit",
    )  # fmt: skip


class NewUnitForm(RenameForm):
    """What a new unit is called and what it is."""

    kind = RadioField(
        "Kind",
        [InputRequired("Choose what kind of unit it is")],
        choices=[choice(kind.value, *KIND_WORDS[kind]) for kind in KIND_WORDS],
    )


class UploadForm(DebriefForm):
    """A file of people to be compared, and how."""

    file = FileField(
        "CSV file",
        description="Columns personnel_number, name, email, unit and, if you like, active (yes "
        "or no). Up to 20 MB and 100,000 rows.",
    )
    force = SelectField("Force", [InputRequired("Choose a force")])
    deactivate_missing = BooleanField(
        "Deactivate people who are not in the file",
        description="Only for a file of everybody: without this, nobody is touched because a row "
        "is missing. Administrators are never deactivated in this way.",
    )

    def offer(self, forces: Iterable[Unit]) -> None:
        """Give the forces to choose from; the only one is chosen."""
        self.force.choices = [choice(str(force.id), force.name) for force in forces]


class ApplyForm(DebriefForm):
    """The consent to touch more people than is usual."""

    change_many = BooleanField("Yes, change this many people")


class SearchForm(DebriefForm):
    """What the list of people is searched and filtered by."""

    q = StringField("Name, number or e-mail")
    unit = SelectField("Unit")
    state = SelectField("Account")

    def offer(self, units: Iterable[Unit], states: dict[str, str]) -> None:
        """Give the units and states to choose from."""
        named = [choice(str(unit.id), label) for unit, label in in_tree(units)]
        self.unit.choices = [choice("", "All units"), *named]
        self.state.choices = [choice(state, words) for state, words in states.items()]
