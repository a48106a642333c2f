"""What the buttons of a list do to its rows."""

from __future__ import annotations

import pytest

from app.drafting.filling.arranging import arranged, without_unfilled
from app.drafting.filling.part_forms import FORMS
from tests.factories.modules import question

SINGLE = FORMS["single"]


def test_a_row_is_added_with_an_id_of_its_own() -> None:
    part = question("q1", "single")
    more, row = arranged(SINGLE, part, "add:options")
    ids = [each["id"] for each in more["options"]]
    assert row == "options.3"
    assert len(set(ids)) == 4
    assert ids[3].startswith("option-")
    assert len(part["options"]) == 3


@pytest.mark.parametrize(
    ("act", "order", "row"),
    [
        ("up:options.1", "bac", "options.0"),
        ("down:options.1", "acb", "options.2"),
        ("up:options.0", "abc", "options.0"),
        ("down:options.2", "abc", "options.2"),
        ("remove:options.2", "ab", "options.1"),
        ("remove:options.9", "abc", "options"),
        ("down:options.x", "abc", "options"),
        ("save", "abc", ""),
        ("add:prompt", "abc", ""),
    ],
)
def test_rows_move_and_go(act: str, order: str, row: str) -> None:
    part, to = arranged(SINGLE, question("q1", "single"), act)
    assert "".join(each["id"][-1] for each in part["options"]) == order
    assert to == row


def test_the_last_row_removed_takes_its_list_with_it() -> None:
    spec = FORMS["text"]
    assert arranged(spec, {"claims": [{}], "text": "a"}, "remove:claims.0") == (
        {"text": "a"}, "claims",
    )  # fmt: skip


def test_a_new_policy_question_has_the_next_number() -> None:
    part = {"policy_questions": [{"number": 4}, {"number": "five"}]}
    more, _row = arranged(FORMS["policy-questions"], part, "add:policy_questions")
    assert more["policy_questions"][2] == {"number": 5}


@pytest.mark.parametrize(
    ("stored", "sent", "kept"),
    [
        ({}, {"options": [{"id": "option-new"}]}, {}),
        ({"options": []}, {"options": [{"id": "option-new"}]}, {"options": []}),
        (
            {},
            {"options": [{"id": "a", "text": "Ring"}]},
            {"options": [{"id": "a", "text": "Ring"}]},
        ),
        ({"options": [{"id": "a"}]}, {"options": [{"id": "a"}]}, {"options": [{"id": "a"}]}),
        ({}, {"prompt": "Why?"}, {"prompt": "Why?"}),
    ],
)
def test_a_row_that_only_the_page_offered_is_kept_once_it_is_filled(
    stored: dict[str, object], sent: dict[str, object], kept: dict[str, object]
) -> None:
    assert without_unfilled(SINGLE, sent, stored) == kept


def test_a_number_alone_fills_no_row() -> None:
    spec = FORMS["policy-questions"]
    assert without_unfilled(spec, {"policy_questions": [{"number": 1}]}, {}) == {}
