"""Pages on which an administrator gives a role to a person and ends one."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.models import Person
from app.accounts.permissions import Permission, Role
from app.accounts.queries import GrantRow, grants_of, person_in_full, unit_within, units_within
from app.db import now_utc
from app.people.forms import GrantForm
from app.people.granting import (
    GrantCovered,
    GrantToInactive,
    LastAdministrator,
    end_grant,
    give_grant,
)

blueprint = Blueprint("grants", __name__, template_folder="../templates")
Page = str | tuple[str, int] | Response


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.MANAGE_GRANTS)


def _person(person_id: int) -> Person:
    return person_in_full(_paths(), person_id) or abort(404)


def _grant(person: Person, grant_id: int) -> GrantRow:
    """Return a grant that holds in the administrator's own units; no other exists for her."""
    own = (grant for grant in grants_of(person.id) if grant.unit_path.startswith(_paths()))
    return next((grant for grant in own if grant.grant_id == grant_id), None) or abort(404)


def _to(person: Person) -> Response:
    return redirect(url_for("people.show", person_id=person.id), code=303)


@blueprint.route("/people/<int:person_id>/roles/give", methods=["GET", "POST"])
@requires(Permission.MANAGE_GRANTS)
def give(person_id: int) -> Page:
    """Give a person a role in one of the administrator's units."""
    person, form = _person(person_id), GrantForm()
    form.offer(units_within(_paths()))
    if request.method == "POST" and form.validate():
        unit = unit_within(_paths(), int(form.unit.data)) or abort(404)
        role = Role(form.role.data)
        try:
            give_grant(person, role, unit, by=me().person_id, now=now_utc())
            flash(f"{person.name} is now {role.value} in {unit.name}.", "success")
            return _to(person)
        except GrantCovered as refusal:
            form.refuse("unit", refusal)
        except GrantToInactive as refusal:
            form.refuse("", refusal)
    page = render_template("people/people/give_role.html", form=form, person=person)
    return (page, 422) if form.errors else page


@blueprint.route("/people/<int:person_id>/roles/<int:grant_id>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_GRANTS)
def end(person_id: int, grant_id: int) -> Page:
    """Ask whether to end a role, then end it."""
    person = _person(person_id)
    grant = _grant(person, grant_id)
    if request.method == "GET":
        return render_template(
            "people/people/end_role.html",
            person=person, grant=grant, own=person.id == me().person_id,
        )  # fmt: skip
    try:
        end_grant(grant, person.id, by=me().person_id, now=now_utc())
    except LastAdministrator as refusal:
        flash(str(refusal), "notice")
        return _to(person)
    flash(f"{person.name} is no longer {grant.role.value} in {grant.unit_name}.", "success")
    if person.id == me().person_id and grant.role is Role.ADMINISTRATOR:
        return redirect("/", code=303)
    return _to(person)
