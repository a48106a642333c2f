"""What a trainer makes of an imported case, block by block: nothing of the source is rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from app.cases.document import Block, CaseDocument, Kind, LeftOut, Place
from app.catalogue.document import Known
from app.importing.dates.afterwards import afterwards_in
from app.importing.dates.found import Exactness, dates_in


class Use(Enum):
    """What a block becomes in a module."""

    STORY = "story"
    EXTRACT = "extract"
    GUIDANCE = "guidance"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    OUTCOME = "outcome"
    QUESTION_OFFICERS = "question for officers and staff"
    QUESTION_POLICY = "question for policy makers and managers"
    HEADING = "heading"
    # The document about itself: its number, its issues, who it is for; no part of the story.
    ABOUT = "about the document"
    NOT_PLACED = "not placed"


# The act by which a case is out of the way; the next act on it, or its undo, brings it back.
SET_ASIDE = "Set the case aside"
# What stands in these was known only after somebody looked into the case.
LATER = frozenset({Use.FINDING, Use.RECOMMENDATION, Use.RESPONSE, Use.OUTCOME})
# What tells the events: a trainer says of each when it could be known.
EVENTS = frozenset({Use.STORY, Use.EXTRACT})
_USES = {
    Kind.HEADING: Use.HEADING,
    Kind.PARAGRAPH: Use.STORY,
    Kind.ITEM: Use.STORY,
    Kind.QUOTATION: Use.EXTRACT,
    Kind.GUIDANCE: Use.GUIDANCE,
    Kind.FINDING: Use.FINDING,
    Kind.RECOMMENDATION: Use.RECOMMENDATION,
    Kind.RESPONSE: Use.RESPONSE,
    Kind.OUTCOME: Use.OUTCOME,
    Kind.NOT_PLACED: Use.NOT_PLACED,
}


def plain_line(text: str) -> str:
    """Return a text on one line without characters that no database or page takes."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


