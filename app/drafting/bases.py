"""Which version each revision of a draft goes on from, told by its history.

A draft follows one version at a time; brought up to a newer one it follows that. Going back to
an earlier revision goes back to the version of that time: else what came since would be taken
back when the draft is published.
"""

from __future__ import annotations

import re

import sqlalchemy as sa

from app.catalogue.models import Version
from app.db import db
from app.drafting.models import DraftRevision, ModuleDraft

_BROUGHT_UP = re.compile(r"Brought up from version (\d+) to version (\d+)\.")
_RESTORED = re.compile(r"Restored revision (\d+)\.")


def brought_up(was: int, now: int) -> str:
    """Say in a history that a draft follows a newer version."""
    return f"Brought up from version {was} to version {now}."


def restored(number: int) -> str:
    """Say in a history that an earlier revision is the newest again."""
    return f"Restored revision {number}."


def base_at(draft: ModuleDraft, number: int) -> int | None:
    """Return the id of the version that a draft followed at one of its revisions."""
    rows = db.session.execute(
        sa.select(DraftRevision.number, DraftRevision.what)
        .where(DraftRevision.draft_id == draft.id)
        .where(
            sa.or_(DraftRevision.what.like("Brought up %"), DraftRevision.what.like("Restored %"))
        )
        .order_by(DraftRevision.number)
    )
    what = {row.number: row.what for row in rows}
    followed = [match for match in map(_BROUGHT_UP.fullmatch, what.values()) if match]
    if not followed:
        return draft.based_on_id
    found = _last_before(what, number)
    return _version_id(draft, int(found[2] if found else followed[0][1]))


def _last_before(what: dict[int, str], number: int) -> re.Match[str] | None:
    """Return the last time that a draft was brought up, on the way to a revision."""
    while number:
        said = what.get(number, "")
        if found := _BROUGHT_UP.fullmatch(said):
            return found
        back = _RESTORED.fullmatch(said)
        number = int(back[1]) if back else number - 1
    return None


def _version_id(draft: ModuleDraft, number: int) -> int | None:
    return db.session.scalar(
        sa.select(Version.id).where(Version.module_id == draft.module_id, Version.number == number)
    )
