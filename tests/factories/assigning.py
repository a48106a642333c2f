"""Versions, completions, attempts and requests as tests need them, written straight to tables."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from uuid import uuid4

from app.accounts.models import Unit
from app.assigning.assignments import assign, note_completion
from app.assigning.models import Assignment, Earlier
from app.assigning.planning import Order
from app.attempts.models import Attempt
from app.catalogue.models import Module, Version
from app.db import db
from app.records.models import Completion
from app.records.recording import record_completion
from tests.factories.modules import made_up

PUBLISHED = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
ASKED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DUE = date(2026, 3, 31)


def make_version(slug: str = "made-up", *, owner_id: int | None = None) -> Version:
    """Publish a module, or the next version of it, without the authoring room."""
    module = db.session.query(Module).filter_by(slug=slug).one_or_none()
    if module is None:
        module = Module(slug=slug, owner_id=owner_id, created_at=PUBLISHED)
        db.session.add(module)
        db.session.flush()
    number = db.session.query(Version).filter_by(module_id=module.id).count() + 1
    text = made_up(slug, title=f"Title of {slug}, state {number}").model_dump_json(
        by_alias=True, exclude_defaults=True
    )
    version = Version(
        module_id=module.id,
        number=number,
        title=f"Title of {slug}, state {number}",
        minutes=10,
        document=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        published_at=PUBLISHED,
    )
    db.session.add(version)
    db.session.flush()
    return version


def order_for(
    version: Version, unit_id: int, *, due_on: date = DUE, earlier: Earlier = Earlier.COUNTS
) -> Order:
    """Return what a manager wants, ready to be planned."""
    unit = db.session.get_one(Unit, unit_id)
    module = db.session.get_one(Module, version.module_id)
    return Order(
        module.id, module.slug, version.title, unit.id, unit.name, unit.path, due_on, earlier
    )


def make_assignment(
    version: Version,
    unit_id: int,
    *,
    by: int,
    due_on: date = DUE,
    earlier: Earlier = Earlier.COUNTS,
    at: datetime = ASKED,
) -> Assignment:
    """Ask a unit through the verb itself."""
    order = order_for(version, unit_id, due_on=due_on, earlier=earlier)
    return assign(order, by=by, now=at, key=uuid4().hex)


def make_completion(
    version: Version, person_id: int, *, on: date = date(2026, 3, 10), close: bool = True
) -> Completion:
    """Record a completion, and close what the person was asked."""
    completion = record_completion(
        key=f"test:{uuid4().hex}",
        person_id=person_id,
        module_id=version.module_id,
        version_id=version.id,
        completed_on=on,
        now=datetime(on.year, on.month, on.day, 12, 0, tzinfo=UTC),
    )
    if close:
        note_completion(completion)
    return completion


def make_attempt(version: Version, person_id: int) -> Attempt:
    """Begin a module and leave it open."""
    attempt = Attempt(
        learner_id=person_id,
        module_id=version.module_id,
        version_id=version.id,
        seed=1,
        place="first",
        started_at=ASKED,
        touched_at=ASKED,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt
