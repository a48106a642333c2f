"""Publishes a module document as its next version, which is final."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa

from app.accounts.audit import note
from app.accounts.models import Unit
from app.authoring.comparing.change import GRAVE, Change
from app.authoring.comparing.modules import compare
from app.authoring.models import PublishedChange
from app.authoring.owning import owner_of, refuse_owner
from app.authoring.queries import findings_of, latest_version
from app.authoring.reviewing import ChangedSince, ToMend
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.checking.checking import is_publishable
from app.db import Refusal, db
from app.drafting.drafting import held
from app.drafting.models import DraftRevision, ModuleDraft, SignOff
from app.drafting.queries import Standing, newest_sign_off, standing_of


class NotApproved(Refusal):
    """No second trainer has approved the newest revision."""


class Stale(Refusal):
    """A newer version than the one that the draft began from was published meanwhile."""


class SlugTaken(Refusal):
    """Another module has this short name."""


class SlugChanged(Refusal):
    """The draft of a module's next version bears another short name."""


class NothingNew(Refusal):
    """The draft says exactly what the newest version says."""


class NoSuchAlternative(Refusal):
    """The content note names a module that does not exist."""


class Kept(Enum):
    """What publishing may leave as it is."""

    AS_IT_IS = "as it is"


def canonical_json(module: document.Module) -> str:
    """Return the text of the document that a version holds."""
    plain = document.to_plain(module)
    return json.dumps(plain, ensure_ascii=False, sort_keys=False, separators=(",", ":"))


def digest_of(module: document.Module) -> str:
    """Return the digest that a version of this document has."""
    return hashlib.sha256(canonical_json(module).encode()).hexdigest()


def _held_module(*conditions: sa.ColumnElement[bool]) -> Module | None:
    return db.session.scalars(sa.select(Module).where(*conditions).with_for_update()).one_or_none()


