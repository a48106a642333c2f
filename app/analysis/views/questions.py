"""The trainer's pages about questions: how each one works, never who answered."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.analysis.oddities import signed
from app.analysis.questions import (
    reflections_of,
    tallies_of,
    times_at,
    version_seen,
    versions_seen,
)
from app.analysis.statistics import ENOUGH, ENOUGH_TO_CORRELATE, Estimate
from app.analysis.tallies import ReflectionTally, Row, Tally
from app.catalogue.models import Version
from app.db import now_utc
from app.ui.downloads import Cell, csv_file

blueprint = Blueprint("questions", __name__, template_folder="../templates")

HEADER = (
    "Module", "Version", "Item", "Kind", "Prompt", "Option", "Put against", "Key",
    "Chosen by (people)", "Answered by (people)", "Full credit (people)",
    "Mean credit (0 to 1)", "Mean credit from", "Mean credit to",
    "Discrimination (-1 to 1)", "Discrimination from", "Discrimination to",
    "Discriminative efficiency (up to 1)", "Efficiency from", "Efficiency to",
    "Answered every question (people)",
    "Mean credit elsewhere of who chose it (0 to 1)", "Elsewhere from", "Elsewhere to",
    "Written (people)", "Skipped (people)", "Note",
)  # fmt: skip
TOO_FEW = f"Fewer than {ENOUGH} people: too few to say"


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
        times=times_at(found),
        signed=signed,
        enough_to_correlate=ENOUGH_TO_CORRELATE,
        enough=ENOUGH,
        as_at=now_utc(),
    )


def _cells(estimate: Estimate | None) -> tuple[Cell, ...]:
    """Write a figure and the ends of its interval, or three empty cells."""
    if estimate is None:
        return None, None, None
    return tuple(round(end, 4) + 0.0 for end in (estimate.value, estimate.low, estimate.high))


def _question_rows(version: Version, tally: Tally) -> list[tuple[Cell, ...]]:
    figures = tally.figures
    shared = (
        *_cells(figures.facility), *_cells(figures.discrimination), *_cells(figures.efficiency),
        figures.paired if tally.enough else None,
    )  # fmt: skip
    note = " ".join((*tally.oddities, figures.why_not)).strip() if tally.enough else TOO_FEW
    return [
        (version.title, version.number, tally.item_id, tally.kind, tally.prompt, row.text,
         row.against, row.word, *_counts(tally, row), *shared, *_cells(tally.rest_of(row)),
         None, None, note)
        for row in tally.shown
    ]  # fmt: skip


def _counts(tally: Tally, row: Row) -> tuple[Cell, ...]:
    """Write how many chose, answered and were right; under ENOUGH only how many answered."""
    if not tally.enough:
        return None, tally.answered, None
    return row.count, tally.answered, tally.full


def _reflection_row(version: Version, tally: ReflectionTally) -> tuple[Cell, ...]:
    answered = tally.written + tally.skipped
    counts = (tally.written, tally.skipped, None) if tally.enough else (None, None, TOO_FEW)
    return (
        version.title, version.number, tally.item_id, "reflection", tally.prompt, None, None,
        None, None, answered, *([None] * 14), *counts,
    )  # fmt: skip


@blueprint.get("/questions/<slug>/<int:number>/questions.csv")
@requires(Permission.SEE_QUESTIONS)
def download(slug: str, number: int) -> Response:
    """Download the same counts, one option a line."""
    found = _version(slug, number)
    rows = [row for tally in tallies_of(found) for row in _question_rows(found, tally)]
    rows += [_reflection_row(found, tally) for tally in reflections_of(found)]
    return csv_file(f"debrief-questions-{slug}-version-{number}.csv", HEADER, rows)
