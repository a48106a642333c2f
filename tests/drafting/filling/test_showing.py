"""A part as its page shows it: what is folded, what can be chosen, what is said where."""

from __future__ import annotations

from typing import Any

import pytest

from app.catalogue.module_files import Finding, Severity
from app.drafting.filling.part_forms import FORMS
from app.drafting.filling.showing import (
    Around,
    ShownField,
    ShownGroup,
    ShownRow,
    items_before,
    label_of,
    mark_of,
    names,
    notes_of,
    shown,
    stages_in,
    targets_in,
    title_of,
)
from tests.factories.modules import plain_module, question

SINGLE = FORMS["single"]


def group(part: dict[str, Any], key: str, around: Around | None = None) -> ShownGroup:
    found = next(e for e in shown(SINGLE, part, around or Around()) if e.name == key)
    assert isinstance(found, ShownGroup)
    return found


def field(entries: Any, name: str) -> ShownField:
    found = next(entry for entry in entries if entry.name == name)
    assert isinstance(found, ShownField)
    return found


def rows(**more: Any) -> tuple[ShownRow, ...]:
    return group(question("q1", "single"), "options", Around(**more)).rows


def test_rows_fold_under_their_words_with_what_they_are_worth() -> None:
    assert [(row.title, row.mark, row.made) for row in rows()] == [
        ("Do q1-a", "Not right", "q1-a"),
        ("Do q1-b", "Right", "q1-b"),
        ("Do q1-c", "Partly: 1/2", "q1-c"),
    ]
    assert [(row.first, row.last) for row in rows()] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_a_row_is_open_when_it_is_asked_for_new_or_to_mend() -> None:
    assert [row.open for row in rows()] == [False, False, False]
    assert [row.open for row in rows(open="options.1")] == [False, True, False]
    assert all(row.open for row in rows(open="all"))
    wrong = {"options.2.place": [Finding(Severity.REFUSE, "Wrong.")],
             "options.0.place": [Finding(Severity.WARN, "Hm.")]}  # fmt: skip
    assert [row.open for row in rows(notes=wrong)] == [False, False, True]
    gravest = [Severity.WARN, None, Severity.REFUSE]
    assert [row.gravest for row in rows(notes=wrong)] == gravest
    part = question("q1", "single") | {"options": [{"id": "a"}]}
    assert group(part, "options").rows[0].open


def test_what_may_stay_empty_is_folded_until_something_stands_there() -> None:
    plain = question("q1", "single")
    options = group(plain, "options").rows[0].entries
    follows = next(entry for entry in options if entry.name == "options.0.then")
    assert isinstance(follows, ShownGroup)
    assert not follows.open
    plain["options"][0]["then"] = {"text": "It rains."}
    follows = next(e for e in group(plain, "options").rows[0].entries if e.name == "options.0.then")
    assert isinstance(follows, ShownGroup)
    assert follows.open
    assert group(plain, "outcome").open


def test_a_choice_that_is_gone_is_still_shown_so_that_saving_keeps_it() -> None:
    around = Around(choices={"earlier": (("t1", "Text: The beginning"),)})
    part = question("q1", "single") | {"needs": ["t1", "gone"]}
    needs = field(shown(SINGLE, part, around), "needs")
    assert needs.ticked == ("t1", "gone")
    assert needs.choices[1] == ("gone", "gone (not to be had any more)")


@pytest.mark.parametrize(
    ("credit", "choice", "fraction"),
    [("1", "1", ""), ("0", "0", ""), ("1/2", "part", "1/2"), ("part", "part", ""), ("", "", "")],
)
def test_credit_is_shown_as_a_choice_and_a_fraction(
    credit: str, choice: str, fraction: str
) -> None:
    part = {"options": [{"id": "a", "credit": credit}]}
    found = field(group(part, "options").rows[0].entries, "options.0.credit")
    assert (found.credit, found.partial) == (choice, fraction)


def test_what_checks_say_stands_at_the_nearest_thing_shown() -> None:
    document = plain_module()
    known = set(names(shown(SINGLE, document["stages"][0]["items"][1], Around())))
    at = ("stages", 0, "items", 1)
    findings = [
        Finding(Severity.WARN, "a", (*at, "options", 1, "id")),
        Finding(Severity.WARN, "b", (*at, "needs", 0)),
        Finding(Severity.WARN, "c", at),
        Finding(Severity.WARN, "of another", ("stages", 0, "items", 0, "text")),
        Finding(Severity.WARN, "of none", ("stages", 9, "items", 0)),
    ]
    notes = notes_of(document, "item.q1", findings, known)
    assert {name: [f.sentence for f in found] for name, found in notes.items()} == {
        "options.1": ["a"], "needs": ["b"], "": ["c"],
    }  # fmt: skip


def test_only_what_stands_before_a_question_can_be_asked_for() -> None:
    assert [name for name, _words in items_before(plain_module(), "q2")] == [
        "t1", "q1", "t2", "r1", "t3", "t4",
    ]  # fmt: skip


def test_targets_without_words_can_be_chosen_too() -> None:
    part = {"targets": [{"id": "x", "text": "Finding 1"}, {"id": "y"}]}
    assert targets_in(part) == (("x", "Finding 1"), ("y", "Target 2, still empty"))


@pytest.mark.parametrize(
    ("address", "part", "title"),
    [
        ("settings", {}, "Settings"),
        ("stage.s", {}, "Stage: without a title"),
        ("item.q", {"kind": "single", "prompt": "What now?"}, "Choose one: What now?"),
        ("item.q", {"kind": "text"}, "Text: Nothing written yet"),
        ("item.q", {"kind": "odd"}, "Item: Nothing written yet"),
    ],
)
def test_a_part_is_named_by_its_kind_and_first_words(
    address: str, part: dict[str, Any], title: str
) -> None:
    assert title_of(address, part) == title


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("prompt", "The question"),
        ("options.1.feedback", "Option 2: Why"),
        ("options.1.then.text", "Option 2: What follows if they choose this: What they read"),
        ("outcome.done", "What happened in the case: What was done in the case"),
        ("options.1.id", ""),
        ("options.rows", ""),
        ("options.x.text", ""),
        ("csrf_token", ""),
        ("prompt.x", ""),
    ],
)
def test_a_field_is_called_by_its_label(name: str, label: str) -> None:
    assert label_of(SINGLE, name) == label


def test_a_row_without_a_credit_has_no_mark() -> None:
    assert mark_of({"text": "a"}) == ""


def test_a_list_that_must_hold_something_offers_its_first_row() -> None:
    options = group({"id": "q", "kind": "single"}, "options")
    assert [(row.name, row.open) for row in options.rows] == [("options.0", True)]
    assert options.rows[0].made.startswith("option-")
    claims = next(e for e in shown(FORMS["text"], {}, Around()) if e.name == "claims")
    assert isinstance(claims, ShownGroup)
    assert claims.rows == ()


def test_stages_to_choose_from_can_be_told_apart() -> None:
    stages = [{"id": "a", "title": "The call"}, {"id": "b", "when": "March 2016"}, {"id": "c"}]
    assert stages_in({"stages": stages}) == (
        ("a", "The call"),
        ("b", "Stage 2, without a title (March 2016)"),
        ("c", "Stage 3, without a title"),
    )


def test_a_place_is_long_where_a_line_does_not_show_it() -> None:
    long = "; ".join(f"Overview of incident, {number}" for number in range(1, 5))
    for place, told in (("Overview, 1", False), (long, True)):
        assert field(shown(FORMS["text"], {"place": place}, Around()), "place").long_place is told
