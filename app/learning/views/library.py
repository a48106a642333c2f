"""The library of modules and the page of one, before it is started."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.assigning.explaining import explain
from app.attempts import queries, sitting
from app.catalogue import queries as catalogue
from app.catalogue.models import Module
from app.db import london_date, now_utc
from app.learning.views.home import own_modules_of

blueprint = Blueprint("library", __name__, template_folder="../templates")


@blueprint.get("/library")
@requires(Permission.LEARN)
def index() -> str:
    """List the modules that one may take, with one's own state."""
    entries = [
        (entry, catalogue.document_of(entry.version.id, entry.version.digest))
        for entry in own_modules_of(me())
    ]
    return render_template("learning/library.html", entries=entries, today=london_date(now_utc()))


def _own_module(slug: str) -> Module | None:
    """Return the module if the person may see it: offered to her, asked of her or begun by her."""
    return catalogue.module_for(slug, me().unit_path, queries.kept_modules(me().person_id))


@blueprint.get("/modules/<slug>")
@requires(Permission.LEARN)
def module(slug: str) -> str:
    """Say what one will practise, how long it takes and what the case holds; offer to start."""
    found = _own_module(slug)
    version = catalogue.latest_version_of(found.id) if found else None
    if found is None or version is None:
        abort(404)
    entry = next((e for e in own_modules_of(me()) if e.module_id == found.id), None)
    if entry is not None and entry.begun:
        version = entry.begun.attempt.version
    document = catalogue.document_of(version.id, version.digest)
    alternative = document.content_note.alternative
    return render_template(
        "learning/module.html",
        module=document,
        version=version,
        entry=entry,
        retired=found.retired_at is not None,
        why=explain(entry.asked) if entry and entry.asked else "",
        alternative=catalogue.module_for(alternative, me().unit_path) if alternative else None,
        today=london_date(now_utc()),
    )


@blueprint.post("/modules/<slug>/start")
@requires(Permission.LEARN)
def start(slug: str) -> Response:
    """Begin the module, or go on where one was."""
    try:
        attempt = sitting.start(me().person_id, me().unit_path, slug, now=now_utc())
    except sitting.NotOffered as refusal:
        if _own_module(slug) is None:
            abort(404)
        flash(str(refusal), "notice")
        return redirect(url_for("library.module", slug=slug), code=303)
    return redirect(url_for("player.place", attempt_id=attempt.id), code=303)
