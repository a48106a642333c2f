"""The end of a module: what one decided beside what happened, another look, the completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import requires
from app.accounts.permissions import Permission
from app.attempts import marking, queries, reflecting, sitting
from app.attempts.completing import NotFinished, complete, missed, still_missed
from app.attempts.models import Attempt, Look
from app.attempts.progress import progress
from app.attempts.state import Given, State
from app.catalogue.document import Question
from app.db import Refusal, now_utc, reads_first
from app.learning.question_view import ItemView, question_view, said_place
from app.learning.saves import clock, sent_sequence, told_stale
from app.learning.views.player import (
    chosen_texts,
    moved,
    not_recorded,
    own_attempt,
    rail_of,
    save_newest,
    typed_fields,
)
from app.records.queries import completions_of

blueprint = Blueprint("finish", __name__, template_folder="../templates")


@dataclass(frozen=True)
class Decision:
    """One own decision beside what was done and what was found."""

    view: ItemView
    question: Question
    own: tuple[str, ...]
    place: str


def _decisions(attempt: Attempt, state: State) -> list[Decision]:
    module = queries.document_of(attempt)
    found = []
    for number, question in enumerate(module.questions(), start=1):
        given: Given = state.answers[question.id]
        view = question_view(question, state, number=number, total=len(module.questions()))
        own = tuple(chosen_texts(question, given.response))
        if question.kind == "matching":
            own = tuple(f"{row.text}: {row.match}" for row in view.choices)
        found.append(Decision(view, question, own, said_place(question.outcome.place)))
    return found


def _ready(attempt_id: int) -> tuple[Attempt, State] | None:
    """Return the attempt and its state if everything has been decided."""
    attempt = own_attempt(attempt_id)
    state = queries.state_of(attempt)
    if not progress(queries.document_of(attempt), state.passed).all_passed:
        return None
    return attempt, state


def _to_place(attempt_id: int) -> Response:
    return redirect(url_for("player.place", attempt_id=attempt_id), code=303)


@blueprint.get("/attempts/<int:attempt_id>/decisions")
@requires(Permission.LEARN)
def decisions(attempt_id: int) -> str | Response:
    """Show own decisions beside what was done and what was found."""
    ready = _ready(attempt_id)
    if ready is None:
        return _to_place(attempt_id)
    attempt, state = ready
    module = queries.document_of(attempt)
    left = still_missed(module, state.answers, state.again)
    return render_template(
        "learning/decisions.html",
        attempt=attempt,
        module=module,
        decisions=_decisions(attempt, state),
        missed=len(missed(module, state.answers)),
        following=left[0] if left else None,
        rail=rail_of(attempt, progress(module, state.passed), "decisions"),
    )


@blueprint.get("/attempts/<int:attempt_id>/again/<item_id>")
@requires(Permission.LEARN)
def again(attempt_id: int, item_id: str) -> str | Response:
    """Show one missed question once more, its options in a new order."""
    ready = _ready(attempt_id)
    if ready is None:
        return _to_place(attempt_id)
    attempt, state = ready
    module = queries.document_of(attempt)
    back = missed(module, state.answers)
    question = next((q for q in back if q.id == item_id), None)
    if question is None:
        abort(404)
    left = [q for q in still_missed(module, state.answers, state.again) if q.id != item_id]
    view = question_view(
        question, state, number=back.index(question) + 1, total=len(back), look="again"
    )
    problem = _incomplete(question, view) if request.args.get("check") else None
    return render_template(
        "learning/again.html",
        attempt=attempt,
        module=module,
        item=view,
        question=question,
        following=left[0] if left else None,
        given_problems=[(problem, f"item-{item_id}")] if problem else [],
        check=item_id if problem else "",
        look="again",
        rail=rail_of(attempt, progress(module, state.passed), "again"),
    )


def _incomplete(question: Question, view: ItemView) -> str | None:
    if not view.open:
        return None
    try:
        marking.read_form(question, view.typed.fields if view.typed else {})
    except marking.Incomplete as incomplete:
        return str(incomplete)
    return None


@blueprint.post("/attempts/<int:attempt_id>/again/<item_id>")
@requires(Permission.LEARN)
def answer_again(attempt_id: int, item_id: str) -> Response:
    """Commit the second answer to a missed question; the first one stands for the statistics."""
    attempt = own_attempt(attempt_id, lock=True)
    module = queries.document_of(attempt)
    question = next((q for q in module.questions() if q.id == item_id), None)
    if question is None:
        abort(404)
    fields, check = typed_fields(), None
    anchor: str | None = f"answer-{item_id}"
    try:
        if "move" in request.form:
            anchor, fields = f"item-{item_id}", moved(question, attempt.seed, Look.AGAIN.value)
            save_newest(attempt, item_id, fields, Look.AGAIN)
        else:
            check = _look_again_or_keep(attempt, question, fields)
    except sitting.AlreadyCommitted as refusal:
        flash(f"{refusal} {not_recorded(question, fields)}", "notice")
        anchor = None
    except Refusal as refusal:
        flash(str(refusal), "notice")
        return _to_place(attempt_id)
    return redirect(
        url_for(
            "finish.again",
            attempt_id=attempt_id,
            item_id=item_id,
            check=check,
            _anchor=None if check else anchor,
        ),
        code=303,
    )


def _look_again_or_keep(
    attempt: Attempt, question: Question, fields: dict[str, Sequence[str]]
) -> str | None:
    """Commit a whole second answer; keep one that lacks something, and tell that it does."""
    try:
        response = marking.read_form(question, fields)
    except marking.Incomplete:
        save_newest(attempt, question.id, fields, Look.AGAIN)
        return "1"
    sitting.look_again(attempt, question.id, response, now=now_utc())
    return None


@blueprint.get("/attempts/<int:attempt_id>/finish")
@requires(Permission.LEARN)
def close(attempt_id: int) -> str | Response:
    """Show one's reflections, ask for one commitment, show the policy questions, offer the end."""
    ready = _ready(attempt_id)
    if ready is None:
        return _to_place(attempt_id)
    attempt, state = ready
    left = still_missed(queries.document_of(attempt), state.answers, state.again)
    if left:
        return redirect(
            url_for("finish.again", attempt_id=attempt_id, item_id=left[0].id), code=303
        )
    if attempt.completion_id is not None:
        return redirect(url_for("finish.done", attempt_id=attempt_id), code=303)
    meant = queries.commitment_in(attempt.id)
    return _close_page(attempt, state, meant.text)


