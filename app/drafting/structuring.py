"""Changes which stages and items a draft has, and their order; each change is a revision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.db import Refusal
from app.drafting import parts
from app.drafting.drafting import earlier, held, revise
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.outline import KIND_WORDS, first_words, words_of
from app.drafting.parts import Document, new_id

NAMED = 8
QUESTIONS = ("single", "multiple", "ordering", "matching")


class ChangedSince(Refusal):
    """Somebody else changed what is to be deleted after this person opened the outline."""


class Act(Enum):
    """What a button of the outline does."""

    ADD_STAGE = "add-stage"
    ADD = "add"
    UP = "up"
    DOWN = "down"
    MOVE = "move"
    DUPLICATE = "duplicate"
    DELETE = "delete"


@dataclass(frozen=True)
class Order:
    """One button pressed: on which part, as the outline stood at revision `base`."""

    act: Act
    part: str
    base: int
    # For a new item its kind, for a move the stage that it goes to.
    kind: str = ""
    to: str = ""


@dataclass(frozen=True)
class Rearranged:
    """What came of it: the document, the part to look at now, and the sentence for the history."""

    document: Document
    part: str
    what: str


def rearrange(
    draft: ModuleDraft, order: Order, *, by: int, at: datetime
) -> tuple[DraftRevision, str]:
    """Do what a button says; return the newest revision and the part to look at.

    Raises Finished, NoSuchPart, NoSuchRevision and ChangedSince.
    """
    now = held(draft).document
    if order.act is Act.DELETE:
        _nobody_changed(draft, now, order)
    done = _DO[order.act](now, order)
    head = revise(draft, lambda _now: done.document, by=by, at=at, what=done.what, part=done.part)
    return head, done.part


def _nobody_changed(draft: ModuleDraft, now: Document, order: Order) -> None:
    """Refuse to delete words that the person has not seen."""
    if draft.head == order.base:
        return
    before = earlier(draft, order.base).document
    if parts.whole_of(before, order.part) != parts.whole_of(now, order.part):
        raise ChangedSince(
            f"Somebody changed {named(now, order.part)} after you opened this page. It was not "
            "deleted: look at it first."
        )


def named(document: Document, address: str) -> str:
    """Return a stage or an item as a history names it."""
    part = parts.part_of(document, address)
    if address.startswith("stage."):
        return f"the stage “{part.get('title') or 'without a title'}”"
    kind = str(part.get("kind"))
    word = "question" if kind in QUESTIONS else KIND_WORDS.get(kind, "item").lower()
    return f"the {word} “{first_words(words_of(part), NAMED)}”"


def _add_stage(now: Document, order: Order) -> Rearranged:
    stage = {"id": new_id(now, "stage"), "title": "", "known": "then", "items": []}
    after = order.part.partition(".")[2] or None
    document = parts.add_stage(now, stage, after)
    return Rearranged(document, f"stage.{stage['id']}", "Added a stage.")


def _add(now: Document, order: Order) -> Rearranged:
    item = new_item(now, order.kind)
    kind, _, name = order.part.partition(".")
    if kind == "stage":
        document = parts.add_item(now, name, item)
    else:
        stage = now["stages"][parts.path_of(now, order.part)[1]]["id"]
        document = parts.add_item(now, stage, item, after=name)
    words = KIND_WORDS[order.kind].lower()
    return Rearranged(document, f"item.{item['id']}", f"Added an item: {words}.")


def new_item(document: Document, kind: str) -> Document:
    """Return an empty item of a kind, with as many empty options or points as one begins with."""
    item: Document = {"id": new_id(document, kind), "kind": kind}
    for key, among in _EMPTY.get(kind, {}).items():
        item[key] = [{"id": f"{among}-{letter}"} if among else {} for letter in "abc"]
    return item


# By kind: the lists that it needs, with what the ids of their rows begin with.
_EMPTY: dict[str, dict[str, str]] = {
    "single": {"options": "option"},
    "multiple": {"options": "option"},
    "ordering": {"options": "option"},
    "matching": {"targets": "target", "options": "option"},
}


def _up(now: Document, order: Order) -> Rearranged:
    what = f"Moved {named(now, order.part)} up."
    return Rearranged(parts.moved(now, order.part, -1), order.part, what)


def _down(now: Document, order: Order) -> Rearranged:
    what = f"Moved {named(now, order.part)} down."
    return Rearranged(parts.moved(now, order.part, 1), order.part, what)


def _move(now: Document, order: Order) -> Rearranged:
    name = order.part.partition(".")[2]
    stage = named(now, f"stage.{order.to}")
    what = f"Moved {named(now, order.part)} to {stage}."
    return Rearranged(parts.moved_to(now, name, order.to), order.part, what)


def _duplicate(now: Document, order: Order) -> Rearranged:
    document, twin = parts.duplicated(now, order.part)
    return Rearranged(document, twin, f"Duplicated {named(now, order.part)}.")


def _delete(now: Document, order: Order) -> Rearranged:
    what = f"Deleted {named(now, order.part)}."
    return Rearranged(parts.removed(now, order.part), order.part, what)


_DO: dict[Act, Callable[[Document, Order], Rearranged]] = {
    Act.ADD_STAGE: _add_stage,
    Act.ADD: _add,
    Act.UP: _up,
    Act.DOWN: _down,
    Act.MOVE: _move,
    Act.DUPLICATE: _duplicate,
    Act.DELETE: _delete,
}
