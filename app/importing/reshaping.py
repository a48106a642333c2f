"""What one can do to the pieces of a review; each gives a new state and loses no word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.cases.document import CaseDocument, Kind
from app.catalogue.document import Known
from app.db import Refusal
from app.importing.review import (
    LATER,
    Facts,
    Review,
    ReviewedBlock,
    Use,
    joined_place,
    origin_place,
)

MOST_REASON, MOST_WHEN = 300, 120
# A sentence ends at its mark, and a quotation mark or bracket may stand behind it.
_END = re.compile(r"[.!?][”’\"')\]]*\s+(?=[^\sa-z])")
# What seems to end a sentence and does not.
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|No|St|e\.g|i\.e)\.$")


class BlockGone(Refusal):
    """The block is not there any more."""

    def __init__(self) -> None:
        super().__init__("That block is no longer there: it was joined with another, or undone.")


class CannotReshape(Refusal):
    """What was asked for makes no sense for this block; the sentence says why."""


def words_of(block: ReviewedBlock, most: int = 8) -> str:
    """Return the first words of a block, to name it by."""
    words = block.text.split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def found_in(review: Review, block_id: str) -> ReviewedBlock:
    """Return one block; raises BlockGone."""
    block = review.block(block_id)
    if block is None:
        raise BlockGone
    return block


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a text; joined by a space they are all of it."""
    cuts, start = [], 0
    for match in _END.finditer(text):
        sentence = text[start : match.end()].strip()
        if not _SHORT.search(sentence):
            cuts.append(sentence)
            start = match.end()
    rest = text[start:].strip()
    return (*cuts, rest) if rest else tuple(cuts)


@dataclass(frozen=True)
class Said:
    """What a trainer says of one block; the words stay the source's."""

    use: Use
    under: str
    when: str
    known: Known | None


def said_of(block: ReviewedBlock) -> Said:
    """Return what has been said of a block."""
    return Said(block.use, block.under, block.when, block.known)


def say(review: Review, block_id: str, said: Said) -> Review:
    """Give a block its use, its heading, and when it happened and could be known."""
    block = found_in(review, block_id)
    known = said.known
    if known is None and said.use in LATER and block.use not in LATER:
        known = Known.LATER
    changed = replace(
        block, use=said.use, kind=_kind_for(block, said.use), under=said.under, when=said.when,
        known=known, looked=True,
    )  # fmt: skip
    review = _with(review, block_id, changed)
    if (block.use is Use.HEADING) is (said.use is Use.HEADING):
        return review
    return _hung_anew(review, block, changed)


def alike_below(review: Review, block_id: str) -> tuple[str, ...]:
    """Return the blocks after this one that stand below the same heading and have its use."""
    block = found_in(review, block_id)
    return tuple(
        other.id for other in review.blocks[_index(review, block_id) + 1 :]
        if other.kept and (other.under, other.use) == (block.under, block.use)
    )  # fmt: skip


def say_alike(review: Review, block_ids: Iterable[str], use: Use) -> Review:
    """Give several blocks the same use; what else was said of them stands."""
    if use is Use.HEADING:
        raise CannotReshape("Headings are made one by one. Leave this box empty.")
    for block_id in block_ids:
        review = say(review, block_id, replace(said_of(found_in(review, block_id)), use=use))
    return review


def mark(review: Review, block_id: str, when: str, known: Known | None) -> Review:
    """Say when a block happened and when it could be known."""
    block = replace(found_in(review, block_id), when=when, known=known)
    return _with(review, block_id, block)


def _kind_for(block: ReviewedBlock, use: Use) -> Kind:
    """A piece made a heading reads as one, and one that is no heading any more as a paragraph."""
    if use is Use.HEADING:
        return Kind.HEADING
    return Kind.PARAGRAPH if block.kind is Kind.HEADING else block.kind


def _hung_anew(review: Review, old: ReviewedBlock, new: ReviewedBlock) -> Review:
    """Let what follows, up to the next heading, stand below the new heading or the one above."""
    was, now = (old.under, new.text) if new.use is Use.HEADING else (old.text, new.under)
    blocks = list(review.blocks)
    for index in range(_index(review, new.id) + 1, len(blocks)):
        if blocks[index].use is Use.HEADING:
            break
        if blocks[index].under == was:
            blocks[index] = replace(blocks[index], under=now)
    return replace(review, blocks=tuple(blocks))


def split(review: Review, block_id: str, after: int) -> Review:
    """Cut a block in two after its sentence number `after`, counted from 1."""
    block = found_in(review, block_id)
    sentences = sentences_of(block.text)
    if not 1 <= after < len(sentences):
        raise CannotReshape("Choose a sentence that another one follows.")
    first = replace(block, text=" ".join(sentences[:after]), looked=True)
    second = replace(
        block, id=f"b{review.next_id}", text=" ".join(sentences[after:]), looked=True
    )  # fmt: skip
    return replace(_with(review, block_id, first, second), next_id=review.next_id + 1)


