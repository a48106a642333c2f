"""The body of a case: walks its paragraphs and tells each one's part from the heading above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.cases.document import Kind, LineKind, Paragraph
from app.cases.layouts.dates import iso_date
from app.cases.layouts.headings import (
    LABELLED,
    RECOMMENDS,
    Heading,
    Part,
    heading_of,
    looks_like_heading,
)
from app.cases.layouts.pieces import HANDLERS, REFERENCE, Pieces
from app.cases.layouts.placed import Placed, numbered

# Headings that begin a part; the others stand inside one.
SECTIONS = frozenset(Part) - {
    Part.SCOPE, Part.FINDING, Part.RECOMMENDATION, Part.RESPONSE, Part.AUDIENCE
}  # fmt: skip
# Parts that a heading inside them, known to no layout, does not end.
STAYING = frozenset(
    {Part.STORY, Part.NOTHING, Part.TYPE, Part.FINDINGS, Part.RESPONSES, Part.OUTCOMES}
)


class Body(Pieces):
    """The walk: gives each paragraph its part and its kind."""

    def walk(self, paragraphs: Sequence[Paragraph]) -> list[Placed]:
        """Return each paragraph with its part."""
        found = []
        for at, paragraph in enumerate(paragraphs):
            below = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            self.last = self._place(paragraph, below)
            found.append(self.last)
        return found

    def _place(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        if not paragraph.text:
            # A bullet or number without a word beside it.
            return self._in_part(paragraph, Kind.NOT_PLACED)
        heading = None
        if paragraph.kind is not LineKind.ITEM or not paragraph.marker:
            heading = heading_of(paragraph.text)
        if heading is not None and self._applies(heading, paragraph, below):
            return self._enter(heading, paragraph, below)
        if self._is_own_heading(paragraph, below):
            return self._own_heading(paragraph)
        if self._recommends_anew(paragraph):
            self.enter_part(Heading(Part.FINDINGS))
            self.heading, self.under = Heading(Part.SCOPE), self.recommendations
        return HANDLERS.get(self.part, Pieces._plain)(self, paragraph, below)

    def _applies(self, heading: Heading, paragraph: Paragraph, below: Paragraph | None) -> bool:
        """Tell whether words that may be a heading are one here."""
        if heading.part is Part.RESPONSE and not heading.numbers:
            return self.part in {Part.FINDINGS, Part.RESPONSES}
        # In a list of tags or persons even “Response” is only a word.
        return not (paragraph.kind is LineKind.ITEM and self.part in {Part.TAGS, Part.RELEVANT})

    def _enter(self, heading: Heading, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        """Go below a known heading."""
        before, above = self.part, self.under
        answer = heading.part is Part.RESPONSE and not heading.numbers and not heading.rest
        if answer and self._answers_all(below):
            heading = replace(heading, part=Part.RESPONSES)
        self.enter(heading)
        # A number with its text behind it is no heading that others stand below; “Tags: …” is.
        self.under = paragraph.text
        if heading.part is Part.SCOPE:
            self.recommendations = self.under
        if heading.rest:
            label = paragraph.text[: paragraph.text.index(":")] if ":" in paragraph.text else ""
            self.under = label if heading.part in LABELLED else above
        if heading.part in SECTIONS or self.part is not before:
            # A heading that begins a part without naming it heads no other heading.
            self.section = self.under if heading.part in SECTIONS else ""
        if not heading.rest:
            return self._heading(paragraph, of=self.audience)
        if heading.part in {Part.FINDING, Part.RECOMMENDATION, Part.RESPONSE}:
            return self._labelled_piece(heading, paragraph, below)
        return replace(
            self._in_part(paragraph, Kind.PARAGRAPH), says=heading.rest, under=self.under
        )

    def _recommends_anew(self, paragraph: Paragraph) -> bool:
        """Tell whether a recommendation without a heading begins below a response or a date."""
        above = self.heading.part if self.heading is not None else Part.NOTHING
        answered = self.part is Part.FINDINGS and above is Part.RESPONSE
        return (answered or self.part is Part.DATES) and bool(RECOMMENDS.match(paragraph.text))

    def _answers_all(self, below: Paragraph | None) -> bool:
        """Tell whether the response to all recommendations begins, not to the one above."""
        if self.part is not Part.FINDINGS or self.group == 0 or below is None:
            return self.part is Part.FINDINGS
        heading = heading_of(below.text)
        if heading is not None:
            return heading.part in {Part.RECOMMENDATION, Part.SCOPE} and (
                heading.part is Part.SCOPE or self.numbers != (heading.numbers[0] - 1,)
            )
        in_list = self.heading is not None and self.heading.part is Part.SCOPE
        return in_list and numbered(below) is not None

    def _labelled_piece(
        self, heading: Heading, paragraph: Paragraph, below: Paragraph | None
    ) -> Placed:
        """Place “Finding 1: …”: a heading where its text follows below, else the finding itself."""
        may_be = heading.part is not Part.RESPONSE or bool(heading.numbers)
        titled = may_be and looks_like_heading(heading.rest, 15) and below is not None
        if titled and below is not None and heading_of(below.text) is None:
            self.under = paragraph.text
            return self._heading(paragraph)
        return replace(self._numbered_piece(paragraph), says=heading.rest)

    def _is_own_heading(self, paragraph: Paragraph, below: Paragraph | None) -> bool:
        """Tell whether a paragraph is a heading that no layout knows."""
        if paragraph.kind is LineKind.HEADING:
            return self.part not in {Part.OUTCOMES, Part.QUESTIONS}
        if self.part not in {Part.STORY, Part.NOTHING} or paragraph.kind is not LineKind.UNKNOWN:
            return False
        if below is None or not looks_like_heading(paragraph.text, 10) or paragraph.marker:
            return False
        if iso_date(paragraph.text) or REFERENCE.search(paragraph.text):
            return False
        follows = not looks_like_heading(below.text, 10) or below.kind is LineKind.ITEM
        return self._is_over() and follows and len(below.text) > len(paragraph.text)

    def _is_over(self) -> bool:
        """Tell whether what stands above is a whole of its own, and no sentence is open."""
        if self.last is None or self.last.kind is Kind.HEADING:
            return True
        above = self.last.paragraph
        return above.kind is LineKind.ITEM or above.text[-1:] in '.?!"”’)'

    def _own_heading(self, paragraph: Paragraph) -> Placed:
        if self.part not in STAYING:
            self.enter_part(Heading(Part.NOTHING))
            self.section = paragraph.text
        self.under = paragraph.text
        return self._heading(paragraph)
