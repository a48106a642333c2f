"""The trainer's pages of facilitated sessions: list, record, look back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.models import Unit
from app.accounts.permissions import Permission
from app.accounts.queries import units_within
from app.catalogue.models import Version
from app.db import now_utc
from app.learning.facilitating import (
    AlreadyRecorded,
    Attendee,
    SessionRefused,
    attended,
    record_session,
    recorded_already,
    session_of,
    sessions_of,
    versions_to_record,
)
from app.learning.session_form import SessionForm

Read = TypeVar("Read")
blueprint = Blueprint("sessions", __name__, template_folder="../templates")


@dataclass(frozen=True)
class Checked:
    """What a trainer typed, found to be in order."""

    version: Version
    held_on: date
    people: list[Attendee]


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.RECORD_SESSIONS)


def _form() -> tuple[SessionForm, list[Version], list[Unit]]:
    form = SessionForm()
    versions, units = versions_to_record(me().unit_path), units_within(_paths())
    form.fill(versions, units, me().unit_id)
    return form, versions, units


def _page(form: SessionForm, versions: list[Version], units: list[Unit]) -> str:
    few = form.offer_people(_paths(), units)
    return render_template("learning/session_new.html", form=form, few=few, versions=versions)


def _read(form: SessionForm, reader: Callable[[], Read]) -> Read | None:
    """Return what a field says; None, with the sentence beside the field, if it is refused."""
    try:
        return reader()
    except SessionRefused as refusal:
        form.refuse(refusal.field, refusal)
        return None


def _check(form: SessionForm, versions: list[Version]) -> Checked | None:
    """Read every field, so that each refusal stands beside its own; None if there was one."""
    version = _read(form, lambda: form.chosen_version(versions))
    held_on = _read(form, lambda: form.chosen_day(now_utc()))
    people = _read(form, lambda: form.chosen_people(_paths()))
    if version is None or held_on is None or people is None:
        return None
    return Checked(version, held_on, people)


@blueprint.get("/sessions")
@requires(Permission.RECORD_SESSIONS)
def index() -> str:
    """List the sessions that she recorded."""
    return render_template("learning/sessions.html", sessions=sessions_of(me().person_id))


@blueprint.get("/sessions/new")
@requires(Permission.RECORD_SESSIONS)
def new() -> str:
    """Ask for the module, the date and the people."""
    return _page(*_form())


@blueprint.post("/sessions/new")
@requires(Permission.RECORD_SESSIONS)
def create() -> str | Response | tuple[str, int]:
    """Show more people, show the whole for checking, or record it."""
    form, versions, units = _form()
    step = request.form.get("step", "check")
    if step not in ("check", "record"):
        return _page(form, versions, units)
    checked = _check(form, versions)
    if checked is None:
        return _page(form, versions, units), 422
    if step == "check":
        return _confirm_page(form, checked)
    return _record(form, checked)


def _confirm_page(form: SessionForm, checked: Checked) -> str:
    ids = [person.person_id for person in checked.people]
    already = recorded_already(checked.version.id, checked.held_on, ids)
    return render_template(
        "learning/session_confirm.html", form=form, checked=checked, already=already
    )


def _record(form: SessionForm, checked: Checked) -> Response:
    try:
        session = record_session(
            trainer_id=me().person_id,
            paths=_paths(),
            version_id=checked.version.id,
            held_on=checked.held_on,
            person_ids=[person.person_id for person in checked.people],
            now=now_utc(),
        )
    except AlreadyRecorded as refusal:
        flash(str(refusal), "notice")
        return redirect(url_for("sessions.index"), code=303)
    flash("Recorded.", "success")
    return redirect(url_for("sessions.session", session_id=session.id), code=303)


@blueprint.get("/sessions/<int:session_id>")
@requires(Permission.RECORD_SESSIONS)
def session(session_id: int) -> str:
    """Show one session that she recorded, with the people."""
    line = session_of(me().person_id, session_id)
    if line is None:
        abort(404)
    return render_template("learning/session.html", session=line, people=attended(line))
