"""The outline of a draft: the whole module at a glance, its checks, and its order."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.drafting.models import ModuleDraft
from app.drafting.outline import outline_of
from app.drafting.queries import draft_in, revision_of

blueprint = Blueprint("editor", __name__, template_folder="../templates")


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


@blueprint.get("/drafts/<int:draft_id>")
@requires(Permission.WRITE_MODULES)
def outline(draft_id: int) -> str:
    """Show the stages and items of a draft in order, each with the way to its part."""
    draft = _draft(draft_id)
    revision = revision_of(draft.id, draft.head)
    return render_template(
        "drafting/outline.html", draft=draft, revision=revision,
        module=outline_of(revision.document),
    )  # fmt: skip


@blueprint.get("/drafts/<int:draft_id>/checks")
@requires(Permission.WRITE_MODULES)
def checks(draft_id: int) -> str:
    """List everything that is to do, to mend or to look at."""
    draft = _draft(draft_id)
    revision = revision_of(draft.id, draft.head)
    return render_template("drafting/checks.html", draft=draft, revision=revision)
