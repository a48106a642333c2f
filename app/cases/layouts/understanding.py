"""Understands the paragraphs of a case: its family, its header, its parts, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.cases.document import Block, CaseDocument, Form, Kind, LeftOut, Paragraph, SourceLine
from app.cases.layouts import gathering
from app.cases.layouts.body import Body
from app.cases.layouts.dates import published_in
from app.cases.layouts.guidance import with_guidance
from app.cases.layouts.header import (
    RAISING,
    SERIES,
    Header,
    case_header,
    force_in,
    header_length,
    is_case_line,
    publisher_of,
    says_when_published,
    summary_header,
    summary_title_at,
    unknown_header,
)
from app.cases.layouts.headings import Part, heading_of
from app.cases.layouts.placed import Placed
from app.cases.repairs.cleaning import words

LESSONS = "learning the lessons"
SUMMARY = "investigation summary"
UNKNOWN = "unknown"
LONGEST_LABEL = 12
# Parts that only a Learning the Lessons case has.
OF_LESSONS = {
    Part.RELEVANT,
    Part.TYPE,
    Part.OUTCOMES,
    Part.QUESTIONS,
    Part.RESPONSES,
    Part.AUDIENCE,
}


def understand(
    paragraphs: Sequence[Paragraph],
    left_out: Sequence[LeftOut],
    form: Form,
    source: Sequence[SourceLine],
) -> CaseDocument:
    """Return the case that the paragraphs tell; each paragraph becomes a block or is left out."""
    family = family_of(paragraphs)
    header, rest = _header(family, paragraphs)
    body = Body(is_open=family != LESSONS, part=_first_part(family), under=header.title or "")
    placed, guidance = with_guidance(
        [*header.placed, *body.walk(rest)], of_a_case=family == LESSONS
    )
    if family == UNKNOWN:
        placed = _with_title(placed, header.title)
    blocks = tuple(piece.block() for piece in placed)
    left_out = tuple(sorted((*left_out, *header.left_out), key=_order))
    # A story may well name a body that did not publish it: only labels and footers are asked.
    labels = [p.text for p in paragraphs if len(p.text.split()) <= LONGEST_LABEL]
    publisher = publisher_of(labels + [left.text for left in left_out])
    return replace(
        _about(family, form, header, publisher),
        references=gathering.references(placed),
        tags=gathering.tags(placed),
        blocks=blocks,
        questions=gathering.questions(placed),
        findings=gathering.findings(placed),
        recommendations=gathering.recommendations(placed),
        outcomes=gathering.outcomes(placed),
        guidance=guidance,
        left_out=left_out,
        coverage=coverage_of(blocks, left_out),
        source=tuple(source),
    )


def _about(family: str, form: Form, header: Header, publisher: str | None) -> CaseDocument:
    """Return the case with what its header says about it."""
    return CaseDocument(
        family=family,
        form=form,
        title=header.title,
        publisher=publisher,
        series=header.series,
        issue=header.issue,
        case=header.case,
        theme=header.theme,
        force=header.force,
        published=header.published,
        raising_issues=tuple(header.raising),
    )


def family_of(paragraphs: Sequence[Paragraph]) -> str:
    """Tell the family of a case by its header and its headings."""
    known = {heading.part for p in paragraphs if (heading := heading_of(p.text)) is not None}
    top = [paragraph.text for paragraph in paragraphs[:15]]
    if known & OF_LESSONS:
        said = any(is_case_line(text) or SERIES.search(text) for text in top)
        raising = any(RAISING.search(text) for text in paragraphs_text(paragraphs[:25]))
        if said or raising or len(known & OF_LESSONS) >= 2:
            return LESSONS
    elif any(is_case_line(text) for text in top) and Part.STORY in known:
        return LESSONS
    titled = any(force_in(text) is not None for text in top[:12])
    published = any(published_in(text) for text in top[:12])
    signs = [titled, published, Part.REFERENCES in known, Part.STORY in known]
    return SUMMARY if (titled or published) and sum(signs) >= 2 and len(top) > 2 else UNKNOWN


def paragraphs_text(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return the words of paragraphs."""
    return [paragraph.text for paragraph in paragraphs]


def _header(family: str, paragraphs: Sequence[Paragraph]) -> tuple[Header, Sequence[Paragraph]]:
    """Return what the header says, and the paragraphs below it."""
    if family == UNKNOWN:
        return unknown_header(paragraphs), paragraphs
    length = header_length(paragraphs)
    if family == LESSONS:
        return case_header(paragraphs[:length]), paragraphs[length:]
    dated = [at for at, p in enumerate(paragraphs[:12]) if says_when_published(p.text)]
    length = min(length or 12, max([summary_title_at(paragraphs), *dated[:1]]) + 1)
    return summary_header(paragraphs[:length]), paragraphs[length:]


def _first_part(family: str) -> Part:
    return Part.STORY if family == SUMMARY else Part.NOTHING


def _with_title(placed: list[Placed], title: str | None) -> list[Placed]:
    """Return the pieces with the title of an unknown document as its heading."""
    for at, piece in enumerate(placed):
        if piece.paragraph.text == title and piece.kind is Kind.PARAGRAPH:
            heading = Placed(piece.paragraph, Kind.HEADING, piece.part)
            return [*placed[:at], heading, *placed[at + 1 :]]
    return placed


def coverage_of(blocks: Iterable[Block], left_out: Iterable[LeftOut]) -> float:
    """Return the share of the document's words that stand in blocks, from 0 to 1."""
    inside = sum(len(words(f"{block.marker} {block.text}")) for block in blocks)
    outside = sum(len(words(left.text)) for left in left_out)
    if not inside:
        return 0.0
    share = round(inside / (inside + outside), 4)
    # A whole is said only of a whole.
    return min(share, 0.9999) if outside else share


def _order(left: LeftOut) -> tuple[int, int]:
    return left.place.page or 0, left.place.line
