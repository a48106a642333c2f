"""A case document crosses as JSON and comes back the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.carrying import as_json, from_json
from app.cases.document import (
    Block,
    CaseDocument,
    Finding,
    Form,
    Guidance,
    Kind,
    LeftOut,
    LineKind,
    Outcome,
    Place,
    Question,
    Recommendation,
    SourceLine,
)
from app.cases.reading import read_case
from tests.cases.making_files import FILES

TEXT = st.text(max_size=12)
MAYBE = st.none() | TEXT
NUMBER = st.none() | st.integers(-5, 99)
PLACES = st.builds(Place, st.integers(1, 99), st.integers(1, 99), NUMBER, NUMBER)
LINKS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)


def _some(found: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(found, max_size=3).map(tuple)


CASES = st.builds(
    CaseDocument,
    TEXT,
    st.sampled_from(Form),
    *[MAYBE] * 8,
    references=_some(TEXT),
    tags=_some(TEXT),
    raising_issues=_some(TEXT),
    blocks=_some(st.builds(Block, st.sampled_from(Kind), TEXT, PLACES, TEXT)),
    questions=_some(st.builds(Question, st.integers(), TEXT, TEXT)),
    findings=_some(st.builds(Finding, NUMBER, TEXT)),
    recommendations=_some(st.builds(Recommendation, NUMBER, MAYBE, TEXT, NUMBER, MAYBE)),
    outcomes=_some(st.builds(Outcome, MAYBE, TEXT)),
    guidance=_some(st.builds(Guidance, TEXT, TEXT, MAYBE)),
    left_out=_some(st.builds(LeftOut, TEXT, TEXT, PLACES)),
    coverage=st.floats(0, 1),
    source=_some(
        st.builds(SourceLine, TEXT, st.integers(1, 99), NUMBER, st.sampled_from(LineKind), NUMBER,
                  st.booleans(), st.booleans(), LINKS)
    ),
)  # fmt: skip


@given(CASES)
def test_what_crosses_comes_back_the_same(case: CaseDocument) -> None:
    assert from_json(as_json(case)) == case


def test_a_real_reading_comes_back_the_same_with_its_source() -> None:
    name = "missed-call-back.one-column.tagged.pdf"
    case = read_case((FILES / name).read_bytes(), name)
    back = from_json(as_json(case))
    assert back == case
    assert back.source == case.source
    assert back.source


@pytest.mark.parametrize("text", ["", "[", "[]", "3", '{"family": 3}', '{"form": "odd"}'])
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        from_json(text)


def test_letters_of_any_alphabet_cross_as_plain_ones() -> None:
    assert as_json(read_case("Café“ 🙂 \udc80".encode("utf-8", "replace"), "a.txt")).isascii()
    assert json.loads(as_json(read_case(b"a", "a.txt")))["form"] == "text"
