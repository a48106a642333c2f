"""The review of a draft: how far it is, what reviewers said, and the word of a second trainer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring import reviewing, signing
from app.authoring.comparing.change import Comparison
from app.authoring.comparing.modules import compare_documents, tidy
from app.authoring.comparing.naming import names_of_parts
from app.authoring.forms import APPROVE, CommentForm, SettleForm, SignOffForm
from app.authoring.queries import findings_of, names_of, plain_of, version_of, version_with_id
from app.catalogue.models import Version
from app.checking.checking import is_publishable
from app.db import Refusal, db, now_utc
from app.drafting.drafting import Finished
from app.drafting.links import address_url
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document
from app.drafting.queries import (
    Remark,
    Standing,
    Word,
    comment_in,
    comments_of,
    draft_in,
    last_word,
    revision_of,
    sign_offs_of,
    standing_of,
)

blueprint = Blueprint("review", __name__, template_folder="../templates")
Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Step:
    """One step of a draft on its way to a version."""

    name: str
    # done, here or ahead
    state: str
    who: str = ""
    at: datetime | None = None


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


def _to(draft: ModuleDraft) -> Response:
    return redirect(url_for("review.show", draft_id=draft.id), code=303)


@blueprint.get("/drafts/<int:draft_id>/review")
@requires(Permission.WRITE_MODULES)
def show(draft_id: int) -> Page:
    """Show how far a draft is, what is open, and what one may do about it."""
    return _page(_draft(draft_id), CommentForm(), SignOffForm())


def _page(draft: ModuleDraft, remark: CommentForm, verdict: SignOffForm, status: int = 422) -> Page:
    head = revision_of(draft.id, draft.head)
    plain = head.document
    standing = standing_of(draft, last_word(draft.id))
    words, parts = sign_offs_of(draft.id), names_of_parts(plain)
    findings = findings_of(draft, head)
    remark.offer(parts)
    if verdict.form_errors or not verdict.revision.data:
        # What she read stays what she signs, until she is told that there is something newer.
        verdict.revision.data = str(head.number)
    comments = comments_of(draft.id)
    names = names_of((draft.created_by, draft.asked_by, head.saved_by))
    page = render_template(
        "authoring/review.html",
        draft=draft, head=head, standing=standing, words=words, findings=findings, names=names,
        publishable=is_publishable(findings), form=remark, verdict=verdict,
        forms=[verdict, remark], why_not=signing.why_not(draft, head, me().person_id),
        written=signing.wrote(draft.id, head.number),
        steps=_steps(draft, standing, words, names, version_of(draft)),
        may_take_back=reviewing.may_take_back(draft, me().person_id),
        open_count=sum(each.settled_at is None for each in comments),
        by_part=_by_part(draft, comments, parts), changed=_changed_since(draft, head),
        compared=_compared(draft, plain),
    )  # fmt: skip
    return (page, status) if remark.errors or verdict.errors or verdict.form_errors else page


def _compared(draft: ModuleDraft, plain: Document) -> Comparison | None:
    """Compare a draft with the version that it began from, if it did."""
    if draft.based_on_id is None:
        return None
    return compare_documents(tidy(plain_of(version_with_id(draft.based_on_id))), tidy(plain))


def _changed_since(draft: ModuleDraft, head: DraftRevision) -> int | None:
    """Return the revision for which a review was asked, where the draft changed since."""
    asked = draft.asked_revision
    return asked if asked is not None and asked != head.number else None


def _steps(
    draft: ModuleDraft, standing: Standing, words: list[Word], names: dict[int, str],
    version: tuple[Version, str | None] | None,
) -> list[Step]:  # fmt: skip
    """Return the way of a draft with who and when."""
    asked_changes = standing is Standing.CHANGES_ASKED
    review = standing if asked_changes else Standing.IN_REVIEW
    order = (Standing.DRAFT, review, Standing.APPROVED, Standing.PUBLISHED)
    here = order.index(standing) if standing in order else 0
    approved = next((word for word in words if word.approved), None)
    known: list[tuple[str, datetime | None]] = [
        (names.get(draft.created_by or 0, "a command"), draft.created_at),
        (words[0].signed_by or "", words[0].signed_at)
        if asked_changes
        else (names.get(draft.asked_by or 0, ""), draft.asked_at),
        (approved.signed_by or "", approved.signed_at) if approved else ("", None),
        (version[1] or "a command", version[0].published_at) if version else ("", None),
    ]
    return [
        Step(
            each.value.capitalize(),
            "here" if at == here else "done" if at < here else "ahead",
            *(known[at] if at <= here else ("", None)),
        )
        for at, each in enumerate(order)
    ]


def _by_part(
    draft: ModuleDraft, comments: list[Remark], parts: list[tuple[str, str]]
) -> list[tuple[str, str, list[Remark]]]:
    """Return comments by part in the order of the parts, each with its name and its address."""
    order = {address: at for at, (address, _label) in enumerate(parts)}
    labels = dict(parts)
    ranked = sorted(comments, key=lambda each: (order.get(each.part, len(order)), each.part))
    return [
        (
            labels.get(part, "A part that was deleted"),
            address_url(draft.id, part) if part in labels else "",
            list(found),
        )
        for part, found in groupby(ranked, key=lambda each: each.part)
    ]


@blueprint.post("/drafts/<int:draft_id>/review/ask")
@requires(Permission.WRITE_MODULES)
def ask(draft_id: int) -> Response:
    """Ask for a review of the newest revision."""
    draft = _draft(draft_id)
    try:
        reviewing.ask_for_review(draft, by=me().person_id, at=now_utc())
        flash(
            "The draft is in review. The other trainers of your force can sign it off.", "success"
        )
    except (Finished, reviewing.AlreadyApproved) as refusal:
        flash(str(refusal), "notice")
    return _to(draft)


@blueprint.route("/drafts/<int:draft_id>/review/take-back", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
def take_back(draft_id: int) -> Page:
    """Take the asking back once she is sure."""
    draft = _draft(draft_id)
    if request.method == "GET" and reviewing.may_take_back(draft, me().person_id):
        return render_template(
            "ui/confirm.html", heading="Take it out of review?",
            confirm_label="Take it out of review", cancel_label="Leave it in review",
            cancel_url=url_for("review.show", draft_id=draft.id),
            sentences=["Nobody can sign it off until you ask again. Comments and decisions stay."],
        )  # fmt: skip
    try:
        reviewing.take_back(draft, by=me().person_id)
        flash("The draft is not in review any more.", "success")
    except Refusal as refusal:
        flash(str(refusal), "notice")
    return _to(draft)


@blueprint.post("/drafts/<int:draft_id>/review/sign-off")
@requires(Permission.WRITE_MODULES)
def sign_off(draft_id: int) -> Page:
    """Approve the revision that was read, or ask for changes; a comment begun beside it is kept."""
    draft, form, remark = _draft(draft_id), SignOffForm(), _begun()
    if remark is not None:
        remark.offer(names_of_parts(revision_of(draft.id, draft.head).document))
    sound = [each.validate() for each in (form, remark) if each is not None]
    if not all(sound):
        return _page(draft, remark or CommentForm(formdata=None), form)
    return _signed(draft, form, remark)


def _begun() -> CommentForm | None:
    """Return the comment that was begun beside a decision, if one was."""
    form = CommentForm()
    return form if form.text.data else None


def _signed(draft: ModuleDraft, form: SignOffForm, remark: CommentForm | None) -> Page:
    """Keep the decision, and the comment with it."""
    approved, sent = form.verdict.data == APPROVE, form.revision.data or ""
    shown = remark or CommentForm(formdata=None)
    try:
        # Both or neither: what is refused is shown as it was before.
        with db.session.begin_nested():
            _comment_and_sign(draft, form, remark, approved=approved, sent=sent)
    except Refusal as refusal:
        reason = isinstance(refusal, reviewing.NoReason)
        form.refuse("note" if reason else "", refusal)
        return _page(draft, shown, form, 422 if reason else 409)
    said = "You approved it. It can be published." if approved else "You asked for changes."
    flash(said, "success")
    return _to(draft)


def _comment_and_sign(
    draft: ModuleDraft, form: SignOffForm, remark: CommentForm | None, *, approved: bool, sent: str
) -> None:
    by, now = me().person_id, now_utc()
    if remark is not None:
        reviewing.comment(draft, remark.part.data, remark.text.data or "", by=by, at=now)
    reviewing.sign_off(
        draft, revision=int(sent) if sent.isdecimal() and len(sent) < 9 else 0,
        approved=approved, note=form.note.data or "", by=by, at=now,
    )  # fmt: skip


@blueprint.post("/drafts/<int:draft_id>/comments")
@requires(Permission.WRITE_MODULES)
def comment(draft_id: int) -> Page:
    """Leave a comment on a part, from the review or from the part's own page."""
    draft, form = _draft(draft_id), CommentForm()
    form.offer(names_of_parts(revision_of(draft.id, draft.head).document))
    # Words about the decision that she has begun come back with the page.
    verdict = SignOffForm() if request.form.get("note") else SignOffForm(formdata=None)
    if not form.validate():
        return _page(draft, form, verdict)
    part = form.part.data
    try:
        made = reviewing.comment(draft, part, form.text.data or "", by=me().person_id, at=now_utc())
    except Refusal as refusal:
        form.refuse("part", refusal)
        return _page(draft, form, verdict, 409)
    flash("Your comment was added.", "success")
    if verdict.note.data:
        return _page(draft, CommentForm(formdata=None), verdict)
    return redirect(url_for("review.show", draft_id=draft.id, _anchor=f"comment-{made.id}"), 303)


@blueprint.post("/drafts/<int:draft_id>/comments/settle")
@requires(Permission.WRITE_MODULES)
def settle(draft_id: int) -> Response:
    """Say that a comment was answered."""
    draft, form = _draft(draft_id), SettleForm()
    remark = comment_in(draft.id, form.comment.data or 0) if form.validate() else None
    if remark is None:
        abort(404)
    reviewing.settle(remark, by=me().person_id, at=now_utc())
    flash("The comment is settled. It stays to be read in the review.", "success")
    return _to(draft)
