"""The player: one stage a page, its items up to the first open gate."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.attempts import marking, queries, sitting
from app.attempts.models import Attempt, Look
from app.attempts.progress import Progress, counts_ahead, progress
from app.attempts.state import State, Typed
from app.catalogue.document import Known, Module, Question, Reflection, Stage
from app.catalogue.known_words import known_words
from app.db import Refusal, now_utc, reads_first
from app.learning.question_view import said_basis, said_place, said_published
from app.learning.saves import clock, sent_sequence, told_stale
from app.learning.stage_view import stage_view

blueprint = Blueprint("player", __name__, template_folder="../templates")
blueprint.add_app_template_filter(said_place)
blueprint.add_app_template_filter(known_words)
blueprint.add_app_template_filter(said_basis)
blueprint.add_app_template_filter(said_published)

# What a column holds, with room for the drafts that follow.
NOT_FIELDS = ("csrf_token", "sequence", "move", "skip", "append")


def own_attempt(attempt_id: int, *, lock: bool = False) -> Attempt:
    """Return the signed-in learner's attempt, or answer as for one that does not exist."""
    attempt = queries.attempt_of(me().person_id, attempt_id, lock=lock)
    if attempt is None:
        abort(404)
    return attempt


def typed_fields() -> dict[str, Sequence[str]]:
    """Return what was typed or chosen in the form that was sent."""
    return {
        name: request.form.getlist(name)
        for name in request.form
        if name not in NOT_FIELDS and len(name) <= 100
    }


def rail_of(attempt: Attempt, how_far: Progress, current: str) -> dict[str, object]:
    """Return what the rail shows: stages that she has opened by name, the rest counted."""
    ids = [stage.id for stage in how_far.module.stages]
    here = current in ids
    # The pages of the end come after every stage.
    opened = how_far.opened(attempt.place, current) if here else how_far.open_stages
    more, later = counts_ahead(how_far.module, opened)
    return {
        "stages": [
            {
                "title": stage.title,
                "url": url_for("player.stage", attempt_id=attempt.id, stage_id=stage.id),
                "known": stage.known.value,
                "state": (
                    "current" if stage.id == current
                    else "done" if _is_done(attempt, how_far, stage, here=here)
                    else "open"
                ),
            }
            for stage in opened
        ],
        "more": more,
        "later": later,
        "number": ids.index(current) + 1 if here else len(opened),
        "total": len(ids),
        "minutes_left": how_far.minutes_left(current if here else attempt.place),
    }  # fmt: skip


def _is_done(attempt: Attempt, how_far: Progress, stage: Stage, *, here: bool) -> bool:
    """Tell whether she is through with a stage: one without a gate is when she went on from it."""
    if not how_far.stage_passed(stage):
        return False
    at_the_end = not here or attempt.completion_id is not None
    return at_the_end or how_far.begun(stage) or stage in how_far.opened(attempt.place)[:-1]


def _checked(state: State, how_far: Progress, item_id: str) -> tuple[str, str] | None:
    """Return what is incomplete in a saved form that was sent, with the control to go to."""
    typed = state.typed.get((item_id, Look.FIRST.value))
    # A closed gate is not there at all: what it lacks would tell of what it holds.
    gate = how_far.open_gate(item_id)
    if gate is None or item_id in state.passed:
        return None
    fields = typed.fields if typed else {}
    try:
        if isinstance(gate, Reflection):
            text = (fields.get("text") or ("",))[0]
            if not text.strip():
                return "Write a few words, or choose “Skip this”.", f"{item_id}-text"
            if len(text) > sitting.MOST_TEXT:
                return "That is more than can be kept. Shorten it, please.", f"{item_id}-text"
        else:
            marking.read_form(gate, fields)
    except marking.Incomplete as incomplete:
        return str(incomplete), f"item-{item_id}"
    return None