# Headings of both families below which the document speaks of itself.
_LABELS = (
    "type of investigation", "iopc reference", "date of recommendation", "date response due",
    "tags", "this case is relevant",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What the case document says about itself; the absent is empty."""

    title: str = ""
    publisher: str = ""
    series: str = ""
    issue: str = ""
    case: str = ""
    theme: str = ""
    force: str = ""
    published: str = ""
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what the case is called in lists."""
        return plain_line(self.title) or "Case without a title"


@dataclass(frozen=True)
class ReviewedBlock:
    """One piece of the case with what the trainer made of it; its words are the source's."""

    id: str
    # What the reader took it for; it follows when the trainer makes it a heading or no heading.
    kind: Kind
    text: str
    at: Place
    # The heading that it stands below.
    under: str
    use: Use
    # Indexes of the document's blocks that it comes from; -1 is the first of what was left out.
    origin: tuple[int, ...]
    # Why it is not used; empty: it is.
    dropped: str = ""
    # When it happened, in the words of the source or of the trainer.
    when: str = ""
    # None: nobody has said yet.
    known: Known | None = None
    # The trainer has looked at a doubt and found it right.
    looked: bool = False

    @property
    def place(self) -> str:
        """Say where in the file it stands."""
        return str(self.at)

    @property
    def kept(self) -> bool:
        """Tell whether it is used."""
        return not self.dropped

    @property
    def to_mark(self) -> bool:
        """Tell whether nobody has said yet when this could be known."""
        return self.kept and self.use in EVENTS and self.known is None


@dataclass(frozen=True)
class Review:
    """One state of the review: the pieces in order, and what leads to this state."""

    facts: Facts
    blocks: tuple[ReviewedBlock, ...]
    # The number that the next new piece is called by.
    next_id: int
    # The act that led here and the number of the state before it; None: as it was read.
    act: str = ""
    before: int | None = None

    @property
    def is_aside(self) -> bool:
        """Tell whether the case was set aside, and nobody has done anything to it since."""
        return self.act == SET_ASIDE

    @property
    def kept(self) -> tuple[ReviewedBlock, ...]:
        """Return the blocks that are used, in order."""
        return tuple(block for block in self.blocks if block.kept)

    def block(self, block_id: str) -> ReviewedBlock | None:
        """Return one block by its id."""
        return next((block for block in self.blocks if block.id == block_id), None)


def from_case(case: CaseDocument) -> Review:
    """Return the review as it begins: what the reader recognised.

    Of time it says only what the words themselves say: what the investigation brought out.
    """
    body = _first_of_the_body(case)
    blocks: list[ReviewedBlock] = []
    for index, block in enumerate(case.blocks):
        begun = _begun(index, block, _use_of(block, case, about=index < body))
        blocks.append(_with_time(begun, blocks[-1] if blocks else None))
    return Review(facts_of(case), tuple(blocks), len(blocks) + 1)


def _with_time(block: ReviewedBlock, above: ReviewedBlock | None) -> ReviewedBlock:
    """Say of a block that speaks of the investigation that it was found later.

    A list goes with the words above it: “We found that the officer:”.
    """
    if block.use not in EVENTS:
        return block
    in_list = block.kind is Kind.ITEM and above is not None and above.known is Known.LATER and (
        above.kind is Kind.ITEM or above.text.rstrip().endswith(":")
    )  # fmt: skip
    later = in_list or afterwards_in(block.text)
    return replace(block, known=Known.LATER) if later else block


def facts_of(case: CaseDocument) -> Facts:
    """Return what the document says about itself."""
    said: dict[str, Any] = {field.name: getattr(case, field.name) for field in fields(Facts)}
    return Facts(**{name: value for name, value in said.items() if value})


def _begun(index: int, block: Block, use: Use) -> ReviewedBlock:
    return ReviewedBlock(
        id=f"b{index + 1}", kind=block.kind, text=block.text, at=block.place, under=block.under,
        use=use, origin=(index,), when=_when(block.text) if use in EVENTS else "",
        known=Known.LATER if use in LATER else None,
    )  # fmt: skip


def _when(text: str) -> str:
    """Return the first date of a text; a span counts only where it opens: “Three weeks later …”."""
    for found in dates_in(text):
        if found.exactness is not Exactness.RELATIVE or found.start == 0:
            return found.text
    return ""


def _use_of(block: Block, case: CaseDocument, *, about: bool) -> Use:
    if block.kind is Kind.QUESTION:
        return _question_use(block, case)
    use = _USES[block.kind]
    issues = {" ".join(issue.split()) for issue in case.raising_issues}
    about = about or (case.family != "unknown" and block.under.lower().startswith(_LABELS))
    if use is Use.STORY and (about or " ".join(block.text.split()) in issues):
        return Use.ABOUT
    return use


def _question_use(block: Block, case: CaseDocument) -> Use:
    """Tell for whom a question is: by its audience, else by the heading that it stands below."""
    text = " ".join(block.text.split())
    asked = next((q.audience for q in case.questions if " ".join(q.text.split()) in text), "")
    audience = (asked or block.under).lower()
    policy = "policy" in audience or "manager" in audience
    return Use.QUESTION_POLICY if policy else Use.QUESTION_OFFICERS


def _first_of_the_body(case: CaseDocument) -> int:
    """Return the index of the first heading that is not the title, in a family that has a head."""
    if case.family == "unknown":
        return 0
    title = " ".join((case.title or "").split())
    for index, block in enumerate(case.blocks):
        words = " ".join(block.text.split())
        if block.kind is Kind.HEADING and words != title and not words.startswith("This case is"):
            return index
    return 0


def origin_place(case: CaseDocument, origin: Iterable[int]) -> Place:
    """Return where the pieces of the document stand, from the first to the last of them."""
    parts: list[Block | LeftOut] = [
        case.blocks[index] if index >= 0 else case.left_out[-index - 1] for index in origin
    ]
    return joined_place(*(part.place for part in parts))


def joined_place(*places: Place) -> Place:
    """Return the stretch of the file that reaches over all of `places`."""
    first = min(places, key=lambda place: (place.page or 0, place.line))
    last = max(places, key=lambda place: (place.last_page or place.page or 0, place.last_line))
    last_page = last.last_page or last.page
    return Place(
        first.line, last.last_line, first.page, last_page if last_page != first.page else None
    )
