"""What every module in content/ must hold, and what the case of each supports."""

from __future__ import annotations

import pytest

from app.catalogue.document import Known, Reflection
from app.catalogue.module_files import read_module, write_module
from app.checking.checking import check_file, check_together
from app.checking.source_texts import source_texts_in
from app.config import ROOT
from tests.content.shipped import FILES, FOLDER, SLUGS, shipped

# How many marked questions each case supports, by a careful reading of its source.
MARKED = {
    "the-first-call": 5,
    "enquiries-in-hand": 5,
    "a-friend-rings-in": 4,
    "support-after-a-report": 3,
    "a-detective-on-your-team": 2,
}
# The case documents stand beside the checkout where the modules are written; a clone lacks them.
SOURCES = ROOT.parent / "shared" / "seeds"


def test_there_is_a_module_for_each_case() -> None:
    assert set(SLUGS) == set(MARKED)


def test_no_file_has_a_fault_or_a_warning_where_the_sources_are_at_hand() -> None:
    texts = source_texts_in(SOURCES) if SOURCES.is_dir() else None
    files = check_together(check_file(path.name, path.read_bytes(), texts) for path in FILES)
    # Ours are held to the advice too: nothing is copied, not even where a licence allows it.
    assert [file.written(finding) for file in files for finding in file.findings] == []
    if texts is not None:
        held = {source.sha256 for slug in SLUGS for source in shipped(slug).sources}
        assert held <= set(texts)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_file_is_in_canonical_form(slug: str) -> None:
    path = FOLDER / f"{slug}.yaml"
    begun_from = read_module(path.name, path.read_bytes()).begun_from
    assert path.read_text(encoding="utf-8") == write_module(shipped(slug), begun_from)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_module_asks_what_its_case_supports_and_lets_one_reflect(slug: str) -> None:
    module = shipped(slug)
    assert len(module.questions()) >= MARKED[slug]
    assert len(module.reflections()) >= 2
    assert all(len(item.model_points) >= 2 for item in module.reflections())
    assert module.policy_questions
    assert 5 <= module.minutes <= 15


@pytest.mark.parametrize("slug", SLUGS)
def test_a_module_names_its_source_and_licence_and_ends_with_what_came_later(slug: str) -> None:
    module = shipped(slug)
    for source in module.sources:
        assert source.licence == "Open Government Licence v3.0"
        assert source.sha256
    assert module.stages[0].known is Known.THEN
    assert module.stages[-1].known is Known.LATER


def test_the_iopcs_six_questions_keep_their_numbers() -> None:
    module = shipped("the-first-call")
    later = next(at for at, stage in enumerate(module.stages) if stage.known is Known.LATER)
    before = [
        item.iopc_question
        for stage in module.stages[:later]
        for item in stage.items
        if isinstance(item, Reflection) and item.iopc_question
    ]
    assert before == [5, 6]
    assert [(asked.number, asked.asked_by) for asked in module.policy_questions] == [
        (number, "IOPC") for number in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "the-first-call"])
def test_questions_of_our_own_never_pass_for_the_iopcs(slug: str) -> None:
    module = shipped(slug)
    assert {asked.asked_by for asked in module.policy_questions} == {"Debrief"}
    assert all(item.iopc_question is None for item in module.reflections())


@pytest.mark.parametrize("slug", ["the-first-call", "enquiries-in-hand"])
def test_something_was_there_to_be_looked_at(slug: str) -> None:
    module = shipped(slug)
    known = [reveal.known for gate in module.gates() for reveal in gate.then]
    assert Known.AVAILABLE in [*known, *(stage.known for stage in module.stages)]
