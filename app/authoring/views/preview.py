"""The preview: a trainer walks through any version of a module and leaves no trace."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring import previewing, queries
from app.catalogue.document import QUESTIONS, Known, Module, Reflection, Stage
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.learning.stage_view import stage_view

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
    return render_template("authoring/modules.html", modules=grouped)


@blueprint.get("/preview/<slug>/<int:number>")
@requires(Permission.PREVIEW_MODULES)
def version(slug: str, number: int) -> str:
    """Show what a version says of itself, and its stages to begin at."""
    found = _version(slug, number)
    module = document_of(found.id, found.digest)
    return render_template(
        "authoring/version.html",
        version=found,
        module=module,
        stages=[_stage_row(stage) for stage in module.stages],
    )


def _stage_row(stage: Stage) -> dict[str, object]:
    return {
        "id": stage.id,
        "title": stage.title,
        "known": stage.known.value,
        "when": ", ".join(filter(None, (stage.when, stage.seat))),
        "questions": sum(isinstance(item, QUESTIONS) for item in stage.items),
        "reflections": sum(isinstance(item, Reflection) for item in stage.items),
    }


@blueprint.get("/preview/<slug>/<int:number>/stages/<stage_id>")
@requires(Permission.PREVIEW_MODULES)
def stage(slug: str, number: int, stage_id: str) -> str | Response:
    """Show a stage as a learner meets it; what was decided stands in the address alone."""
    found = _version(slug, number)
    module = document_of(found.id, found.digest)
    shown = next((stage for stage in module.stages if stage.id == stage_id), None)
    if shown is None:
        abort(404)
    walk = previewing.walk(shown, dict(request.args.lists()))
    if walk.committed:
        return redirect(_address(found, slug, shown, walk), code=303)
    how_far = previewing.progress_at(module, shown, walk.state)
    return render_template(
        "authoring/stage.html",
        version=found,
        module=module,
        walk=walk,
        view=stage_view(how_far, shown, walk.state),
        rail=[_rail_row(module, each, number, shown) for each in module.stages],
        following=how_far.after(shown) if how_far.stage_passed(shown) else None,
        sources=module.sources if shown.known is Known.LATER else (),
        position=module.stages.index(shown) + 1,
        given_problems=([(walk.problem, f"item-{walk.incomplete}")] if walk.problem else []),
        check=walk.incomplete,
    )


def _address(found: Version, slug: str, shown: Stage, walk: previewing.Walk) -> str:
    carried: dict[str, list[str]] = {}
    for name, value in walk.carried:
        carried.setdefault(name, []).append(value)
    return url_for(
        "preview.stage", slug=slug, number=found.number, stage_id=shown.id,
        _anchor=f"answer-{walk.committed}", **carried,  # type: ignore[arg-type]
    )  # fmt: skip


def _rail_row(module: Module, each: Stage, number: int, shown: Stage) -> dict[str, object]:
    return {
        "title": each.title,
        "url": url_for("preview.stage", slug=module.slug, number=number, stage_id=each.id),
        "known": each.known.value,
        "state": "current" if each is shown else "open",
    }
