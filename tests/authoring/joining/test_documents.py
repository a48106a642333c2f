"""Two changes of one module: what goes together, what is told, and that nothing is lost."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from app.authoring.comparing.modules import tidy
from app.authoring.joining.documents import NotTold, holds_all, join_documents
from app.drafting import parts
from tests.factories.modules import plain_module, text

Document = dict[str, Any]
Edit = Callable[[Document], Document]


def put(address: str, **fields: Any) -> Edit:
    """Change fields of a part."""
    return lambda d: parts.with_part(d, address, parts.part_of(d, address) | fields)


def option(question: str, key: str, **fields: Any) -> Edit:
    """Change fields of one option."""

    def change(plain: Document) -> Document:
        part = parts.part_of(plain, f"item.{question}")
        rows = [row | fields if row["id"] == key else row for row in part["options"]]
        return parts.with_part(plain, f"item.{question}", part | {"options": rows})

    return change


def gone(address: str) -> Edit:
    return lambda d: parts.removed(d, address)


def moved(address: str, by: int) -> Edit:
    return lambda d: parts.moved(d, address, by)


def to(item: str, stage: str) -> Edit:
    return lambda d: parts.moved_to(d, item, stage)


def added(stage: str, key: str, after: str | None = None) -> Edit:
    return lambda d: parts.add_item(d, stage, text(key), after)


def both(*edits: Edit) -> Edit:
    def change(plain: Document) -> Document:
        for edit in edits:
            plain = edit(plain)
        return plain

    return change


T1, T2 = "item.t1", "item.t2"
APART = [
    (put(T1, text="Mine."), put(T2, text="Theirs.")),
    (put("settings", title="Mine"), put("settings", minutes=9)),
    (put("settings", title="Mine"), put("content-note", content_note={"text": "Theirs."})),
    (option("q1", "q1-a", text="Mine"), option("q1", "q1-b", feedback="Theirs")),
    (option("q1", "q1-a", text="Mine"), option("q1", "q1-a", feedback="Theirs")),
    (put("stage.first", title="Mine"), put(T1, text="Theirs.")),
    (added("first", "new-m", "t1"), added("first", "new-t", "t3")),
    (gone(T2), put(T1, text="Theirs.")),
    (put(T1, text="Mine."), gone(T2)),
    (moved(T1, 1), put(T1, text="Theirs.")),
    (put(T1, text="Mine."), moved("item.q1", 1)),
    (to("t1", "fourth"), put(T1, text="Theirs.")),
    (gone("stage.fourth"), put(T1, text="Theirs.")),
    (moved("stage.third", -1), added("third", "new-t")),
    (both(to("t5", "first"), gone("stage.fourth")), put(T1, text="Theirs.")),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs"), APART)
def test_what_does_not_collide_goes_together_in_either_order(mine: Edit, theirs: Edit) -> None:
    base = plain_module()
    joined = join_documents(base, mine(base), theirs(base))
    assert joined.collisions == ()
    assert tidy(joined.document) == tidy(mine(theirs(base)))
    assert holds_all(base, mine(base), joined.document)
    assert not holds_all(base, mine(base), theirs(base))


COLLIDING = [
    (put(T1, text="Mine."), put(T1, text="Theirs."), T1, "The words of the text “Theirs.”",
     "Mine.", "Theirs."),
    (put("settings", title="Mine"), put("settings", title="Theirs"), "settings", "The title",
     "Mine", "Theirs"),
    (option("q1", "q1-a", text="Mine"), option("q1", "q1-a", text="Theirs"), "item.q1",
     "The words of option “Theirs” of question “What would you do at q1?”", "Mine", "Theirs"),
    (option("q1", "q1-a", credit="1/4"), option("q1", "q1-a", credit="1/3"), "item.q1",
     "The marks of question “What would you do at q1?”",
     "Do q1-a: 1/4\nDo q1-b: 1\nDo q1-c: 1/2", "Do q1-a: 1/3\nDo q1-b: 1\nDo q1-c: 1/2"),
    (put(T1, place="Overview, 2"), put(T1, place="Overview, 3"), T1,
     "The place in the source of the text “The beginning.”", "Overview, 2", "Overview, 3"),
    (gone(T1), put(T1, text="Theirs."), T1, "The text “Theirs.”", "", "Theirs."),
    (put(T1, text="Mine."), gone(T1), T1, "The text “Mine.”", "Mine.", ""),
    (moved(T1, 1), moved(T1, 2), "", "", "", ""),
    (to("t1", "third"), to("t1", "fourth"), T1, "The stage of the text “The beginning.”",
     "Canary-stage-third", "Canary-stage-fourth"),
    (put("settings", practise=["Mine"]), put("settings", practise=["Theirs"]), "settings",
     "The list of what one will practise", "Mine", "Theirs"),
    (added("fourth", "new-m"), gone("stage.fourth"), "item.new-m", "The text “canary-text-new-m”",
     "canary-text-new-m", ""),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "address", "label", "hers", "stands"), COLLIDING)
def test_what_both_changed_stays_as_they_have_it_and_is_told(
    mine: Edit, theirs: Edit, address: str, label: str, hers: str, stands: str
) -> None:
    base = plain_module()
    after = moved(T1, 1)(theirs(base)) if not label else theirs(base)
    joined = join_documents(base, mine(base), after)
    if not label:
        # One step down and two steps down: the order is theirs.
        assert [c.label for c in joined.collisions] == ["The order of items in stage “Stage first”"]
        assert parts.path_of(joined.document, T1) == parts.path_of(after, T1)
        return
    found = {c.label: c for c in joined.collisions}[label]
    assert (found.address, found.mine, found.theirs) == (address, hers, stands)
    assert tidy(joined.document) == tidy(after)


def test_a_stage_that_they_changed_is_not_taken_out_with_its_items() -> None:
    base = plain_module()
    theirs = put("item.t4", text="Theirs.")(base)
    joined = join_documents(base, gone("stage.second")(base), theirs)
    assert "Stage “Canary-stage-second”" in [c.label for c in joined.collisions]
    assert tidy(joined.document) == tidy(theirs)


def test_the_key_that_both_changed_is_not_mixed() -> None:
    """One makes option a right, the other option c: the marks are theirs, all of them."""
    base = plain_module()
    mine = both(option("q1", "q1-a", credit="1"), option("q1", "q1-b", credit="0"))(base)
    theirs = both(option("q1", "q1-c", credit="1"), option("q1", "q1-b", credit="0"))(base)
    joined = join_documents(base, mine, theirs)
    assert [c.label for c in joined.collisions] == [
        "The marks of question “What would you do at q1?”"
    ]
    assert tidy(joined.document) == tidy(theirs)


def test_parts_with_one_id_are_not_told_apart() -> None:
    base = plain_module()
    twin = copy.deepcopy(base)
    twin["stages"][1]["items"][0]["id"] = "t1"
    with pytest.raises(NotTold, match="Two items have the id “t1”"):
        join_documents(base, twin, base)
    twin = copy.deepcopy(base)
    twin["stages"][1]["id"] = "first"
    with pytest.raises(NotTold, match="Two stages have the id “first”"):
        join_documents(base, base, twin)


def _somehow(plain: Document, dice: random.Random, who: str) -> Document:
    """Change a document in a few ways, as somebody would."""
    for turn in range(dice.randint(1, 5)):
        items = [a for a in parts.addresses(plain) if a.startswith("item.")]
        stages = [a for a in parts.addresses(plain) if a.startswith("stage.")]
        item, stage = dice.choice(items), dice.choice(stages)
        edits: list[Edit] = [
            put(item, text=f"{who} {turn}"), put(stage, title=f"{who} {turn}"),
            moved(item, dice.choice((-1, 1))), moved(stage, dice.choice((-1, 1))),
            to(item.partition(".")[2], stage.partition(".")[2]),
            added(stage.partition(".")[2], f"{who}-{turn}"),
            gone(item) if len(items) > 4 else moved(item, 1),
            gone(stage) if len(stages) > 2 else moved(stage, 1),
        ]  # fmt: skip
        plain = dice.choice(edits)(plain)
    return plain


@pytest.mark.parametrize("seed", range(150))
def test_nothing_that_either_wrote_is_lost(seed: int) -> None:
    dice, base = random.Random(seed), plain_module()
    mine, theirs = _somehow(base, dice, "mine"), _somehow(base, dice, "theirs")
    joined = join_documents(base, mine, theirs)
    said = f"{joined.document}{joined.collisions}"
    for who, plain in (("mine", mine), ("theirs", theirs)):
        words = {w for w in (f"{who} {n}" for n in range(5)) if f"'{w}'" in f"{plain}"}
        assert {w for w in words if w not in said} == set()
    # Whatever they have and I did not take out is there.
    kept = set(parts.addresses(theirs)) - (set(parts.addresses(base)) - set(parts.addresses(mine)))
    assert kept <= set(parts.addresses(joined.document))
    for one, other, result in ((base, theirs, theirs), (mine, base, mine), (mine, mine, mine)):
        alone = join_documents(base, one, other)
        assert (alone.collisions, tidy(alone.document)) == ((), tidy(result))
