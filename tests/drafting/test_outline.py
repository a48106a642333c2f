"""A draft at a glance, however unfinished: nothing in it breaks the outline or the links."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.module_files import Finding, Severity
from app.checking.drafts import check_draft
from app.drafting.links import link_to
from app.drafting.outline import Counts, first_words, outline_of, words_of
from app.drafting.panel import panel_of
from app.drafting.parts import addresses
from tests.drafting.documents import documents
from tests.factories.modules import plain_module

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
PATHS = st.lists(
    st.sampled_from(["stages", "items", "options", "title", "sources", "people", "id", "known"])
    | st.integers(0, 5),
    max_size=6,
).map(tuple)


@settings(deadline=None)
@given(documents(), PATHS)
def test_every_path_leads_somewhere(document: dict[str, Any], path: tuple[str | int, ...]) -> None:
    address, anchor = link_to(document, path)
    assert address == "" or address in set(addresses(document))
    assert anchor
    assert " " not in anchor


@settings(deadline=None)
@given(documents())
def test_every_finding_of_a_draft_is_counted_where_its_link_leads(
    document: dict[str, Any],
) -> None:
    findings = check_draft(document, {})
    panel, outline = panel_of(document, findings), outline_of(document, findings)
    assert sum((panel.counts.todo, panel.counts.mend, panel.counts.advice)) == len(findings)
    for item in (item for stage in outline.stages for item in stage.items):
        todo = [line for line in panel.todo if line.address == item.address]
        assert item.counts.todo == len(todo)


@settings(deadline=None)
@given(documents(), JSON)
def test_values_of_any_kind_do_not_break_the_outline(document: dict[str, Any], odd: Any) -> None:
    for key in ("title", "minutes", "content_note", "people", "sources", "policy_questions"):
        outline_of({**document, key: odd})
    for stage in document["stages"]:
        stage["title"] = stage["when"] = odd
        for item in stage["items"]:
            item["text"] = item["claims"] = odd
    outline_of(document)


def test_stages_and_items_stand_in_order_with_their_first_words() -> None:
    outline = outline_of(plain_module())
    first = outline.stages[0]
    assert [item.id for item in first.items] == ["t1", "q1", "t2", "r1", "t3"]
    assert [item.gate for item in first.items] == [False, True, False, True, False]
    assert (first.items[0].first, first.items[0].last) == (True, False)
    assert outline.stages[3].items[0].last
    assert (first.first, outline.stages[3].last) == (True, True)


@pytest.mark.parametrize(
    ("path", "link"),
    [
        (("title",), ("settings", "field-title")),
        (("content_note", "text"), ("content-note", "field-content_note-text")),
        (("sources", 0, "headings"), ("sources", "field-sources-0-headings")),
        (("sources", 0, "headings", 3), ("sources", "field-sources-0-headings")),
        (("stages", 1, "id"), ("stage.second", "main")),
        (("stages", 1, "title"), ("stage.second", "field-title")),
        (("stages", 1, "items"), ("", "stage-second")),
        (("stages", 1, "items", 99), ("", "stage-second")),
        (("stages",), ("", "stages")),
        (("stages", 99, "title"), ("", "stages")),
        (("stages", 0, "items", 1, "options", 2, "text"), ("item.q1", "field-options-2-text")),
        (("stages", 0, "items", 1), ("item.q1", "main")),
        ((), ("", "stages")),
    ],
)
def test_a_path_leads_to_its_field(path: tuple[str | int, ...], link: tuple[str, str]) -> None:
    assert link_to(plain_module(), path) == link


def test_the_panel_groups_by_what_is_to_be_done() -> None:
    where = ("stages", 0, "items", 1)
    findings = [Finding(severity, f"Say {severity.value}.", where) for severity in Severity]
    panel = panel_of(plain_module(), findings)
    assert [line.sentence for line in panel.todo + panel.mend + panel.advice] == [
        "Say to do.", "Say refuse.", "Say warn.",
    ]  # fmt: skip
    assert panel.todo[0].where == "Stage first › Choose one: What would you do at q1?"
    assert outline_of(plain_module(), findings).stages[0].items[1].counts == Counts(1, 1, 1)


def test_advice_said_once_stands_before_advice_said_often() -> None:
    where = ("stages", 0, "items", 1)
    said = [("copied 1", "Retell."), ("gives away", "Hindsight."), ("copied 2", "Retell.")]
    findings = [Finding(Severity.WARN, f"{one}.", where, why=why) for one, why in said]
    panel = panel_of(plain_module(), findings)
    assert [(why, [line.sentence for line in lines]) for why, lines in panel.advice_by_reason] == [
        ("Hindsight.", ["gives away."]), ("Retell.", ["copied 1.", "copied 2."]),
    ]  # fmt: skip


def test_first_words_are_plain_and_end_where_they_are_cut() -> None:
    assert first_words("**One** `two`, three. Four", 3) == "One two, three…"
    assert first_words("One two", 3) == "One two"
    assert first_words("- One\n- well-known two") == "One well-known two"
    assert words_of({"kind": "reflection"}) == "Nothing written yet"
    asked = words_of({"kind": "reflection", "iopc_question": 5})
    # Where checks name it by six words, the number still tells it from the next one.
    assert "question 5" in first_words(asked, 6)
    assert words_of({"kind": "text", "claims": [{"text": "It was late."}]}) == "It was late."
