"""Begins a draft from an imported case."""

from __future__ import annotations

from datetime import datetime

from app.accounts.models import Unit
from app.db import db
from app.drafting.drafting import slug_of, start
from app.drafting.from_cases.making import draft_document
from app.drafting.models import MadeFrom, ModuleDraft
from app.importing.models import ImportedCase
from app.importing.source import Reviewed


def make_from_case(case: ImportedCase, reviewed: Reviewed, *, by: int, at: datetime) -> ModuleDraft:
    """Make a draft of an imported case from the state of its review that the person saw."""
    what = f"Made from “{case.title}”."
    document = draft_document(reviewed, case.sha256)
    # Whoever wants to offer it to everyone says so herself; nothing goes to all by being left.
    owner = slug_of(db.session.get_one(Unit, case.force_id).name)
    document |= {"owner": owner} if owner else {}
    draft = start(document, force_id=case.force_id, by=by, at=at, what=what)
    db.session.add(MadeFrom(draft_id=draft.id, case_id=case.id, review=reviewed.number))
    db.session.flush()
    return draft
