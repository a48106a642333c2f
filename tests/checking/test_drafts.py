"""Drafts are checked however unfinished they are: what is to do, what is wrong, and where."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import replace
from typing import Any

import pydantic
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.attempts.marking import mark, read_form
from app.attempts.state import Given, State, Wrote
from app.authoring.previewing import progress_at
from app.catalogue.document import GATES, Gate, Module, Reflection
from app.catalogue.module_files import Finding, Severity
from app.checking.checking import check_module, is_publishable
from app.checking.drafts import check_draft, playable
from app.checking.paths import right_form, walk_every_path
from app.checking.stand_ins import made_whole
from app.checking.wanted import WANTED, value_at
from app.learning.stage_view import stage_view
from tests.factories.modules import option, plain_module, question, text

Path = tuple[str | int, ...]


def found_in(document: dict[str, Any]) -> dict[Path, Finding]:
    return {f.path: f for f in check_draft(document, {}) if f.severity.stops}


def one_stage(*items: dict[str, Any]) -> dict[str, Any]:
    stages = [{"id": "first", "title": "First", "known": "then", "items": list(items)}]
    return plain_module(stages=stages, people=[])


def without(part: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key not in keys}


def all_paths(value: Any, path: Path = ()) -> list[Path]:
    """Return the path of everything in a document."""
    below: Any = ()
    if isinstance(value, dict):
        below = value.items()
    elif isinstance(value, list):
        below = enumerate(value)
    return [path] + [found for key, part in below for found in all_paths(part, (*path, key))]


PATHS = [path for path in all_paths(plain_module()) if path]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=12) | st.sampled_from(sorted(Module.model_fields)), inner
        )
    ),
    max_leaves=12,
)


def put(document: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value at a path, as far as it still exists."""
    parent = value_at(document, path[:-1])
    key = path[-1]
    fits = isinstance(parent, list) and isinstance(key, int) and key < len(parent)
    if fits or (isinstance(parent, dict) and isinstance(key, str)):
        parent[key] = copy.deepcopy(value)


def test_an_empty_draft_says_what_to_write_first() -> None:
    found = check_draft({}, {})
    assert {f.path for f in found} == {
        (key,) for key, field in Module.model_fields.items() if field.is_required()
    } - {("slug",)}
    assert all(f.severity is Severity.TODO and f.why for f in found)
    assert found[0].sentence == "Write a title that gives nothing away."
    assert not is_publishable(found)


def test_the_short_name_is_asked_for_only_where_the_title_did_not_make_it() -> None:
    def asked(**more: str) -> bool:
        return ("slug",) in found_in(without(plain_module(), "slug", "title") | more)

    assert not asked()
    assert not asked(title=" ", slug="")
    assert asked(title="A call")
    assert asked(title="A call", slug="")


def test_the_place_of_reasoning_says_what_it_is_for() -> None:
    options = [without(option("a", "1", basis="reasoning"), "place"),
               without(option("b", "0", basis="finding"), "place")]  # fmt: skip
    found = found_in(one_stage(question("q", "single", options=options)))
    reasoned, other = found.values()
    assert reasoned.sentence.startswith("Option 1: Say which part of the source this reasoning is")
    assert other.sentence.startswith("Option 2: Say where in the source this stands")
    assert reasoned.why != other.why


COPIED = "The caller rang at night and said that a man whom he had never met was asking for money."


def copying(texts: int, **source: Any) -> dict[Path, Finding]:
    """Return what is said of a draft that copies its source in so many texts."""
    document = one_stage(*(text(f"t{n}", COPIED) for n in range(texts)))
    words = f"Overview\n\n{COPIED}\n"
    sha = hashlib.sha256(words.encode()).hexdigest()
    document["sources"] = [
        without(plain_module()["sources"][0], "licence") | {"sha256": sha, **source}
    ]
    return {f.path: f for f in check_draft(document, {sha: words})}


@pytest.mark.parametrize("source", [{}, {"licence": " "}, {"licence": ""}])
def test_while_no_licence_is_named_that_is_asked_for_once(source: dict[str, str]) -> None:
    found = copying(3, **source)
    stops = [each for each in found.values() if each.severity.stops]
    assert [(each.severity, each.path) for each in stops] == [
        (Severity.TODO, ("sources", 0, "licence"))
    ]
    assert stops[0].sentence == (
        "Source 1: Write under which licence the source is published: 3 texts are copied from it."
    )
    told = found["stages", 0, "items", 0, "text"]
    assert told.severity is Severity.WARN
    assert told.sentence.endswith("…”, and no licence is named under Sources.")


