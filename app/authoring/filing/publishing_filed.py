"""Publishes the draft of a module file, exactly as the file says it, when two trainers say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.authoring import reviewing
from app.authoring.filing.fates import Fate, Filed
from app.authoring.filing.origins import digest_of_plain
from app.authoring.filing.queries import Trainer
from app.authoring.publishing import change_of, digest_of, publish_draft
from app.authoring.queries import affected_by, running_on_older
from app.catalogue.document import Module
from app.db import Refusal, db
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of


class NotPublished(Refusal):
    """The draft of a file could not be published; the sentence names the module and says why."""


def publish_filed(
    filed: Filed, module: Module, trainer: Trainer, approver: Trainer, *, at: datetime,
    along_with: frozenset[str] = frozenset(),
) -> Filed:  # fmt: skip
    """Ask, approve and publish the draft of a file in the names of two trainers.

    What stands or is in conflict stays as it is, and so does a draft that says more than the
    file: nobody has seen that in the file. Raises NotPublished.
    """
    if not filed.draft_id or filed.is_conflict:
        return filed
    draft = db.session.get_one(ModuleDraft, filed.draft_id)
    if digest_of_plain(revision_of(draft.id, draft.head).document) != digest_of(module):
        return replace(filed, fate=Fate.MORE)
    try:
        if draft.asked_at is None:
            reviewing.ask_for_review(draft, by=trainer.id, at=at)
        reviewing.sign_off(
            draft, revision=draft.head, approved=True, note="Approved with the file.",
            by=approver.id, at=at,
        )  # fmt: skip
        version = publish_draft(
            draft, revision=draft.head, by=trainer.id, paths=trainer.paths, at=at,
            along_with=along_with,
        )  # fmt: skip
    except Refusal as refusal:
        raise NotPublished(f"{filed.slug}: {refusal} Nothing was written.") from refusal
    return replace(
        filed, fate=Fate.PUBLISHED, number=version.number, change=change_of(version.id),
        running=running_on_older([version.id]).get(version.module_id, 0),
        completions=affected_by(version.module_id).completions,
    )  # fmt: skip
