"""Brings a draft up to the newest version: what only the draft changed goes into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.authoring.joining.documents import Joined, join_documents
from app.authoring.joining.values import Collision
from app.authoring.queries import latest_version, plain_of, version_with_id
from app.catalogue.models import Version
from app.db import Refusal, db
from app.drafting.drafting import follow, held
from app.drafting.models import DraftComment, DraftRevision, ModuleDraft

# As much of one's own words as a comment holds beside its sentence.
MOST_WORDS = 3000


class NotBehind(Refusal):
    """The draft follows the newest version already, or there is none that it could follow."""


class NotTheNewest(Refusal):
    """The draft was saved again after this person saw what would collide."""


@dataclass(frozen=True)
class Ahead:
    """The version that a draft began from, the newest one, and the two brought together."""

    was: Version
    newest: Version
    joined: Joined


def newer_version(draft: ModuleDraft) -> Version | None:
    """Return the newest version, where it came after the one that a draft began from."""
    newest = latest_version(draft.module_id) if draft.module_id is not None else None
    behind = newest is not None and draft.based_on_id not in (None, newest.id)
    return newest if behind and draft.version_id is None else None


def what_lies_ahead(draft: ModuleDraft, head: DraftRevision) -> Ahead:
    """Return what bringing a draft up would make of it; raises NotBehind and NotTold."""
    newest, based_on = newer_version(draft), draft.based_on_id
    if newest is None or based_on is None:
        raise NotBehind("No newer version came since this draft was begun.")
    was = version_with_id(based_on)
    joined = join_documents(plain_of(was), head.document, plain_of(newest))
    return Ahead(was, newest, joined)


def bring_up(
    draft: ModuleDraft, *, revision: int | None = None, by: int, at: datetime
) -> tuple[Collision, ...]:
    """Let a draft follow the newest version; return what both had changed.

    That stays as the version has it. What the draft had becomes an open comment on the part, so
    that somebody decides; `revision` is the one whose collisions she has seen. Raises Finished,
    NotTheNewest, NotBehind and NotTold.
    """
    head = held(draft)
    if revision is not None and revision != head.number:
        raise NotTheNewest(
            "The draft was saved again meanwhile. Nothing was brought up: look at it again."
        )
    ahead = what_lies_ahead(draft, head)
    made = follow(
        draft, ahead.newest, ahead.joined.document, was=ahead.was.number, by=by, at=at
    )  # fmt: skip
    for each in ahead.joined.collisions:
        text = _comment(each, ahead.newest.number, head.number)
        db.session.add(
            DraftComment(
                draft_id=draft.id, revision=made.number, part=each.address or "settings",
                written_by=by, written_at=at, text=text,
            )
        )  # fmt: skip
    db.session.flush()
    return ahead.joined.collisions


def _comment(collision: Collision, version: int, revision: int) -> str:
    """Say what both changed, with the words that the draft had."""
    words = collision.mine
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS].rsplit(" ", 1)[0] + " …"
    had = f"The draft had:\n\n{words}" if words else "The draft had taken it out."
    return (
        f"{collision.label}: version {version} changed it too, and stands. Decide which it is. "
        f"{had}\n\nAll of it is kept in revision {revision} of the history."
    )
