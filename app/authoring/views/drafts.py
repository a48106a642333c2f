"""The trainer's desk: her force's drafts and imported cases, and how to begin a new one."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring.forms import BlankForm, FromVersionForm
from app.authoring.queries import newest_versions, review_due
from app.authoring.waiting import waiting_for
from app.catalogue.models import Version
from app.db import Refusal, london_date, now_utc
from app.drafting import drafting
from app.drafting.models import ModuleDraft
from app.drafting.queries import (
    Standing,
    draft_in,
    drafts_in,
    revision_of,
    running_draft_of,
    saver_of,
)
from app.importing.queries import cases_in

blueprint = Blueprint("drafts", __name__, template_folder="../templates")
Page = str | tuple[str, int] | Response
DONE = (Standing.PUBLISHED, Standing.SET_ASIDE)


@blueprint.get("/drafts")
@requires(Permission.WRITE_MODULES)
def index() -> str:
    """List drafts and imported cases, the ways to begin, and what is to be looked at again."""
    return _desk(BlankForm(), _offering(FromVersionForm()))


def _offering(form: FromVersionForm) -> FromVersionForm:
    form.offer(newest_versions(me().paths(Permission.WRITE_MODULES)))
    return form


def _desk(blank: BlankForm, from_version: FromVersionForm) -> str:
    force, paths = me().force_id, me().paths(Permission.WRITE_MODULES)
    rows = drafts_in(force)
    waiting = {each.draft_id: each.wanted.value for each in waiting_for(force, me().person_id)}
    return render_template(
        "authoring/drafts.html", blank=blank, from_version=from_version,
        waiting=waiting, drafts=[row for row in rows if row.standing not in DONE],
        done=[row for row in rows if row.standing in DONE],
        cases=cases_in(force), due=review_due(paths, london_date(now_utc())),
    )  # fmt: skip


def _opened(draft: ModuleDraft, sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)


@blueprint.post("/drafts/blank")
@requires(Permission.WRITE_MODULES)
def blank() -> Page:
    """Begin a draft that holds nothing but its title."""
    form = BlankForm()
    if not form.validate():
        return _desk(form, _offering(FromVersionForm(None))), 422
    draft = drafting.begin_blank(
        title=form.title.data or "", force_id=me().force_id, by=me().person_id, at=now_utc()
    )
    return _opened(draft, "The draft was begun. Add what the module is about, then its stages.")


@blueprint.post("/drafts/from-version")
@requires(Permission.WRITE_MODULES)
def from_version() -> Page:
    """Begin a draft of a module's next version; one that is under way already is said first."""
    form = _offering(FromVersionForm())
    if not form.validate():
        return _desk(BlankForm(None), form), 422
    version = _version(int(form.version.data))
    running = running_draft_of(me().force_id, version.module_id)
    if running is not None and not form.also.data:
        return _under_way(version, running)
    draft = drafting.begin_from_version(
        version, force_id=me().force_id, by=me().person_id, at=now_utc()
    )
    return _opened(draft, f"The draft begins with what version {version.number} says.")


def _version(version_id: int) -> Version:
    offered = newest_versions(me().paths(Permission.WRITE_MODULES))
    return next((each for each in offered if each.id == version_id), None) or abort(404)


def _under_way(version: Version, running: ModuleDraft) -> Page:
    """Show the draft of the module that is under way, and ask whether she wants another."""
    head = revision_of(running.id, running.head)
    page = render_template(
        "authoring/under_way.html", version=version, draft=running, head=head,
        saver=saver_of(head),
    )  # fmt: skip
    return page, 409


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


def _ask(draft: ModuleDraft, heading: str, label: str, *sentences: str) -> str:
    return render_template(
        "ui/confirm.html", heading=heading, sentences=sentences, confirm_label=label,
        cancel_url=url_for("editor.outline", draft_id=draft.id), cancel_label="Leave it as it is",
    )  # fmt: skip


@blueprint.route("/drafts/<int:draft_id>/set-aside", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
def set_aside(draft_id: int) -> Page:
    """Take a draft out of the way once she is sure; nothing of it is lost."""
    draft = _draft(draft_id)
    if request.method == "GET":
        return _ask(
            draft, "Set this draft aside?", "Set it aside",
            "Nobody can change it until somebody takes it up again. Nothing of it is lost.",
        )  # fmt: skip
    try:
        drafting.set_aside(draft, by=me().person_id, at=now_utc())
        flash("The draft was set aside. You find it below, among those that are finished.",
              "success")  # fmt: skip
    except Refusal as refusal:
        flash(str(refusal), "notice")
    return redirect(url_for("drafts.index"), code=303)


@blueprint.route("/drafts/<int:draft_id>/take-up", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
def take_up(draft_id: int) -> Page:
    """Take up a draft that was set aside."""
    draft = _draft(draft_id)
    if request.method == "GET":
        return _ask(
            draft, "Take this draft up again?", "Take it up",
            "It can be changed again, from where it was left.",
        )  # fmt: skip
    try:
        drafting.take_up(draft, by=me().person_id, at=now_utc())
        flash("The draft was taken up again.", "success")
    except Refusal as refusal:
        flash(str(refusal), "notice")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)
