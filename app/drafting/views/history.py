"""The history of a draft: every save, who made it, and the way back to any of them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.db import Refusal, now_utc
from app.drafting import drafting
from app.drafting.drafting import SavedSince
from app.drafting.history import Saved, how_many_revisions, revisions_of
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.outline import WHOLE_WORDS, outline_of
from app.drafting.parts import WHOLE, Document, How, differences
from app.drafting.queries import draft_in, revision_of, revision_or_none, saver_of
from app.drafting.structuring import named
from app.ui.paging import page_of

blueprint = Blueprint("history", __name__, template_folder="../templates")
Page = str | tuple[str, int]


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


@blueprint.get("/drafts/<int:draft_id>/history")
@requires(Permission.WRITE_MODULES)
def index(draft_id: int) -> str:
    """List the revisions of a draft, the newest first."""
    draft = _draft(draft_id)
    head = revision_of(draft.id, draft.head)
    page = page_of(request.args.get("page", 1, type=int), how_many_revisions(draft.id))
    return render_template(
        "drafting/history.html", draft=draft, title=head.title or "Untitled", page=page,
        rows=revisions_of(draft.id, page),
        page_url=lambda number: url_for("history.index", draft_id=draft.id, page=number),
    )  # fmt: skip


@blueprint.get("/drafts/<int:draft_id>/history/<int:number>")
@requires(Permission.WRITE_MODULES)
def show(draft_id: int, number: int) -> str:
    """Show the outline as it was after one save, and which parts that save touched."""
    draft = _draft(draft_id)
    return _page(draft, revision_or_none(draft.id, number) or abort(404))


def _page(
    draft: ModuleDraft, revision: DraftRevision, problem: str = "",
    since: list[Saved] | None = None,
) -> str:  # fmt: skip
    document = revision.document
    before = revision_of(draft.id, revision.number - 1).document if revision.number > 1 else {}
    return render_template(
        "drafting/revision.html", draft=draft, revision=revision, saver=saver_of(revision),
        module=outline_of(document), changes=_told(before, document),
        open=draft.version_id is None and draft.set_aside_at is None,
        given_problems=[(problem, "since" if since else "")] if problem else None, since=since,
    )  # fmt: skip


def _told(before: Document, after: Document) -> list[tuple[str, str]]:
    """Return what happened to which part, in words; nothing for the first revision."""
    if not before:
        return []
    found = []
    for address, how in differences(before, after):
        there = before if how is How.DELETED else after
        name = WHOLE_WORDS[address] if address in WHOLE else named(there, address)
        found.append((how.value, f"{name[:1].upper()}{name[1:]}"))
    return found


@blueprint.post("/drafts/<int:draft_id>/history/<int:number>/restore")
@requires(Permission.WRITE_MODULES)
def restore(draft_id: int, number: int) -> Page | Response:
    """Make a revision the newest again; those after it stay in the history."""
    draft = _draft(draft_id)
    revision = revision_or_none(draft.id, number) or abort(404)
    base = request.form.get("base", 0, type=int)
    try:
        drafting.restore(draft, number, base=base, by=me().person_id, at=now_utc())
    except SavedSince as refusal:
        return _page(draft, revision, str(refusal), refusal.saves), 409
    except Refusal as refusal:
        return _page(draft, revision, str(refusal)), 409
    flash(f"Revision {number} is the newest again. Nothing after it was lost.", "success")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)
