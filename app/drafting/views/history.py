"""The history of a draft: every save, who made it, and the way back to any of them."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.drafting.queries import draft_in

blueprint = Blueprint("history", __name__, template_folder="../templates")


@blueprint.get("/drafts/<int:draft_id>/history")
@requires(Permission.WRITE_MODULES)
def index(draft_id: int) -> str:
    """List the revisions of a draft, the newest first."""
    draft = draft_in(me().force_id, draft_id) or abort(404)
    return render_template("drafting/history.html", draft=draft)
