"""Begins drafts, blank or from a version, sets them aside and takes them up again."""

from __future__ import annotations

import json
import re
from datetime import datetime

from app.catalogue.models import Version
from app.db import Refusal, db
from app.drafting.drafting import Finished, start
from app.drafting.models import ModuleDraft
from app.drafting.parts import Document, new_id

LONGEST_SLUG = 80


class NothingToTakeUp(Refusal):
    """The draft was not set aside, so it cannot be taken up again."""


def slug_of(title: str) -> str:
    """Return the name in addresses that a title suggests; the author may choose another."""
    plain = title.lower().replace("’", "").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")


def blank_document(title: str) -> Document:
    """Return the least that an author can begin with: a title and one empty stage."""
    stage = {"id": new_id({}, "stage"), "title": "", "known": "then", "items": []}
    return {"slug": slug_of(title), "title": title, "stages": [stage]}


def begin_blank(*, title: str, force_id: int, by: int, at: datetime) -> ModuleDraft:
    """Begin a draft that holds nothing but its title."""
    return start(
        blank_document(title), force_id=force_id, by=by, at=at, what="Began a blank draft."
    )


def begin_from_version(
    version: Version, *, force_id: int, by: int | None, at: datetime
) -> ModuleDraft:
    """Begin a draft of a module's next version from what a version says."""
    return start(
        json.loads(version.document), force_id=force_id, by=by, at=at,
        what=f"Began from version {version.number}.",
        module_id=version.module_id, based_on_id=version.id,
    )  # fmt: skip


def set_aside(draft: ModuleDraft, *, at: datetime) -> None:
    """Take a draft out of the way; nothing of it is lost. Raises Finished."""
    db.session.refresh(draft, with_for_update=True)
    if draft.version_id is not None:
        raise Finished("This draft was published, so there is nothing to set aside.")
    if draft.set_aside_at is None:
        draft.set_aside_at = at
    db.session.flush()


def take_up(draft: ModuleDraft) -> None:
    """Take up a draft that was set aside; raises NothingToTakeUp."""
    db.session.refresh(draft, with_for_update=True)
    if draft.set_aside_at is None:
        raise NothingToTakeUp("This draft was not set aside.")
    draft.set_aside_at = None
    db.session.flush()