@blueprint.get("/attempts/<int:attempt_id>")
@requires(Permission.LEARN)
def place(attempt_id: int) -> Response:
    """Go to the very place where one was."""
    attempt = own_attempt(attempt_id)
    if attempt.completion_id is not None:
        return redirect(url_for("finish.done", attempt_id=attempt.id), code=303)
    how_far = progress(queries.document_of(attempt), queries.passed_in([attempt.id])[attempt.id])
    stage, gate = how_far.place(attempt.place)
    # Whoever has passed no gate of the stage has its story to read before the question.
    anchor = f"item-{gate.id}" if gate and how_far.begun(stage) else None
    return redirect(
        url_for("player.stage", attempt_id=attempt.id, stage_id=stage.id, _anchor=anchor),
        code=303,
    )


@blueprint.post("/attempts/<int:attempt_id>/continue")
@requires(Permission.LEARN)
def resume(attempt_id: int) -> Response:
    """Note that the learner is back, and go to where she was."""
    sitting.resume(own_attempt(attempt_id, lock=True), now=now_utc())
    return redirect(url_for("player.place", attempt_id=attempt_id), code=303)


@blueprint.get("/attempts/<int:attempt_id>/stages/<stage_id>")
@requires(Permission.LEARN)
def stage(attempt_id: int, stage_id: str) -> str | Response:
    """Show a stage up to its first open gate; a closed one leads to the place one is at."""
    attempt = own_attempt(attempt_id)
    module, state = queries.document_of(attempt), queries.state_of(attempt)
    how_far = progress(module, state.passed)
    found = how_far.stage(stage_id)
    if found is None:
        return redirect(url_for("player.place", attempt_id=attempt.id), code=303)
    problem = _checked(state, how_far, request.args.get("check", ""))
    following = how_far.after(found) if how_far.stage_passed(found) else None
    return render_template(
        "learning/stage.html",
        attempt=attempt,
        module=module,
        view=stage_view(how_far, found, state),
        rail=rail_of(attempt, how_far, stage_id),
        following=following,
        last=how_far.all_passed and found is module.stages[-1],
        complete=attempt.completion_id is not None,
        sources=module.sources if found.known is Known.LATER else (),
        given_problems=[problem] if problem else [],
        check=request.args.get("check", "") if problem else "",
        look="first",
    )


@blueprint.post("/attempts/<int:attempt_id>/stages/<stage_id>")
@requires(Permission.LEARN)
def go_on(attempt_id: int, stage_id: str) -> Response:
    """Go on to the next stage; one's place is noted."""
    attempt = own_attempt(attempt_id, lock=True)
    try:
        sitting.open_stage(attempt, stage_id, now=now_utc())
    except sitting.NotOpen as refusal:
        flash(str(refusal), "notice")
        return redirect(url_for("player.place", attempt_id=attempt_id), code=303)
    return redirect(url_for("player.stage", attempt_id=attempt_id, stage_id=stage_id), code=303)


def stage_of(module: Module, item_id: str) -> str:
    """Return the id of the stage that holds an item, or answer 404."""
    for holder, item in module.items():
        if item.id == item_id:
            return holder.id
    raise NotFound


def back_to(
    attempt: Attempt, item_id: str, *, to: str | None = "answer", check: bool = False
) -> Response:
    """Go back to the stage page of an item: to its `answer`, which takes the focus, or `item`.

    What is to be mended, and what was refused, is said at the top of the page.
    """
    return redirect(
        url_for(
            "player.stage",
            attempt_id=attempt.id,
            stage_id=stage_of(queries.document_of(attempt), item_id),
            check=item_id if check else None,
            _anchor=f"{to}-{item_id}" if to and not check else None,
        ),
        code=303,
    )


def chosen_texts(question: Question, response: marking.Response) -> list[str]:
    """Return the texts of what a response chose."""
    ids = response.chosen or response.order or tuple(option for option, _ in response.pairs)
    texts = {option.id: option.text for option in question.options}
    return [texts[option] for option in ids]


