"""Brings two changes of one module together, part by part; pure.

Parts are known by their ids, which are stable for ever. What both changed stays as they have it,
and is told with the words of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.authoring.comparing.modules import tidy
from app.authoring.comparing.naming import name_of_item, name_of_stage
from app.authoring.joining.values import (
    Collision,
    Joining,
    Three,
    join_fields,
    join_value,
    ordered,
    ordered_as,
    stays,
)
from app.db import Refusal
from app.drafting.filling.fields import rows_of
from app.drafting.parts import Document, address_at


class NotTold(Refusal):
    """Two stages or two items of one document have the same id, so they cannot be told apart."""


@dataclass(frozen=True)
class Joined:
    """The module with both changes, and what both changed."""

    document: Document
    collisions: tuple[Collision, ...]


@dataclass(frozen=True)
class _Told:
    """A document by its ids: stages, items, and the stage of each item."""

    plain: Document
    stages: dict[str, Document]
    items: dict[str, Document]
    home: dict[str, str]

    def in_stage(self, stage: str) -> list[str]:
        return [item for item, home in self.home.items() if home == stage]


def join_documents(base: Document, mine: Document, theirs: Document) -> Joined:
    """Put what only I changed since `base` into theirs; raises NotTold."""
    told = Three(*(_told(tidy(each)) for each in (base, mine, theirs)))
    found = Joining()
    made = dict(_settings(told, found))
    made["stages"] = list(_stages(told, found))
    return Joined(made, tuple(found.collisions))


def holds_all(base: Document, mine: Document, theirs: Document) -> bool:
    """Tell whether theirs holds everything that I changed since `base`; raises NotTold."""
    joined = join_documents(base, mine, theirs)
    return not joined.collisions and tidy(joined.document) == tidy(theirs)


def _told(plain: Document) -> _Told:
    stages, items, home = {}, {}, {}
    for stage in rows_of(plain.get("stages")):
        name = str(stage.get("id", ""))
        if name in stages:
            raise NotTold(f"Two stages have the id “{name}”. Give one of them another.")
        stages[name] = stage
        for item in rows_of(stage.get("items")):
            each = str(item.get("id", ""))
            if each in items:
                raise NotTold(f"Two items have the id “{each}”. Give one of them another.")
            items[each], home[each] = item, name
    return _Told(plain, stages, items, home)


def _settings(told: Three, found: Joining) -> Iterator[tuple[str, Any]]:
    """Bring together what stands outside the stages."""
    three = Three(*(each.plain for each in told.all))
    for key in dict.fromkeys((*three.theirs, *three.mine)):
        if key == "stages":
            yield key, []
            continue
        found.address = address_at(three.theirs, (key,))
        value = join_value(three.below(key), key, "", found)
        if value is not None:
            yield key, value


def _of(told: Three, kind: str, name: str) -> Three:
    return Three(*(getattr(each, kind).get(name) for each in told.all))


def _stages(told: Three, found: Joining) -> Iterator[Document]:
    kept = _kept_stages(told, found)
    homes = _homes(told, kept, found)
    items = _items(told, homes, found)
    order = Three(*(list(each.stages) for each in told.all))
    for name in _in_order(order, list(kept), "", "the order of the stages", found):
        inside = [item for item in items if homes[item] == name]
        order = Three(*(each.in_stage(name) for each in told.all))
        label = f"the order of items in {name_of_stage(kept[name])}"
        among = _in_order(order, inside, f"stage.{name}", label, found)
        yield kept[name] | {"items": [items[item] for item in among]}


def _in_order(
    three: Three, kept: list[str], address: str, label: str, found: Joining
) -> list[str]:  # fmt: skip
    order = ordered(three, kept)
    if order is not None:
        return order
    found.address = address
    found.collide(label, three)
    return ordered_as(three.theirs, three.mine, kept)


def _kept_stages(told: Three, found: Joining) -> dict[str, Document]:
    """Return the stages that stay, without their items."""
    kept = {}
    for name in dict.fromkeys((*told.theirs.stages, *told.mine.stages)):
        three, found.address = _of(told, "stages", name), f"stage.{name}"
        if stays(three, name_of_stage, found):
            newest = three.theirs or three.mine
            if three.theirs is not None and three.mine is not None:
                newest = join_fields(three, name_of_stage(newest), found, leave=("items",))
            kept[name] = {key: value for key, value in newest.items() if key != "items"}
    return kept


def _homes(told: Three, kept: dict[str, Document], found: Joining) -> dict[str, str]:
    """Return the stage of each item, among those that stay."""
    homes = {}
    for item in dict.fromkeys((*told.theirs.items, *told.mine.items)):
        three = _of(told, "home", item)
        found.address = f"item.{item}"
        if None not in three.all and len(set(three.all)) == len(three.all):
            titles = (kept.get(each, {}).get("title") for each in three.all)
            found.collide(f"the stage of {name_of_item(told.theirs.items[item])}", Three(*titles))
        wanted = three.mine if three.theirs in (None, three.base) else three.theirs
        places = [each for each in (wanted, three.theirs, three.mine) if each in kept]
        # What they still have always finds a stage.
        places += [] if three.theirs is None else list(kept)
        homes[item] = next(iter(places), "")
    return homes


def _items(told: Three, homes: dict[str, str], found: Joining) -> dict[str, Document]:
    """Return the items that stay; one whose stage is gone is told, with its words."""
    kept = {}
    for name, home in homes.items():
        three, found.address = _of(told, "items", name), f"item.{name}"
        if three.mine is None and three.base is not None and _came_back(told, home):
            kept[name] = three.theirs
        elif stays(three, name_of_item, found):
            if not home:
                label = name_of_item(three.mine or three.theirs)
                found.collide(label, Three(None, three.mine, None))
                continue
            newest = three.theirs or three.mine
            both = three.theirs is not None and three.mine is not None
            kept[name] = join_fields(three, name_of_item(newest), found) if both else newest
    return kept


def _came_back(told: Three, stage: str) -> bool:
    """Tell whether I took out a stage that stays, because they changed it."""
    return stage in told.base.stages and stage not in told.mine.stages
