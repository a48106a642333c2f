"""Fictional case documents, as the reader would give them, and imported for a force."""

from __future__ import annotations

import hashlib
from datetime import datetime

from app.cases.document import (
    Block,
    CaseDocument,
    Form,
    Kind,
    LeftOut,
    Place,
    Question,
    SourceLine,
)
from app.importing.importing import keep
from app.importing.models import ImportedCase

# Kind, heading that it stands below, text; the place is the line of the same number.
ROWS = (
    (Kind.HEADING, "", "The bridge that was not checked"),
    (Kind.PARAGRAPH, "The bridge that was not checked", "Published March 2021"),
    (Kind.HEADING, "", "Overview of incident"),
    (
        Kind.PARAGRAPH,
        "Overview of incident",
        "At about 7.15pm on 8 November 2019 Ms G rang 101 from a bridge. She said that it shook. "
        "The call was closed.",
    ),
    (Kind.ITEM, "Overview of incident", "she had rung twice before"),
    (Kind.PARAGRAPH, "Overview of incident", "Three weeks later the bridge was shut."),
    (Kind.PARAGRAPH, "Overview of incident", "it had been weak since March 2016"),
    (Kind.NOT_PLACED, "Overview of incident", "Grade 3 / B"),
    (Kind.HEADING, "", "Findings"),
    (Kind.FINDING, "Findings", "The log of the first call was not read."),
    (Kind.HEADING, "", "Questions for police officers and police staff"),
    (
        Kind.QUESTION,
        "Questions for police officers and police staff",
        "What would you have asked?",
    ),
    (Kind.HEADING, "", "Questions for policy makers and managers"),
    (Kind.QUESTION, "Questions for policy makers and managers", "Who reads old logs?"),
)


def text_case(mark: str = "") -> CaseDocument:
    """Return a case read from a text file; `mark` is a word that stands in its story."""
    texts = [f"{text} {mark}".strip() if n == 4 else text for n, (_, _, text) in enumerate(ROWS, 1)]
    lines = tuple(SourceLine(text, n) for n, text in enumerate([*texts, "OFFICIAL"], 1))
    blocks = tuple(
        Block(kind, text, Place(n, n), under)
        for n, ((kind, under, _), text) in enumerate(zip(ROWS, texts, strict=True), 1)
    )
    return CaseDocument(
        family="learning the lessons", form=Form.TEXT, title=texts[0], publisher="Invented Office",
        series=None, issue="3", case="1", theme=None, force="Westmarch Police",
        published="2021-03", references=("2019/1", "2019/2"), tags=("Bridges",), blocks=blocks,
        questions=(Question(1, "police officers and police staff", "What would you have asked?"),
                   Question(2, "policy makers and managers", "Who reads old logs?")),
        left_out=(LeftOut("OFFICIAL", "A protective marking of the page.", Place(15, 15)),),
        coverage=0.98, source=lines,
    )  # fmt: skip


def many_blocks(count: int) -> CaseDocument:
    """Return a case of so many paragraphs, each on a line of its own, four pages of it."""
    texts = [f"Paragraph {n} says at {n % 12 + 1}pm what happened next." for n in range(count)]
    places = [Place(n % 50 + 1, n % 50 + 1, n // 50 + 1) for n in range(count)]
    return CaseDocument(
        family="unknown", form=Form.PDF, title=None, publisher=None, series=None, issue=None,
        case=None, theme=None, force=None, published=None,
        blocks=tuple(Block(Kind.PARAGRAPH, t, p) for t, p in zip(texts, places, strict=True)),
        source=tuple(SourceLine(t, p.line, p.page) for t, p in zip(texts, places, strict=True)),
    )  # fmt: skip


def imported(
    document: CaseDocument, *, force_id: int, by: int, at: datetime, name: str = "case.txt"
) -> ImportedCase:
    """Keep a document as if it had been uploaded; flushes."""
    sha256 = hashlib.sha256(repr(document.blocks).encode()).hexdigest()
    return keep(document, name=name, sha256=sha256, force_id=force_id, by=by, at=at)