def test_a_licence_that_is_named_decides() -> None:
    refused = copying(2, licence="All rights reserved")
    assert [p for p, f in refused.items() if f.severity is Severity.REFUSE] == [
        ("stages", 0, "items", n, "text") for n in range(2)
    ]
    allowed = copying(1, licence="Open Government Licence v3.0")
    assert not [f for f in allowed.values() if f.severity.stops]


def test_a_source_that_is_not_copied_asks_for_its_licence_plainly() -> None:
    (asked,) = [f for p, f in copying(0).items() if p == ("sources", 0, "licence")]
    assert asked.sentence == "Source 1: Write under which licence the source is published."


def test_what_is_missing_is_to_do_and_what_is_wrong_is_refused() -> None:
    document = one_stage(text("a") | {"text": "  \n"}, text("b") | {"claims": "none"})
    document["title"] = " "
    document["minutes"] = "ten"
    del document["content_note"]
    found = found_in(document)
    assert {path: f.severity for path, f in found.items()} == {
        ("title",): Severity.TODO,
        ("minutes",): Severity.REFUSE,
        ("content_note",): Severity.TODO,
        ("stages", 0, "items", 0, "text"): Severity.TODO,
        ("stages", 0, "items", 1, "claims"): Severity.REFUSE,
    }


@pytest.mark.parametrize(
    ("gone", "key"),
    [("prompt", "prompt"), ("explanation", "explanation"), ("outcome", "outcome"),
     ("options", "options"), ("place", "place"), ("kind", "kind")],
)  # fmt: skip
def test_an_unfinished_question_names_what_it_lacks(gone: str, key: str) -> None:
    found = found_in(one_stage(text("t"), without(question("q", "single"), gone)))
    at = ("stages", 0, "items", 1, key)
    assert list(found) == [at]
    assert found[at].severity is Severity.TODO
    said = WANTED.get(("items", key), ("Say where in the source this stands",))[0]
    assert found[at].sentence.startswith(said)


def test_the_rest_of_an_unfinished_draft_is_checked_at_its_true_place() -> None:
    broken = {"id": "odd", "kind": "riddle"}
    twice = question("q", "single", options=[option("a", "1"), option("b", "1")])
    found = found_in(one_stage({"id": "gone"}, broken, twice))
    assert "exactly one option" in found["stages", 0, "items", 2, "options"].sentence
    assert "not a kind of item" in found["stages", 0, "items", 1].sentence
    assert set(found) == {
        ("stages", 0, "items", 0, "kind"), ("stages", 0, "items", 1),
        ("stages", 0, "items", 2, "options"),
    }  # fmt: skip


def test_a_sentence_names_the_row_that_it_is_about() -> None:
    options = [option("a", "1"), without(option("b", "0"), "feedback")]
    document = one_stage(question("q", "single", options=options))
    document["people"] = [{"name": "", "who": "a caller", "from": "first", "place": "Overview, 1"}]
    assert [f.sentence for f in found_in(document).values()] == [
        "Person 1: Write what the person is called, such as PC B.",
        "Option 2: Write why this is right or not.",
    ]


def test_a_key_is_judged_only_when_it_is_whole() -> None:
    options = [option("a", "0"), without(option("b", "0"), "credit")]
    found = found_in(one_stage(question("q", "single", options=options)))
    assert list(found) == [("stages", 0, "items", 0, "options", 1, "credit")]
    matched = [option("a", target="q-x"), without(option("b", target="q-y"), "target")]
    found = found_in(one_stage(question("q", "matching", options=matched)))
    assert list(found) == [("stages", 0, "items", 0, "options", 1, "target")]


def test_an_unfinished_item_can_still_be_needed_by_another() -> None:
    asks = question("q", "single", needs=["odd"])
    found = found_in(one_stage({"id": "odd", "kind": ""}, asks))
    assert list(found) == [("stages", 0, "items", 0, "kind")]


def test_no_stand_in_is_ever_spoken_of() -> None:
    document = {"sources": [{}], "people": [{}], "stages": [{}, {"items": [{}]}],
                "policy_questions": [{}], "content_note": {}}  # fmt: skip
    for finding in check_draft(document, {}):
        assert finding.severity is Severity.TODO, finding
        assert "nfinished" not in finding.sentence


def test_minutes_are_compared_only_when_all_is_written() -> None:
    whole = one_stage(text("a"), question("q", "single"))
    assert any(f.path == ("minutes",) for f in check_draft(whole, {}))
    unfinished = one_stage(text("a"), without(question("q", "single"), "prompt"))
    assert not any(f.path == ("minutes",) for f in check_draft(unfinished, {}))


