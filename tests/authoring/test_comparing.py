"""Two states of a module compared: everything that changed is found, both ways, and classed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.authoring.comparing.change import Change, Comparison
from app.authoring.comparing.modules import compare, compare_documents
from app.authoring.comparing.naming import names_of_parts
from app.catalogue.document import Module, to_plain
from app.ui.differences import Fate
from tests.content.shipped import SLUGS, shipped
from tests.factories.modules import made_up, option, plain_module, question, text

Document = dict[str, Any]
Mutation = Callable[[Document], object]


def changed(mutate: Mutation) -> Comparison:
    """Compare the made-up module with what a mutation makes of it."""
    after = plain_module()
    mutate(after)
    return compare(made_up(), Module.model_validate(after))


def item(document: Document, key: str) -> Document:
    return next(
        each for stage in document["stages"] for each in stage["items"] if each["id"] == key
    )


def swap(parts: list[Any], at: int, other: int) -> None:
    parts[at], parts[other] = parts[other], parts[at]


def in_question(key: str, field: str, value: Any) -> Mutation:
    return lambda document: item(document, key).__setitem__(field, value)


def in_option(key: str, at: int, **fields: Any) -> Mutation:
    return lambda document: item(document, key)["options"][at].update(fields)


def move(document: Document, key: str, stage: int) -> None:
    moved = item(document, key)
    for each in document["stages"]:
        each["items"] = [other for other in each["items"] if other is not moved]
    document["stages"][stage]["items"].append(moved)


CASES: dict[str, tuple[Mutation, Change, str, str]] = {
    "spaces": (
        lambda d: d.update(summary="A  made-up case."), Change.COSMETIC, "settings",
        "The summary changed only in spaces, marks or capital letters.",
    ),
    "capitals and marks": (
        in_question("q1", "prompt", "What would YOU do, at q1?"), Change.COSMETIC, "item.q1",
        "The wording of question “What would YOU do, at q1?” changed only in spaces, marks or "
        "capital letters.",
    ),
    "a place": (
        in_question("q1", "place", "Overview, 3"), Change.COSMETIC, "item.q1",
        "The place in the source of question “What would you do at q1?” changed.",
    ),
    "a place inside": (
        lambda d: item(d, "q1")["outcome"].update(place="Overview, 3"), Change.COSMETIC, "item.q1",
        "The outcome of question “What would you do at q1?” changed only in places and ids, which "
        "nobody reads.",
    ),
    "the order of options": (
        lambda d: swap(item(d, "q1")["options"], 0, 1), Change.COSMETIC, "item.q1",
        "The order in which the options of question “What would you do at q1?” are written "
        "changed; learners see them mixed.",
    ),
    "a title": (
        lambda d: d.update(title="Another"), Change.WORDING, "settings", "The title changed.",
    ),
    "a hint more": (
        in_question("q2", "hint", "Read the log."), Change.WORDING, "item.q2",
        "Added: the hint of question “What would you do at q2?”.",
    ),
    "a note less": (
        lambda d: item(d, "q2").pop("reasonable"), Change.WORDING, "item.q2",
        "Taken out: the note on what made it look reasonable of question “What would you do at "
        "q2?”.",
    ),
    "feedback": (
        in_option("q1", 0, feedback="No."), Change.WORDING, "item.q1",
        "The feedback of option “Do q1-a” of question “What would you do at q1?” changed.",
    ),
    "what a mark rests on": (
        in_option("q1", 0, basis="panel"), Change.WORDING, "item.q1",
        "The basis of option “Do q1-a” of question “What would you do at q1?” changed.",
    ),
    "a standing": (
        lambda d: item(d, "q1")["outcome"].update(standing="proven"), Change.WORDING, "item.q1",
        "The outcome of question “What would you do at q1?” changed.",
    ),
    "a text more": (
        lambda d: d["stages"][3]["items"].append(text("t6", "Later.")), Change.WORDING, "item.t6",
        "The text “Later.” was added.",
    ),
    "a key": (
        in_option("q2", 1, credit="1"), Change.SCORING, "item.q2",
        "Option “Do q2-b” of question “What would you do at q2?” is now right.",
    ),
    "a key less": (
        in_option("q2", 0, credit="0"), Change.SCORING, "item.q2",
        "Option “Do q2-a” of question “What would you do at q2?” is no longer right.",
    ),
    "a credit": (
        in_option("q1", 2, credit="1/3"), Change.SCORING, "item.q1",
        "Option “Do q1-c” of question “What would you do at q1?” now counts 1/3 instead of 1/2.",
    ),
    "an option more": (
        lambda d: item(d, "q2")["options"].append(option("q2-e", "1")), Change.SCORING, "item.q2",
        "Option “Do q2-e” of question “What would you do at q2?” was added; it is right.",
    ),
    "an option less": (
        lambda d: item(d, "q2")["options"].pop(), Change.SCORING, "item.q2",
        "Option “Do q2-d” of question “What would you do at q2?” was taken out; it is not right.",
    ),
    "the right order": (
        lambda d: swap(item(d, "q3")["options"], 0, 2), Change.SCORING, "item.q3",
        "The right order of question “What would you do at q3?” changed.",
    ),
    "a pair": (
        in_option("q4", 0, target="q4-y"), Change.SCORING, "item.q4",
        "Option “Do q4-a” of question “What would you do at q4?” is now matched with “Target y of "
        "q4”.",
    ),
    "a question less": (
        lambda d: d["stages"][1]["items"].pop(), Change.STRUCTURE, "item.q3",
        "Question “What would you do at q3?” was taken out.",
    ),
    "a question more": (
        lambda d: d["stages"][3]["items"].append(question("q5", "single")), Change.STRUCTURE,
        "item.q5", "Question “What would you do at q5?” was added.",
    ),
    "a reflection elsewhere": (
        lambda d: move(d, "r2", 0), Change.STRUCTURE, "item.r2",
        "Reflection “What do you think of r2?” moved to another stage.",
    ),
    "a text that was behind a question": (
        lambda d: swap(d["stages"][0]["items"], 1, 2), Change.STRUCTURE, "stage.first",
        "The order of items in stage “Stage first” changed.",
    ),
    "the order of stages": (
        lambda d: swap(d["stages"], 1, 2), Change.STRUCTURE, "", "The order of the stages changed.",
    ),
    "when a stage was known": (
        lambda d: d["stages"][1].update(known="later"), Change.STRUCTURE, "stage.second",
        "Stage “Canary-stage-second” is now told as known later, not available.",
    ),
    "another kind": (
        lambda d: item(d, "q1").update(question("q1", "ordering")), Change.STRUCTURE, "item.q1",
        "Question “What would you do at q1?” is now a question about an order; it was a question "
        "with one right option.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_with_its_place_and_its_class(name: str) -> None:
    mutate, change, address, sentence = CASES[name]
    found = changed(mutate).differences
    assert [(d.change, d.address, d.sentence) for d in found] == [(change, address, sentence)]


def test_nothing_changed_is_nothing() -> None:
    same = compare(made_up(), made_up())
    assert same == Comparison(())
    assert same.gravest is None


def test_two_pieces_of_story_that_change_places_change_no_decision() -> None:
    before = plain_module()
    before["stages"][3]["items"].append(text("t6"))
    after = copy.deepcopy(before)
    swap(after["stages"][3]["items"], 0, 1)
    found = compare_documents(before, after)
    assert found.gravest is Change.WORDING


def test_a_set_in_another_order_is_cosmetic() -> None:
    found = compare(made_up(topics=["Custody", "Records"]), made_up(topics=["Records", "Custody"]))
    assert [d.sentence for d in found.of(Change.COSMETIC)] == ["The order changed in the topics."]
    more = compare(made_up(topics=["Custody"]), made_up(topics=["Custody", "Records"]))
    assert more.gravest is Change.WORDING


def test_a_figure_whose_mark_moved_is_no_matter_of_marks() -> None:
    found = compare(made_up(summary="It took 10.5 hours."), made_up(summary="It took 105 hours."))
    assert found.gravest is Change.WORDING


def test_the_gravest_of_all_counts() -> None:
    def both(document: Document) -> None:
        document["title"] = "Another"
        item(document, "q2")["options"][1]["credit"] = "1"

    found = changed(both)
    assert found.gravest is Change.SCORING
    assert [d.address for d in found.of(Change.WORDING)] == ["settings"]


def test_the_words_that_changed_are_told_apart() -> None:
    (found,) = changed(in_option("q1", 0, feedback="canary-feedback-q1-a, twice")).differences
    assert [(p.fate, p.text) for p in found.pieces if p.fate is not Fate.KEPT] == [
        (Fate.ADDED, ", twice")
    ]


def test_unfinished_documents_are_compared_too() -> None:
    found = compare_documents({"title": "A"}, {"stages": [{"items": [{"kind": "single"}]}]})
    assert found.gravest is Change.STRUCTURE
    assert compare_documents({"title": ""}, {"hint": None, "topics": []}).differences == ()


def test_two_parts_with_one_id_are_told_apart() -> None:
    before = plain_module()
    before["stages"][0]["items"].append(text("t1", "A twin."))
    after = copy.deepcopy(before)
    after["stages"][0]["items"][-1]["text"] = "Another twin."
    assert [d.sentence for d in compare_documents(before, after).differences] == [
        "The words of the text “Another twin.” changed."
    ]


SHIPPED = [shipped(slug) for slug in SLUGS]


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [p for key, part in value.items() for p in _leaves(part, (*path, key))]
    if isinstance(value, list):
        return [p for at, part in enumerate(value) for p in _leaves(part, (*path, at))]
    return [path]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_changed_is_found_in_both_directions(data: st.DataObject) -> None:
    before = to_plain(data.draw(st.sampled_from([made_up(), *SHIPPED])))
    after = copy.deepcopy(before)
    path = data.draw(st.sampled_from(_leaves(before)))
    at: Any = after
    for step in path[:-1]:
        at = at[step]
    if isinstance(at, list) and data.draw(st.booleans()):
        del at[path[-1]]
    else:
        at[path[-1]] = data.draw(st.sampled_from(["later", "1/7", "Something else", "q1"]))
    there, back = compare_documents(before, after), compare_documents(after, before)
    assert bool(there.differences) is (before != after)
    assert sorted((d.address, d.change.value) for d in there.differences) == sorted(
        (d.address, d.change.value) for d in back.differences
    )


@pytest.mark.parametrize("module", SHIPPED, ids=lambda module: module.slug)
def test_a_module_does_not_differ_from_itself(module: Module) -> None:
    assert compare(module, module).differences == ()


SCRAPS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
ODD = st.recursive(
    SCRAPS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "kind", "items", "options", "targets", "credit", "text", "title"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
ODD_DOCUMENTS = st.dictionaries(st.sampled_from(["stages", "sources", "title", "people"]), ODD)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD_DOCUMENTS, ODD_DOCUMENTS)
def test_no_document_is_too_odd_to_be_compared(one: Document, other: Document) -> None:
    found = compare_documents(one, other)
    assert len(found.differences) == len(compare_documents(other, one).differences)
    assert compare_documents(one, one).differences == ()
    assert [address for address, _name in names_of_parts(one)][:1] == ["settings"]


def test_parts_that_say_nothing_yet_are_named_without_their_ids() -> None:
    claim = {"id": "text-10", "kind": "text", "claims": [{"text": "It was late."}]}
    asked = {"id": "reflection-8", "kind": "reflection", "iopc_question": 5}
    stages = [{"id": "stage-1", "title": "One"}, {"id": "stage-2", "items": [claim, asked]}]
    assert [name for _address, name in names_of_parts({"stages": stages})][5:] == [
        "Stage “One”", "Stage 2, without a title", "The text “It was late.”",
        "Reflection “The IOPC’s question 5, not yet written”",
    ]  # fmt: skip
