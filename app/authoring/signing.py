"""Who may sign a draft off: a trainer of the force who wrote none of it, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import Grant, Person
from app.accounts.permissions import Permission, roles_with
from app.db import db
from app.drafting.models import DraftRevision, MadeFrom, ModuleDraft
from app.importing.models import ImportedCase
from app.ui.filters import counted


@dataclass(frozen=True)
class Wrote:
    """How many revisions of a draft each person saved, up to one of them."""

    by: dict[int, int]
    of: int

    def share(self, person_id: int | None) -> str:
        """Say how much of a draft somebody wrote: wrote 2 of 7 revisions, wrote none of it."""
        count = self.by.get(person_id or 0, 0)
        return f"wrote {count} of {counted(self.of, 'revision')}" if count else "wrote none of it"


def wrote(draft_id: int, head: int) -> Wrote:
    """Count who saved the revisions of a draft up to `head`."""
    rows = db.session.execute(
        sa.select(DraftRevision.saved_by, sa.func.count())
        .where(DraftRevision.draft_id == draft_id, DraftRevision.number <= head)
        .group_by(DraftRevision.saved_by)
    )
    counts = {person: count for person, count in rows}
    return Wrote({p: n for p, n in counts.items() if p is not None}, sum(counts.values()))


def who_signed(draft_id: int, head: int, person_id: int) -> tuple[str, str]:
    """Return the name of whoever signed a revision off, and how much of it she wrote."""
    saved = sa.select(sa.func.count()).where(
        DraftRevision.draft_id == draft_id, DraftRevision.number <= head
    )
    hers = saved.where(DraftRevision.saved_by == person_id).scalar_subquery()
    name, count, every = db.session.execute(
        sa.select(Person.name, hers, saved.scalar_subquery()).where(Person.id == person_id)
    ).one()
    return name or "somebody since erased", Wrote({person_id: count}, every).share(person_id)


def trainers_of(force_id: int) -> set[int]:
    """Return the active people of a force who may write modules somewhere in it."""
    rows = db.session.scalars(
        sa.select(Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .where(
            Person.force_id == force_id, Person.deactivated_at.is_(None), Grant.ended_at.is_(None),
            Grant.role.in_(roles_with(Permission.WRITE_MODULES)),
        )
    )  # fmt: skip
    return set(rows)


def writers_of(drafts: Sequence[ModuleDraft]) -> dict[int, set[int]]:
    """Return, by draft, who saved any revision of it, began it, or imported its case."""
    found: dict[int, set[int]] = {draft.id: set() for draft in drafts}
    began = [(draft.id, draft.created_by) for draft in drafts]
    saved = sa.select(DraftRevision.draft_id, DraftRevision.saved_by).distinct()
    brought = sa.select(MadeFrom.draft_id, ImportedCase.imported_by).join(
        ImportedCase, ImportedCase.id == MadeFrom.case_id
    )
    rows = [
        *began,
        *db.session.execute(saved.where(DraftRevision.draft_id.in_(found))),
        *db.session.execute(brought.where(MadeFrom.draft_id.in_(found))),
    ]
    for draft_id, person in rows:
        if person is not None:
            found[draft_id].add(person)
    return found


def others_free(draft: ModuleDraft, writers: set[int], trainers: set[int]) -> set[int]:
    """Return which trainers of the force wrote nothing of a draft and did not ask."""
    return trainers - writers - {draft.asked_by}


def why_not(draft: ModuleDraft, head: DraftRevision, person_id: int) -> str:
    """Say why a person may not sign this revision off; nothing: she may.

    Whoever wrote any of it may not while another trainer of the force wrote nothing. Where all
    of them wrote, at least it is not whoever saved it last. Whoever asks never signs.
    """
    else_who = "so another trainer of your force must sign it off"
    if person_id == draft.asked_by:
        return f"You asked for the review, {else_who}."
    if person_id == head.saved_by:
        return f"You saved the newest revision, {else_who}."
    writers = writers_of([draft])[draft.id]
    if person_id not in writers or not others_free(draft, writers, trainers_of(draft.force_id)):
        return ""
    written = wrote(draft.id, head.number)
    share = written.share(person_id) if person_id in written.by else "brought its case in"
    return f"You {share}, {else_who}: one who wrote none of it."
