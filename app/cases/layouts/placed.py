"""A paragraph with its part in the case: what every later step reads."""

from __future__ import annotations

from dataclasses import dataclass

from app.cases.document import Block, Kind, LineKind, Paragraph
from app.cases.layouts.headings import Part
from app.cases.repairs.markers import is_bullet, number_of


@dataclass(frozen=True)
class Placed:
    """A paragraph, its kind, the part and the heading that it stands below, and what it joins."""

    paragraph: Paragraph
    kind: Kind
    part: Part = Part.NOTHING
    under: str = ""
    # Counts findings, recommendations and responses, so that one may have several paragraphs.
    group: int = 0
    numbers: tuple[int, ...] = ()
    scope: str | None = None
    finding: int | None = None
    # The finding that a recommendation names itself, in brackets.
    named: int | None = None
    # The person of an outcome, the audience of a question, the title of guidance.
    of: str = ""
    # What it says without the label that may begin it: “Finding 1: The form had no field.”
    says: str = ""

    @property
    def words(self) -> str:
        """Return what it says, without marker and label."""
        return self.says or self.paragraph.text

    @property
    def line(self) -> str:
        """Return what it says as a line of a longer text: an item behind its bullet."""
        marker = self.paragraph.marker
        if self.paragraph.kind is LineKind.ITEM and (not marker or is_bullet(marker)):
            marker = "•"
        return f"{marker} {self.words}".strip()

    def block(self) -> Block:
        """Return it as a block; a bullet is said by its kind."""
        said = self.paragraph
        marker = "" if is_bullet(said.marker) and said.text else said.marker
        return Block(self.kind, said.text, said.place, self.under, marker)


def numbered(paragraph: Paragraph) -> int | None:
    """Return the number that the source gives a paragraph."""
    return number_of(paragraph.marker)
