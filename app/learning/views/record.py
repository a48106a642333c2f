"""The learner's own record: completions, attempts, answers, and everything in one download."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.assigning.explaining import explain
from app.assigning.queries import withdrawn_from
from app.attempts.queries import attempt_of, commitment_in, document_of, state_of
from app.db import now_utc
from app.learning.export import HOLDINGS, NOT_INCLUDED, everything_of
from app.learning.record import (
    attempts_begun,
    completions_kept,
    questions_answered,
    record_of,
    reflections_kept,
)
from app.ui.downloads import csv_file, json_file

blueprint = Blueprint("record", __name__, template_folder="../templates")

HEADER = ("Module", "Version", "Completed on", "Recorded at", "Unit then")


@blueprint.get("/record")
@requires(Permission.LEARN)
def index() -> str:
    """Show what she completed and what she began."""
    return render_template(
        "learning/record.html",
        kept=completions_kept(me().person_id),
        begun=attempts_begun(me().person_id),
        withdrawn=[(asked.title, explain(asked)) for asked in withdrawn_from(me().person_id)],
        name=me().name,
        as_at=now_utc(),
    )


@blueprint.get("/record/attempts/<int:attempt_id>")
@requires(Permission.LEARN)
def attempt(attempt_id: int) -> str:
    """Show her own answers and reflections in one attempt; another's does not exist."""
    found = attempt_of(me().person_id, attempt_id)
    if found is None:
        abort(404)
    module, state = document_of(found), state_of(found)
    return render_template(
        "learning/record_attempt.html",
        attempt=found,
        answered=questions_answered(module, state),
        total=len(module.questions()),
        reflections=reflections_kept(module, state),
        commitment=commitment_in(found.id).text,
    )


@blueprint.get("/record/completions.csv")
@requires(Permission.LEARN)
def completions_csv() -> Response:
    """Download her completions as a table."""
    rows = [
        (kept.title, kept.version_number, kept.completed_on, kept.recorded_at, kept.unit_name)
        for kept in completions_kept(me().person_id)
    ]
    return csv_file("debrief-completions.csv", HEADER, rows)


@blueprint.get("/record/record.json")
@requires(Permission.LEARN)
def record_json() -> Response:
    """Download her completions and attempts, with her own answers in words."""
    return json_file("debrief-record.json", record_of(me().person_id, me().name, now=now_utc()))


@blueprint.get("/record/everything")
@requires(Permission.LEARN)
def everything() -> str:
    """Say what Debrief holds of her, part by part, before she downloads it."""
    return render_template(
        "learning/record_everything.html", holdings=HOLDINGS, not_included=NOT_INCLUDED
    )


@blueprint.get("/record/everything.json")
@requires(Permission.LEARN)
def everything_json() -> Response:
    """Download all that Debrief holds of her."""
    return json_file("debrief-everything.json", everything_of(me().person_id, now=now_utc()))
