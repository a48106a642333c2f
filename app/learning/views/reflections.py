"""Writing a reflection, and holding it against the model points."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import requires
from app.accounts.permissions import Permission
from app.attempts import queries, reflecting, sitting
from app.attempts.models import Attempt, Look
from app.attempts.state import Point
from app.db import Refusal, now_utc
from app.learning.saves import clock, sent_sequence, told_stale
from app.learning.views.player import (
    back_to,
    own_attempt,
    save_newest,
    stage_of,
)

blueprint = Blueprint("reflections", __name__, template_folder="../templates")


@blueprint.post("/attempts/<int:attempt_id>/items/<item_id>/reflection")
@requires(Permission.LEARN)
def reflect(attempt_id: int, item_id: str) -> Response | tuple[str, int]:
    """Keep a reflection or pass it; then the model points are shown."""
    attempt = own_attempt(attempt_id, lock=True)
    stage_of(queries.document_of(attempt), item_id)
    text = request.form.get("text", "")
    try:
        if "skip" in request.form and not text.strip():
            reflecting.skip(attempt, item_id, now=now_utc())
        else:
            append = "append" in request.form
            reflecting.write(attempt, item_id, text, now=now_utc(), append=append)
    except sitting.AlreadyWritten as refusal:
        return _two_texts(attempt, item_id, text, refusal), 409
    except sitting.TextRefused as refusal:
        return _kept_as_draft(attempt, item_id, text, refusal)
    except Refusal as refusal:
        return _not_saved(attempt, text, refusal)
    return back_to(attempt, item_id)


def _two_texts(attempt: Attempt, item_id: str, text: str, refusal: Refusal) -> str:
    """Show what stands beside what was sent now, which can be added to it."""
    return render_template(
        "learning/two_texts.html",
        attempt=attempt,
        item_id=item_id,
        text=text,
        stands=queries.reflections_in(attempt.id)[item_id].text,
        refusal=str(refusal),
    )


def _kept_as_draft(
    attempt: Attempt, item_id: str, text: str, refusal: Refusal
) -> Response | tuple[str, int]:
    """Keep a text that is too short or too long to be saved, wherever it can still be kept."""
    wrote = queries.reflections_in(attempt.id).get(item_id)
    if wrote is not None and not wrote.skipped:
        if not text.strip():
            return back_to(attempt, item_id)
        return _two_texts(attempt, item_id, text, refusal), 422
    try:
        save_newest(attempt, item_id, {"text": [text]}, Look.FIRST)
    except Refusal:
        return _not_saved(attempt, text, refusal)
    return back_to(attempt, item_id, check=True)


def _not_saved(attempt: Attempt, text: str, refusal: Refusal) -> Response | tuple[str, int]:
    """Give back a text for which there is no place any more, so that it can be copied."""
    if text.strip():
        page = render_template(
            "learning/not_saved.html", attempt=attempt, text=text, refusal=str(refusal)
        )
        return page, 409
    flash(str(refusal), "notice")
    return redirect(url_for("player.place", attempt_id=attempt.id), code=303)


def _overtaken(
    attempt: Attempt, item_id: str, held: dict[int, Point], stale: Refusal
) -> Response | tuple[str, int]:
    """Say that newer ticks stand; words that were typed with the older ones are given back."""
    words = "\n".join(point.words for point in held.values() if point.words.strip())
    if words:
        return _not_saved(attempt, words, stale)
    flash(f"{stale} What stands there was kept; tick again if you mean something else.", "notice")
    return back_to(attempt, item_id)


@blueprint.post("/attempts/<int:attempt_id>/items/<item_id>/points")
@requires(Permission.LEARN)
def points(attempt_id: int, item_id: str) -> Response | tuple[Response, int] | tuple[str, int]:
    """Keep how one held one's text against the model points; in JSON where the script asks."""
    attempt = own_attempt(attempt_id, lock=True)
    stage_of(queries.document_of(attempt), item_id)
    held = {
        at: Point(request.form.get(f"tick-{at}", ""), request.form.get(f"words-{at}", ""))
        for at in range(20)
        if f"tick-{at}" in request.form or request.form.get(f"words-{at}")
    }
    by_script, now = "quiet" in request.args, now_utc()
    # The script counts its saves itself; by hand, this is the one after those that were kept.
    sequence = sent_sequence() + (0 if by_script else 1)
    try:
        reflecting.hold_against_points(attempt, item_id, held, now=now, sequence=sequence)
    except sitting.StaleDraft as stale:
        if by_script:
            return jsonify(told_stale(stale)), 409
        return _overtaken(attempt, item_id, held, stale)
    except Refusal as refusal:
        if by_script:
            return jsonify({"error": "refused", "sentence": str(refusal)}), 422
        flash(str(refusal), "notice")
        return back_to(attempt, item_id, to=None)
    if by_script:
        return jsonify({"saved": clock(now), "sequence": sent_sequence()}), 200
    flash("Saved. Only you can see it.", "success")
    return back_to(attempt, item_id)
