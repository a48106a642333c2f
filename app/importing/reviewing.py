"""What trainers do to a review: each act is one more state, and any can be undone by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.catalogue.document import Known
from app.db import Refusal, db
from app.importing import reshaping
from app.importing.models import CaseReview, ImportedCase
from app.importing.packing import packed_review
from app.importing.queries import reviewed, state_of
from app.importing.reshaping import Reshape, state_facts
from app.importing.review import SET_ASIDE, Facts, Review, ReviewedBlock, Use, plain_line
from app.importing.source import Reviewed


class BlockChanged(Refusal):
    """Somebody else changed the block after this person opened the page."""

    def __init__(self, now: ReviewedBlock) -> None:
        super().__init__(
            f"Somebody else changed this block meanwhile. It is now: {described(now)}. "
            "Look at it and press the button again if you still want what you chose."
        )
        self.now = now


class FactsChanged(Refusal):
    """Somebody else changed the same facts after this person opened the page."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__("Somebody else changed this meanwhile. Save again to keep yours.")


class NothingToUndo(Refusal):
    """The review is as it was read, or somebody else has done something since."""


def described(block: ReviewedBlock) -> str:
    """Say in words what a block is now."""
    parts = [block.use.value if block.kept else f"dropped ({block.dropped})"]
    parts += [f"under “{block.under}”"] if block.under else []
    parts += [f"when: {block.when}"] if block.when else []
    parts += [f"known: {block.known.value}"] if block.known else []
    return ", ".join([*parts, f"“{block.text}”" if len(block.text) < 200 else "its text"])


def act(
    case: ImportedCase, reshape: Reshape, *, base: int, touches: Iterable[str], what: str,
    by: int, at: datetime,
) -> Reviewed:  # fmt: skip
    """Do one act on the newest state, if the blocks that it touches are as the person saw them.

    `base` is the number of the state that her page showed. Acts on other blocks stand beside
    hers. Raises BlockChanged, and what `reshape` raises.
    """
    now = _locked(case)
    if base != now.number:
        _refuse_changed(case, now, base, touches)
    return _saved(case, now, reshape(now.review), what=what, by=by, at=at)


def _locked(case: ImportedCase) -> Reviewed:
    db.session.refresh(case, ["head"], with_for_update=True)
    return reviewed(case)


def _refuse_changed(case: ImportedCase, now: Reviewed, base: int, touches: Iterable[str]) -> None:
    seen = _seen(case, now, base)
    for block_id in touches:
        current = now.review.block(block_id)
        if current is not None and seen.block(block_id) != current:
            raise BlockChanged(current)


def _seen(case: ImportedCase, now: Reviewed, base: int) -> Review:
    """Return the state that the person's page showed; one that never was counts as the first."""
    return state_of(case.id, base if 1 <= base <= now.number else 1, now.case)


def _saved(
    case: ImportedCase, now: Reviewed, made: Review, *, what: str, by: int, at: datetime
) -> Reviewed:
    if made == now.review:
        return now
    return _write(case, now, replace(made, act=what, before=now.number), what=what, by=by, at=at)


def _write(
    case: ImportedCase, now: Reviewed, made: Review, *, what: str, by: int, at: datetime
) -> Reviewed:
    case.head = now.number + 1
    case.title = made.facts.name[:500]
    db.session.add(
        CaseReview(
            case_id=case.id, number=case.head, saved_by=by, saved_at=at,
            what=plain_line(what)[:300], packed=packed_review(made, now.case),
        )
    )  # fmt: skip
    db.session.flush()
    return Reviewed(now.case, made, case.head)


def set_aside(case: ImportedCase, *, by: int, at: datetime) -> None:
    """Take a case out of the way, as an act like any other: nothing is lost, and it is undone."""
    now = _locked(case)
    if not now.review.is_aside:
        made = replace(now.review, act=SET_ASIDE, before=now.number)
        _write(case, now, made, what=SET_ASIDE, by=by, at=at)


def undo(case: ImportedCase, *, base: int, by: int, at: datetime) -> str:
    """Take back the act that led to the state which the person saw, and return its name."""
    now = _locked(case)
    if base != now.number:
        raise NothingToUndo(
            f"The last act is another one meanwhile: {now.review.act or 'imported'}. "
            "Nothing was undone."
        )
    if now.review.before is None:
        raise NothingToUndo("There is nothing to undo: the review is as the case was read.")
    target = state_of(case.id, now.review.before, now.case)
    # The list of cases goes by this sentence.
    what = SET_ASIDE if target.is_aside else f"Undid: {now.review.act}"
    _write(case, now, target, what=what, by=by, at=at)
    return now.review.act


@dataclass(frozen=True)
class Mark:
    """When a block happened and could be known, as a trainer says."""

    when: str
    known: Known | None


@dataclass(frozen=True)
class Marked:
    """What became of the marks: how many were saved, and the blocks that somebody else marked."""

    saved: int
    refused: tuple[ReviewedBlock, ...]


def mark(
    case: ImportedCase, marks: Mapping[str, Mark], *, base: int, by: int, at: datetime
) -> Marked:
    """Save marks on the timeline; one that somebody else has set otherwise meanwhile stands."""
    now = _locked(case)
    seen = _seen(case, now, base)
    review, saved, refused = now.review, 0, []
    for block_id, hers in marks.items():
        before, current = seen.block(block_id), review.block(block_id)
        if before is None or current is None or hers in (_mark(before), _mark(current)):
            continue
        if _mark(current) != _mark(before):
            refused.append(current)
            continue
        review, saved = reshaping.mark(review, block_id, hers.when, hers.known), saved + 1
    words = f"Marked {saved} block{'s' if saved != 1 else ''} on the timeline"
    _saved(case, now, review, what=words, by=by, at=at)
    return Marked(saved, tuple(refused))


def set_uses(
    case: ImportedCase, uses: Mapping[str, Use], *, base: int, by: int, at: datetime
) -> Marked:
    """Say what several blocks are; one that somebody else has made another meanwhile stands."""
    now = _locked(case)
    seen = _seen(case, now, base)
    review, made, refused = now.review, [], []
    for block_id, use in uses.items():
        before, current = seen.block(block_id), review.block(block_id)
        if before is None or current is None or use in (before.use, current.use):
            continue
        if current.use is not before.use:
            refused.append(current)
            continue
        said = replace(reshaping.said_of(current), use=use)
        review = reshaping.say(review, block_id, said)
        made.append(f"“{reshaping.words_of(current)}” {use.value}")
    words = f"Made {made[0]}" if len(made) == 1 else f"Changed what {len(made)} blocks are"
    _saved(case, now, review, what=words, by=by, at=at)
    return Marked(len(made), tuple(refused))


def _mark(block: ReviewedBlock) -> Mark:
    return Mark(block.when, block.known)


def save_facts(case: ImportedCase, facts: Facts, *, base: int, by: int, at: datetime) -> Reviewed:
    """Save what the document is called and where it comes from, fact by fact.

    Raises FactsChanged with the names of those that somebody else changed otherwise meanwhile.
    """
    now = _locked(case)
    seen, theirs = _seen(case, now, base).facts, now.review.facts
    merged, clashes = {}, []
    for name in Facts.__dataclass_fields__:
        before, current, hers = (getattr(one, name) for one in (seen, theirs, facts))
        merged[name] = current if hers == before else hers
        if hers not in (before, current) and current != before:
            clashes.append(name)
    if clashes:
        raise FactsChanged(clashes)
    made = Facts(**merged)
    review = state_facts(now.review, made)
    return _saved(case, now, review, what="Changed the facts of the document", by=by, at=at)