def test_findings_stand_in_the_order_of_the_document() -> None:
    document = one_stage(question("q", "single", options=[option("a", "0"), option("b", "0")]))
    document["stages"].append({"id": "second", "items": []})
    document["slug"] = ""
    paths = [f.path for f in check_draft(document, {}) if f.severity.stops]
    assert paths[0] == ("slug",)
    assert [path[1] for path in paths[1:]] == [0, 1, 1, 1]


def test_the_document_is_left_as_it_is_and_the_answer_is_kept() -> None:
    document = one_stage({"kind": "single"})
    before = json.dumps(document)
    assert check_draft(document, {}) is check_draft(json.loads(before), {})
    assert json.dumps(document) == before
    assert check_draft(document, {}) is not check_draft(document, {"0" * 64: "A text."})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(Module.model_fields)) | st.text(), JSON))
def test_no_document_is_too_odd_to_check(document: dict[str, Any]) -> None:
    for finding in check_draft(document, {}):
        assert finding.sentence.endswith((".", "?", "…"))
        assert finding.why
    assert made_whole(document).module is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PATHS), JSON), min_size=1, max_size=6))
def test_a_spoilt_module_is_publishable_only_if_it_is_a_module(
    spoilt: list[tuple[Path, Any]],
) -> None:
    document = plain_module()
    for path, value in spoilt:
        put(document, path, value)
    found = check_draft(document, {})
    assert made_whole(document).module is not None
    try:
        module = Module.model_validate(document)
    except pydantic.ValidationError:
        assert not is_publishable(found)
    else:
        assert is_publishable(found) == is_publishable(check_module(module, {}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PATHS), JSON), max_size=6))
def test_whatever_can_be_shown_of_a_spoilt_module_can_be_walked(
    spoilt: list[tuple[Path, Any]],
) -> None:
    document = plain_module()
    for path, value in spoilt:
        put(document, path, value)
    found = playable(document)
    if found.module is None:
        return
    assert len(found.module.stages) >= 1
    walk_every_path(found.module, frozenset(found.hindered))
    for at, stage in enumerate(found.module.stages):
        if at in found.hindered:
            continue
        state = State(seed=1)
        for gate in (item for item in stage.items if isinstance(item, GATES)):
            state = passed(gate, state)
            how_far = progress_at(found.module, stage, state)
            assert stage_view(how_far, stage, state).items
        assert not [path for path in (f.path for f in check_draft(document, {}) if f.severity.stops)
                    if path[:2] == ("stages", at) and path[-1] == "credit"]  # fmt: skip


def passed(gate: Gate, state: State) -> State:
    """Return the state after a gate was passed as its key has it."""
    if isinstance(gate, Reflection):
        return replace(state, reflections={**state.reflections, gate.id: Wrote(skipped=True)})
    response = read_form(gate, right_form(gate))
    given = Given(response, mark(gate, response).credit, "scheme")
    return replace(state, answers={**state.answers, gate.id: given})


def test_what_is_unfinished_around_the_stages_is_left_out_of_a_preview() -> None:
    document = plain_module()
    document["people"] += [{"name": "PC B"}, document["people"][0] | {"from": "nowhere"}]
    document["sources"].append({})
    document["policy_questions"] = [{"number": 1}]
    document["stages"][1]["title"] = ""
    found = playable(document)
    assert found.module is not None
    assert [person.name for person in found.module.people] == ["Mr A", "Mr A"]
    assert [source.id for source in found.module.sources] == ["case"]
    assert found.module.policy_questions == ()
    assert found.module.stages[1].title == "Stage 2, without a title"
    assert {stage: [f.path for f in findings] for stage, findings in found.hindered.items()} == {
        1: [("stages", 1, "title")]
    }
    assert playable({"stages": []}).module is None


def test_an_option_without_words_asks_for_its_words_alone() -> None:
    blank = {"id": "c", "text": ""}
    options = [option("a", "1"), option("b", "0") | {"feedback": ""}, blank]
    found = found_in(one_stage(question("q", "single", options=options)))
    item = ("stages", 0, "items", 0, "options")
    assert [path for path in found if path[:5] == item] == [
        (*item, 1, "feedback"),
        (*item, 2, "text"),
    ]
    blank["text"] = "Wait."
    found = found_in(one_stage(question("q", "single", options=options)))
    lacking = {path[-1] for path in found if path[:6] == (*item, 2)}
    assert {"credit", "feedback", "basis"} <= lacking


def test_stages_beyond_those_that_a_module_holds_hinder_no_preview() -> None:
    document = plain_module()
    document["stages"] += [{"id": f"more-{n}", "title": "", "items": []} for n in range(40)]
    found = playable(document)
    assert found.module is not None
    assert len(found.module.stages) == 30
    assert found.hindered
    assert max(found.hindered) < 30
