"""Pages on which an administrator finds, adds, changes, moves and deactivates people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.audit import history_of
from app.accounts.models import Person, Unit
from app.accounts.permissions import Permission
from app.accounts.queries import (
    grants_of,
    person_in_full,
    stays_of,
    unit_within,
    units_within,
)
from app.db import london_date, now_utc
from app.people.administering import (
    EmailTaken,
    MoveRefused,
    NotActive,
    NumberTaken,
    OutsideRole,
    OwnAccount,
    add_person,
    change_identity,
    deactivate_person,
    ensure_may_handle,
    hand_over_link,
    move_person,
    reactivate_person,
)
from app.people.forms import ROLE_WORDS, MoveForm, NewPersonForm, PersonForm, SearchForm
from app.people.granting import LastAdministrator
from app.people.listing import SORTS, Search, people_page
from app.sign_in.passwords import link_address

blueprint = Blueprint("people", __name__, template_folder="../templates")
STATES = {"active": "Active", "inactive": "Deactivated", "all": "All"}
Page = str | tuple[str, int] | Response


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.MANAGE_PEOPLE)


def _person(person_id: int) -> Person:
    return person_in_full(_paths(), person_id) or abort(404)


def _to(person_id: int) -> Response:
    return redirect(url_for("people.show", person_id=person_id), code=303)


def _chosen_unit(form: MoveForm | NewPersonForm) -> Unit:
    return unit_within(_paths(), int(form.unit.data)) or abort(404)


def _search(unit: Unit | None) -> Search:
    """Read the search from the address; what makes no sense there is as if it were left out."""
    asked = request.args
    state, sort, page = asked.get("state", ""), asked.get("sort", ""), asked.get("page", "")
    return Search(
        text=" ".join(asked.get("q", "").replace("\0", "").split())[:100],
        unit_path=unit.path if unit else None,
        state=state if state in STATES else "active",
        sort=sort if sort.removeprefix("-") in SORTS else "name",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


@blueprint.get("/people")
@requires(Permission.MANAGE_PEOPLE)
def index() -> str:
    """List the people of the administrator's units, as searched."""
    units = units_within(_paths())
    wanted = request.args.get("unit", "")
    unit = next((unit for unit in units if str(unit.id) == wanted), None)
    search = _search(unit)
    asked: dict[str, Any] = {
        "q": search.text, "unit": str(unit.id) if unit else "", "state": search.state,
    }  # fmt: skip
    form = SearchForm(formdata=None, data=asked, meta={"csrf": False})
    form.offer(units, STATES)
    return render_template(
        "people/people/index.html",
        page=people_page(_paths(), search), search=search, unit=unit, form=form,
        unknown_unit=bool(wanted) and unit is None,
        url_for_page=lambda n: url_for("people.index", **asked, sort=search.sort, page=n),
        url_for_sort=lambda name: url_for("people.index", **asked, sort=name),
    )  # fmt: skip


