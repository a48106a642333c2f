"""The page of one part of a draft: everything in it can be changed, nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.db import Refusal, now_utc
from app.drafting import drafting, keeping, parts
from app.drafting.filling import showing
from app.drafting.filling.arranging import arranged, without_unfilled
from app.drafting.filling.fields import read_form
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document, NoSuchPart
from app.drafting.queries import draft_in, others_saved, revision_of
from app.drafting.under_review import under_review
from app.drafting.views.part_onward import Saved, onward, rows_left_open
from app.drafting.views.part_page import Opened, opened, part_page
from app.drafting.views.part_refused import Refused, refused_page
from app.drafting.views.part_script import refused_to_script, told_to_script
from app.drafting.views.part_sent import KEEP, Typed, remarked, typed_in
from app.ui.filters import london_time

blueprint = Blueprint("parts", __name__, template_folder="../templates")
Answer = Response | tuple[Response, int] | tuple[str, int]


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


@blueprint.get("/drafts/<int:draft_id>/parts/<part>")
@requires(Permission.WRITE_MODULES)
def edit(draft_id: int, part: str) -> str:
    """Show the form of one part, with what checks say and the source beside it."""
    draft = _draft(draft_id)
    try:
        at = opened(draft, revision_of(draft.id, draft.head), part)
    except NoSuchPart:
        abort(404)
    asked = request.args
    return part_page(
        replace(at, open=asked.get("open", "")[:1000], preview=asked.get("preview", "")[:200],
                check="check" in asked)
    )  # fmt: skip


@blueprint.post("/drafts/<int:draft_id>/parts/<part>")
@requires(Permission.WRITE_MODULES)
def save(draft_id: int, part: str) -> Answer:
    """Save what was typed, valid or not; then do what the pressed button asks."""
    typed = typed_in(_draft(draft_id), part)
    if typed.wrong_remark and not typed.by_script:
        return part_page(_as_typed(typed)), 422
    mine = typed.stored
    try:
        mine, row, left_open = _arranged(typed)
        if typed.does == KEEP:
            return _kept(typed, mine)
        # While she types, the title is half a title: only her own press of Save names the module.
        mine = mine if typed.by_script and not typed.pressed else drafting.named(part, mine)
        saved = _saved(typed, mine)
    except Refusal as refusal:
        return _refused(typed, mine, refusal)
    keeping.let_go(typed.draft.id, typed.address, mine, carried=typed.carried, by=me().person_id)
    if typed.by_script:
        return told_to_script(typed, saved)
    remarked(typed)
    return onward(typed, saved, row, left_open)


def _kept(typed: Typed, mine: Document) -> Answer:
    """Keep what she typed where two texts stand beside each other, and leave the draft alone."""
    draft, now = typed.draft, now_utc()
    keeping.keep(draft.id, typed.address, mine, base=typed.kept, by=me().person_id, at=now)
    if typed.by_script:
        return jsonify(said=f"Kept {london_time(now)}, not in the draft yet", notes={}), 200
    flash("What you wrote is kept. It is not in the draft yet.", "notice")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)


def _refused(typed: Typed, mine: Document, refusal: Refusal) -> Answer:
    """Keep what could not be saved, and show the way out."""
    kept = keeping.keep_refused(
        typed.draft.id, typed.address, mine, refusal, base=typed.kept, by=me().person_id,
        at=now_utc(),
    )  # fmt: skip
    if typed.by_script:
        return refused_to_script(typed, refusal, kept=kept)
    under = typed.kept if kept else None
    refused = Refused(
        typed.draft, typed.address, typed.spec, typed.base, mine, typed.sent, refusal, under
    )
    return refused_page(refused), 409


def _as_typed(typed: Typed) -> Opened:
    """Return the part as it was sent, with what is wrong with the comment; nothing is saved."""
    mine = read_form(typed.spec, typed.sent, typed.stored)
    at = opened(typed.draft, typed.base, typed.address, mine)
    return replace(at, open=typed.left_open, refusal=typed.wrong_remark, remark=typed.remark)


def _arranged(typed: Typed) -> tuple[Document, str, str]:
    """Return the part after the pressed button, the row to go to, and the rows to leave open."""
    read = read_form(typed.spec, typed.sent, typed.stored)
    if typed.does not in ("add", KEEP):
        read = without_unfilled(typed.spec, read, typed.stored)
    mine, row = arranged(typed.spec, read, typed.act)
    return mine, row, rows_left_open(typed, read, mine)


def _saved(typed: Typed, mine: Document) -> Saved:
    """Write the part, and tell whether an approval was undone by it."""
    before = under_review(typed.draft)
    revision = _written(typed, mine)
    undone = before is not None and before.holds and before.head != revision.number
    return Saved(revision, before.signed_by if before and undone else "")


def _written(typed: Typed, mine: Document) -> DraftRevision:
    """Write the part; one that was deleted meanwhile comes back only when asked for."""
    by, now = me().person_id, now_utc()
    what = f"Edited “{showing.title_of(typed.address, mine)}”."
    base = typed.base.number
    if "leaving" in typed.sent and not others_saved(
        typed.draft.id, typed.address, since=base, than=by
    ):
        # Sent as she left the page, perhaps before it heard which revision her last save made.
        base = typed.draft.head
    try:
        return drafting.save_part(
            typed.draft, typed.address, mine, base=base, by=by, at=now, what=what
        )
    except NoSuchPart:
        if typed.does != "put-back":
            raise
    before = typed.base.document

    def back(document: Document) -> Document:
        there = parts.put_back(document, before, typed.address)
        return parts.with_part(there, typed.address, mine)

    return drafting.revise(
        typed.draft, back, by=by, at=now, what=f"Put back and {what[0].lower()}{what[1:]}",
        part=typed.address,
    )  # fmt: skip
