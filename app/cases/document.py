"""The case document: what a published case says, each piece with its place in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import Enum
from typing import Any


class CaseRefusal(Exception):
    """A document that cannot be read; `str()` is a sentence for the person, with the way out."""


class Form(Enum):
    """What kind of file a document came in."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Kind(Enum):
    """What a block is; what no layout recognises is `not placed`, never thrown away."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    QUOTATION = "quotation"
    GUIDANCE = "guidance"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    OUTCOME = "outcome"
    QUESTION = "question"
    NOT_PLACED = "not placed"


@dataclass(frozen=True)
class Place:
    """Where in the file something stands: lines count from 1, in the page where there are pages.

    A block that a page break cuts ends on another page than it begins.
    """

    line: int
    last_line: int
    page: int | None = None
    last_page: int | None = None

    def __str__(self) -> str:
        lines = f"line {self.line}" if self.line == self.last_line else (
            f"lines {self.line} to {self.last_line}"
        )  # fmt: skip
        if self.page is None:
            return lines
        if self.last_page not in (None, self.page):
            return f"page {self.page}, line {self.line} to page {self.last_page}, {self.last_line}"
        return f"page {self.page}, {lines}"


class LineKind(Enum):
    """What the file itself says of a line; plain text says nothing."""

    UNKNOWN = "unknown"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"


@dataclass(frozen=True)
class SourceLine:
    """One line of the file as extracted, or one paragraph where the format knows paragraphs.

    `level` is that of a heading (1 is the title) or the depth of a list item. `whole` tells that
    the format knows it to be a whole paragraph: it is never joined with the next. `blank_before`
    tells that an empty line or a gap stands above it. `links` are (text, address) as they stand.
    """

    text: str
    line: int
    page: int | None = None
    kind: LineKind = LineKind.UNKNOWN
    level: int | None = None
    whole: bool = False
    blank_before: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Words of the source that stand in no block, and why."""

    text: str
    reason: str
    place: Place


@dataclass(frozen=True)
class Room:
    """What a printed line shows of its wrapping, in points.

    `left` is the room that it leaves at its end, `first_word` the width of its own first word,
    `column` the column of its page that it stands in.
    """

    left: float
    first_word: float
    column: int = 0


@dataclass(frozen=True)
class Extracted:
    """What a reader got out of a file: its lines in reading order, and what it left out itself.

    `rooms` tells of printed lines, by page and line, how they were wrapped.
    """

    form: Form
    lines: tuple[SourceLine, ...]
    left_out: tuple[LeftOut, ...] = ()
    pages: int | None = None
    rooms: Mapping[tuple[int | None, int], Room] = field(default_factory=dict)


@dataclass(frozen=True)
class Paragraph:
    """A mended piece of the source: whole sentences, its marker apart, its place in the file."""

    text: str
    place: Place
    kind: LineKind = LineKind.UNKNOWN
    level: int | None = None
    # The bullet or number that stood before it, as it stands: “•”, “1.”, “- 5.”.
    marker: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of the document in order; `under` is the heading that it stands below."""

    kind: Kind
    text: str
    place: Place
    under: str = ""
    # The number or letter that stood before it, as it stands: “1.”, “- 5.”. A bullet is not kept:
    # the kind says it.
    marker: str = ""


@dataclass(frozen=True)
class Question:
    """A question to consider; `number` as the source numbers it."""

    number: int
    audience: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A finding; None where the source does not number it."""

    number: int | None
    text: str


@dataclass(frozen=True)
class Recommendation:
    """A recommendation with its finding and the force's response, joined by number."""

    number: int | None
    # local, national, or None where the source does not say.
    scope: str | None
    text: str
    # The number of the finding that it follows.
    finding: int | None = None
    # The words of the response, as the source gives them.
    response: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What followed for one person; None where the source does not group by person."""

    person: str | None
    text: str


@dataclass(frozen=True)
class Guidance:
    """An excerpt of guidance set inside the story; it is no event."""

    title: str
    text: str
    url: str | None = None


@dataclass(frozen=True)
class CaseDocument:
    """A case as read; what is absent is None or empty, never guessed.

    `family` is "learning the lessons", "investigation summary" or "unknown"; dates are ISO text,
    as exact as the source: 2020-01 or 2019-02-20. `coverage` is the share of the source's words
    that stand in blocks, from 0 to 1; the others are in `left_out`, with the reason.
    """

    family: str
    form: Form
    title: str | None
    publisher: str | None
    series: str | None
    issue: str | None
    case: str | None
    theme: str | None
    force: str | None
    published: str | None
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    raising_issues: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    coverage: float = 0.0
    # The lines of the file as they were extracted, to be shown beside the result.
    source: tuple[SourceLine, ...] = field(default=(), repr=False)


def to_plain(case: CaseDocument) -> dict[str, Any]:
    """Return the document as plain values for JSON, places in words; without the source lines."""
    plain = asdict(case, dict_factory=_plain_values)
    del plain["source"]
    for part in ("blocks", "left_out"):
        for row, found in zip(plain[part], getattr(case, part), strict=True):
            row["place"] = str(found.place)
    for block in plain["blocks"]:
        # What is printed is one text, as in the source.
        block["text"] = f"{block.pop('marker')} {block['text']}".strip()
    return plain


def _plain_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        key: value.value if isinstance(value, Enum)
        else value.isoformat() if isinstance(value, date)
        else list(value) if isinstance(value, tuple) else value
        for key, value in pairs
    }  # fmt: skip
