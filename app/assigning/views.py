"""Pages on which a manager asks her units to complete a module, and withdraws that."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.audit import history_of
from app.accounts.permissions import Permission
from app.accounts.queries import units_within
from app.assigning.assignments import (
    AlreadyWithdrawn,
    NobodyToAsk,
    PeopleChanged,
    ask_joined,
    assign,
    plan_assignment,
    plan_joined,
    withdraw,
)
from app.assigning.forms import AssignForm, ConfirmForm, JoinedForm, WithdrawForm
from app.assigning.models import Assignment, Earlier
from app.assigning.people import how_many_not_asked, people_asked
from app.assigning.planning import Order, Plan
from app.assigning.queries import (
    AssignmentRow,
    Counts,
    assignment_covered,
    assignment_seen,
    assignment_with_key,
    assignments_seen,
    counts_of,
    modules_offered,
)
from app.catalogue.queries import module_for
from app.db import london_date, now_utc
from app.ui.filters import counted
from app.ui.paging import page_of

blueprint = Blueprint("assignments", __name__, template_folder="templates")

PAGE = 50
# How many names of a group the list before confirming shows; the counts are always whole.
SHOWN = 200


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.ASSIGN)


@blueprint.get("/assignments")
@requires(Permission.ASSIGN)
def index() -> str:
    """List what the manager's units were asked, open first, then withdrawn."""
    rows = assignments_seen(_paths())
    today = london_date(now_utc())
    counts = counts_of(_paths(), [row.id for row in rows], today)
    return render_template(
        "assigning/index.html",
        open_rows=[row for row in rows if row.withdrawn_at is None],
        withdrawn_rows=[row for row in rows if row.withdrawn_at is not None],
        counts=counts,
        nothing=Counts(),
        today=today,
    )


@blueprint.get("/assignments/new")
@requires(Permission.ASSIGN)
def new() -> str | tuple[str, int]:
    """Ask for module, unit and date; nothing is written until the list was confirmed."""
    form = AssignForm(request.args if request.args else None, meta={"csrf": False})
    form.offer(modules_offered(_paths()), units_within(_paths()))
    return _form_page(form)


def _form_page(form: AssignForm) -> str | tuple[str, int]:
    page = render_template("assigning/new.html", form=form)
    return (page, 422) if form.errors else page


def _order(form: AssignForm) -> Order | None:
    """Return what the form asks for, or nothing with a sentence beside the field."""
    modules, units = modules_offered(_paths()), units_within(_paths())
    form.offer(modules, units)
    if not form.validate():
        return None
    unit = next(found for found in units if str(found.id) == form.unit.data)
    module = next(found for found in modules if found.slug == form.module.data)
    if module_for(module.slug, unit.path) is None:
        form.refuse("unit", f"“{module.title}” is not offered to everyone in this unit")
        return None
    return Order(
        module.module_id, module.slug, module.title, unit.id, unit.name, unit.path,
        cast(date, form.due.data), Earlier(form.earlier.data),
    )  # fmt: skip


@blueprint.get("/assignments/preview")
@requires(Permission.ASSIGN)
def preview() -> str | tuple[str, int]:
    """Show the people first: who will be asked, who is asked already, who completed it."""
    form = AssignForm(request.args, meta={"csrf": False})
    order = _order(form)
    if order is None:
        return _form_page(form)
    return _preview_page(order, plan_assignment(order), uuid.uuid4().hex)


def _preview_page(order: Order, plan: Plan, key: str, refusal: str = "") -> str:
    return render_template(
        "assigning/preview.html", order=order, plan=plan, key=key, refusal=refusal, shown=SHOWN
    )


@blueprint.post("/assignments")
@requires(Permission.ASSIGN)
def create() -> Response | tuple[str, int] | str:
    """Ask exactly the people of the confirmed list, or show the list anew."""
    form = ConfirmForm()
    standing = assignment_with_key(form.key.data or "")
    if standing is not None and assignment_covered(_paths(), standing.id):
        return redirect(url_for("assignments.show", assignment_id=standing.id), code=303)
    order = _order(form)
    if order is None:
        return _form_page(form)
    try:
        made = assign(
            order,
            by=me().person_id,
            now=now_utc(),
            key=cast(str, form.key.data),
            expected=form.people.data or "none",
        )
    except (PeopleChanged, NobodyToAsk) as refusal:
        page = _preview_page(order, plan_assignment(order), uuid.uuid4().hex, str(refusal))
        return page, 409
    flash(f"“{order.title}” was assigned to {order.unit_name}.", "success")
    return redirect(url_for("assignments.show", assignment_id=made.id), code=303)


