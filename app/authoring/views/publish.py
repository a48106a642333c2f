"""Makes a draft a version: who is affected, what changed, and the one button."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.models import Unit
from app.accounts.permissions import Permission
from app.authoring.comparing.change import GRAVE, Comparison
from app.authoring.comparing.modules import compare_documents, tidy
from app.authoring.forms import PublishForm
from app.authoring.joining.bringing_up import NotBehind, bring_up, what_lies_ahead
from app.authoring.joining.documents import NotTold
from app.authoring.owning import owner_of, refuse_owner
from app.authoring.publishing import Stale, publish_draft
from app.authoring.queries import (
    affected_by,
    latest_version,
    module_with_id,
    plain_of,
    version_of,
)
from app.authoring.signing import who_signed
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.db import Refusal, london_date, now_utc
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document
from app.drafting.queries import (
    Standing,
    draft_in,
    last_word,
    open_comments,
    revision_of,
    standing_of,
)
from app.drafting.under_review import under_review
from app.ui.filters import counted

blueprint = Blueprint("publish", __name__, template_folder="../templates")
Page = str | tuple[str, int] | Response


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


@blueprint.get("/drafts/<int:draft_id>/publish")
@requires(Permission.WRITE_MODULES)
def show(draft_id: int) -> Page:
    """Show what publishing would do, or what still stands in its way."""
    draft = _draft(draft_id)
    row = module_with_id(draft.module_id)
    day, today = draft.review_by or (row and row.review_by), london_date(now_utc())
    # A date that has passed is what this version answers: the next one is hers to choose.
    form = PublishForm(formdata=None, review_by=day if day and day >= today else None)
    return _page(draft, row, form)


def _page(
    draft: ModuleDraft, row: Module | None, form: PublishForm, refusal: str = "", status: int = 422
) -> Page:
    head = revision_of(draft.id, draft.head)
    signed = last_word(draft.id)
    standing = standing_of(draft, signed)
    latest = latest_version(row.id) if row else None
    form.revision.data = str(head.number)
    more: dict[str, Any] = {}
    if standing is Standing.APPROVED and signed is not None:
        more = _what_it_does(head.document, draft, row, latest)
        name, share = who_signed(draft.id, head.number, signed.signed_by)
        more |= {"approved_by": name, "share": share, "signed": signed}
    page = render_template(
        "authoring/publish.html",
        draft=draft, head=head, standing=standing, form=form, refusal=refusal, row=row,
        latest=latest, published=version_of(draft), stale=_is_stale(draft, latest),
        **_ahead(draft, head, latest),
        comments=open_comments(draft.id), **more,
    )  # fmt: skip
    return (page, status) if form.errors or refusal else page


def _is_stale(draft: ModuleDraft, latest: Version | None) -> bool:
    return draft.version_id is None and (latest.id if latest else None) != draft.based_on_id


def _ahead(draft: ModuleDraft, head: DraftRevision, latest: Version | None) -> dict[str, Any]:
    """Return what bringing a stale draft up to the newest version would make of it."""
    if not _is_stale(draft, latest):
        return {}
    try:
        ahead = what_lies_ahead(draft, head)
    except (NotBehind, NotTold) as refusal:
        return {"cannot": str(refusal)}
    found = compare_documents(tidy(plain_of(ahead.newest)), tidy(ahead.joined.document))
    return {"ahead": ahead, "brought": found}


def _what_it_does(
    plain: Document, draft: ModuleDraft, row: Module | None, latest: Version | None
) -> dict[str, Any]:
    """Return what the page says of an approved draft: who is affected, what changed, for whom."""
    found = Comparison(())
    if latest is not None:
        found = compare_documents(tidy(plain_of(latest)), tidy(plain))
    owner, barred = _owner(plain, draft, row if latest else None)
    return {
        "affected": affected_by(row.id if row else None),
        "comparison": found,
        "grave": found.gravest in GRAVE,
        "owner": owner,
        "barred": barred,
    }


def _owner(plain: Document, draft: ModuleDraft, row: Module | None) -> tuple[Unit | None, str]:
    """Return to whom the module will be offered, or why this person may not publish it."""
    try:
        owner = owner_of(document.Module.model_validate(plain), draft.force_id)
        refuse_owner(owner, row, me().paths(Permission.WRITE_MODULES))
    except Refusal as refusal:
        return None, str(refusal)
    return owner, ""


@blueprint.post("/drafts/<int:draft_id>/bring-up")
@requires(Permission.WRITE_MODULES)
def follow(draft_id: int) -> Response:
    """Bring a draft up to the newest version; what both changed is left for her to decide."""
    draft = _draft(draft_id)
    before = under_review(draft)
    try:
        both = bring_up(
            draft, revision=_revision(request.form.get("revision", "")), by=me().person_id,
            at=now_utc(),
        )  # fmt: skip
    except Refusal as refusal:
        flash(str(refusal), "notice")
        return redirect(url_for("publish.show", draft_id=draft.id), code=303)
    if before is not None and before.holds:
        flash(f"The approval by {before.signed_by} is undone: the draft is another now.", "notice")
    if both:
        left = f"{counted(len(both), 'thing')} that both changed: decide, then settle the comment."
        flash(f"The draft was brought up. There is a comment on {left}", "success")
        return redirect(url_for("review.show", draft_id=draft.id, _anchor="comments"), code=303)
    flash("The draft was brought up. This is what it changes of the newest version.", "success")
    return redirect(url_for("changes.draft", draft_id=draft.id), code=303)


def _revision(sent: str) -> int:
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


@blueprint.post("/drafts/<int:draft_id>/publish")
@requires(Permission.WRITE_MODULES)
def publish(draft_id: int) -> Page:
    """Publish exactly the approved revision; sent twice it is published once."""
    draft, form = _draft(draft_id), PublishForm()
    row = module_with_id(draft.module_id)
    if draft.version_id is None and not form.validate():
        return _page(draft, row, form)
    try:
        version = publish_draft(
            draft, revision=_revision(form.revision.data or ""), by=me().person_id,
            paths=me().paths(Permission.WRITE_MODULES), at=now_utc(),
            ask_again_from=form.ask_again_from, review_by=form.review_by.data,
        )  # fmt: skip
    except Stale:
        return _page(draft, row, form, "A newer version was published meanwhile.", 409)
    except Refusal as refusal:
        return _page(draft, row, form, str(refusal), 409)
    said = f"“{version.title}” is published as version {version.number}."
    if version.number > 1:
        said += " Learners who are half-way stay on the version they began."
    flash(said, "success")
    return redirect(url_for("publish.show", draft_id=draft.id), code=303)
