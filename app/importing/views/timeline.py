"""The timeline of a case: what was known then, what was there to be looked at, what came later."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.catalogue.document import Known
from app.db import now_utc
from app.importing.dates.afterwards import afterwards_in
from app.importing.forms import KNOWN_WORDS, one_line
from app.importing.models import ImportedCase
from app.importing.queries import case_in, reviewed, saved_by
from app.importing.reshaping import MOST_WHEN, words_of
from app.importing.review import Review, ReviewedBlock
from app.importing.reviewing import Mark, Marked, mark
from app.importing.showing import Moment, moments_of

blueprint = Blueprint("case_timeline", __name__, template_folder="../templates")
Page = str | tuple[str, int] | AnyResponse
DATED, OPEN = "dated", "open"


def _case(case_id: int) -> ImportedCase:
    return case_in(me().force_id, case_id) or abort(404)


def _only() -> str | None:
    wanted = request.values.get("only")
    return wanted if wanted in (DATED, OPEN) else None


@blueprint.get("/cases/<int:case_id>/timeline")
@requires(Permission.WRITE_MODULES)
def show(case_id: int) -> Page:
    """List the events in order, with the dates found in them, each to be marked."""
    case, only = _case(case_id), _only()
    now = reviewed(case)
    moments = moments_of(now.review)
    return render_template(
        "importing/timeline.html", case=case, now=now, all=moments, only=only,
        moments=tuple(moment for moment in moments if _is_shown(moment, only)),
        to_mark=sum(moment.block.to_mark for moment in moments),
        dated=sum(bool(moment.dates) for moment in moments), known_words=KNOWN_WORDS,
        undo_by=saved_by(case.id, case.head) if now.review.before else None,
    )  # fmt: skip


def _is_shown(moment: Moment, only: str | None) -> bool:
    if only == DATED:
        return bool(moment.dates)
    return moment.block.to_mark if only == OPEN else True


@blueprint.post("/cases/<int:case_id>/timeline")
@requires(Permission.WRITE_MODULES)
def save(case_id: int) -> Page:
    """Save the marks of the page; one that somebody else has set meanwhile stands."""
    case, rest_then = _case(case_id), request.form.get("act") == "rest"
    marks = _marks(reviewed(case).review, rest_then=rest_then)
    base = request.form.get("base", 0, type=int)
    done = mark(case, marks, base=base, by=me().person_id, at=now_utc())
    _tell(done, marks)
    if rest_then and (left := sum(one.known is None for one in marks.values())):
        flash(_left_open(left), "notice")
    return redirect(
        url_for("case_timeline.show", case_id=case.id, only=_only(), _anchor="events"), code=303
    )


def _left_open(count: int) -> str:
    if count == 1:
        return "1 event speaks of the investigation. It was not marked as known then: mark it."
    return (
        f"{count} events speak of the investigation. They were not marked as known then: mark "
        "them one by one."
    )


def _marks(review: Review, *, rest_then: bool) -> dict[str, Mark]:
    """Return what was sent for each block that stands on the page."""
    known = {one.value: one for one in Known}
    marks = {}
    for block in review.kept:
        if f"known-{block.id}" not in request.form:
            continue
        chosen = known.get(request.form[f"known-{block.id}"])
        when = one_line(request.form.get(f"when-{block.id}"))[:MOST_WHEN]
        if chosen is None and rest_then and not afterwards_in(block.text):
            chosen = Known.THEN
        marks[block.id] = Mark(when, chosen)
    return marks


def _tell(done: Marked, marks: dict[str, Mark]) -> None:
    for block in done.refused:
        flash(_refused(block, marks[block.id]), "notice")
    if done.saved:
        flash(f"Saved {done.saved} mark{'s' if done.saved != 1 else ''}.", "success")
    elif not done.refused:
        flash("Nothing was changed.", "notice")


def _refused(block: ReviewedBlock, hers: Mark) -> str:
    now, wanted = KNOWN_WORDS[block.known].lower(), KNOWN_WORDS[hers.known].lower()
    return (
        f"Somebody else marked “{words_of(block)}” meanwhile: {block.when or 'no time'}, {now}. "
        f"Yours was not saved: {hers.when or 'no time'}, {wanted}."
    )
