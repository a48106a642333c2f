"""Starts drafts and saves revisions: nobody is overwritten silently, nothing is lost."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.accounts.audit import note
from app.catalogue.models import Version
from app.db import Refusal, db
from app.drafting import parts
from app.drafting.bases import base_at, follows
from app.drafting.history import Saved, saved_since
from app.drafting.models import DraftRevision, ModuleDraft, packed
from app.drafting.parts import Document
from app.drafting.queries import last_saver, revision_of, revision_or_none

Change = Callable[[Document], Document]
LONGEST_SLUG = 80
# Far more than a module has: each save keeps the whole of it, and each page reads it.
MOST_LETTERS = 2_000_000
MOST_PARTS = 600


class Finished(Refusal):
    """The draft was published or set aside, so nothing in it changes any more."""


class NotSetAside(Refusal):
    """The draft was not set aside, so it cannot be taken up again."""


class NoSuchRevision(Refusal):
    """The draft has no revision with this number."""


class SavedSince(Refusal):
    """The draft was saved after this person opened the revision that she wants to go back to."""

    def __init__(self, saves: list[Saved]) -> None:
        super().__init__(
            "The draft was saved after you opened this page, so nothing was changed. Look at what "
            "was saved, then decide."
        )
        self.saves = saves


class TooLong(Refusal):
    """The draft would grow beyond what a module can be."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved the same part after this person opened it.

    `theirs` is the part as it stands now, `base` as it was when she opened it, `head` the number
    of the revision to save from once she has merged the two, `by` who saved it last.
    """

    def __init__(self, address: str, *, theirs: Document, base: Document, head: int,
                 by: int | None) -> None:  # fmt: skip
        super().__init__("Somebody else changed this part while you were writing.")
        self.address, self.theirs, self.base, self.head, self.by = address, theirs, base, head, by


def _canonical(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(document: Document) -> str:
    """Return the SHA-256 of a document's canonical JSON."""
    return hashlib.sha256(_canonical(document).encode()).hexdigest()


def _refuse_growth(before: Document, after: Document) -> None:
    """Refuse to let a draft grow beyond its bounds; one that is beyond them may still shrink."""
    letters, parts_now = len(_canonical(after)), len(list(parts.addresses(after)))
    if letters > MOST_LETTERS and letters > len(_canonical(before)):
        raise TooLong(
            "With this the draft would be longer than a module can be. Nothing of it was saved: "
            "shorten it, or put some of it in a draft of its own."
        )
    if parts_now > MOST_PARTS and parts_now > len(list(parts.addresses(before))):
        raise TooLong(
            f"With this the draft would have more parts than {MOST_PARTS}. Delete some, or put "
            "some of it in a draft of its own."
        )


