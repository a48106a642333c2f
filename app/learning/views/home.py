"""The first page after sign-in: what is asked, what is begun, what is done."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.access import SignedIn, me, requires
from app.accounts.permissions import Permission
from app.assigning.queries import asked_of
from app.attempts import queries
from app.attempts.progress import progress
from app.catalogue.queries import latest_versions
from app.db import LONDON, london_date, now_utc
from app.learning.own_modules import Begun, OwnModule, begun, own_modules
from app.records.queries import completions_of

blueprint = Blueprint("home", __name__, template_folder="../templates")


def running_of(person: SignedIn) -> list[Begun]:
    """Return the person's open attempts with how far each has come."""
    attempts = queries.open_attempts(person.person_id)
    passed = queries.passed_in(attempt.id for attempt in attempts)
    return [
        begun(attempt, progress(queries.document_of(attempt), passed[attempt.id]))
        for attempt in attempts
    ]


def own_modules_of(person: SignedIn) -> list[OwnModule]:
    """Return how the person stands with every module that she may see."""
    asked, running = asked_of(person.person_id), running_of(person)
    kept = {row.module_id for row in asked if row.completion_id is None}
    kept |= {entry.attempt.module_id for entry in running}
    return own_modules(
        latest_versions(person.unit_path, kept), asked, running, completions_of(person.person_id)
    )


def greeting(hour: int) -> str:
    """Return how one is greeted at an hour of the London day; a night shift has an evening."""
    if 4 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"


@blueprint.get("/")
@requires(Permission.LEARN)
def index() -> str:
    """Show what is asked and by when, what is begun, and what is done."""
    found = own_modules_of(me())
    asked = sorted(
        (entry for entry in found if entry.asked and not entry.begun),
        key=lambda entry: (entry.due is None, entry.due, entry.title),
    )
    running = [entry for entry in found if entry.begun]
    return render_template(
        "learning/home.html",
        greeting=greeting(now_utc().astimezone(LONDON).hour),
        name=me().name,
        asked=asked,
        running=running,
        done=[entry for entry in found if entry.completed],
        others=[entry for entry in found if not (entry.asked or entry.begun or entry.completed)],
        today=london_date(now_utc()),
    )