def _new_row(slug: str, at: datetime) -> Module:
    """Add a module; raises SlugTaken when somebody else added it at this moment."""
    row = Module(slug=slug, created_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except sa.exc.IntegrityError as error:
        raise _taken(slug) from error
    return row


def _taken(slug: str) -> SlugTaken:
    return SlugTaken(
        f"Another module has the short name “{slug}”. Choose another one in the settings."
    )


def publish(module: document.Module, *, by: int | None, at: datetime) -> Version:
    """Write a module from a file as version 1 or n + 1; unchanged content writes nothing.

    The caller has checked the module. Raises NoSuchOwner.
    """
    owner = owner_of(module)
    row = _held_module(Module.slug == module.slug) or _new_row(module.slug, at)
    latest = latest_version(row.id)
    if latest is not None and latest.digest == digest_of(module):
        return latest
    decided = PublishedChange(decided_by=by, decided_at=at)
    return _write(row, latest, module, owner, decided)


def publish_draft(
    draft: ModuleDraft,
    *,
    revision: int,
    by: int,
    paths: Iterable[str],
    at: datetime,
    ask_again_from: date | None = None,
    review_by: date | Kept | None = Kept.AS_IT_IS,
    along_with: frozenset[str] = frozenset(),
) -> Version:
    """Publish exactly the approved revision, once: sent again it gives the same version.

    Only a change of scoring or structure asks those who completed the module to do it again.
    The review date of the module stays as it is, unless one is given or taken away.
    `paths` are the units in which the person may publish; `along_with` names modules that come
    in the same transaction. Raises Finished, ChangedSince, NotApproved, ToMend,
    NoSuchAlternative, NoSuchOwner, NotHers, SlugTaken, SlugChanged, Stale and NothingNew.
    """
    db.session.refresh(draft, with_for_update=True)
    if draft.version_id is not None:
        return db.session.get_one(Version, draft.version_id)
    head = held(draft)
    signed = _approval(draft, head, revision)
    module = _checked(draft, head)
    _refuse_dead_end(module, along_with)
    owner = owner_of(module, draft.force_id)
    row, latest = _place(draft, module)
    refuse_owner(owner, row, paths)
    row = row or _new_row(module.slug, at)
    decided = PublishedChange(
        draft_id=draft.id, revision=head.number, approved_by=signed.signed_by,
        ask_again_from=ask_again_from, decided_by=by, decided_at=at,
    )  # fmt: skip
    version = _write(row, latest, module, owner, decided)
    draft.version_id, draft.module_id = version.id, row.id
    if not isinstance(review_by, Kept):
        row.review_by = review_by
    draft.review_by = row.review_by
    db.session.flush()
    return version


def _approval(draft: ModuleDraft, head: DraftRevision, revision: int) -> SignOff:
    """Return the second trainer's word on the revision that is to be published."""
    if revision != head.number:
        raise ChangedSince(
            f"The draft was saved again: it is at revision {head.number} now. Look at it again."
        )
    signed = newest_sign_off(draft.id, head.number)
    approved = standing_of(draft, signed) is Standing.APPROVED
    if signed is None or not approved or signed.digest != head.digest:
        raise NotApproved("A second trainer must approve this revision before it is published.")
    return signed


def _checked(draft: ModuleDraft, head: DraftRevision) -> document.Module:
    """Return the module of a revision, which the rules of today must still let pass."""
    if not is_publishable(findings_of(draft, head)):
        raise ToMend("Something is to do or to mend. Look at the checks first.")
    return document.Module.model_validate(head.document)


def _refuse_dead_end(module: document.Module, along_with: frozenset[str]) -> None:
    """Refuse a content note whose other way leads to a module that does not exist."""
    wanted = module.content_note.alternative
    if not wanted or wanted in along_with:
        return
    if not db.session.scalar(sa.select(Module.id).where(Module.slug == wanted)):
        raise NoSuchAlternative(
            f"The content note names the module “{wanted}”, which does not exist."
        )


def _place(draft: ModuleDraft, module: document.Module) -> tuple[Module | None, Version | None]:
    """Return the module, held for writing, and its newest version; nothing for a new module.

    Raises SlugTaken, SlugChanged, Stale and NothingNew.
    """
    if draft.module_id is None:
        if _held_module(Module.slug == module.slug) is not None:
            raise _taken(module.slug)
        return None, None
    row = _held_module(Module.id == draft.module_id)
    assert row is not None
    if row.slug != module.slug:
        raise SlugChanged(
            f"This is the next version of a module whose short name is “{row.slug}”. "
            "The short name of a module never changes: put it back in the settings."
        )
    latest = latest_version(row.id)
    if latest is None or latest.id != draft.based_on_id:
        number = latest.number if latest else 0
        raise Stale(f"Version {number} was published after this draft was begun.")
    if latest.digest == digest_of(module):
        raise NothingNew(f"This draft says exactly what version {latest.number} says.")
    return row, latest


def _write(
    row: Module, latest: Version | None, module: document.Module, owner: Unit | None,
    decided: PublishedChange,
) -> Version:  # fmt: skip
    """Add the version with what was decided about it, and a sentence in the record."""
    text, by, at = canonical_json(module), decided.decided_by, decided.decided_at
    row.owner_id = owner.id if owner else None
    version = Version(
        module=row,
        number=latest.number + 1 if latest else 1,
        title=module.title,
        minutes=module.minutes,
        document=text,
        digest=digest_of(module),
        published_at=at,
        published_by=by,
    )
    db.session.add(version)
    db.session.flush()
    decided.version_id = version.id
    if latest is not None:
        before = document.Module.model_validate_json(latest.document)
        decided.change = compare(before, module).gravest
    if decided.change not in GRAVE:
        decided.ask_again_from = None
    db.session.add(decided)
    db.session.flush()
    sentence = f"Published “{module.title}”, version {version.number} ({version.digest[:8]})."
    note("module-published", f"module:{row.id}", sentence, actor_id=by, at=at)
    return version


def change_of(version_id: int) -> Change | None:
    """Return the gravest class of what a version changed; nothing for a first one."""
    return db.session.get_one(PublishedChange, version_id).change
