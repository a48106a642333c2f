"""Brings module files in as drafts, and publishes them when two trainers say so.

Nothing is overwritten: where a draft in the browser differs, or a newer version stands, nothing
is done for that file and it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

import pydantic

from app.authoring import reviewing
from app.authoring.comparing.modules import compare
from app.authoring.filing.queries import (
    Trainer,
    module_called,
    running_drafts,
    versions_with_documents,
)
from app.authoring.publishing import digest_of, publish_draft
from app.authoring.queries import running_on_older
from app.catalogue import document
from app.catalogue.models import Version
from app.db import Refusal, db
from app.drafting.drafting import revise, start
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document

FROM_FILE = "From the module’s file."


class NotPublished(Refusal):
    """The draft of a file could not be published; the sentence names the module and says why."""


class Fate(Enum):
    """What was done about one file."""

    # The newest version, or a draft that is not published yet, says the same.
    STANDS = "stands"
    WAITS = "waits"
    BEGUN = "begun"
    REVISED = "revised"
    PUBLISHED = "published"
    # Nothing was done: a draft that was edited in the browser differs, or the file is behind.
    DIFFERS = "differs"
    BEHIND = "behind"


@dataclass(frozen=True)
class Filed:
    """What was done about one file; `number` is of a version, `draft_id` of a draft."""

    slug: str
    fate: Fate
    number: int = 0
    draft_id: int = 0
    # The version that the file seems to have begun from, where that is not the newest.
    began: int = 0
    running: int = 0

    @property
    def is_conflict(self) -> bool:
        """Tell whether a person must decide."""
        return self.fate in (Fate.DIFFERS, Fate.BEHIND)

    def said(self) -> str:
        """Say in one line what was done."""
        return f"{self.slug}: {_SENTENCES[self.fate].format(**vars(self))}{self._others()}"

    def _others(self) -> str:
        if self.fate is not Fate.PUBLISHED or not self.running:
            return "."
        if self.running == 1:
            return "; 1 attempt goes on with the version it began."
        return f"; {self.running} attempts go on with the version they began."


_SENTENCES = {
    Fate.STANDS: "unchanged, version {number} stands",
    Fate.WAITS: "unchanged, draft {draft_id} says the same and waits to be published",
    Fate.BEGUN: "draft {draft_id} begun; nothing is published before it is signed off",
    Fate.REVISED: "draft {draft_id} brought up to date with the file",
    Fate.PUBLISHED: "version {number} published",
    Fate.DIFFERS: "nothing done, for draft {draft_id} was edited in the browser and differs; "
    "export it, or begin another draft with --new-draft",
    Fate.BEHIND: "nothing done, for the file seems to have begun from version {began} and version "
    "{number} came since; export that one and bring your changes over, or use --new-draft",
}


def bring_in(
    module: document.Module, trainer: Trainer, *, at: datetime, new_draft: bool = False
) -> Filed:
    """Make a draft of a changed file, for the trainer's force.

    A conflict does nothing, unless `new_draft` asks for a draft beside what is there.
    """
    row = module_called(module.slug)
    versions = versions_with_documents(row.id) if row else []
    latest = versions[-1] if versions else None
    digest = digest_of(module)
    if latest is not None and latest.digest == digest:
        return Filed(module.slug, Fate.STANDS, number=latest.number)
    drafts = running_drafts(trainer.force_id, row.id if row else None, module.slug)
    for draft, head in drafts:
        if _digest(head.document) == digest and draft.based_on_id == (latest and latest.id):
            return Filed(module.slug, Fate.WAITS, draft_id=draft.id)
    if not new_draft:
        done = _met(module, trainer, drafts, versions, at)
        if done is not None:
            return done
    draft = start(
        document.to_plain(module), force_id=trainer.force_id, by=trainer.id, at=at, what=FROM_FILE,
        module_id=row.id if row else None, based_on_id=latest.id if latest else None,
    )  # fmt: skip
    return Filed(module.slug, Fate.BEGUN, draft_id=draft.id)


def _met(
    module: document.Module, trainer: Trainer, drafts: list[tuple[ModuleDraft, DraftRevision]],
    versions: list[Version], at: datetime,
) -> Filed | None:  # fmt: skip
    """Return what is said of a file that meets other work; nothing: it may begin a draft."""
    latest = versions[-1] if versions else None
    began = _nearest(module, versions)
    if latest is not None and began is not None and began.number != latest.number:
        return Filed(module.slug, Fate.BEHIND, number=latest.number, began=began.number)
    for draft, head in drafts:
        if draft.based_on_id != (latest.id if latest else None):
            continue
        if head.what != FROM_FILE:
            return Filed(module.slug, Fate.DIFFERS, draft_id=draft.id)
        _revise(draft, document.to_plain(module), trainer, at)
        return Filed(module.slug, Fate.REVISED, draft_id=draft.id)
    return None


def _revise(draft: ModuleDraft, plain: Document, trainer: Trainer, at: datetime) -> None:
    """Bring a draft that nobody edited since up to date with its file."""
    revise(draft, lambda _before: plain, by=trainer.id, at=at, what=FROM_FILE)


def _digest(plain: Document) -> str | None:
    """Return the digest that the version of a finished draft would have."""
    try:
        return digest_of(document.Module.model_validate(plain))
    except pydantic.ValidationError:
        return None


def _nearest(module: document.Module, versions: Iterable[Version]) -> Version | None:
    """Return the version that a file differs from least; of two alike the newer one.

    A file does not say what it began from. One that says what an earlier version says, or is
    nearer to it than to the newest, would take back what came since.
    """

    def differences(version: Version) -> tuple[int, int]:
        before = document.Module.model_validate_json(version.document)
        return len(compare(before, module).differences), -version.number

    return min(versions, key=differences, default=None)


def publish_filed(
    filed: Filed, trainer: Trainer, approver: Trainer, *, at: datetime,
    along_with: frozenset[str] = frozenset(),
) -> Filed:  # fmt: skip
    """Ask, approve and publish the draft of a file in the names of two trainers.

    What stands or is in conflict stays as it is. Raises NotPublished.
    """
    if not filed.draft_id or filed.is_conflict:
        return filed
    draft = db.session.get_one(ModuleDraft, filed.draft_id)
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
    running = running_on_older([version.id]).get(version.module_id, 0)
    return replace(filed, fate=Fate.PUBLISHED, number=version.number, running=running)