def next_kept(review: Review, block_id: str, step: int = 1) -> ReviewedBlock | None:
    """Return the next block in use after this one, or before it with `step` -1."""
    index = _index(review, block_id) + step
    while 0 <= index < len(review.blocks):
        if review.blocks[index].kept:
            return review.blocks[index]
        index += step
    return None


def merge(review: Review, block_id: str) -> Review:
    """Join a block with the next one in use; it keeps its own use and heading."""
    block, following = found_in(review, block_id), next_kept(review, block_id)
    if not block.kept:
        raise CannotReshape("A dropped block is not joined with another: take it back first.")
    if following is None:
        raise CannotReshape("No block follows this one.")
    if (block.use is Use.HEADING) is not (following.use is Use.HEADING):
        raise CannotReshape(
            "A heading is not joined with what is none. Say first that both are the same."
        )
    whens = [when for when in dict.fromkeys((block.when, following.when)) if when]
    joined = replace(
        block, text=f"{block.text} {following.text}", at=joined_place(block.at, following.at),
        origin=tuple(dict.fromkeys((*block.origin, *following.origin))), looked=True,
        known=_safer(block, following), when=_together(whens),
    )  # fmt: skip
    return _with(_without(review, following.id), block_id, joined)


def _safer(*blocks: ReviewedBlock) -> Known | None:
    """Return the mark under which nobody learns anything of either block too early."""
    marks = [block.known for block in blocks]
    if Known.LATER in marks:
        return Known.LATER
    return marks[0] if len(set(marks)) == 1 else None


def _together(whens: list[str]) -> str:
    """Return both times where there is room for them: one of them alone would be wrong of half."""
    both = "; ".join(whens)
    return both if len(both) <= MOST_WHEN else whens[0]


def drop(review: Review, block_id: str, reason: str) -> Review:
    """Leave a block out of the module, with the reason kept; it can be taken back."""
    block, reason = found_in(review, block_id), " ".join(reason.split())
    if not reason:
        raise CannotReshape("Say in a few words why this is dropped.")
    if len(reason) > MOST_REASON:
        raise CannotReshape(f"Give the reason in {MOST_REASON} characters or fewer.")
    return _with(review, block_id, replace(block, dropped=reason, looked=True))


def take_back(review: Review, block_id: str) -> Review:
    """Use a dropped block again."""
    return _with(review, block_id, replace(found_in(review, block_id), dropped=""))


def confirm(review: Review, block_id: str) -> Review:
    """Note that a doubt about a block was looked at and that it is right as it is."""
    return _with(review, block_id, replace(found_in(review, block_id), looked=True))


def move(review: Review, block_id: str, step: int) -> Review:
    """Let a block change places with the one in use before it (-1) or after it (1)."""
    found_in(review, block_id)
    other = next_kept(review, block_id, step)
    if other is None:
        where = "first" if step < 0 else "last"
        raise CannotReshape(f"This block is the {where} one already.")
    blocks = [block for block in review.blocks if block.id != block_id]
    index = next(i for i, block in enumerate(blocks) if block.id == other.id)
    blocks.insert(index if step < 0 else index + 1, found_in(review, block_id))
    return replace(review, blocks=tuple(blocks))


def bring_in(review: Review, case: CaseDocument, left: int) -> Review:
    """Take words that the reader left out into the review, as a piece that has no use yet."""
    if not 0 <= left < len(case.left_out) or left in brought_in(review):
        raise BlockGone
    place = origin_place(case, (-left - 1,))
    block = ReviewedBlock(
        id=f"b{review.next_id}", kind=Kind.NOT_PLACED, text=case.left_out[left].text, at=place,
        under="", use=Use.NOT_PLACED, origin=(-left - 1,),
    )  # fmt: skip
    before = [
        index for index, other in enumerate(review.blocks)
        if (other.at.page or 0, other.at.line) <= (place.page or 0, place.line)
    ]  # fmt: skip
    at = before[-1] + 1 if before else 0
    under = review.blocks[at - 1].under if at else ""
    blocks = (*review.blocks[:at], replace(block, under=under), *review.blocks[at:])
    return replace(review, blocks=blocks, next_id=review.next_id + 1)


def brought_in(review: Review) -> frozenset[int]:
    """Return which of the left-out pieces stand in the review."""
    return frozenset(
        -index - 1 for block in review.blocks for index in block.origin if index < 0
    )  # fmt: skip


def state_facts(review: Review, facts: Facts) -> Review:
    """Say what the document is called and where it comes from."""
    return replace(review, facts=facts)


Reshape = Callable[[Review], Review]


def _index(review: Review, block_id: str) -> int:
    for index, block in enumerate(review.blocks):
        if block.id == block_id:
            return index
    raise BlockGone


def _with(review: Review, block_id: str, *blocks: ReviewedBlock) -> Review:
    index = _index(review, block_id)
    return replace(review, blocks=(*review.blocks[:index], *blocks, *review.blocks[index + 1 :]))


def _without(review: Review, block_id: str) -> Review:
    return replace(
        review, blocks=tuple(block for block in review.blocks if block.id != block_id)
    )  # fmt: skip
