"""Parts of a document: each is found, replaced and moved, and nothing else changes with it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafting import parts
from app.drafting.parts import How, NoSuchPart
from tests.drafting.documents import documents, ids, part_values
from tests.factories.modules import plain_module

Document = dict[str, Any]


def _address(data: st.DataObject, document: Document) -> str:
    return data.draw(st.sampled_from(list(parts.addresses(document))))


def _placed(data: st.DataObject, document: Document) -> str:
    """Draw a stage or an item: what has a position."""
    among = [a for a in parts.addresses(document) if a not in parts.WHOLE]
    return data.draw(st.sampled_from(among))


@given(documents(), st.data())
def test_a_part_put_where_it_was_changes_nothing(document: Document, data: st.DataObject) -> None:
    address = _address(data, document)
    assert parts.with_part(document, address, parts.part_of(document, address)) == document


@given(documents(), part_values(), st.data())
def test_a_part_replaced_changes_no_other(
    document: Document, part: Document, data: st.DataObject
) -> None:
    address, before = _address(data, document), copy.deepcopy(document)
    changed = parts.with_part(document, address, part)
    assert document == before
    assert list(parts.addresses(changed)) == list(parts.addresses(document))
    for other in parts.addresses(document):
        if other != address:
            assert parts.part_of(changed, other) == parts.part_of(document, other)


@given(documents(), st.data())
def test_a_part_replaced_is_what_was_sent(document: Document, data: st.DataObject) -> None:
    address = _address(data, document)
    part = parts.part_of(document, address) | {"people": [{"text": "new"}], "title": "New"}
    wanted = parts.part_of(parts.with_part(document, address, part), address)
    keys = parts.WHOLE.get(address, tuple(part))
    assert wanted == {key: part[key] for key in keys if key in part}


def test_a_part_that_is_sent_empty_is_emptied_and_not_kept() -> None:
    changed = parts.with_part(plain_module(), "people", {})
    assert "people" not in changed
    item = parts.part_of(parts.with_part(plain_module(), "item.q1", {}), "item.q1")
    assert item == {"id": "q1", "kind": "single"}


@given(documents(least=1), st.data())
def test_there_and_back_again(document: Document, data: st.DataObject) -> None:
    address = _placed(data, document)
    for by in (1, -1):
        there = parts.moved(document, address, by)
        if there != document:
            assert parts.moved(there, address, -by) == document


@given(documents(least=1), st.data())
def test_whatever_is_done_to_the_order_ids_stay_unique_and_none_is_lost(
    document: Document, data: st.DataObject
) -> None:
    before = sorted(ids(document))
    for _ in range(4):
        address = _placed(data, document)
        if address.startswith("item."):
            stage = data.draw(st.sampled_from([s["id"] for s in document["stages"]]))
            document = parts.moved_to(document, address.partition(".")[2], stage)
        document = parts.moved(document, address, data.draw(st.sampled_from([1, -1])))
    assert sorted(ids(document)) == before


@given(documents(least=1), st.data())
def test_a_copy_stands_after_its_like_with_ids_of_its_own(
    document: Document, data: st.DataObject
) -> None:
    address = _placed(data, document)
    changed, twin = parts.duplicated(document, address)
    assert len(set(ids(changed))) == len(ids(changed))
    like = {k: v for k, v in parts.part_of(changed, twin).items() if k != "id"}
    assert like == {k: v for k, v in parts.part_of(document, address).items() if k != "id"}
    assert parts.path_of(changed, twin)[-1] == int(parts.path_of(changed, address)[-1]) + 1
    assert parts.removed(changed, twin) == document


@given(documents(least=1), st.data())
def test_what_was_deleted_is_put_back_where_it_stood(
    document: Document, data: st.DataObject
) -> None:
    address = _placed(data, document)
    gone = parts.removed(document, address)
    assert address not in set(parts.addresses(gone))
    assert parts.put_back(gone, document, address) == document
    assert parts.put_back(document, document, address) == document


def test_a_deleted_item_comes_back_beside_what_others_did_since() -> None:
    document = plain_module()
    gone = parts.removed(document, "item.q1")
    gone = parts.add_item(gone, "first", {"id": "new", "kind": "text"}, after="t1")
    found = parts.put_back(gone, document, "item.q1")
    assert [item["id"] for item in found["stages"][0]["items"]] == [
        "t1", "q1", "new", "t2", "r1", "t3",
    ]  # fmt: skip


def test_a_stage_comes_back_without_the_items_that_stand_elsewhere_by_now() -> None:
    document = plain_module()
    kept = parts.moved_to(document, "t1", "second")
    found = parts.put_back(parts.removed(kept, "stage.first"), document, "stage.first")
    assert sorted(ids(found)) == sorted(ids(document))


def test_an_item_whose_stage_is_gone_too_cannot_be_put_back_alone() -> None:
    document = plain_module()
    with pytest.raises(NoSuchPart):
        parts.put_back(parts.removed(document, "stage.first"), document, "item.q1")


def test_an_item_moves_across_the_edge_of_its_stage() -> None:
    up = parts.moved(plain_module(), "item.t4", -1)
    assert [item["id"] for item in up["stages"][0]["items"]][-1] == "t4"
    down = parts.moved(plain_module(), "item.t3", 1)
    assert down["stages"][1]["items"][0]["id"] == "t3"


def test_the_first_and_the_last_stay_where_they_are() -> None:
    document = plain_module()
    for address, by in (("item.t1", -1), ("item.t5", 1), ("stage.first", -1), ("stage.fourth", 1)):
        assert parts.moved(document, address, by) == document


def test_a_copied_stage_needs_its_own_items_and_still_those_of_others() -> None:
    document = plain_module()
    document["stages"][1]["items"][1]["needs"] = ["t4", "t1"]
    changed, twin = parts.duplicated(document, "stage.second")
    text, question, _ordering = changed["stages"][2]["items"]
    assert f"stage.{changed['stages'][2]['id']}" == twin
    assert question["needs"] == [text["id"], "t1"]


def test_an_added_item_stands_after_the_one_named_or_at_the_end() -> None:
    item = {"id": "new", "kind": "text"}
    after = parts.add_item(plain_module(), "first", item, after="t1")
    assert parts.path_of(after, "item.new") == ("stages", 0, "items", 1)
    end = parts.add_item(plain_module(), "first", item)
    assert parts.path_of(end, "item.new") == ("stages", 0, "items", 5)


def test_an_added_stage_stands_after_the_one_named_or_at_the_end() -> None:
    stage = {"id": "new"}
    after = parts.add_stage(plain_module(), stage, after="first")
    assert parts.path_of(after, "stage.new") == ("stages", 1)
    assert parts.path_of(parts.add_stage(plain_module(), stage), "stage.new") == ("stages", 4)
    assert parts.add_stage({}, stage) == {"stages": [stage]}


@pytest.mark.parametrize(
    "address", ["item.nothing", "stage.nothing", "nothing", "", "item.", "x.y"]
)
def test_a_part_that_is_not_there_is_refused(address: str) -> None:
    with pytest.raises(NoSuchPart):
        parts.part_of(plain_module(), address)
    with pytest.raises(NoSuchPart):
        parts.with_part(plain_module(), address, {})
    with pytest.raises(NoSuchPart):
        parts.removed(plain_module(), address)


def test_whole_parts_are_neither_moved_nor_deleted() -> None:
    for verb in (parts.removed, parts.duplicated):
        with pytest.raises(NoSuchPart):
            verb(plain_module(), "settings")


def test_every_path_has_its_part_and_its_field() -> None:
    document = plain_module()
    path = ("stages", 0, "items", 1, "options", 2, "feedback")
    assert parts.address_at(document, path) == "item.q1"
    assert parts.field_at(path) == ("options", 2, "feedback")
    assert parts.address_at(document, ("stages", 1, "title")) == "stage.second"
    assert parts.field_at(("stages", 1, "title")) == ("title",)
    assert parts.address_at(document, ("sources", 0, "headings")) == "sources"
    assert parts.address_at(document, ()) == "settings"


@given(documents(), documents())
def test_two_documents_differ_exactly_where_their_parts_do(one: Document, other: Document) -> None:
    told = dict(parts.differences(one, other))
    mine, theirs = set(parts.addresses(one)), set(parts.addresses(other))
    assert {a for a, how in told.items() if how is How.ADDED} == theirs - mine
    assert {a for a, how in told.items() if how is How.DELETED} == mine - theirs
    changed = {a for a in mine & theirs if parts.part_of(one, a) != parts.part_of(other, a)}
    assert {a for a, how in told.items() if how is How.CHANGED} == changed
    assert parts.differences(one, one) == []


def test_only_what_moved_is_said_to_have_moved() -> None:
    document = plain_module()
    assert parts.differences(document, parts.moved(document, "item.q1", -1)) in (
        [("item.q1", How.MOVED)], [("item.t1", How.MOVED)],
    )  # fmt: skip
