"""The trainer's pages about questions: how each one works, never who answered."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.analysis.questions import (
    ENOUGH,
    ReflectionTally,
    Tally,
    reflections_of,
    tallies_of,
    version_seen,
    versions_seen,
)
from app.catalogue.models import Version
from app.db import now_utc
from app.ui.downloads import Cell, csv_file

blueprint = Blueprint("questions", __name__, template_folder="../templates")

HEADER = (
    "Module", "Version", "Item", "Kind", "Prompt", "Option", "Put against", "Key",
    "Chosen by", "Answered by", "Full credit", "Written", "Skipped", "Note",
)  # fmt: skip


@blueprint.get("/questions")
@requires(Permission.SEE_QUESTIONS)
def index() -> str:
    """List modules and versions whose questions she may look at."""
    lines = versions_seen(me().paths(Permission.SEE_QUESTIONS))
    return render_template("analysis/questions.html", lines=lines)


def _version(slug: str, number: int) -> Version:
    """Return the version, or answer as if there were none."""
    version = version_seen(me().paths(Permission.SEE_QUESTIONS), slug, number)
    if version is None:
        abort(404)
    return version


@blueprint.get("/questions/<slug>/<int:number>")
@requires(Permission.SEE_QUESTIONS)
def version(slug: str, number: int) -> str:
    """Show how each question of a version was answered the first time."""
    found = _version(slug, number)
    return render_template(
        "analysis/question_tallies.html",
        version=found,
        slug=slug,
        tallies=tallies_of(found),
        reflections=reflections_of(found),
        enough=ENOUGH,
        as_at=now_utc(),
    )


def _question_rows(version: Version, tally: Tally) -> list[tuple[Cell, ...]]:
    note = "" if tally.enough else f"Fewer than {ENOUGH} answers: too few to say"
    return [
        (version.title, version.number, tally.item_id, tally.kind, tally.prompt, row.text,
         row.against, row.word, row.count, tally.answered, tally.full, None, None, note)
        for row in tally.rows
    ]  # fmt: skip


def _reflection_row(version: Version, tally: ReflectionTally) -> tuple[Cell, ...]:
    return (
        version.title, version.number, tally.item_id, "reflection", tally.prompt, None, None,
        None, None, tally.written + tally.skipped, None, tally.written, tally.skipped, None,
    )  # fmt: skip


@blueprint.get("/questions/<slug>/<int:number>/questions.csv")
@requires(Permission.SEE_QUESTIONS)
def download(slug: str, number: int) -> Response:
    """Download the same counts, one option a line."""
    found = _version(slug, number)
    rows = [row for tally in tallies_of(found) for row in _question_rows(found, tally)]
    rows += [_reflection_row(found, tally) for tally in reflections_of(found)]
    return csv_file(f"debrief-questions-{slug}-version-{number}.csv", HEADER, rows)
