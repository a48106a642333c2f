"""The page of one module for its trainers: versions, review date, retiring it, bringing it back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.audit import history_of
from app.accounts.permissions import Permission
from app.authoring import queries, retiring
from app.authoring.forms import ReviewByForm
from app.authoring.owning import NotHers
from app.catalogue.models import Module, Version
from app.db import london_date, now_utc
from app.drafting.drafting import begin_from_version
from app.ui.filters import counted
from app.ui.forms import DebriefForm

# What the button of a question says, by what it asks about.
CONFIRM = {"Retire": "Retire it", "Bring back": "Bring it back"}
blueprint = Blueprint("module", __name__, template_folder="../templates")
Page = str | tuple[str, int] | Response


def _module(slug: str) -> tuple[Module, Version]:
    """Return a module of the trainer's units with its newest version."""
    row = queries.module_within(me().paths(Permission.PREVIEW_MODULES), slug)
    latest = queries.latest_version(row.id) if row else None
    if row is None or latest is None:
        abort(404)
    return row, latest


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.WRITE_MODULES)


def _to(row: Module) -> Response:
    return redirect(url_for("module.show", slug=row.slug), code=303)


@blueprint.get("/preview/<slug>")
@requires(Permission.PREVIEW_MODULES)
def show(slug: str) -> Page:
    """Show a module: its versions with their counts, its review date, what was done with it."""
    row, latest = _module(slug)
    return _page(row, latest, ReviewByForm(formdata=None, review_by=row.review_by))


def _page(row: Module, latest: Version, form: ReviewByForm) -> Page:
    page = render_template(
        "authoring/module.html",
        module=row, latest=latest, form=form, today=london_date(now_utc()),
        versions=queries.versions_of(row), decided=queries.decided_about(row.id),
        may_tend=retiring.may_tend(row, _paths()), owner=queries.owner_name(row),
        history=history_of(f"module:{row.id}"), drafts=queries.drafts_of(me().force_id, row.id),
    )  # fmt: skip
    return (page, 422) if form.errors else page


@blueprint.post("/preview/<slug>/draft")
@requires(Permission.WRITE_MODULES)
def begin(slug: str) -> Response:
    """Begin a draft of the next version from the newest one."""
    _row, latest = _module(slug)
    draft = begin_from_version(latest, force_id=me().force_id, by=me().person_id, at=now_utc())
    flash(f"This draft says what version {latest.number} says. Change what you want.", "success")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)


@blueprint.post("/preview/<slug>/review-by")
@requires(Permission.WRITE_MODULES)
def review_by(slug: str) -> Page:
    """Say when the module should be looked at again."""
    row, latest = _module(slug)
    form = ReviewByForm()
    if not form.validate():
        return _page(row, latest, form)
    day = form.review_by.data
    try:
        retiring.set_review_by(row, day, by=me().person_id, paths=_paths(), at=now_utc())
    except NotHers as refusal:
        form.refuse("review_by", refusal)
        return _page(row, latest, form)
    flash("The review date is kept." if day else "The module has no review date.", "success")
    return _to(row)


@blueprint.route("/preview/<slug>/retire", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
def retire(slug: str) -> Page:
    """Retire the module, after saying who is affected."""
    row, latest = _module(slug)
    affected = queries.affected_by(row.id)
    under_way = sum(count for _number, count in affected.running)
    completions = counted(affected.completions, "completion")
    stay = "stays as it is" if affected.completions == 1 else "stay as they are"
    sentences = [
        "Nobody finds it in the library any more, and nobody new begins it.",
        f"{counted(under_way, 'attempt')} under way can be finished."
        if under_way
        else "Nobody is half-way through it.",
        "Those who are asked to complete it can still do so.",
        f"{completions} on record {stay}." if affected.completions else "Nobody has completed it.",
        "You can bring the module back.",
    ]
    said = f"“{latest.title}” is retired."
    return _confirmed(row, latest, "Retire", retiring.retire, sentences, said)


@blueprint.route("/preview/<slug>/bring-back", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
def bring_back(slug: str) -> Page:
    """Offer a retired module again, after asking whether one is sure."""
    row, latest = _module(slug)
    sentences = [f"Learners find version {latest.number} in the library again."]
    said = f"“{latest.title}” is back in the library."
    return _confirmed(row, latest, "Bring back", retiring.bring_back, sentences, said)


def _confirmed(
    row: Module, latest: Version, word: str, verb: Callable[..., None], sentences: list[str],
    said: str,
) -> Page:  # fmt: skip
    """Ask whether one is sure; do it when she is."""
    form = DebriefForm()
    if request.method == "POST" and form.validate():
        try:
            verb(row, latest.title, by=me().person_id, paths=_paths(), at=now_utc())
            flash(said, "success")
        except NotHers as refusal:
            flash(str(refusal), "notice")
        return _to(row)
    return render_template(
        "ui/confirm.html",
        heading=f"{word} “{latest.title}”?", sentences=sentences, confirm_label=CONFIRM[word],
        danger=word == "Retire", cancel_url=url_for("module.show", slug=row.slug),
    )  # fmt: skip
