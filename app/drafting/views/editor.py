"""The outline of a draft: the whole module at a glance, its checks, and its order."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.catalogue.module_files import Finding
from app.checking.drafts import check_draft
from app.db import Refusal, now_utc
from app.drafting import drafting
from app.drafting.forms import RevisionForm, StructureForm
from app.drafting.links import address_url, anchor_of
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.outline import ADD_WORDS, ItemLine, StageLine, outline_of
from app.drafting.panel import panel_of
from app.drafting.parts import Document, addresses, whole_of
from app.drafting.queries import (
    draft_in,
    open_comments_by_part,
    revision_of,
    revision_or_none,
    saver_of,
)
from app.drafting.structuring import Act, Order, named, rearrange
from app.drafting.under_review import under_review
from app.drafting.views.kept import kept_lines
from app.importing.queries import texts_by_sha

blueprint = Blueprint("editor", __name__, template_folder="../templates")
Page = str | tuple[str, int]


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


def findings_of(draft: ModuleDraft, document: Document) -> tuple[Finding, ...]:
    """Return what the checks say of a document, with the texts of the sources at hand."""
    sources = document.get("sources") or ()
    shas = [each.get("sha256") for each in sources if isinstance(each, dict)]
    texts = texts_by_sha(draft.force_id, [sha for sha in shas if isinstance(sha, str)])
    return check_draft(document, texts)


def _to(draft: ModuleDraft, address: str, **more: Any) -> Response:
    """Lead back to the outline, to the part that was moved or made, or to a button of it."""
    anchor = anchor_of(address)
    return redirect(url_for("editor.outline", draft_id=draft.id, _anchor=anchor, **more), code=303)


@blueprint.get("/drafts/<int:draft_id>")
@requires(Permission.WRITE_MODULES)
def outline(draft_id: int) -> str:
    """Show the stages and items of a draft in order, what the checks say, and the way to each."""
    draft = _draft(draft_id)
    return _outline(draft, deleted=_deleted(draft, request.args.get("deleted", 0, type=int)))


def _outline(
    draft: ModuleDraft, problems: list[tuple[str, str]] | None = None,
    deleted: DraftRevision | None = None,
) -> str:  # fmt: skip
    revision = revision_of(draft.id, draft.head)
    document = revision.document
    findings = findings_of(draft, document)
    gone = deleted if deleted and deleted.part not in set(addresses(document)) else None
    return render_template(
        "drafting/outline.html", draft=draft, revision=revision, saver=saver_of(revision),
        under=under_review(draft),
        module=outline_of(document, findings, open_comments_by_part(draft.id)),
        panel=panel_of(document, findings),
        kinds=ADD_WORDS, kept=list(kept_lines(draft)), given_problems=problems, deleted=gone,
        address_url=address_url, opened=request.args.get("open", ""),
        open=draft.version_id is None and draft.set_aside_at is None,
    )  # fmt: skip


def _deleted(draft: ModuleDraft, number: int) -> DraftRevision | None:
    """Return the revision that deleted something, if that is what it did."""
    found = revision_or_none(draft.id, number) if number > 1 else None
    return found if found and found.part and found.what.startswith("Deleted ") else None


@blueprint.get("/drafts/<int:draft_id>/checks")
@requires(Permission.WRITE_MODULES)
def checks(draft_id: int) -> str:
    """List everything that is to do, to mend or to look at."""
    draft = _draft(draft_id)
    document = revision_of(draft.id, draft.head).document
    return render_template(
        "drafting/checks.html", draft=draft, title=document.get("title") or "Untitled",
        panel=panel_of(document, findings_of(draft, document)), address_url=address_url,
    )  # fmt: skip


@blueprint.post("/drafts/<int:draft_id>/structure")
@requires(Permission.WRITE_MODULES)
def structure(draft_id: int) -> Page | Response:
    """Do what one button of the outline says."""
    draft, form = _draft(draft_id), StructureForm()
    if not form.validate():
        return _outline(draft, _wrong(form)), 422
    order = form.order()
    if order.act is Act.DELETE and _holds_items(draft, order.part):
        return redirect(url_for("editor.delete", draft_id=draft.id, part=order.part), code=303)
    return _rearranged(draft, order)


def _wrong(form: StructureForm) -> list[tuple[str, str]]:
    anchor = anchor_of(form.part.data or "")
    return [(str(said), anchor) for field in form for said in field.errors[:1]]


def _holds_items(draft: ModuleDraft, address: str) -> bool:
    document = revision_of(draft.id, draft.head).document
    found = address.startswith("stage.") and address in set(addresses(document))
    return bool(found and whole_of(document, address).get("items"))


def _rearranged(draft: ModuleDraft, order: Order) -> Page | Response:
    try:
        head, part = rearrange(draft, order, by=me().person_id, at=now_utc())
    except Refusal as refusal:
        return _outline(draft, [(str(refusal), anchor_of(order.part))]), 409
    if order.act is Act.DELETE:
        return _to(draft, "undo", deleted=head.number)
    if order.act in (Act.ADD, Act.ADD_STAGE):
        return redirect(address_url(draft.id, part), code=303)
    if order.act in (Act.UP, Act.DOWN):
        return _to_button(draft, head.document, order)
    return _to(draft, part)


def _to_button(draft: ModuleDraft, document: Document, order: Order) -> Response:
    """Lead back to the button that was pressed, while it can be pressed again."""
    outline = outline_of(document)
    items = [item for stage in outline.stages for item in stage.items]
    lines: list[StageLine | ItemLine] = [*outline.stages, *items]
    moved = next(line for line in lines if line.address == order.part)
    # The buttons of a stage are folded away.
    more = {"open": order.part} if isinstance(moved, StageLine) else {}
    anchor = anchor_of(order.part)
    if not (moved.first if order.act is Act.UP else moved.last):
        anchor = f"{order.act.value}-{anchor}"
    return _to(draft, anchor, **more)


@blueprint.route("/drafts/<int:draft_id>/delete/<part>", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
def delete(draft_id: int, part: str) -> Page | Response:
    """Ask once more before a stage goes with all that it holds."""
    draft = _draft(draft_id)
    document = revision_of(draft.id, draft.head).document
    if part not in set(addresses(document)) or not part.startswith(("stage.", "item.")):
        abort(404)
    if request.method == "POST":
        base = request.form.get("base", draft.head, type=int)
        return _rearranged(draft, Order(Act.DELETE, part, base))
    items = len(whole_of(document, part).get("items") or ())
    return render_template(
        "ui/confirm.html", heading="Delete this?", danger=True, confirm_label="Delete",
        sentences=_what_goes(named(document, part), items), hidden={"base": draft.head},
        cancel_url=url_for("editor.outline", draft_id=draft.id, _anchor=anchor_of(part)),
        cancel_label="Keep it",
    )  # fmt: skip


def _what_goes(name: str, items: int) -> list[str]:
    begun = f"{name[:1].upper()}{name[1:]}"
    with_items = f" and the {items} items in it" if items > 1 else " and the item in it"
    return [
        f"{begun}{with_items if items else ''} will be deleted.",
        "You can undo it on the next page, and every earlier state stays in the history.",
    ]


@blueprint.post("/drafts/<int:draft_id>/undo")
@requires(Permission.WRITE_MODULES)
def undo(draft_id: int) -> Page | Response:
    """Put back what was deleted, beside whatever was saved since."""
    draft, form = _draft(draft_id), RevisionForm()
    number = (form.revision.data or 0) if form.validate() else 0
    gone = _deleted(draft, number)
    if gone is None or gone.part is None:
        return _outline(draft, [("There is nothing to undo here. Open the history.", "")]), 409
    try:
        drafting.put_back(
            draft, gone.part, deleted_in=gone.number, by=me().person_id, at=now_utc(),
            what=f"Undid: {gone.what}",
        )  # fmt: skip
    except Refusal as refusal:
        return _outline(draft, [(str(refusal), "")]), 409
    flash("What was deleted is back where it stood.", "success")
    return _to(draft, gone.part)
