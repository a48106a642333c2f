"""The preview: a trainer walks through any version of a module and leaves no trace."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring import queries
from app.authoring.views.every_path import walked
from app.authoring.views.seen import Seen, reader, readers, stage_page, stage_rows
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.db import london_date, now_utc

blueprint = Blueprint("preview", __name__, template_folder="../templates")


def _version(slug: str, number: int) -> Version:
    """Return a version of the trainer's modules, or answer as for one that does not exist."""
    paths = me().paths(Permission.PREVIEW_MODULES)
    found = queries.version_within(paths, slug, number)
    if found is None:
        abort(404)
    return found


@blueprint.get("/preview")
@requires(Permission.PREVIEW_MODULES)
def index() -> str:
    """List the modules with all their versions."""
    rows = queries.versions_within(me().paths(Permission.PREVIEW_MODULES))
    grouped = [(slug, list(found)) for slug, found in groupby(rows, key=lambda row: row.slug)]
    grouped.sort(key=lambda pair: (pair[1][0].title, pair[0]))
    today = london_date(now_utc())
    return render_template("authoring/modules.html", modules=grouped, today=today)


def _seen(slug: str, number: int) -> tuple[Version, Seen]:
    found = _version(slug, number)
    seen = Seen(
        module=document_of(found.id, found.digest),
        words=f"This is version {found.number}.",
        start_endpoint="preview.version",
        stage_endpoint="preview.stage",
        paths_endpoint="preview.paths",
        args={"slug": slug, "number": number},
    )
    return found, seen


@blueprint.get("/preview/<slug>/<int:number>")
@requires(Permission.PREVIEW_MODULES)
def version(slug: str, number: int) -> str:
    """Show what a version says of itself, and its stages to begin at."""
    found, seen = _seen(slug, number)
    return render_template(
        "authoring/version.html",
        version=found,
        seen=seen,
        module=seen.module,
        stages=stage_rows(seen),
        reader=reader(),
        readers=readers(seen),
    )


@blueprint.get("/preview/<slug>/<int:number>/stages/<stage_id>")
@requires(Permission.PREVIEW_MODULES)
def stage(slug: str, number: int, stage_id: str) -> str | Response:
    """Show a stage as a learner meets it; what was decided stands in the address alone."""
    _found, seen = _seen(slug, number)
    return stage_page(seen, stage_id)


@blueprint.get("/preview/<slug>/<int:number>/paths")
@requires(Permission.PREVIEW_MODULES)
def paths(slug: str, number: int) -> str:
    """Walk every path through a version: dead ends and the range of scores."""
    found, seen = _seen(slug, number)
    return render_template(
        "authoring/paths.html",
        version=found,
        title=seen.module.title,
        seen=seen,
        module=seen.module,
        found=walked(seen),
    )
