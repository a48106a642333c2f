"""What changed between two states of a module, each change with how grave it is; pure.

Parts are matched by their ids, which are stable for ever. The same is found in both directions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pydantic

from app.authoring.comparing.change import Change, Comparison, Difference
from app.authoring.comparing.naming import (
    KINDS,
    SETS,
    SILENT,
    article,
    first_up,
    in_words,
    lightly,
    name_of_field,
    name_of_item,
    name_of_stage,
    quoted,
    readable,
    words_alone,
)
from app.catalogue import document
from app.drafting.filling.fields import rows_of
from app.drafting.parts import Document, address_at

_GATES = frozenset({"single", "multiple", "ordering", "matching", "reflection"})
_LISTS = frozenset({"options", "targets"})


def compare(old: document.Module, new: document.Module) -> Comparison:
    """Compare two finished modules."""
    return compare_documents(document.to_plain(old), document.to_plain(new))


def tidy(plain: Document) -> Document:
    """Return a document without what is left at default; an unfinished one stays as it is."""
    try:
        return document.to_plain(document.Module.model_validate(plain))
    except pydantic.ValidationError:
        return plain


def compare_documents(old: Document, new: Document) -> Comparison:
    """Compare two documents as plain values, which may be unfinished."""
    found = [*_settings(old, new), *_stages(old, new), *_items(old, new)]
    return Comparison(tuple(found))


def _settings(old: Document, new: Document) -> Iterator[Difference]:
    for key in _keys(old, new):
        if key != "stages":
            yield from _field(address_at(new, (key,)), key, "", old.get(key), new.get(key))


def _keys(old: Document, new: Document) -> list[str]:
    return list(dict.fromkeys((*new, *old)))


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == () or value == {}


def _field(address: str, key: str, whose: str, old: Any, new: Any) -> Iterator[Difference]:
    """Compare one field of a part; `whose` names the part."""
    if old == new or (_is_empty(old) and _is_empty(new)):
        return
    before, after = list(readable(old, key)), list(readable(new, key))
    named = f"the {name_of_field(key)}" + (f" of {whose}" if whose else "")
    if key in SILENT or (key != "url" and words_alone(before) == words_alone(after)):
        said = lightly(key, before != after)
        if before == after and key not in SETS:
            before, after = (list(readable(each, key, silent=True)) for each in (old, new))
        words = "\n".join(before), "\n".join(after)
        yield Difference(address, Change.COSMETIC, first_up(said.format(named)), *words)
        return
    if _is_empty(old) or _is_empty(new):
        sentence = f"{'Added' if _is_empty(old) else 'Taken out'}: {named}."
    else:
        sentence = first_up(f"{named} changed.")
    yield Difference(address, Change.WORDING, sentence, "\n".join(before), "\n".join(after))


def _keyed(parts: Any) -> dict[str, Document]:
    """Return parts by their ids; one whose id another has too is told apart by its number."""
    found: dict[str, Document] = {}
    for part in rows_of(parts):
        key = name = str(part.get("id") or "")
        number = 1
        while key in found:
            number += 1
            key = f"{name}#{number}"
        found[key] = part
    return found


def _in_common(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the keys that both have, in the order of each."""
    return [key for key in old if key in new], [key for key in new if key in old]


def _stages(old: Document, new: Document) -> Iterator[Difference]:
    before, after = _keyed(old.get("stages")), _keyed(new.get("stages"))
    for key in _keys(before, after):
        address = f"stage.{key}"
        if key not in before or key not in after:
            said = "was taken out" if key in before else "was added"
            sentence = f"{name_of_stage(before[key] if key in before else after[key])} {said}."
            yield Difference(address, Change.STRUCTURE, first_up(sentence))
            continue
        yield from _stage(address, before[key], after[key])
    was, now = _in_common(list(before), list(after))
    if was != now:
        yield Difference(
            "", Change.STRUCTURE, "The order of the stages changed.",
            "\n".join(str(before[key].get("title")) for key in was),
            "\n".join(str(after[key].get("title")) for key in now),
        )  # fmt: skip


def _stage(address: str, old: Document, new: Document) -> Iterator[Difference]:
    whose = name_of_stage(new)
    for key in _keys(old, new):
        if key == "known" and old.get(key) != new.get(key):
            sentence = f"{whose} is now told as known {new.get(key)}, not {old.get(key)}."
            yield Difference(address, Change.STRUCTURE, first_up(sentence))
        elif key not in ("items", "id", "known"):
            yield from _field(address, key, whose, old.get(key), new.get(key))


@dataclass(frozen=True)
class _Placed:
    """An item with the key of its stage."""

    stage: str
    item: Document

    @property
    def is_gate(self) -> bool:
        return str(self.item.get("kind")) in _GATES


def _placed(plain: Document) -> dict[str, _Placed]:
    stages = _keyed(plain.get("stages"))
    rows = [(key, item) for key, stage in stages.items() for item in rows_of(stage.get("items"))]
    keys = _keyed([item for _key, item in rows])
    return {key: _Placed(row[0], row[1]) for key, row in zip(keys, rows, strict=True)}


