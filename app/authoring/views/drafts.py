"""The trainer's desk: her force's drafts and imported cases, and how to begin a new one."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring.queries import review_due
from app.db import london_date, now_utc
from app.drafting.queries import drafts_in
from app.importing.queries import cases_in

blueprint = Blueprint("drafts", __name__, template_folder="../templates")


@blueprint.get("/drafts")
@requires(Permission.WRITE_MODULES)
def index() -> str:
    """List drafts and imported cases, and the modules that are to be looked at again."""
    force, paths = me().force_id, me().paths(Permission.WRITE_MODULES)
    return render_template(
        "authoring/drafts.html",
        drafts=drafts_in(force), cases=cases_in(force),
        due=review_due(paths, london_date(now_utc())),
    )  # fmt: skip