@blueprint.get("/people/<int:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def show(person_id: int) -> str:
    """Show one person: who she is, her units, roles and history."""
    person = _person(person_id)
    return render_template(
        "people/people/show.html",
        person=person, stays=stays_of(person.id), grants=grants_of(person.id),
        role_words=ROLE_WORDS, paths=_paths(), history=history_of(f"person:{person.id}"),
    )  # fmt: skip


@blueprint.route("/people/add", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def add() -> Page:
    """Add a person to a unit."""
    form = NewPersonForm()
    form.offer(units_within(_paths()))
    if request.method == "GET":
        form.unit.data = request.args.get("unit", "")
    if request.method == "POST" and form.validate():
        try:
            unit = _chosen_unit(form)
            person = add_person(form.identity(), unit, by=me().person_id, now=now_utc())
            flash(f"{person.name} was added. Issue a link to set a password.", "success")
            return _to(person.id)
        except NumberTaken as refusal:
            form.refuse("number", refusal)
        except EmailTaken as refusal:
            form.refuse("email", refusal)
    return _form("people/people/add.html", form)


def _form(template: str, form: PersonForm | MoveForm, person: Person | None = None) -> Page:
    page = render_template(template, form=form, person=person)
    return (page, 422) if form.errors else page


@blueprint.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit(person_id: int) -> Page:
    """Change a person's name, personnel number or e-mail address."""
    person, form = _person(person_id), PersonForm()
    name = person.name
    if request.method == "GET":
        form.fill(person)
    elif form.validate():
        try:
            ensure_may_handle(person, _paths())
            changed = change_identity(person, form.identity(), by=me().person_id, now=now_utc())
            flash("Changed." if changed else f"Nothing was different: {name} stays as before.",
                  "success" if changed else "notice")  # fmt: skip
            return _to(person.id)
        except NumberTaken as refusal:
            form.refuse("number", refusal)
        except EmailTaken as refusal:
            form.refuse("email", refusal)
        except OutsideRole as refusal:
            form.refuse("", refusal)
    return _form("people/people/edit.html", form, person)


@blueprint.route("/people/<int:person_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def move(person_id: int) -> Page:
    """Move a person to another unit from a day on."""
    person, form, today = _person(person_id), MoveForm(), london_date(now_utc())
    form.offer(units_within(_paths()))
    if request.method == "GET":
        form.from_on.process(None, today)
    elif form.validate():
        unit = _chosen_unit(form)
        try:
            move_person(person, unit, form.from_on.data or today, by=me().person_id, now=now_utc())
            flash(f"{person.name} now belongs to {unit.name}.", "success")
            return _to(person.id)
        except MoveRefused as refusal:
            about_unit = "already belongs" in str(refusal)
            form.refuse("unit" if about_unit else "from_on", refusal)
    return _form("people/people/move.html", form, person)


@blueprint.route("/people/<int:person_id>/deactivate", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def deactivate(person_id: int) -> Page:
    """Ask whether to close an account, then close it."""
    person = _person(person_id)
    if request.method == "GET":
        return render_template("people/people/deactivate.html", person=person)
    try:
        ensure_may_handle(person, _paths())
        deactivate_person(person, by=me().person_id, now=now_utc())
        flash(f"{person.name} was deactivated.", "success")
    except (OutsideRole, OwnAccount, LastAdministrator) as refusal:
        flash(str(refusal), "notice")
    return _to(person.id)


@blueprint.route("/people/<int:person_id>/reactivate", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def reactivate(person_id: int) -> Page:
    """Ask whether to open a closed account again, then open it."""
    person = _person(person_id)
    if request.method == "GET":
        return render_template(
            "people/people/reactivate.html", person=person, grants=grants_of(person.id)
        )
    try:
        ensure_may_handle(person, _paths())
        reactivate_person(person, by=me().person_id, now=now_utc())
        flash(f"{person.name} was reactivated.", "success")
    except OutsideRole as refusal:
        flash(str(refusal), "notice")
    return _to(person.id)


@blueprint.route("/people/<int:person_id>/link", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def link(person_id: int) -> Page:
    """Issue a single-use link with which a person sets a password."""
    person = _person(person_id)
    if request.method == "GET":
        return render_template("people/people/link.html", person=person)
    try:
        ensure_may_handle(person, _paths())
        token = hand_over_link(person, by=me().person_id, now=now_utc())
    except (OutsideRole, NotActive) as refusal:
        flash(str(refusal), "notice")
        return _to(person.id)
    session["issued_link"] = [person.id, token]
    return redirect(url_for("people.link_shown", person_id=person.id), code=303)


@blueprint.get("/people/<int:person_id>/link/issued")
@requires(Permission.MANAGE_PEOPLE)
def link_shown(person_id: int) -> Page:
    """Show the link just issued, once."""
    person = _person(person_id)
    issued = session.pop("issued_link", None)
    if not issued or issued[0] != person.id:
        flash("A link is shown only once, when it is issued.", "notice")
        return _to(person.id)
    return render_template(
        "people/people/link_shown.html", person=person, address=link_address(issued[1])
    )
