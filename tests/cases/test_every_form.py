"""One case gives one document, whatever form it comes in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from app.cases.document import CaseDocument, Form
from app.cases.reading import read_case
from tests.cases.making_files import CASES, FILES, LAYOUTS

NAMES = [case.name for case in CASES]
FORMS = [".html", ".docx"] + [f".{columns}.{tags}.pdf" for columns, tags in LAYOUTS]


@cache
def _read(name: str) -> CaseDocument:
    return read_case((FILES / name).read_bytes(), name)


def _facts(case: CaseDocument) -> dict[str, object]:
    """Return what the case says, without where in the file it says it."""
    return {
        "family": case.family,
        "head": [case.title, case.publisher, case.series, case.issue, case.case, case.theme],
        "when and where": [case.force, case.published],
        "references": case.references,
        "tags": case.tags,
        "raising issues": case.raising_issues,
        "questions": case.questions,
        "findings": case.findings,
        "recommendations": case.recommendations,
        "outcomes": case.outcomes,
        "guidance": case.guidance,
    }


def _blocks(case: CaseDocument) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.text, block.under) for block in case.blocks]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_every_form_tells_the_same_facts(name: str, form: str) -> None:
    master, other = _facts(_read(f"{name}.txt")), _facts(_read(name + form))
    for part, said in master.items():
        assert other[part] == said, part


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_every_form_has_the_same_blocks(name: str, form: str) -> None:
    assert _blocks(_read(name + form)) == _blocks(_read(f"{name}.txt"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_only_what_stands_on_each_page_is_left_out_of_other_forms(name: str, form: str) -> None:
    case = next(one for one in CASES if one.name == name)
    known = " ".join(left.text for left in _read(f"{name}.txt").left_out)
    for left in _read(name + form).left_out:
        on_each_page = left.text == case.marking or left.text.startswith(case.footer.split("%")[0])
        assert left.text in known or on_each_page, left


@pytest.mark.parametrize("form", FORMS)
def test_the_form_and_the_pages_are_told(form: str) -> None:
    name = NAMES[1] + form
    case = _read(name)
    assert case.form.value == Path(name).suffix[1:]
    assert (case.form is Form.PDF) == all(block.place.page for block in case.blocks)
    if case.form is Form.PDF:
        assert {block.place.page for block in case.blocks} >= {1, 2, 3}


def test_the_files_are_those_of_the_masters() -> None:
    assert {path.stem for path in FILES.glob("*.txt")} == set(NAMES)
    assert all(path.stat().st_size < 100_000 for path in FILES.iterdir())