def _items(old: Document, new: Document) -> Iterator[Difference]:
    before, after = _placed(old), _placed(new)
    for key in list(dict.fromkeys((*after, *before))):
        address = f"item.{key}"
        if key not in before or key not in after:
            yield _came_or_went(address, before.get(key), after.get(key))
            continue
        if before[key].stage != after[key].stage:
            sentence = f"{name_of_item(after[key].item)} moved to another stage."
            yield Difference(address, Change.STRUCTURE, first_up(sentence))
        yield from _item(address, before[key].item, after[key].item)
    yield from _orders(new, before, after)


def _came_or_went(address: str, old: _Placed | None, new: _Placed | None) -> Difference:
    placed = new or old
    assert placed is not None
    words = "\n".join(readable(in_words(placed.item)))
    change = Change.STRUCTURE if placed.is_gate else Change.WORDING
    sentence = f"{name_of_item(placed.item)} was {'added' if new else 'taken out'}."
    return Difference(
        address, change, first_up(sentence), "" if new else words, words if new else ""
    )


def _orders(
    new: Document, before: dict[str, _Placed], after: dict[str, _Placed]
) -> Iterator[Difference]:
    """Compare the order of items that stayed in their stage."""
    for stage, part in _keyed(new.get("stages")).items():
        was, now = _in_common(
            [key for key, placed in before.items() if placed.stage == stage],
            [key for key, placed in after.items() if placed.stage == stage],
        )
        if was != now:
            crossed = _gates_before(was, before) != _gates_before(now, after)
            change = Change.STRUCTURE if crossed else Change.WORDING
            yield Difference(
                f"stage.{stage}", change, f"The order of items in {name_of_stage(part)} changed.",
                "\n".join(name_of_item(before[key].item) for key in was),
                "\n".join(name_of_item(after[key].item) for key in now),
            )  # fmt: skip


def _gates_before(keys: list[str], placed: dict[str, _Placed]) -> dict[str, tuple[str, ...]]:
    """Return, for each item, the questions and reflections that one decides before it."""
    gates: tuple[str, ...] = ()
    found = {}
    for key in keys:
        found[key] = gates
        gates += (key,) if placed[key].is_gate else ()
    return found


def _item(address: str, old: Document, new: Document) -> Iterator[Difference]:
    whose = name_of_item(new)
    was, now = str(old.get("kind")), str(new.get("kind"))
    if was != now:
        kinds = f"{article(KINDS.get(now, now))}; it was {article(KINDS.get(was, was))}"
        yield Difference(address, Change.STRUCTURE, first_up(f"{whose} is now {kinds}."))
    for key in _keys(old, new):
        if key not in ("id", "kind", *_LISTS):
            yield from _field(address, key, whose, old.get(key), new.get(key))
    if was == now:
        for key in ("options", "targets"):
            yield from _listed(address, key, whose, old, new)


def _listed(
    address: str, key: str, whose: str, old: Document, new: Document
) -> Iterator[Difference]:
    """Compare the options or the targets of a question."""
    before, after = _keyed(old.get(key)), _keyed(new.get(key))
    for each in _keys(before, after):
        part = after[each] if each in after else before[each]
        named = f"{key[:-1]} {quoted(part.get('text'))} of {whose}"
        if each in before and each in after:
            targets = _keyed([*rows_of(old.get("targets")), *rows_of(new.get("targets"))])
            yield from _option(address, named, before[each], after[each], targets)
            continue
        came = each in after
        words = "\n".join(readable({k: v for k, v in part.items() if k != "credit"}))
        said = ("was added" if came else "was taken out") + _rightness(part)
        yield Difference(
            address, Change.SCORING, first_up(f"{named} {said}."),
            "" if came else words, words if came else "",
        )  # fmt: skip
    yield from _listed_order(address, key, whose, before, after, new.get("kind") == "ordering")


def _rightness(option: Document) -> str:
    credit = str(option.get("credit") or "")
    if not credit:
        return ""
    return {"1": "; it is right", "0": "; it is not right"}.get(credit, f"; it counts {credit}")


def _listed_order(
    address: str, key: str, whose: str, before: dict[str, Document], after: dict[str, Document],
    ordered: bool,
) -> Iterator[Difference]:  # fmt: skip
    was, now = _in_common(list(before), list(after))
    if was == now:
        return
    old, new = ("\n".join(str(parts[each].get("text")) for each in keys)
                for parts, keys in ((before, was), (after, now)))  # fmt: skip
    if ordered:
        yield Difference(address, Change.SCORING, f"The right order of {whose} changed.", old, new)
    else:
        said = (
            f"The order in which the {key} of {whose} are written changed; learners see them mixed."
        )
        yield Difference(address, Change.COSMETIC, said, old, new)


def _option(
    address: str, named: str, old: Document, new: Document, targets: dict[str, Document]
) -> Iterator[Difference]:
    for key in _keys(old, new):
        was, now = old.get(key), new.get(key)
        if key == "credit" and was != now:
            yield Difference(address, Change.SCORING, first_up(_credit(named, was, now)))
        elif key == "target" and was != now:
            pair = targets.get(str(now), {}).get("text") or now
            sentence = f"{named} is now matched with {quoted(pair)}."
            yield Difference(address, Change.SCORING, first_up(sentence))
        elif key not in ("id", "credit", "target"):
            yield from _field(address, key, named, was, now)


def _credit(named: str, was: Any, now: Any) -> str:
    if now == "1":
        return f"{named} is now right."
    if was == "1" and now in ("0", "", None):
        return f"{named} is no longer right."
    return f"{named} now counts {now or 'nothing'} instead of {was or 'nothing'}."
