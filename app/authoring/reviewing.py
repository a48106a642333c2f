"""Asks for review and signs off exact revisions: a second trainer looks first."""

from __future__ import annotations

from datetime import datetime

from app.accounts.audit import note as remember
from app.authoring.joining.bringing_up import newer_version
from app.authoring.queries import findings_of
from app.authoring.signing import why_not
from app.checking.checking import is_publishable
from app.db import Refusal, db

# The verbs of comments stand lower: the page of a part adds them too.
from app.drafting.commenting import comment as comment
from app.drafting.commenting import settle as settle
from app.drafting.drafting import held
from app.drafting.models import DraftRevision, ModuleDraft, SignOff
from app.drafting.queries import Standing, last_word, newest_sign_off, standing_of


class NotAsked(Refusal):
    """Nobody asked for this draft to be reviewed."""


class AlreadyApproved(Refusal):
    """The newest revision is approved already."""


class ChangedSince(Refusal):
    """Somebody saved another revision while the reviewer was reading."""


class OwnWork(Refusal):
    """Whoever wrote any of it, or asked for the review, does not sign it off."""


class NotHers(Refusal):
    """Only whoever asked for the review, or began the draft, takes the asking back."""


class ToMend(Refusal):
    """Something in the draft is still to do or to mend."""


class NoReason(Refusal):
    """Changes are asked for without a word about which."""


def _standing(draft: ModuleDraft) -> Standing:
    return standing_of(draft, last_word(draft.id))


def ask_for_review(draft: ModuleDraft, *, by: int, at: datetime) -> None:
    """Ask the other trainers of the force to review the newest revision, or to look once more.

    Raises Finished and AlreadyApproved.
    """
    head = held(draft)
    standing = _standing(draft)
    if standing is Standing.APPROVED:
        raise AlreadyApproved("This revision is approved already. It can be published.")
    if standing is Standing.IN_REVIEW and draft.asked_revision == head.number:
        return
    draft.asked_at, draft.asked_by, draft.asked_revision = at, by, head.number
    db.session.flush()


def may_take_back(draft: ModuleDraft, person_id: int) -> bool:
    """Tell whether a draft is a person's to take out of review."""
    return person_id in (draft.asked_by, draft.created_by)


def take_back(draft: ModuleDraft, *, by: int) -> None:
    """Take back the asking, so that nobody reviews what is not meant to be read yet.

    Raises Finished, NotHers and AlreadyApproved.
    """
    held(draft)
    if not may_take_back(draft, by):
        raise NotHers(
            "Only whoever asked for the review or began the draft takes it out of review. You "
            "can ask for changes instead."
        )
    if _standing(draft) is Standing.APPROVED:
        raise AlreadyApproved(
            "This revision is approved already. Any change to the draft undoes that."
        )
    draft.asked_at = draft.asked_by = draft.asked_revision = None
    db.session.flush()


def sign_off(
    draft: ModuleDraft, *, revision: int, approved: bool, note: str, by: int, at: datetime
) -> SignOff:
    """Approve the revision that the reviewer has read, or ask for changes of it.

    Raises Finished, NotAsked, ChangedSince, OwnWork, NoReason and ToMend. The same word sent
    twice is kept once.
    """
    head = held(draft)
    _refuse_unread(draft, head, revision, by)
    last = newest_sign_off(draft.id, head.number)
    if last and (last.signed_by, last.approved, last.note) == (by, approved, note):
        return last
    if not approved and not note:
        raise NoReason("Write what should be changed.")
    if approved and (newest := newer_version(draft)) is not None:
        raise ToMend(
            f"Version {newest.number} was published after this draft was begun. The draft must be "
            "brought up to it first, which its page Publish does; then it is signed off."
        )
    if approved and not is_publishable(findings_of(draft, head)):
        raise ToMend("Something is still to do or to mend. Look at the checks first.")
    signed = SignOff(
        draft_id=draft.id, revision=head.number, digest=head.digest, signed_by=by, signed_at=at,
        approved=approved, note=note,
    )  # fmt: skip
    db.session.add(signed)
    word = "Approved" if approved else "Asked for changes to"
    sentence = f"{word} revision {head.number} of “{head.title or 'Untitled'}”."
    remember("draft-signed-off", f"draft:{draft.id}", sentence, actor_id=by, at=at)
    db.session.flush()
    return signed


def _refuse_unread(draft: ModuleDraft, head: DraftRevision, revision: int, by: int) -> None:
    """Refuse a word on a draft that nobody offered, that changed, or that is one's own."""
    if draft.asked_at is None:
        raise NotAsked("Nobody asks for a review of this draft any more.")
    if revision != head.number:
        raise ChangedSince(
            f"The draft was saved again while you were reading: it is at revision {head.number} "
            "now. Look at what changed, then decide."
        )
    if own := why_not(draft, head, by):
        raise OwnWork(f"Somebody else must sign this off. {own}")
