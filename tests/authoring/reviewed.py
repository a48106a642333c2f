"""Drafts as far as a test needs them: begun, asked to be reviewed, approved by a second trainer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.accounts.models import Unit
from app.accounts.permissions import Role
from app.authoring import reviewing
from app.authoring.publishing import canonical_json
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.db import db
from app.drafting.drafting import begin_from_version, revise, start
from app.drafting.models import ModuleDraft
from tests.cast import Cast, make_person
from tests.factories.modules import made_up, plain_module

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def second_trainer(cast: Cast) -> int:
    """Add another trainer of the same force."""
    north = db.session.get_one(Unit, cast.north)
    return make_person("second_trainer", north, roles=((Role.TRAINER, north),)).id


def draft_of(cast: Cast, **more: Any) -> ModuleDraft:
    """Begin a draft of a new module."""
    return start(plain_module(**more), force_id=cast.north, by=cast.trainer, at=AT, what="Began.")


def next_draft(cast: Cast, version: Version, **changes: Any) -> ModuleDraft:
    """Begin a draft from a version, and change it."""
    draft = begin_from_version(version, force_id=cast.north, by=cast.trainer, at=AT)
    if changes:
        revise(draft, lambda d: d | changes, by=cast.trainer, at=AT, what="Changed.")
    return draft


def approved(draft: ModuleDraft, cast: Cast, second: int) -> ModuleDraft:
    """Let the first trainer ask and the second approve."""
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    reviewing.sign_off(draft, revision=draft.head, approved=True, note="", by=second, at=AT)
    return draft


def path_of(unit_id: int) -> str:
    """Return the path of a unit."""
    return db.session.get_one(Unit, unit_id).path


def says(version: Version) -> str:
    """Return the document of a version, read anew."""
    return canonical_json(document_of(version.id, version.digest))


def canonical(**more: Any) -> str:
    """Return the document that the made-up module has."""
    return canonical_json(made_up(**more))
