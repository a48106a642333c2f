"""Brings two changes of one value together, field by field; where both changed it, says so; pure.

What only one of them changed goes in as it is. Where both did, theirs stays and the collision
holds both, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.authoring.comparing.naming import SILENT, first_up, name_of_field, quoted, readable
from app.drafting.filling.fields import rows_of
from app.drafting.parts import Document

# What makes an option right: changed by both, they are not mixed.
_MARKS = ("credit", "target")


@dataclass(frozen=True)
class Collision:
    """One thing that both changed, as each of them has it; empty: they took it out."""

    address: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Three:
    """The same thing as it was, as I have it and as they have it."""

    base: Any
    mine: Any
    theirs: Any

    def below(self, key: str) -> Three:
        """Return the three values of a key."""
        return Three(*(each.get(key) if isinstance(each, dict) else None for each in self.all))

    @property
    def all(self) -> tuple[Any, Any, Any]:
        """Return all three."""
        return self.base, self.mine, self.theirs


@dataclass
class Joining:
    """What is found on the way through a part."""

    address: str = ""
    collisions: list[Collision] = field(default_factory=list)

    def collide(self, label: str, three: Three, key: str = "") -> None:
        """Keep what both changed; the same twice is kept once."""
        mine, theirs = (_read(each, key) for each in (three.mine, three.theirs))
        made = Collision(self.address, first_up(label), mine, theirs)
        if made not in self.collisions:
            self.collisions.append(made)


def _read(value: Any, key: str) -> str:
    """Return what is read of a value; a place or another tie is shown as it is written."""
    if key in SILENT and not isinstance(value, (dict, list)):
        return str(value or "")
    shown = {k: v for k, v in value.items() if k != "kind"} if isinstance(value, dict) else value
    return "\n".join(readable(shown, key))


def is_empty(value: Any) -> bool:
    """Tell whether nothing stands there, in whatever way it is written."""
    return value is None or value in ("", [], {}, ())


def _same(one: Any, other: Any) -> bool:
    return one == other or (is_empty(one) and is_empty(other))


def of(key: str, whose: str) -> str:
    """Name a field of a part."""
    return f"the {name_of_field(key)}" + (f" of {whose}" if whose else "")


def join_fields(three: Three, whose: str, found: Joining, leave: Iterable[str] = ()) -> Document:
    """Bring two changes of a part together, key by key."""
    keys = dict.fromkeys(
        key for each in (three.theirs, three.mine) if isinstance(each, dict) for key in each
    )
    made = {}
    for key in keys:
        if key in leave:
            continue
        value = join_value(three.below(key), key, whose, found)
        if not is_empty(value):
            made[key] = value
    return made


def join_value(three: Three, key: str, whose: str, found: Joining) -> Any:
    """Bring two changes of one value together."""
    base, mine, theirs = three.all
    if _same(mine, theirs) or _same(mine, base):
        return theirs
    if _same(theirs, base):
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return join_fields(three, of(key, whose), found)
    rows = [rows_of(each) for each in three.all]
    if all(each or is_empty(value) for each, value in zip(rows, three.all, strict=True)):
        if all(_have_ids(each) for each in rows):
            return _by_id(rows, key, whose, found)
        if len({len(each) for each in rows}) == 1:
            return [
                join_fields(Three(*each), f"entry {number} in {of(key, whose)}", found)
                for number, each in enumerate(zip(*rows, strict=True), 1)
            ]
    found.collide(of(key, whose), three, key)
    return theirs


def _have_ids(rows: list[Document]) -> bool:
    ids = [row.get("id") for row in rows]
    return all(isinstance(each, str) for each in ids) and len(set(ids)) == len(ids)


def _by_id(rows: list[list[Document]], key: str, whose: str, found: Joining) -> list[Document]:
    base, mine, theirs = ({str(row["id"]): row for row in each} for each in rows)
    mine = _without_other_marks(Three(base, mine, theirs), whose, found)

    def name(row: Document) -> str:
        said = quoted(row.get("text") or row.get("title"))
        return f"{key.removesuffix('s')} {said}" + (f" of {whose}" if whose else "")

    kept: dict[str, Document] = {}
    for each in dict.fromkeys((*theirs, *mine)):
        three = Three(base.get(each), mine.get(each), theirs.get(each))
        if stays(three, name, found):
            both = three.mine is not None and three.theirs is not None
            named = name(three.theirs or three.mine)
            kept[each] = join_fields(three, named, found) if both else three.theirs or three.mine
    order = ordered(Three(list(base), list(mine), list(theirs)), kept)
    if order is None:
        found.collide(f"the order in {of(key, whose)}", Three(*rows), key)
    return [kept[each] for each in order or ordered_as(list(theirs), list(mine), kept)]


def _without_other_marks(three: Three, whose: str, found: Joining) -> dict[str, Document]:
    """Return my rows; where both changed what is right, with the marks that they give.

    Half of one key and half of another would be a third, which nobody meant.
    """
    marks = Three(*({each: _mark(row) for each, row in rows.items()} for rows in three.all))
    mine: dict[str, Document] = three.mine
    shared = [each for each in marks.base if each in marks.mine and each in marks.theirs]
    was, hers, now = ([rows[each] for each in shared] for rows in marks.all)
    if hers in (was, now) or now == was:
        return mine
    said = (
        [f"{row.get('text')}: {_mark(row)[0] or _mark(row)[1]}" for row in rows.values()]
        for rows in three.all
    )
    found.collide(f"the marks of {whose}", Three(*said))
    return {
        each: row | {key: three.theirs[each].get(key) for key in _MARKS} if each in shared else row
        for each, row in mine.items()
    }


def _mark(row: Document) -> tuple[str, ...]:
    return tuple(str(row.get(key) or "") for key in _MARKS)


def stays(three: Three, name: Callable[[Document], str], found: Joining) -> bool:
    """Tell whether a part that one of them may have taken out stays.

    It goes where the other left it as it was. Where the other changed it, it stays as they have
    it, which may be not at all.
    """
    base, mine, theirs = three.all
    if (mine is None) == (theirs is None) or base is None:
        return True
    if mine is None and theirs == base:
        return False
    if mine == base:
        return False
    found.collide(name(theirs or mine), three)
    return theirs is not None


def ordered(three: Three, kept: Iterable[str]) -> list[str] | None:
    """Return the order of what is kept; nothing: both changed it, each in another way."""
    base, mine, theirs = three.all
    shared = set(base) & set(mine) & set(theirs)
    was, hers, now = ([each for each in order if each in shared] for order in three.all)
    if hers in (now, was):
        return ordered_as(theirs, mine, kept)
    return ordered_as(mine, theirs, kept) if now == was else None


def ordered_as(spine: list[str], other: list[str], kept: Iterable[str]) -> list[str]:
    """Return what is kept in the order of one, what only the other has after its neighbour."""
    wanted = set(kept)
    found = [each for each in spine if each in wanted]
    before: str | None = None
    for each in other:
        if each in wanted and each not in found:
            found.insert(found.index(before) + 1 if before in found else 0, each)
        if each in wanted:
            before = each
    return found
