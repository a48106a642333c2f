"""Every word of a source is in a block or in the list of what was left out, for any text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cases.document import CaseRefusal, Kind
from app.cases.formats.recognising import form_of
from app.cases.layouts.understanding import coverage_of
from app.cases.reading import READERS, case_from, read_pasted
from app.config import ROOT
from tests.cases.accounting import letters_of, said_by, words_of

SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
FILES = sorted((ROOT / "tests" / "cases" / "files").glob("*.txt"))
EVERY = sorted(
    path for path in (ROOT / "tests" / "cases" / "files").iterdir() if path.suffix != ".md"
)
TEXTS = [path.read_text(encoding="utf-8") for path in (*FILES, *SEEDS)]
# Signs that break readers of text: alphabets, halves of characters, marks that nobody sees.
SIGNS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u00a0\u00ad\u200b\u200d\ufeff\u2028\x85\x1c\f\v\t\r\n•\uf0b7≝⊠ﬁ½©-–<>:.1a"
        ),
    ),
    max_size=200,
)
# Pieces of the layouts, to be put together in ways that no case ever was.
PIECES = st.sampled_from([
    "Case 4 | Bulletin 91 – Property", "LEARNING THE LESSONS", "Published March 2013", "OFFICIAL",
    "Issue 9\t\tCase 2", "Actions – Northshire Police, May 2017", "Overview of incident", "PC B",
    "The walk, raising issues about:", "This case is relevant if you work in:", "Investigation",
    "Findings and recommendations", "Finding 1", "Finding 2: No form.", "Local recommendations",
    "Local recommendation 1", "National recommendation 2 (Finding 1)", "Response", "•", "1.",
    "Response to the recommendations", "Outcomes for officers and staff", "Questions to consider",
    "Key questions for policy makers/managers", "Questions for police officers", "IOPC reference",
    "Type of investigation", "2017/990417 and 2018/990052", "Tags", "Tags: Property, Custody",
    "had not © Northshire Police. Page 2 of 5", "received any training.", "• a list item", "- 2.",
    "What would you have done?", "https://www.example.org/a/b-", "c#d", "Read more online:", "",
    "Northshire Guidance (APP) – Checks", "At 6pm Mr A rang PC B.", "know-", "ledge of it", "\f",
    "<u>underlined</u> and <br>broken", "1. The force should look.", "\t•\tindented", "≝",
    "Date of recommendation", "12 December 2017", "There were no national recommendations.",
    "Recommendations", "Page 1 of 5", "- 3. Why?",
])  # fmt: skip
SEPARATORS = st.sampled_from(["\n", "\n\n", " ", "\t", "\r\n", "\n\u00a0\n", "\f", "\u2028"])


def held(text: str) -> None:
    """Hold that the case read from a text has every sign of it, and no more."""
    try:
        case = read_pasted(text)
    except CaseRefusal:
        assert not words_of(text)
        return
    assert letters_of(said_by(case)) == letters_of(text)
    assert 0 <= case.coverage <= 1
    assert case.coverage == coverage_of(case.blocks, case.left_out)
    assert all(left.reason for left in case.left_out)
    assert all(block.text or block.marker for block in case.blocks)
    assert "" not in case.raising_issues + case.tags + case.references


@settings(max_examples=400, deadline=None)
@given(SIGNS)
def test_no_sign_of_any_text_is_lost(text: str) -> None:
    held(text)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(PIECES, SEPARATORS), max_size=40))
def test_no_sign_is_lost_however_the_pieces_of_the_layouts_stand(
    pieces: list[tuple[str, str]],
) -> None:
    held("".join(piece + separator for piece, separator in pieces))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(TEXTS), st.integers(0, 2**32),
    st.sampled_from(["shuffle", "drop", "cut", "wrap", "pages", "unbreak"]),
)  # fmt: skip
def test_no_sign_of_a_case_is_lost_when_its_lines_are_disturbed(
    text: str, seed: int, how: str
) -> None:
    held(disturbed(text, random.Random(seed), how))


def disturbed(text: str, chance: random.Random, how: str) -> str:
    """Return a case with its lines out of order, cut, wrapped, set on pages, or run together."""
    lines = text.split("\n")
    if how == "shuffle":
        chance.shuffle(lines)
    elif how == "drop":
        lines = [line for line in lines if chance.random() > 0.2]
    elif how == "cut":
        lines = [line[: chance.randint(0, len(line))] for line in lines]
    elif how == "wrap":
        width = chance.randint(20, 90)
        lines = [line[at : at + width] for line in lines for at in range(0, len(line) + 1, width)]
    elif how == "pages":
        lines = [line + ("\fOFFICIAL" if chance.random() < 0.05 else "") for line in lines]
    else:
        return "".join(line + chance.choice(["\n", " "]) for line in lines)
    return "\n".join(lines)


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in (*FILES, *SEEDS)])
def test_each_word_of_a_case_stands_in_a_block_or_is_left_out(text: str) -> None:
    case = read_pasted(text)
    missing, added = (
        words_of(text) - words_of(said_by(case)),
        words_of(said_by(case)) - words_of(text),
    )
    # A tag such as <u> and a lost icon stuck to a word are told apart from it: no other change.
    assert all("<" in word or "≝" in word for word in missing), missing
    assert all("".join(missing).count(word) or word in {"<u>", "</u>", "≝"} for word in added), (
        added
    )
    assert case.coverage > 0.97


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_each_sign_that_a_reader_gives_stands_in_the_case(path: Path) -> None:
    extracted = READERS[form_of(path.read_bytes(), path.name)](path.read_bytes())
    given_out = [line.text for line in extracted.lines] + [left.text for left in extracted.left_out]
    case = case_from(extracted)
    assert letters_of(said_by(case)) == letters_of("\n".join(given_out))
    assert case.source == extracted.lines


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in (*FILES, *SEEDS)])
def test_each_part_of_a_case_says_what_its_blocks_say(text: str) -> None:
    case = read_pasted(text)
    blocks = {kind: "\n".join(b.text for b in case.blocks if b.kind is kind) for kind in Kind}
    for kind, texts in (
        (Kind.QUESTION, [one.text for one in case.questions]),
        (Kind.FINDING, [one.text for one in case.findings]),
        (Kind.RECOMMENDATION, [one.text for one in case.recommendations]),
        (Kind.RESPONSE, [one.response or "" for one in case.recommendations]),
        (Kind.OUTCOME, [one.text for one in case.outcomes]),
    ):
        assert "\n".join(text for text in texts if text) == blocks[kind]
