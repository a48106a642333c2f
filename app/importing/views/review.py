"""The review of an imported case: its source beside its blocks, and what is done to them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.db import Refusal, now_utc
from app.importing.acts import ACTS, Wanted, anchor_after
from app.importing.forms import KNOWN_WORDS, USE_WORDS, BlockForm
from app.importing.models import ImportedCase
from app.importing.queries import case_in, earlier, reviewed, saved_by
from app.importing.reshaping import BlockGone, bring_in, next_kept, words_of
from app.importing.review import ReviewedBlock, Use
from app.importing.reviewing import BlockChanged, NothingToUndo, act, set_uses, undo
from app.importing.showing import figures_of, left_out_of, pages_of, rows_of
from app.importing.source import Reviewed

blueprint = Blueprint("case_review", __name__, template_folder="../templates")
Page = str | tuple[str, int] | AnyResponse
LOOK = "look"


def _case(case_id: int) -> ImportedCase:
    return case_in(me().force_id, case_id) or abort(404)


def _only() -> str | None:
    return LOOK if request.values.get("only") == LOOK else None


def _back(
    case: ImportedCase, anchor: str = "", opened: str | None = None, undone: str | None = None
) -> AnyResponse:
    """Lead back to the block, which then tells what was done and how to undo it."""
    address = url_for(
        "case_review.show", case_id=case.id, only=_only(), open=opened, at=anchor or None,
        undone=undone, _anchor=anchor or None,
    )  # fmt: skip
    return redirect(address, code=303)


@blueprint.get("/cases/<int:case_id>")
@requires(Permission.WRITE_MODULES)
def show(case_id: int) -> Page:
    """Show the source beside its blocks; one block may be open to be changed."""
    case = _case(case_id)
    now = reviewed(case)
    block = now.review.block(request.args.get("open", ""))
    form = BlockForm(formdata=None)
    if block is not None:
        form.fill(block)
        form.offer(block)
    return _page(case, now, block, form)


def _page(case: ImportedCase, now: Reviewed, block: ReviewedBlock | None, form: BlockForm) -> str:
    rows, review = rows_of(now.review), now.review
    only = _only()
    opened, at = block.id if block else None, request.args.get("at")
    shown = tuple(r for r in rows if not only or r.doubt or r.block.id in (opened, at))
    return render_template(
        "importing/review.html", case=case, now=now, rows=shown, form=form, opened=block,
        following=next_kept(review, opened) if opened else None, only=only, all_rows=rows,
        pages=pages_of(now.case, shown), figures=figures_of(now, rows), gone=left_out_of(now),
        headings=tuple(dict.fromkeys(one.under for one in review.blocks if one.under)),
        undo_by=saved_by(case.id, case.head) if review.before else None,
        same=earlier(case.force_id, case.sha256, but=case.id), known_words=KNOWN_WORDS,
        use_words=USE_WORDS,
        at=at if any(row.block.id == at for row in shown) else None,
        undone=request.args.get("undone") == "1",
    )  # fmt: skip


@blueprint.post("/cases/<int:case_id>/blocks")
@requires(Permission.WRITE_MODULES)
def change(case_id: int) -> Page:
    """Do to one block what the button says, together with what was typed beside it."""
    case = _case(case_id)
    form, wanted = BlockForm(), _wanted()
    if wanted is None:
        abort(400)
    block = reviewed(case).review.block(wanted.block_id)
    if block is None:
        flash(str(BlockGone()), "notice")
        return _back(case, "blocks")
    form.offer(block)
    if not wanted.with_form or form.validate():
        try:
            return _done(case, wanted, form)
        except BlockChanged as refusal:
            form.refuse("", refusal)
            return _shown_again(case, wanted, form), 409
        except Refusal as refusal:
            form.refuse(wanted.field, refusal)
    return _shown_again(case, wanted, form), 422


@blueprint.post("/cases/<int:case_id>/uses")
@requires(Permission.WRITE_MODULES)
def set_use(case_id: int) -> AnyResponse:
    """Say what the blocks are whose lists were set otherwise, without opening each."""
    case, base = _case(case_id), request.form.get("base", 0, type=int)
    known = {use.value: use for use in Use}
    uses = {
        block.id: known[value]
        for block in reviewed(case).review.kept
        if (value := request.form.get(f"use-{block.id}", "")) in known
    }
    done = set_uses(case, uses, base=base, by=me().person_id, at=now_utc())
    for block in done.refused:
        now, hers = (USE_WORDS[use].lower() for use in (block.use, uses[block.id]))
        flash(f"Somebody else made “{words_of(block)}” {now} meanwhile. Yours was not saved: "
              f"{hers}.", "notice")  # fmt: skip
    if not done.saved and not done.refused:
        flash("Nothing was changed.", "notice")
    at = request.form.get("at", "")
    return _back(case, at if at in uses else "blocks")


def _wanted() -> Wanted | None:
    """Return the act that a button names, or nothing for a button that no page has."""
    name, base = request.form.get("act", ""), request.form.get("base", 0, type=int)
    if name not in ACTS:
        return None
    return Wanted(name, request.form.get("block", ""), base, request.form.get("with") == "form")


def _done(case: ImportedCase, wanted: Wanted, form: BlockForm) -> AnyResponse:
    now = reviewed(case).review
    block = now.block(wanted.block_id)
    if block is None:
        raise BlockGone
    doing = wanted.doing(now, block, form)
    made = act(
        case, doing.reshape, base=wanted.base, touches=doing.touches, what=doing.what,
        by=me().person_id, at=now_utc(),
    )  # fmt: skip
    return _back(case, anchor_after(made.review, block.id), block.id if doing.stays_open else None)


def _shown_again(case: ImportedCase, wanted: Wanted, form: BlockForm) -> str:
    now = reviewed(case)
    return _page(case, now, now.review.block(wanted.block_id), form)


@blueprint.post("/cases/<int:case_id>/left-out")
@requires(Permission.WRITE_MODULES)
def bring(case_id: int) -> AnyResponse:
    """Take words that the reader left out among the blocks, to be placed."""
    case, left = _case(case_id), request.form.get("left", -1, type=int)
    base = request.form.get("base", 0, type=int)
    try:
        made = act(
            case, lambda review: bring_in(review, reviewed(case).case, left), base=base,
            touches=(), what="Brought in words that were left out", by=me().person_id,
            at=now_utc(),
        )  # fmt: skip
    except BlockGone:
        flash("These words stand among the blocks already.", "notice")
        return _back(case, "left-out")
    new = next(block for block in made.review.blocks if block.origin == (-left - 1,))
    return _back(case, new.id, new.id)


@blueprint.post("/cases/<int:case_id>/undo")
@requires(Permission.WRITE_MODULES)
def take_back(case_id: int) -> AnyResponse:
    """Undo the last act, if it is still the one that the page named."""
    case, base = _case(case_id), request.form.get("base", 0, type=int)
    try:
        done = undo(case, base=base, by=me().person_id, at=now_utc())
    except NothingToUndo as refusal:
        flash(str(refusal), "notice")
        return _back(case)
    if request.form.get("back") == "timeline":
        flash(f"Undone: {done}.", "success")
        return redirect(url_for("case_timeline.show", case_id=case.id), code=303)
    anchor = request.form.get("block", "")
    if reviewed(case).review.block(anchor) is not None:
        return _back(case, anchor, undone="1")
    flash(f"Undone: {done}.", "success")
    return _back(case)
