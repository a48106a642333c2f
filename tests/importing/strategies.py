"""Cases of any shape, as hypothesis makes them."""

from __future__ import annotations

from hypothesis import strategies as st

from app.cases.document import (
    Block,
    CaseDocument,
    Form,
    Kind,
    LeftOut,
    Place,
    SourceLine,
)

WORDS = st.sampled_from(
    ["Mr", "A", "rang", "at", "6pm.", "Then", "she", "left!", "(He", "said", "“no”.)", "PC", "B.",
     "Response", "Finding", "(2)", "a;b", "[x]", "e.g.", "\u2028", "x\ny", "in", "2016", ",", "3"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join).filter(lambda text: text.split())
HEADINGS = st.sampled_from(
    ["Response", "Finding 1", "Overview, 2", "[x] y", "a; b", "Response (2)"]
)


@st.composite
def blocks(draw: st.DrawFn, pages: bool) -> tuple[Block, ...]:
    """Draw blocks that follow one another in a file."""
    found, line, page, under = [], 1, 1 if pages else None, ""
    for _ in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(Kind))
        text = draw(HEADINGS if kind is Kind.HEADING else TEXTS)
        if pages and draw(st.booleans()):
            page, line = (page or 0) + 1, 1
        last = line + draw(st.integers(0, 2))
        found.append(Block(kind, text, Place(line, last, page), under))
        line, under = last + 1, text if kind is Kind.HEADING else under
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn) -> CaseDocument:
    """Draw a case: text whose blocks are its lines, or a file with pages and mended blocks."""
    form = draw(st.sampled_from((Form.TEXT, Form.PDF, Form.DOCX)))
    found = draw(blocks(pages=form is Form.PDF))
    source = []
    for block in found:
        words, (first, last) = block.text.split(), (block.place.line, block.place.last_line)
        share = max(1, -(-len(words) // (last - first + 1)))
        for at, number in enumerate(range(first, last + 1)):
            text = " ".join(words[at * share : (at + 1) * share])
            source.append(SourceLine(text, number, block.place.page))
    end = max((block.place.last_line for block in found), default=0) + 1
    left = tuple(
        LeftOut(text, "A footer.", Place(end + at, end + at, 99 if form is Form.PDF else None))
        for at, text in enumerate(draw(st.lists(TEXTS, max_size=3)))
    )
    title = draw(st.none() | TEXTS)
    return CaseDocument(
        family=draw(st.sampled_from(("unknown", "learning the lessons"))), form=form, title=title,
        publisher=None, series=None, issue="4", case=None, theme=None, force=None, published=None,
        references=("2019/1",), blocks=found, left_out=left, source=tuple(source),
    )  # fmt: skip
