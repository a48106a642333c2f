"""The administrator's list of people: searched, filtered, sorted and paged in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.models import Membership, Person, Unit
from app.db import db
from app.ui.paging import Page, page_of


@dataclass(frozen=True)
class Search:
    """What the list is asked for, as it stands in the address."""

    text: str = ""
    unit_path: str | None = None
    # "active", "inactive" or "all".
    state: str = "active"
    # "name", "number", "email" or "unit"; with "-" before it the other way round.
    sort: str = "name"
    page: int = 1


@dataclass(frozen=True)
class PersonLine:
    """One line of the list."""

    person_id: int
    name: str
    number: str
    email: str
    unit_id: int
    unit_name: str
    active: bool
    has_password: bool


@dataclass(frozen=True)
class PeoplePage(Page):
    """One page of people."""

    rows: tuple[PersonLine, ...] = ()


SORTS = {
    "name": Person.name,
    "number": Person.personnel_number,
    "email": Person.email,
    "unit": Unit.name,
}


def _conditions(paths: Sequence[str], search: Search) -> list[sa.ColumnElement[bool]]:
    found = [Membership.until_on.is_(None), within(paths)]
    if search.unit_path is not None:
        found.append(within([search.unit_path]))
    if search.state == "active":
        found.append(Person.deactivated_at.is_(None))
    elif search.state == "inactive":
        found.append(Person.deactivated_at.is_not(None))
    if search.text:
        found.append(_matches(search.text))
    return found


def _matches(text: str) -> sa.ColumnElement[bool]:
    """Search name, number, e-mail; SQLite lowers only plain letters, so two spellings are tried."""
    columns = (Person.name, Person.personnel_number, Person.email)
    return sa.or_(
        *(sa.func.lower(column).contains(text.lower(), autoescape=True) for column in columns),
        Person.name.contains(text, autoescape=True),
        Person.name.contains(text.title(), autoescape=True),
    )


def people_page(paths: Sequence[str], search: Search) -> PeoplePage:
    """Return one page of the people in the units at `paths` who match `search`."""
    whole = (
        sa.select(sa.func.count())
        .select_from(Person)
        .join(Membership, Membership.person_id == Person.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(*_conditions(paths, search))
    )
    total = db.session.scalar(whole) or 0
    page = page_of(search.page, total)
    column = SORTS.get(search.sort.lstrip("-"), Person.name)
    order = column.desc() if search.sort.startswith("-") else column.asc()
    rows = db.session.execute(
        whole.with_only_columns(
            Person.id, Person.name, Person.personnel_number, Person.email, Unit.id, Unit.name,
            Person.deactivated_at.is_(None), Person.password_hash.is_not(None),
            maintain_column_froms=True,
        )
        .order_by(order, Person.id)
        .limit(page.size)
        .offset(page.start)
    )  # fmt: skip
    lines = tuple(
        PersonLine(key, name or "", personnel or "", email or "", unit_id, unit,
                   bool(active), bool(has_password))
        for key, name, personnel, email, unit_id, unit, active, has_password in rows
    )  # fmt: skip
    return PeoplePage(page.number, total, rows=lines)