def _seen(assignment_id: int) -> AssignmentRow:
    return assignment_seen(_paths(), assignment_id) or abort(404)


def _covered(assignment_id: int) -> tuple[Assignment, AssignmentRow]:
    """Return an assignment that this manager may change; any other does not exist."""
    assignment = assignment_covered(_paths(), assignment_id)
    if assignment is None:
        abort(404)
    return assignment, _seen(assignment_id)


def _order_of(row: AssignmentRow) -> Order:
    return Order(
        row.module_id, row.slug, row.title, row.unit_id, row.unit_name, row.unit_path,
        row.due_on, row.earlier,
    )  # fmt: skip


@blueprint.get("/assignments/<int:assignment_id>")
@requires(Permission.ASSIGN)
def show(assignment_id: int) -> str:
    """Show one assignment: when, who asked, how it stands, and the manager's own people in it."""
    row, today = _seen(assignment_id), london_date(now_utc())
    own = row.covered_by(_paths())
    counts = counts_of(_paths(), [row.id], today).get(row.id, Counts())
    typed = request.args.get("page", "1")
    total = counts.asked + counts.withdrawn
    wanted = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
    page = page_of(wanted, total, PAGE)
    joined = 0
    if own and row.withdrawn_at is None:
        joined = how_many_not_asked(row.id, row.module_id, row.unit_path)
    return render_template(
        "assigning/show.html",
        row=row, counts=counts, own=own, joined=joined, page=page, today=today,
        people=people_asked(_paths(), row.id, start=page.start, most=page.size),
        history=history_of(f"assignment:{row.id}"),
        page_url=lambda n: url_for("assignments.show", assignment_id=row.id, page=n),
    )  # fmt: skip


@blueprint.route("/assignments/<int:assignment_id>/ask-more", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def ask_more(assignment_id: int) -> Response | tuple[str, int] | str:
    """Ask those in the unit whom the assignment has not asked, after showing who they are."""
    assignment, row = _covered(assignment_id)
    today = london_date(now_utc())
    form = JoinedForm(due=max(row.due_on, today))
    if form.validate_on_submit():
        try:
            return _ask_more(assignment, row, form)
        except PeopleChanged as refusal:
            form.refuse("", refusal)
        except (NobodyToAsk, AlreadyWithdrawn) as refusal:
            flash(str(refusal), "notice")
            return redirect(url_for("assignments.show", assignment_id=row.id), code=303)
    plan = plan_joined(_order_of(row), assignment)
    form.people.data = plan.digest
    page = render_template("assigning/ask_more.html", form=form, row=row, plan=plan, shown=SHOWN)
    return (page, 422) if form.errors else page


def _ask_more(assignment: Assignment, row: AssignmentRow, form: JoinedForm) -> Response:
    order = replace(_order_of(row), due_on=cast(date, form.due.data))
    asked = ask_joined(
        order, assignment, by=me().person_id, now=now_utc(), expected=form.people.data
    )
    flash(f"{counted(asked, 'more person was', 'more people were')} asked.", "success")
    return redirect(url_for("assignments.show", assignment_id=row.id), code=303)


@blueprint.route("/assignments/<int:assignment_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.ASSIGN)
def end(assignment_id: int) -> Response | tuple[str, int] | str:
    """Withdraw an assignment with a reason, after asking whether one is sure."""
    assignment, row = _covered(assignment_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            withdraw(
                assignment,
                reason=cast(str, form.reason.data),
                by=me().person_id,
                now=now_utc(),
            )
            flash("The assignment was withdrawn. What was completed stands.", "success")
        except AlreadyWithdrawn as refusal:
            flash(str(refusal), "notice")
        return redirect(url_for("assignments.show", assignment_id=row.id), code=303)
    today = london_date(now_utc())
    counts = counts_of([row.unit_path], [row.id], today).get(row.id, Counts())
    page = render_template("assigning/withdraw.html", form=form, row=row, counts=counts)
    return (page, 422) if form.errors else page
