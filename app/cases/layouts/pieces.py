"""Places the paragraphs of each part: what below one heading is a finding, below another a tag."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.cases.document import Kind, LineKind, Paragraph
from app.cases.layouts.dates import iso_date
from app.cases.layouts.guidance import PERSON
from app.cases.layouts.headings import RECOMMENDS, Part, heading_of, looks_like_heading
from app.cases.layouts.placed import Placed, numbered
from app.cases.layouts.standing import Standing
from app.cases.repairs.markers import is_bullet

NONE_MADE = re.compile(
    r"(?:there (?:were|was|are|is) )?no (?:local |national |further |other )?"
    r"(?:recommendations?|findings?)\b.{0,60}|none\.?|n/?a\.?|not applicable\.?",
    re.IGNORECASE,
)
# “PC B: no further action.”
PERSON_SAYS = re.compile(
    rf"(?P<person>{PERSON.pattern})\s?(?::|–|—| -)\s+(?P<says>\S.*)", re.DOTALL
)
# A number of a question that has no full stop behind it.
BARE_NUMBER = re.compile(r"(?P<number>\d{1,2})\s+(?P<says>[A-Z“\"].*\?)", re.DOTALL)
QUOTED = re.compile(r"[“\"][^“”\"]{20,}[”\"]")
REFERENCE = re.compile(r"\b(?:19|20)\d\d/\d{3,7}\b")


class Pieces(Standing):
    """What each part makes of a paragraph in it."""

    def _heading(self, paragraph: Paragraph, of: str = "") -> Placed:
        """Return a heading; one inside a part stands below the heading of the part."""
        above = self.section if self.under != self.section else ""
        return Placed(paragraph, Kind.HEADING, self.part, above, of=of)

    def _in_part(self, paragraph: Paragraph, kind: Kind) -> Placed:
        return Placed(
            paragraph, kind, self.part, self.under, self.group, self.numbers, self.scope,
            self.finding, self.named,
        )  # fmt: skip

    def _plain(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        """Place what stands in the story or below a heading of no further meaning."""
        if self.part is Part.NOTHING and not self.is_open:
            return self._in_part(paragraph, Kind.NOT_PLACED)
        return self._in_part(paragraph, _plain_kind(paragraph))

    def _finding(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        """Place a finding or recommendation; without a heading of its own its number tells it."""
        if NONE_MADE.fullmatch(paragraph.text) or _only_refers(paragraph.text):
            return self._in_part(paragraph, Kind.PARAGRAPH)
        in_scope = self.heading is not None and self.heading.part is Part.SCOPE
        in_list = self.heading is not None and self.heading.part is Part.FINDINGS
        if in_scope or in_list:
            return self._in_list(paragraph, Kind.RECOMMENDATION if in_scope else Kind.FINDING)
        return self._numbered_piece(paragraph)

    def _in_list(self, paragraph: Paragraph, kind: Kind) -> Placed:
        """Place one of a list of findings or recommendations that have no headings of their own."""
        number = numbered(paragraph)
        goes_on = self.last is not None and self.last.kind is kind and (
            self.last.paragraph.text.endswith(":")
            or (is_bullet(paragraph.marker) and self.last.group and self.in_list)
            or (self.opened and not RECOMMENDS.match(paragraph.text))
        )  # fmt: skip
        if kind is Kind.FINDING and number is None and not goes_on:
            return self._in_part(paragraph, Kind.NOT_PLACED)
        if not goes_on:
            self.next_group()
            self.numbers = (number,) if number is not None else ()
            self.finding = number if kind is Kind.FINDING else None
            self.opened = number is None and bool(RECOMMENDS.match(paragraph.text))
        self.in_list = paragraph.text.endswith(":") or bool(goes_on)
        return self._in_part(paragraph, kind)

    def _numbered_piece(self, paragraph: Paragraph) -> Placed:
        """Place a piece of the finding, recommendation or response whose heading is in force."""
        assert self.heading is not None
        if self.part is Part.RESPONSES or self.heading.part is Part.RESPONSE:
            return self._in_part(paragraph, Kind.RESPONSE)
        if self.heading.part in {Part.FINDING, Part.RECOMMENDATION}:
            is_finding = self.heading.part is Part.FINDING
            return self._in_part(paragraph, Kind.FINDING if is_finding else Kind.RECOMMENDATION)
        return self._in_part(paragraph, Kind.NOT_PLACED)

    def _response(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        if NONE_MADE.fullmatch(paragraph.text):
            return self._in_part(paragraph, Kind.PARAGRAPH)
        named = self.heading is not None and self.heading.part in {
            Part.RECOMMENDATION,
            Part.RESPONSE,
        }
        number = numbered(paragraph)
        if not named and number is not None:
            self.numbers = (number,)
            self.next_group()
        return self._in_part(paragraph, Kind.RESPONSE)

    def _outcome(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        """Place an outcome, or the person whose outcome stands below."""
        is_person = paragraph.kind is LineKind.HEADING or (
            not paragraph.marker
            and looks_like_heading(paragraph.text.rstrip(":"), 10)
            and not self.person_waits
        )
        if is_person and below is not None and heading_of(below.text) is None:
            self.person = paragraph.text.rstrip(":").strip()
            self.under, self.person_waits = paragraph.text, True
            return self._heading(paragraph, self.person)
        self.person_waits = False
        if named := PERSON_SAYS.fullmatch(paragraph.text):
            said = replace(self._in_part(paragraph, Kind.OUTCOME), says=named["says"])
            return replace(said, of=named["person"])
        return replace(self._in_part(paragraph, Kind.OUTCOME), of=self.person)

    def _question(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        """Place a question, the audience of those below, or a piece of the question above."""
        text, number = paragraph.text, numbered(paragraph)
        if number is None and (bare := BARE_NUMBER.fullmatch(text)):
            self.next_group()
            self.in_list = True
            piece = replace(self._in_part(paragraph, Kind.QUESTION), of=self.audience)
            return replace(piece, says=bare["says"], numbers=(int(bare["number"]),))
        # Below a question with a number, a bullet is a piece of it.
        of_list = self.in_list and is_bullet(paragraph.marker)
        if number is not None or (text.endswith("?") and not of_list):
            self.next_group()
            self.in_list = number is not None
        elif paragraph.kind is LineKind.ITEM and text[:1].isupper() and not of_list:
            self.next_group()
        elif self._goes_on_asking(text) or of_list:
            # The number of the piece stays that of the question above.
            return replace(self._in_part(paragraph, Kind.QUESTION), of=self.audience)
        elif below is not None and looks_like_heading(text.rstrip(":"), 10) and (
            below.kind is LineKind.ITEM or below.text.endswith("?")):  # fmt: skip
            self.audience = text.rstrip(":").strip()
            self.under = text
            return self._heading(paragraph, self.audience)
        else:
            return self._in_part(paragraph, Kind.NOT_PLACED)
        return replace(self._in_part(paragraph, Kind.QUESTION), of=self.audience)

    def _goes_on_asking(self, text: str) -> bool:
        """Tell whether the question above is not over yet."""
        if self.last is None or self.last.kind is not Kind.QUESTION:
            return False
        above = self.last.paragraph.text
        return above.endswith(":") or (above[-1:] not in ".?!" and text[:1].islower())

    def _reference(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        known = bool(REFERENCE.search(paragraph.text))
        return self._in_part(paragraph, _plain_kind(paragraph) if known else Kind.NOT_PLACED)

    def _tag(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        known = paragraph.kind is LineKind.ITEM or looks_like_heading(paragraph.text)
        return self._in_part(paragraph, _plain_kind(paragraph) if known else Kind.NOT_PLACED)

    def _date(self, paragraph: Paragraph, below: Paragraph | None) -> Placed:
        known = iso_date(paragraph.text) is not None
        return self._in_part(paragraph, Kind.PARAGRAPH if known else Kind.NOT_PLACED)


def _only_refers(text: str) -> bool:
    """Tell whether a line only says which case or which body something is about."""
    return bool(REFERENCE.search(text)) and looks_like_heading(text, 10)


def _plain_kind(paragraph: Paragraph) -> Kind:
    if paragraph.kind is LineKind.ITEM:
        return Kind.ITEM
    return Kind.QUOTATION if QUOTED.fullmatch(paragraph.text) else Kind.PARAGRAPH


HANDLERS: dict[Part, Callable[[Pieces, Paragraph, Paragraph | None], Placed]] = {
    Part.FINDINGS: Pieces._finding,
    Part.RESPONSES: Pieces._response,
    Part.OUTCOMES: Pieces._outcome,
    Part.QUESTIONS: Pieces._question,
    Part.REFERENCES: Pieces._reference,
    Part.TAGS: Pieces._tag,
    Part.DATES: Pieces._date,
}
