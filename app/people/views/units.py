"""Pages on which an administrator sees the tree of units, adds, renames and moves them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.audit import history_of
from app.accounts.models import Unit, UnitKind
from app.accounts.permissions import Permission
from app.accounts.queries import direct_members, parents_of, unit_within, units_within
from app.db import now_utc
from app.people.arranging import (
    UnitNameTaken,
    UnitPlaceRefused,
    add_unit,
    move_unit,
    rename_unit,
)
from app.people.forms import KIND_WORDS, NewUnitForm, RenameForm, UnitChoice, in_tree

blueprint = Blueprint("units", __name__, template_folder="../templates")
Page = str | tuple[str, int] | Response


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.MANAGE_UNITS)


def _unit(unit_id: int) -> Unit:
    return unit_within(_paths(), unit_id) or abort(404)


def _to(unit: Unit) -> Response:
    return redirect(url_for("units.show", unit_id=unit.id), code=303)


def _form(template: str, form: RenameForm | UnitChoice, unit: Unit) -> Page:
    page = render_template(template, form=form, unit=unit)
    return (page, 422) if form.errors else page


def _below(units: list[Unit], counts: dict[int, int]) -> dict[int, int]:
    """Return, by unit, how many active people belong to it and to all below it."""
    return {
        unit.id: sum(counts.get(other.id, 0) for other in units if other.path.startswith(unit.path))
        for unit in units
    }


@blueprint.get("/units")
@requires(Permission.MANAGE_UNITS)
def index() -> str:
    """Show the administrator's units as a tree, with how many people each has."""
    units, counts = units_within(_paths()), direct_members(_paths())
    top = min((unit.path.count("/") for unit in units), default=0)
    return render_template(
        "people/units/index.html",
        units=units, counts=counts, below=_below(units, counts), kinds=KIND_WORDS,
        depth={unit.id: min(unit.path.count("/") - top, 8) for unit in units},
    )  # fmt: skip


@blueprint.get("/units/<int:unit_id>")
@requires(Permission.MANAGE_UNITS)
def show(unit_id: int) -> str:
    """Show one unit: where it stands, what stands below it, and its history."""
    unit = _unit(unit_id)
    below = [other for other in units_within([unit.path]) if other.id != unit.id]
    counts = direct_members([unit.path])
    return render_template(
        "people/units/show.html",
        unit=unit, below=in_tree(below), counts=counts, places=parents_of(unit.id),
        kinds=KIND_WORDS, everyone=sum(counts.values()), history=history_of(f"unit:{unit.id}"),
    )  # fmt: skip


@blueprint.route("/units/<int:unit_id>/add", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def add(unit_id: int) -> Page:
    """Add a unit below another."""
    parent, form = _unit(unit_id), NewUnitForm()
    if request.method == "POST" and form.validate():
        try:
            kind = UnitKind(form.kind.data)
            unit = add_unit(form.name.data or "", kind, parent, by=me().person_id, now=now_utc())
            flash(f"{unit.name} was added below {parent.name}.", "success")
            return _to(unit)
        except UnitNameTaken as refusal:
            form.refuse("name", refusal)
        except UnitPlaceRefused as refusal:
            form.refuse("", refusal)
    return _form("people/units/add.html", form, parent)


@blueprint.route("/units/<int:unit_id>/rename", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def rename(unit_id: int) -> Page:
    """Give a unit another name."""
    unit, form = _unit(unit_id), RenameForm()
    if request.method == "GET":
        form.name.data = unit.name
    elif form.validate():
        try:
            rename_unit(unit, form.name.data or "", by=me().person_id, now=now_utc())
            flash(f"The unit is called {unit.name}.", "success")
            return _to(unit)
        except UnitNameTaken as refusal:
            form.refuse("name", refusal)
    return _form("people/units/rename.html", form, unit)


@blueprint.route("/units/<int:unit_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_UNITS)
def move(unit_id: int) -> Page:
    """Put a unit, with all below it, under another."""
    unit, form = _unit(unit_id), UnitChoice()
    if unit.force_id is None:
        flash("A force stands at the top and cannot be moved.", "notice")
        return _to(unit)
    form.unit.label.text = "Put it below"
    form.offer(
        other
        for other in units_within(_paths())
        if other.kind is not UnitKind.TEAM and (other.force_id or other.id) == unit.force_id
    )
    if request.method == "POST" and form.validate():
        parent = _unit(int(form.unit.data))
        try:
            move_unit(unit, parent, by=me().person_id, now=now_utc())
            flash(f"{unit.name} now stands below {parent.name}.", "success")
            return _to(unit)
        except UnitPlaceRefused as refusal:
            form.refuse("unit", refusal)
    return _form("people/units/move.html", form, unit)