def start(
    document: Document,
    *,
    force_id: int,
    by: int | None,
    at: datetime,
    what: str,
    module_id: int | None = None,
    based_on_id: int | None = None,
) -> ModuleDraft:
    """Begin a draft with its first revision."""
    draft = ModuleDraft(
        force_id=force_id, module_id=module_id, based_on_id=based_on_id, created_by=by,
        created_at=at, head=1,
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    _write(draft, document, parent=None, by=by, at=at, what=what, part=None)
    return draft


def slug_of(title: str) -> str:
    """Return the short name that a title suggests; the author may choose another."""
    plain = title.lower().replace("’", "").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")


def named(address: str, part: Document) -> Document:
    """Return a part; settings without a short name take the one that their title suggests."""
    title = str(part.get("title") or "")
    if address != "settings" or part.get("slug") or not slug_of(title):
        return part
    return part | {"slug": slug_of(title)}


def blank_document(title: str) -> Document:
    """Return the least that an author can begin with: a title and one empty stage."""
    stage = {"id": "stage-1", "title": "", "known": "then", "items": []}
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


def held(draft: ModuleDraft) -> DraftRevision:
    """Hold the draft for writing and return its newest revision; raises Finished."""
    db.session.refresh(draft, with_for_update=True)
    refuse_finished(draft)
    return revision_of(draft.id, draft.head)


def refuse_finished(draft: ModuleDraft) -> None:
    """Refuse to change a draft that was published or set aside; raises Finished."""
    if draft.version_id is not None:
        raise Finished("This draft was published. Start a new draft from its version.")
    if draft.set_aside_at is not None:
        raise Finished("This draft was set aside. Take it up again before you change it.")


def revise(
    draft: ModuleDraft, change: Change, *, by: int | None, at: datetime, what: str,
    part: str | None = None,
) -> DraftRevision:  # fmt: skip
    """Save what `change` makes of the newest revision; no change writes nothing.

    Raises Finished, TooLong, and what `change` raises (NoSuchPart).
    """
    head = held(draft)
    before = head.document
    document = change(before)
    if digest_of(document) == head.digest:
        return head
    _refuse_growth(before, document)
    return _write(draft, document, parent=head.number, by=by, at=at, what=what, part=part)


def save_part(
    draft: ModuleDraft, address: str, part: Document, *, base: int, by: int, at: datetime,
    what: str,
) -> DraftRevision:  # fmt: skip
    """Save one part that a person opened at revision `base`.

    Other parts may have changed since and stay as they are. Raises Finished, NoSuchPart,
    NoSuchRevision, TooLong, and ChangedMeanwhile when this very part changed since `base` in
    another way.
    """
    head = held(draft)
    before = head.document
    document = parts.with_part(before, address, part)
    if digest_of(document) == head.digest:
        return head
    _refuse_growth(before, document)
    if base != head.number:
        now_there = parts.part_of(head.document, address)
        opened = parts.part_of(earlier(draft, base).document, address)
        if opened != now_there:
            saver = last_saver(draft.id, address, since=base) or head.saved_by
            raise ChangedMeanwhile(
                address, theirs=now_there, base=opened, head=head.number, by=saver
            )
    return _write(draft, document, parent=base, by=by, at=at, what=what, part=address)


def earlier(draft: ModuleDraft, number: int) -> DraftRevision:
    """Return a revision that the draft has; raises NoSuchRevision."""
    found = revision_or_none(draft.id, number)
    if found is None:
        raise NoSuchRevision(f"This draft has no revision {number}. Open its history.")
    return found


def put_back(
    draft: ModuleDraft, address: str, *, deleted_in: int, by: int, at: datetime, what: str
) -> DraftRevision:
    """Undo a deletion, whatever was saved since; raises Finished, NoSuchPart, NoSuchRevision."""
    before = earlier(draft, deleted_in - 1).document
    return revise(
        draft, lambda now: parts.put_back(now, before, address),
        by=by, at=at, what=what, part=address,
    )  # fmt: skip


def restore(draft: ModuleDraft, number: int, *, base: int, by: int, at: datetime) -> DraftRevision:
    """Make an earlier revision the newest again, as a new one.

    `base` was the newest when she decided: what came after it she has not seen. Raises Finished,
    NoSuchRevision and SavedSince.
    """
    head = held(draft)
    found = earlier(draft, number)
    if found.digest == head.digest:
        return head
    if base != head.number:
        raise SavedSince(saved_since(draft.id, base))
    what = f"Restored revision {number}."
    made = _write(draft, found.document, parent=number, by=by, at=at, what=what, part=None)
    follows(draft, made, base_at(draft, number))
    return made


def follow(
    draft: ModuleDraft, version: Version, document: Document, *, was: int, by: int, at: datetime
) -> DraftRevision:
    """Save a draft that was brought up from version `was` to a newer one.

    Raises Finished and TooLong.
    """
    head = held(draft)
    _refuse_growth(head.document, document)
    what = f"Brought up from version {was} to version {version.number}."
    made = _write(draft, document, parent=head.number, by=by, at=at, what=what, part=None)
    follows(draft, made, version.id)
    return made


def set_aside(draft: ModuleDraft, *, by: int, at: datetime) -> None:
    """Take a draft out of the way; nothing of it is lost. Raises Finished."""
    db.session.refresh(draft, with_for_update=True)
    if draft.version_id is not None:
        raise Finished("This draft was published, so there is nothing to set aside.")
    if draft.set_aside_at is None:
        draft.set_aside_at = at
        note("draft-set-aside", f"draft:{draft.id}", "Set aside.", actor_id=by, at=at)
    db.session.flush()


def take_up(draft: ModuleDraft, *, by: int, at: datetime) -> None:
    """Take up a draft that was set aside; raises NotSetAside."""
    db.session.refresh(draft, with_for_update=True)
    if draft.set_aside_at is None:
        raise NotSetAside("This draft is not set aside.")
    draft.set_aside_at = None
    note("draft-taken-up", f"draft:{draft.id}", "Taken up again.", actor_id=by, at=at)
    db.session.flush()


def _write(
    draft: ModuleDraft, document: Document, *, parent: int | None, by: int | None, at: datetime,
    what: str, part: str | None,
) -> DraftRevision:  # fmt: skip
    number = 1 if parent is None else draft.head + 1
    draft.head = number
    title: Any = document.get("title")
    revision = DraftRevision(
        draft_id=draft.id, number=number, parent=parent, saved_by=by, saved_at=at, what=what[:300],
        part=part, title=str(title or "")[:200], packed=packed(document),
        digest=digest_of(document),
    )  # fmt: skip
    db.session.add(revision)
    db.session.flush()
    return revision
