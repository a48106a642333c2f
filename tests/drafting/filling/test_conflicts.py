"""Two changes of one part: together where they can be, side by side where she must decide."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings

from app.drafting.filling.conflicts import hidden_fields, merged, without_refused
from app.drafting.filling.fields import read_form
from app.drafting.filling.part_forms import FORMS
from tests.drafting.filling.sent import sent
from tests.drafting.filling.test_part_forms import part_like
from tests.factories.modules import question, reflection

SINGLE, REFLECTION = FORMS["single"], FORMS["reflection"]


def three() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    base = question("q1", "single")
    return base, copy.deepcopy(base), copy.deepcopy(base)


def test_changes_of_two_fields_go_together() -> None:
    base, mine, theirs = three()
    mine["prompt"] = "My question"
    theirs["options"][1]["feedback"] = "Their reason"
    found = merged(SINGLE, base, mine, theirs)
    assert found.clashes == []
    assert found.part == {**theirs, "prompt": "My question"}
    assert [change.label for change in found.from_them] == ["Option 2: Why"]
    assert [change.after for change in found.from_her] == ["My question"]


def test_a_field_that_both_changed_is_asked_and_hers_proposed() -> None:
    base, mine, theirs = three()
    mine["options"][0]["text"], theirs["options"][0]["text"] = "Mine", "Theirs"
    found = merged(SINGLE, base, mine, theirs)
    (clash,) = found.clashes
    assert (clash.name, clash.mine, clash.theirs, clash.base) == (
        "options.0.text", "Mine", "Theirs", "Do q1-a",
    )  # fmt: skip
    assert found.part == mine


def test_the_same_change_by_both_is_no_conflict() -> None:
    base, mine, theirs = three()
    mine["prompt"] = theirs["prompt"] = "The same"
    found = merged(SINGLE, base, mine, theirs)
    assert (found.clashes, found.from_them, found.from_her) == ([], [], [])
    assert found.part == mine


def test_rows_that_one_of_them_added_or_removed_are_told() -> None:
    base, mine, theirs = three()
    mine["options"] = [row for row in mine["options"] if row["id"] != "q1-b"]
    mine["options"].append({"id": "mine", "text": "Mine", "credit": "0"})
    theirs["options"].append({"id": "theirs", "text": "Theirs"})
    found = merged(SINGLE, base, mine, theirs)
    added, removed = sorted(found.from_her, key=lambda change: change.before)
    assert (added.label, added.before, added.after) == ("Option 3", "", "Mine\nNot right")
    assert removed.label == "Option 2"
    assert removed.before.startswith("Do q1-b")
    assert removed.after == ""
    assert [change.after for change in found.from_them] == ["Theirs"]


def test_a_choice_is_told_in_its_words() -> None:
    base, mine, theirs = three()
    mine["options"][1]["credit"], theirs["options"][0]["basis"] = "1", "guidance"
    found = merged(SINGLE, base, mine, theirs)
    words = [(change.before, change.after) for change in found.from_her]
    assert all(key not in str(words) for key in ("'0'", "'1'"))
    assert [change.after for change in found.from_them] != ["guidance"]


def test_rows_added_by_both_are_both_there() -> None:
    base, mine, theirs = three()
    mine["options"].append({"id": "mine", "text": "Mine"})
    theirs["options"].insert(0, {"id": "theirs", "text": "Theirs"})
    found = merged(SINGLE, base, mine, theirs)
    assert {row["id"] for row in found.part["options"]} == {
        "q1-a", "q1-b", "q1-c", "mine", "theirs",
    }  # fmt: skip


def test_a_row_removed_by_one_and_left_by_the_other_is_gone() -> None:
    base, mine, theirs = three()
    del mine["options"][0]
    theirs["prompt"] = "Theirs"
    found = merged(SINGLE, base, mine, theirs)
    assert [row["id"] for row in found.part["options"]] == ["q1-b", "q1-c"]


def test_a_row_removed_by_one_and_changed_by_the_other_is_kept() -> None:
    base, mine, theirs = three()
    mine["options"][0]["feedback"] = "Mine"
    del theirs["options"][0]
    rows = merged(SINGLE, base, mine, theirs).part["options"]
    assert next(row for row in rows if row["id"] == "q1-a")["feedback"] == "Mine"
    rows = merged(SINGLE, base, theirs, mine).part["options"]
    assert next(row for row in rows if row["id"] == "q1-a")["feedback"] == "Mine"


def test_lists_without_ids_are_asked_as_a_whole_when_both_grew() -> None:
    base = reflection("r1")
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine["model_points"].append({"text": "Mine"})
    theirs["model_points"].pop()
    (clash,) = merged(REFLECTION, base, mine, theirs).clashes
    assert (clash.name, clash.whole_list) == ("model_points", True)
    assert "Mine" in clash.mine


def decided(spec: Any, base: Any, mine: Any, theirs: Any, take: str) -> dict[str, Any]:
    """Send the page of a conflict with one choice for everything."""
    result = merged(spec, base, mine, theirs)
    form: dict[str, list[str]] = {}
    for name, value in hidden_fields(spec, result):
        form.setdefault(name, []).append(value)
    for clash in result.clashes:
        form[f"take.{clash.name}"] = [take]
        own = sent(spec, result.part).items()
        form |= {n: v for n, v in own if n == clash.name or n.startswith(f"{clash.name}.")}
    return read_form(spec, without_refused(form), theirs)


def test_taking_theirs_leaves_what_stands() -> None:
    base, mine, theirs = three()
    mine["options"][0]["credit"], theirs["options"][0]["credit"] = "1/2", "1"
    mine["needs"], theirs["needs"] = ["t1"], ["t2"]
    assert decided(SINGLE, base, mine, theirs, "theirs") == theirs
    assert decided(SINGLE, base, mine, theirs, "mine") == mine


@settings(max_examples=25, deadline=None)
@given(part_like(SINGLE), part_like(SINGLE), part_like(SINGLE))
def test_what_one_person_alone_wrote_is_never_lost(base: Any, mine: Any, theirs: Any) -> None:
    assert merged(SINGLE, base, mine, base).part == mine
    assert merged(SINGLE, base, base, theirs).part == theirs
    assert merged(SINGLE, base, mine, mine).part == mine
    result = merged(SINGLE, base, mine, theirs)
    for clash in result.clashes:
        assert clash.mine != clash.theirs
