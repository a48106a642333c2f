"""Brings module files in as drafts: what the file changed goes into what came meanwhile.

Nothing is overwritten: where both changed the same, or nobody can tell what the file began from,
nothing is done for that file and it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.authoring.comparing.modules import tidy
from app.authoring.filing.fates import Fate, Filed
from app.authoring.filing.origins import (
    Origin,
    digest_of_plain,
    nearest,
    origin_of,
    plain_of_version,
)
from app.authoring.filing.queries import (
    Trainer,
    module_called,
    running_drafts,
    versions_with_documents,
)
from app.authoring.joining.bringing_up import bring_up
from app.authoring.joining.documents import join_documents
from app.authoring.joining.values import Collision
from app.authoring.publishing import digest_of
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.drafting.drafting import revise, start
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document

FROM_FILE = "From the module’s file."
JOINED = "Joined the module’s file with what was edited since it was exported."


@dataclass(frozen=True)
class _Desk:
    """A file on the desk of a trainer, with all that there is of its module."""

    module: document.Module
    trainer: Trainer
    at: datetime
    row: Module | None
    versions: list[Version]
    # The force's drafts that are neither published nor set aside, each with its newest revision.
    drafts: list[tuple[ModuleDraft, DraftRevision]]

    @property
    def plain(self) -> Document:
        return document.to_plain(self.module)

    @property
    def latest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def latest_id(self) -> int | None:
        return self.latest.id if self.latest else None

    def following(self) -> list[tuple[ModuleDraft, DraftRevision]]:
        """Return the drafts that follow the newest version."""
        return [pair for pair in self.drafts if pair[0].based_on_id == self.latest_id]

    def filed(self, fate: Fate, **more: object) -> Filed:
        number = self.latest.number if self.latest else 0
        return Filed(self.module.slug, fate, **({"number": number} | more))  # type: ignore[arg-type]

    def begin(self, plain: Document, based_on_id: int | None) -> ModuleDraft:
        """Begin a draft of the force."""
        return start(
            plain, force_id=self.trainer.force_id, by=self.trainer.id, at=self.at, what=FROM_FILE,
            module_id=self.row.id if self.row else None, based_on_id=based_on_id,
        )  # fmt: skip

    def save(self, draft: ModuleDraft, plain: Document, what: str = FROM_FILE) -> None:
        """Save a draft as the file, or the file and the draft together, say."""
        revise(draft, lambda _before: plain, by=self.trainer.id, at=self.at, what=what)


def bring_in(
    module: document.Module, trainer: Trainer, *, at: datetime, begun_from: str = "",
    new_draft: bool = False,
) -> Filed:  # fmt: skip
    """Make a draft of a changed file, for the trainer's force.

    `begun_from` is the digest of what the file was when it was exported. A conflict does
    nothing, unless `new_draft` asks for a draft beside what is there.
    """
    row = module_called(module.slug)
    drafts = running_drafts(trainer.force_id, row.id if row else None, module.slug)
    desk = _Desk(module, trainer, at, row, versions_with_documents(row.id) if row else [], drafts)
    digest = digest_of(module)
    if desk.latest is not None and desk.latest.digest == digest:
        return desk.filed(Fate.STANDS)
    for draft, head in desk.following():
        if digest_of_plain(head.document) == digest:
            return desk.filed(Fate.WAITS, draft_id=draft.id)
    done = None if new_draft else _met(desk, begun_from)
    if done is not None:
        return done
    return desk.filed(Fate.BEGUN, draft_id=desk.begin(desk.plain, desk.latest_id).id)


def _met(desk: _Desk, begun_from: str) -> Filed | None:
    """Return what is done about a file that meets other work; nothing: it may begin a draft."""
    origin = origin_of(
        begun_from, desk.row.id if desk.row else None, desk.module.slug,
        force_id=desk.trainer.force_id, versions=desk.versions,
    )  # fmt: skip
    if origin is None:
        return _met_unknown(desk)
    following = desk.following()
    running = [pair for pair in desk.drafts if origin.draft and pair[0].id == origin.draft.id]
    if origin.version is not None and origin.version.id == desk.latest_id:
        into = [*running, *following][:1]
        return _into_draft(desk, origin, *into[0]) if into else None
    if origin.version is None and running:
        return _into_draft(desk, origin, *running[0])
    if following and tidy(origin.plain) != desk.plain:
        return desk.filed(Fate.BESIDE, draft_id=following[0][0].id)
    return _onto_version(desk, origin)


def _met_unknown(desk: _Desk) -> Filed | None:
    """Treat a file with care that does not say what it began from."""
    began = nearest(desk.module, desk.versions)
    if desk.latest is not None and began is not None and began.number != desk.latest.number:
        parts = _told(_both_changed(plain_of_version(began), desk))
        return desk.filed(Fate.BEHIND, began=began.number, parts=parts)
    for draft, head in desk.following():
        if head.what != FROM_FILE:
            return desk.filed(Fate.DIFFERS, draft_id=draft.id)
        if head.saved_by != desk.trainer.id:
            return desk.filed(Fate.ANOTHERS, draft_id=draft.id)
        desk.save(draft, desk.plain)
        return desk.filed(Fate.REVISED, draft_id=draft.id)
    return None


def _both_changed(base: Document, desk: _Desk) -> tuple[Collision, ...]:
    assert desk.latest is not None
    return join_documents(base, desk.plain, plain_of_version(desk.latest)).collisions


def _told(collisions: tuple[Collision, ...]) -> tuple[str, ...]:
    return tuple(each.label for each in collisions)


def _into_draft(desk: _Desk, origin: Origin, draft: ModuleDraft, head: DraftRevision) -> Filed:
    """Put what a file changed into a draft that goes on from the same."""
    now = tidy(head.document)
    if tidy(origin.plain) == desk.plain:
        return desk.filed(Fate.UNTOUCHED, draft_id=draft.id)
    joined = join_documents(origin.plain, desk.plain, now)
    if joined.collisions:
        fate = Fate.ANOTHERS if _is_anothers(head, desk.trainer) else Fate.DIFFERS
        return desk.filed(fate, draft_id=draft.id, parts=_told(joined.collisions))
    made = tidy(joined.document)
    if made == now:
        return desk.filed(Fate.HELD, draft_id=draft.id)
    # What the file says is kept as a revision of its own, so that it can go on from there.
    desk.save(draft, desk.plain)
    if made == desk.plain:
        return desk.filed(Fate.REVISED, draft_id=draft.id)
    desk.save(draft, joined.document, JOINED)
    return desk.filed(Fate.JOINED, draft_id=draft.id)


def _is_anothers(head: DraftRevision, trainer: Trainer) -> bool:
    return head.what == FROM_FILE and head.saved_by != trainer.id


def _onto_version(desk: _Desk, origin: Origin) -> Filed:
    """Begin a draft with what a file changed and what a version changed that came meanwhile."""
    assert desk.latest is not None
    newest = plain_of_version(desk.latest)
    if tidy(origin.plain) == desk.plain:
        return desk.filed(Fate.UNTOUCHED)
    joined = join_documents(origin.plain, desk.plain, newest)
    if joined.collisions:
        return desk.filed(Fate.CROSSED, parts=_told(joined.collisions))
    if tidy(joined.document) == newest:
        return desk.filed(Fate.HELD)
    if origin.version is None:
        draft = desk.begin(joined.document, desk.latest_id)
        return desk.filed(Fate.FOLLOWS, draft_id=draft.id)
    draft = desk.begin(desk.plain, origin.version.id)
    bring_up(draft, by=desk.trainer.id, at=desk.at)
    return desk.filed(Fate.FOLLOWS, draft_id=draft.id, kept=True)