def moved(question: Question, seed: int, look: str) -> dict[str, Sequence[str]]:
    """Return the order of an ordering after one press of up or down."""
    order = request.form.getlist("order")
    if sorted(order) != sorted(option.id for option in question.options):
        order = list(marking.shuffled(question, seed, look))
    option, _, direction = request.form.get("move", "").partition(":")
    if option in order:
        at = order.index(option)
        to = min(max(at + (1 if direction == "down" else -1), 0), len(order) - 1)
        order[at], order[to] = order[to], order[at]
    return {"order": order}


def save_newest(
    attempt: Attempt, item_id: str, fields: dict[str, Sequence[str]], look: Look
) -> None:
    """Save a draft that was sent by hand: it is the newest there is."""
    drafts = queries.drafts_in(attempt.id)
    standing = drafts.get((item_id, look.value), Typed({})).sequence
    sitting.save_draft(attempt, item_id, fields, look=look, sequence=standing + 1, now=now_utc())


@blueprint.post("/attempts/<int:attempt_id>/items/<item_id>/answer")
@requires(Permission.LEARN)
@reads_first
def answer(attempt_id: int, item_id: str) -> Response:
    """Commit the answer to a question; what is incomplete is kept and said."""
    attempt = own_attempt(attempt_id)
    module = queries.document_of(attempt)
    question = next((q for q in module.questions() if q.id == item_id), None)
    if question is None:
        abort(404)
    fields, check = typed_fields(), False
    try:
        if "move" in request.form:
            fields = moved(question, attempt.seed, Look.FIRST.value)
            save_newest(attempt, item_id, fields, Look.FIRST)
            return back_to(attempt, item_id, to="item")
        check = _commit_or_keep(attempt, question, fields)
    except sitting.AlreadyCommitted as refusal:
        flash(f"{refusal} {not_recorded(question, fields)}", "notice")
        return back_to(attempt, item_id, to=None)
    except Refusal as refusal:
        flash(str(refusal), "notice")
        return redirect(url_for("player.place", attempt_id=attempt.id), code=303)
    return back_to(attempt, item_id, check=check)


def _commit_or_keep(attempt: Attempt, question: Question, fields: dict[str, Sequence[str]]) -> bool:
    """Commit a whole answer; keep one that lacks something as a draft, and tell that it does."""
    try:
        response = marking.read_form(question, fields)
    except marking.Incomplete:
        save_newest(attempt, question.id, fields, Look.FIRST)
        return True
    sitting.commit_answer(attempt, question.id, response, now=now_utc())
    return False


def not_recorded(question: Question, fields: dict[str, Sequence[str]]) -> str:
    """Say what was sent for a question whose answer stands already."""
    try:
        words = "; ".join(chosen_texts(question, marking.read_form(question, fields)))
    except marking.Incomplete:
        return "What was sent now was not recorded."
    return f"What was sent now was not recorded: {words}."


@blueprint.post("/attempts/<int:attempt_id>/items/<item_id>/draft")
@requires(Permission.LEARN)
@reads_first
def draft(attempt_id: int, item_id: str) -> tuple[Response, int]:
    """Keep what stands in a form; answers in JSON, since only the script asks."""
    attempt = own_attempt(attempt_id)
    look = Look.AGAIN if request.args.get("look") == "again" else Look.FIRST
    now = now_utc()
    try:
        sitting.save_draft(
            attempt, item_id, typed_fields(), look=look, sequence=sent_sequence(), now=now
        )
    except sitting.StaleDraft as stale:
        return jsonify(told_stale(stale)), 409
    except sitting.AlreadyCommitted as refusal:
        return jsonify({"error": "committed", "sentence": str(refusal)}), 409
    except Refusal as refusal:
        return jsonify({"error": "refused", "sentence": str(refusal)}), 422
    return jsonify({"saved": clock(now), "sequence": sent_sequence()}), 200