def _close_page(attempt: Attempt, state: State, commitment: str, problem: str = "") -> str:
    sequence = queries.commitment_in(attempt.id).sequence
    module = queries.document_of(attempt)
    stages = {item.id: stage.id for stage, item in module.items()}
    return render_template(
        "learning/close.html",
        attempt=attempt,
        module=module,
        reflections=[
            (item, state.reflections[item.id], stages[item.id]) for item in module.reflections()
        ],
        commitment=commitment,
        sequence=sequence,
        given_problems=[(problem, "commitment")] if problem else [],
        rail=rail_of(attempt, progress(module, state.passed), "finish"),
    )


@blueprint.post("/attempts/<int:attempt_id>/finish")
@requires(Permission.LEARN)
@reads_first
def finish(attempt_id: int) -> Response | tuple[str, int]:
    """Keep the commitment and complete the module, once."""
    attempt = own_attempt(attempt_id)
    text, now = request.form.get("commitment", ""), now_utc()
    standing = queries.commitment_in(attempt.id)
    if attempt.completion_id is not None and text.strip() not in ("", standing.text):
        return _too_late(attempt, text), 409
    # An empty box that never showed the commitment was opened before it was written.
    overtaken = sent_sequence() < standing.sequence
    kept = None if overtaken and not text.strip() else text
    try:
        complete(attempt, now=now, commitment=kept, sequence=sent_sequence() + 1)
    except sitting.TextRefused as refusal:
        return _close_page(attempt, queries.state_of(attempt), text, str(refusal)), 422
    except sitting.StaleDraft:
        return _both(attempt, text), 409
    except NotFinished as refusal:
        if kept is not None:
            reflecting.commit_to(attempt, kept[: sitting.MOST_TEXT], now=now)
        flash(str(refusal), "notice")
        return _to_place(attempt_id)
    return redirect(url_for("finish.done", attempt_id=attempt_id), code=303)


def _both(attempt: Attempt, text: str) -> str:
    """Show what was sent together with what another tab saved meanwhile; nothing is lost."""
    standing = queries.commitment_in(attempt.id).text
    said = (
        "You had saved other words in another tab or on another device. Both stand here now: "
        "keep what you mean, then complete the module."
    )
    both = f"{standing}\n\n{text.strip()}".strip()
    return _close_page(attempt, queries.state_of(attempt), both, said)


def _too_late(attempt: Attempt, text: str) -> str:
    """Give back words that came after the module was completed elsewhere."""
    refusal = "This module was completed in another tab or on another device before."
    return render_template("learning/not_saved.html", attempt=attempt, text=text, refusal=refusal)


@blueprint.post("/attempts/<int:attempt_id>/commitment")
@requires(Permission.LEARN)
def keep_commitment(attempt_id: int) -> tuple[Response, int]:
    """Keep the commitment as it is typed; answers in JSON, since only the script asks."""
    attempt = own_attempt(attempt_id, lock=True)
    if attempt.completion_id is not None:
        return jsonify({"error": "committed", "sentence": "This module is completed."}), 409
    try:
        text = request.form.get("commitment", "")
        reflecting.commit_to(attempt, text, now=now_utc(), sequence=sent_sequence())
    except sitting.TextRefused as refusal:
        return jsonify({"error": "refused", "sentence": str(refusal)}), 422
    except sitting.StaleDraft as stale:
        return jsonify(told_stale(stale)), 409
    return jsonify({"saved": clock(now_utc()), "sequence": sent_sequence()}), 200


@blueprint.get("/attempts/<int:attempt_id>/done")
@requires(Permission.LEARN)
def done(attempt_id: int) -> str | Response:
    """Show the completion: the module, its version, the date."""
    attempt = own_attempt(attempt_id)
    if attempt.completion_id is None:
        return _to_place(attempt_id)
    completion = next(
        row for row in completions_of(attempt.learner_id) if row.id == attempt.completion_id
    )
    module = queries.document_of(attempt)
    return render_template(
        "learning/done.html",
        attempt=attempt,
        module=module,
        completion=completion,
        commitment=queries.commitment_in(attempt.id).text,
    )
