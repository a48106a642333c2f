"""Module files brought in without a command, and what is there afterwards."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.authoring.filing.bringing import bring_in
from app.authoring.filing.fates import Filed
from app.authoring.filing.queries import Trainer
from app.authoring.publishing import publish
from app.catalogue.models import Version
from app.db import db
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.queries import revision_of
from tests.authoring.reviewed import AT, LATER, path_of
from tests.cast import Cast
from tests.factories.modules import made_up

MINE = {"title": "Mine"}
# What others changed meanwhile: nothing, the same field, or another one.
CAME: dict[str, dict[str, Any]] = {
    "": {}, "same": {"title": "Theirs"}, "other": {"summary": "Theirs."},
}  # fmt: skip


def trainer(cast: Cast, person: int) -> Trainer:
    return Trainer(person, cast.north, (path_of(cast.north),))


def put_out(**changes: Any) -> Version:
    return publish(made_up("one", **changes), by=None, at=AT)


def bring(cast: Cast, changes: dict[str, Any], begun_from: str = "", by: int = 0) -> Filed:
    """Bring a file in that says the made-up module with changes."""
    who = trainer(cast, by or cast.trainer)
    return bring_in(made_up("one", **changes), who, at=LATER, begun_from=begun_from)


def head(draft_id: int) -> dict[str, Any]:
    draft = db.session.get_one(ModuleDraft, draft_id)
    return revision_of(draft.id, draft.head).document


def everything() -> list[tuple[int, int, str]]:
    """Return every revision that there is, with its digest."""
    rows = db.session.execute(
        sa.select(DraftRevision.draft_id, DraftRevision.number, DraftRevision.digest).order_by(
            DraftRevision.draft_id, DraftRevision.number
        )
    )
    return [tuple(row) for row in rows]
