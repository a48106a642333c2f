"""The preview of a draft: its finished stages as a learner meets them; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring.views.every_path import walked
from app.authoring.views.seen import (
    Lacking,
    Seen,
    reader,
    readers,
    stage_page,
    stage_rows,
)
from app.catalogue.module_files import Finding
from app.checking.drafts import playable
from app.drafting.links import address_url
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.panel import panel_of
from app.drafting.queries import draft_in, revision_of

blueprint = Blueprint("draft_preview", __name__, template_folder="../templates")


def _draft(draft_id: int) -> tuple[ModuleDraft, DraftRevision]:
    draft = draft_in(me().force_id, draft_id) or abort(404)
    return draft, revision_of(draft.id, draft.head)


def _seen(draft: ModuleDraft, revision: DraftRevision) -> Seen | None:
    """Return what can be previewed of a draft, or None while it has no stage."""
    document = revision.document
    found = playable(document)
    if found.module is None:
        return None
    hindered = {
        stage: _lacking(draft.id, document, findings) for stage, findings in found.hindered.items()
    }
    return Seen(
        module=found.module,
        words=f"This is the draft as saved, revision {revision.number}.",
        start_endpoint="draft_preview.index",
        stage_endpoint="draft_preview.stage",
        paths_endpoint="draft_preview.paths",
        args={"draft_id": draft.id},
        hindered=hindered,
        unmarked=frozenset(
            at
            for at, stage in enumerate(document["stages"])
            if isinstance(stage, dict) and not stage.get("known")
        ),
        unwritten=frozenset(key for key in ("title", "practise") if not document.get(key)),
        edits={
            stage.id: address_url(draft.id, f"stage.{stage.id}") for stage in found.module.stages
        },
        items={
            item.id: address_url(draft.id, f"item.{item.id}")
            for stage in found.module.stages
            for item in stage.items
        },
    )


def _lacking(
    draft_id: int, document: dict[str, Any], findings: Sequence[Finding]
) -> tuple[Lacking, ...]:
    """Say what a stage lacks, item by item, each with the way to its field."""
    panel = panel_of(document, findings)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for each in (*panel.todo, *panel.mend):
        url = f"{address_url(draft_id, each.address)}#{each.anchor}"
        found.setdefault(each.where, []).append((each.sentence, each.why, url))
    return tuple(Lacking(where, tuple(things)) for where, things in found.items())


@blueprint.get("/drafts/<int:draft_id>/preview")
@requires(Permission.WRITE_MODULES)
def index(draft_id: int) -> str:
    """Choose a stage to begin at, and whom to look as."""
    draft, revision = _draft(draft_id)
    seen = _seen(draft, revision)
    if seen is None:
        return render_template("authoring/nothing_yet.html", draft=draft, page="Preview")
    return render_template(
        "authoring/draft_preview.html",
        draft=draft,
        title=revision.title or "Untitled",
        seen=seen,
        module=seen.module,
        stages=stage_rows(seen),
        reader=reader(),
        readers=readers(seen),
    )


@blueprint.get("/drafts/<int:draft_id>/preview/stages/<stage_id>")
@requires(Permission.WRITE_MODULES)
def stage(draft_id: int, stage_id: str) -> str | Response:
    """Show a stage, or what it still lacks."""
    seen = _seen(*_draft(draft_id))
    return abort(404) if seen is None else stage_page(seen, stage_id)


@blueprint.get("/drafts/<int:draft_id>/paths")
@requires(Permission.WRITE_MODULES)
def paths(draft_id: int) -> str:
    """Walk every path through the draft: dead ends and the range of scores."""
    draft, revision = _draft(draft_id)
    seen = _seen(draft, revision)
    if seen is None:
        return render_template("authoring/nothing_yet.html", draft=draft, page="Every path")
    return render_template(
        "authoring/paths.html",
        draft=draft,
        title=revision.title or "Untitled",
        seen=seen,
        module=seen.module,
        found=walked(seen),
    )
