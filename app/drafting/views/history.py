"""The history of a draft: every save, who made it, and the way back to any of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.db import Refusal, now_utc
from app.drafting import drafting
from app.drafting.drafting import SavedSince
from app.drafting.filling.conflicts import merged
from app.drafting.filling.fields import text_of
from app.drafting.filling.part_forms import form_for
from app.drafting.history import Saved, runs_of
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.outline import WHOLE_WORDS, outline_of
from app.drafting.parts import WHOLE, Document, How, NoSuchPart, differences, part_of
from app.drafting.queries import draft_in, revision_of, revision_or_none, saver_of
from app.drafting.structuring import named
from app.ui.differences import marked, pieces, shortened
from app.ui.requests import LARGEST_ID

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
    page, runs = runs_of(draft.id, request.args.get("page", 1, type=int))
    return render_template(
        "drafting/history.html", draft=draft, title=head.title or "Untitled", page=page, runs=runs,
        page_url=lambda number: url_for("history.index", draft_id=draft.id, page=number),
    )  # fmt: skip


@blueprint.get("/drafts/<int:draft_id>/history/<int:number>")
@requires(Permission.WRITE_MODULES)
def show(draft_id: int, number: int) -> str:
    """Show the outline as it was after one save, and what that save, or several, changed."""
    draft = _draft(draft_id)
    return _page(draft, revision_or_none(draft.id, number) or abort(404))


def _page(
    draft: ModuleDraft, revision: DraftRevision, problem: str = "",
    since: list[Saved] | None = None,
) -> str:  # fmt: skip
    document, against = revision.document, revision.number - 1
    asked = request.args.get("since", 0, type=int)
    against = asked if 0 < asked < revision.number else against
    before = revision_of(draft.id, against).document if against else {}
    return render_template(
        "drafting/revision.html", draft=draft, revision=revision, saver=saver_of(revision),
        module=outline_of(document), changes=_told(before, document), against=against,
        open=draft.version_id is None and draft.set_aside_at is None,
        given_problems=[(problem, "since" if since else "")] if problem else None, since=since,
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What happened to one part: in a word, and with the words that went and came."""

    name: str
    how: str
    changes: tuple[tuple[str, Markup], ...]


def _told(before: Document, after: Document) -> list[Told]:
    """Return what happened to which part; nothing for the first revision."""
    if not before:
        return []
    found = []
    for address, how in differences(before, after):
        there = before if how is How.DELETED else after
        name = WHOLE_WORDS[address] if address in WHOLE else named(there, address)
        found.append(
            Told(f"{name[:1].upper()}{name[1:]}", how.value, _in_words(address, before, after))
        )
    return found


def _in_words(address: str, before: Document, after: Document) -> tuple[tuple[str, Markup], ...]:
    """Return each field of a part that differs, its words marked as gone or new."""
    old, new = _part(before, address), _part(after, address)
    spec = form_for(address, text_of((new or old).get("kind")))
    changes = merged(spec, old, new, old).from_her
    return tuple(
        (each.label, marked(shortened(pieces(each.before, each.after)))) for each in changes
    )


def _part(document: Document, address: str) -> Document:
    try:
        return part_of(document, address)
    except NoSuchPart:
        return {}


@blueprint.post("/drafts/<int:draft_id>/history/<int:number>/restore")
@requires(Permission.WRITE_MODULES)
def restore(draft_id: int, number: int) -> Page | Response:
    """Make a revision the newest again; those after it stay in the history."""
    draft = _draft(draft_id)
    revision = revision_or_none(draft.id, number) or abort(404)
    sent = request.form.get("base", 0, type=int)
    base = sent if abs(sent) <= LARGEST_ID else 0
    try:
        drafting.restore(draft, number, base=base, by=me().person_id, at=now_utc())
    except SavedSince as refusal:
        return _page(draft, revision, str(refusal), refusal.saves), 409
    except Refusal as refusal:
        return _page(draft, revision, str(refusal)), 409
    flash(f"Revision {number} is the newest again. Nothing after it was lost.", "success")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)
