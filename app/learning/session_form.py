"""What a trainer types about a facilitated session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from app.accounts.models import Unit
from app.catalogue.models import Version
from app.learning.facilitating import (
    MOST_PEOPLE,
    Attendee,
    SessionRefused,
    attendees,
    by_numbers,
    check_day,
    members,
)
from app.ui.fields import (
    CalendarDateField,
    CheckboxesField,
    SelectField,
    TextAreaField,
    choice,
)
from app.ui.forms import DebriefForm


class SessionForm(DebriefForm):
    """A module's version, a date and people, ticked or typed by number."""

    version = SelectField("Module and version", validate_choice=False)
    held_on = CalendarDateField("Date of the session")
    unit = SelectField("People of", validate_choice=False)
    people = CheckboxesField("Who was there", validate_choice=False)
    numbers = TextAreaField(
        "Personnel numbers",
        description="For people of other units, or instead of ticking. One a line.",
    )

    def fill(self, versions: Sequence[Version], units: Sequence[Unit], own: int | None) -> None:
        """Offer the modules and units of the trainer; her own unit stands first chosen."""
        newest: dict[int, int] = {}
        for version in versions:
            newest.setdefault(version.module_id, version.id)
        latest = [version for version in versions if version.id in newest.values()]
        earlier = [version for version in versions if version not in latest]
        self.version.choices = [
            choice("", "Choose a module"),
            *(_version_choice(version, "Latest versions") for version in latest),
            *(_version_choice(version, "Earlier versions") for version in earlier),
        ]
        known = {str(unit.id) for unit in units}
        self.unit.choices = [choice(str(unit.id), unit.name) for unit in units]
        if self.unit.data not in known:
            self.unit.data = str(own) if str(own) in known else next(iter(known), "")

    def person_ids(self) -> set[int]:
        """Return the people who are ticked."""
        ids = (value for value in self.people.data or () if value.isdecimal() and len(value) < 10)
        return {int(value) for value in ids}

    def offer_people(self, paths: Collection[str], units: Sequence[Unit]) -> bool:
        """Offer the people of the chosen unit beside those ticked; False if they are too many."""
        unit = next((unit for unit in units if str(unit.id) == self.unit.data), None)
        found = members(unit.path) if unit else []
        few = len(found) <= MOST_PEOPLE
        ticked = attendees(paths, self.person_ids())
        shown = {person.person_id: person for person in [*ticked, *(found if few else [])]}
        self.people.choices = [
            choice(str(person.person_id), person.name, hint=_hint(person))
            for person in sorted(shown.values(), key=lambda person: (person.name, person.person_id))
        ]
        return few

    def chosen_version(self, versions: Sequence[Version]) -> Version:
        """Return the version that is chosen, or refuse."""
        for version in versions:
            if str(version.id) == self.version.data:
                return version
        raise SessionRefused("version", "Choose a module from the list.")

    def chosen_day(self, now: datetime) -> date:
        """Return the date that was typed, or refuse."""
        if self.held_on.data is None:
            raise SessionRefused("held_on", _unread(self.held_on))
        check_day(self.held_on.data, now)
        return self.held_on.data

    def chosen_people(self, paths: Collection[str]) -> list[Attendee]:
        """Return everyone ticked or typed, each once, by name, or refuse."""
        ticked = attendees(paths, self.person_ids())
        if len(ticked) != len(self.person_ids()):
            raise SessionRefused(
                "people", "Somebody you ticked is not, or no longer, active in your units."
            )
        typed = by_numbers(paths, self.numbers.data or "")
        both = {person.person_id: person for person in [*ticked, *typed]}
        if not both:
            raise SessionRefused("people", "Choose at least one person.")
        if len(both) > MOST_PEOPLE:
            raise SessionRefused("people", f"Record at most {MOST_PEOPLE} people at a time.")
        return sorted(both.values(), key=lambda person: (person.name, person.person_id))


def _version_choice(version: Version, group: str) -> Any:
    text = f"{version.title}, version {version.number}"
    return choice(str(version.id), text, group=group)


def _hint(person: Attendee) -> str:
    return ", ".join(part for part in (person.personnel_number, person.unit_name) if part)


def _unread(field: CalendarDateField) -> str:
    return str(field.process_errors[0]) if field.process_errors else "Enter the date."
