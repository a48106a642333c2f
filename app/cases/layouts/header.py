"""The header of a published case: what stands above its first heading, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.cases.document import Kind, LeftOut, LineKind, Paragraph
from app.cases.layouts.dates import DATE, MONTH, iso_date, published_in
from app.cases.layouts.headings import heading_of, looks_like_heading
from app.cases.layouts.placed import Placed
from app.cases.repairs.joining import CONTACT, ONLY_ADDRESSES

CONTACT_REASON = "Addresses of the publisher in the header, no part of the case."
SERIES = re.compile(r"\blearning[\s-]+(?:the[\s-]+)?lessons\b", re.IGNORECASE)
CASE = re.compile(r"\bcase\s+(?:no\.?\s*)?(\d{1,3}[a-z]?)\b", re.IGNORECASE)
ISSUE = re.compile(r"\b(?:bulletin|issue)\s+(?:no\.?\s*)?(\d{1,3})\b", re.IGNORECASE)
SEPARATORS = re.compile(r"\A[\s|,:;–—-]+|[\s|,:;–—-]+\Z")
RAISING = re.compile(
    r"\brais(?:ing|es) (?:the following )?issues?\b[^.?!:]{0,60}:?\Z", re.IGNORECASE
)
SUMMARY_TITLE = re.compile(
    rf"(?P<title>.*\S)\s+[–—-]\s+(?P<force>[^,–—]+?),\s*(?P<when>(?:{MONTH})\s+(?:19|20)\d\d)\Z",
    re.IGNORECASE | re.DOTALL,
)
PUBLISHERS = (
    ("Independent Office for Police Conduct", re.compile(
        r"Independent Office for Police Conduct|\bIOPC references?\b|policeconduct\.gov\.uk",
        re.IGNORECASE)),
    ("Independent Police Complaints Commission", re.compile(
        r"Independent Police Complaints Commission|\bIPCC references?\b|ipcc\.(?:gov|gsi\.gov)\.uk",
        re.IGNORECASE)),
)  # fmt: skip
# The header of no case is longer than this many paragraphs.
LONGEST = 40
LONGEST_TITLE = 400


@dataclass
class Header:
    """What the header says; what it does not say is None or empty."""

    title: str | None = None
    series: str | None = None
    issue: str | None = None
    case: str | None = None
    theme: str | None = None
    force: str | None = None
    published: str | None = None
    raising: list[str] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def publisher_of(texts: Iterable[str]) -> str | None:
    """Return who published a case, where its own words say it: its footer, reference or address."""
    everything = "\n".join(texts)
    first = [
        (match.start(), name)
        for name, pattern in PUBLISHERS
        if (match := pattern.search(everything))
    ]
    return min(first)[1] if first else None


def is_case_line(text: str) -> bool:
    """Tell whether a line says the number of a case and of its issue."""
    plain = SERIES.sub("", text).strip(" |")
    if len(plain.split()) > 20 or plain.endswith("."):
        return False
    return bool(CASE.match(plain) or ISSUE.match(plain)) and bool(
        (CASE.search(plain) and ISSUE.search(plain)) or len(plain.split()) <= 8
    )


def header_length(paragraphs: Sequence[Paragraph]) -> int:
    """Return how many paragraphs stand above the first heading of the case itself."""
    for at, paragraph in enumerate(paragraphs[:LONGEST]):
        if heading_of(paragraph.text) is not None and paragraph.kind is not LineKind.ITEM:
            return at
    return 0


def case_header(paragraphs: Sequence[Paragraph]) -> Header:
    """Read the header of a Learning the Lessons case."""
    header = Header()
    issues = False
    title_at = _case_title_at(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if _is_contact(text):
            header.left_out.append(LeftOut(_whole(paragraph), CONTACT_REASON, paragraph.place))
            header.series = header.series or (
                "Learning the Lessons" if SERIES.search(text) else None
            )
            continue
        if not text:
            kind = Kind.NOT_PLACED
        elif not issues and (_case_line(header, text) or _published(header, text)):
            kind = Kind.PARAGRAPH
        elif RAISING.search(text):
            kind, issues = Kind.PARAGRAPH, True
        elif issues:
            kind = _issue(header, paragraph)
        elif at == title_at:
            header.title, kind = text, Kind.HEADING
        else:
            kind = Kind.NOT_PLACED
        under = header.title or "" if kind is not Kind.HEADING else ""
        header.placed.append(Placed(paragraph, kind, under=under))
    return header


def _case_title_at(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return where the title stands: the heading, else the last line above what the case raises.

    Lines of a website may stand above it, where somebody pasted the whole page.
    """
    raising = [at for at, p in enumerate(paragraphs) if RAISING.search(p.text)]
    free = [
        at
        for at, p in enumerate(paragraphs[: raising[0]] if raising else paragraphs)
        if p.text
        and not _is_contact(p.text)
        and not _case_line(Header(), p.text)
        and not _published(Header(), p.text)
    ]
    headings = [at for at in free if paragraphs[at].kind is LineKind.HEADING]
    if headings or not free:
        return headings[0] if headings else None
    return free[-1] if raising else free[0]


def _whole(paragraph: Paragraph) -> str:
    return f"{paragraph.marker} {paragraph.text}".strip()


def _is_contact(text: str) -> bool:
    return bool(CONTACT.match(text) or ONLY_ADDRESSES.fullmatch(text))


def _issue(header: Header, paragraph: Paragraph) -> Kind:
    """Take one of the issues that a case raises; anything longer is not one of them."""
    if paragraph.kind is LineKind.ITEM or looks_like_heading(paragraph.text, 20):
        header.raising.append(paragraph.text)
        return Kind.ITEM
    return Kind.NOT_PLACED


def _case_line(header: Header, text: str) -> bool:
    """Tell whether a line says case and issue, or the series; read it with the series."""
    is_series = bool(SERIES.search(text))
    rest = SEPARATORS.sub("", SERIES.sub("", text))
    if is_series and len(rest.split()) <= 3 and not ISSUE.search(rest):
        header.series = "Learning the Lessons"
        return True
    if not is_case_line(text):
        return False
    if is_series:
        header.series = "Learning the Lessons"
    if found := CASE.search(rest):
        header.case, rest = found[1], _without(rest, found)
    issue = ISSUE.search(rest)
    if issue:
        header.issue, rest = issue[1], _without(rest, issue)
    _rest_of_case_line(header, rest, with_issue=issue is not None)
    return True


def _without(text: str, found: re.Match[str]) -> str:
    return SEPARATORS.sub("", f"{text[: found.start()].rstrip(' |,–—-')} {text[found.end() :]}")


def _rest_of_case_line(header: Header, rest: str, *, with_issue: bool) -> None:
    """Take the theme, the date or the title that stands beside the numbers."""
    if DATE.fullmatch(rest) and iso_date(rest):
        header.published, rest = header.published or iso_date(rest), ""
    if rest and with_issue:
        header.theme = header.theme or rest
    elif rest and header.title is None:
        header.title = rest


def _published(header: Header, text: str) -> bool:
    found = published_in(text)
    if found is None or len(text.split()) > 20:
        return re.match(r"published\b", text, re.IGNORECASE) is not None and len(text.split()) < 8
    header.published = header.published or found
    return True


def force_in(title: str) -> str | None:
    """Return the force that a title of an investigation summary names behind its dash."""
    found = SUMMARY_TITLE.fullmatch(title) if len(title) <= LONGEST_TITLE else None
    return found["force"].strip() if found else None


def says_when_published(text: str) -> bool:
    """Tell whether a line says when a case was published, be it a real date or not."""
    return _published(Header(), text)


def summary_title_at(paragraphs: Sequence[Paragraph]) -> int:
    """Return where the title of a summary stands: the line with its force, else the first line."""
    top = [paragraph.text for paragraph in paragraphs[:12]]
    named = [at for at, text in enumerate(top) if force_in(text) is not None]
    plain = [at for at, text in enumerate(top) if text and not says_when_published(text)]
    return (named or plain or [0])[0]


def summary_header(paragraphs: Sequence[Paragraph]) -> Header:
    """Read the header of an investigation summary: its title with force and month, its date."""
    header = Header()
    title_at = summary_title_at(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        kind = Kind.NOT_PLACED
        if at == title_at and paragraph.text:
            header.title, kind = paragraph.text, Kind.HEADING
            header.force = force_in(paragraph.text)
        elif _published(header, paragraph.text):
            kind = Kind.PARAGRAPH
        under = header.title or "" if kind is not Kind.HEADING else ""
        header.placed.append(Placed(paragraph, kind, under=under))
    return header


def unknown_header(paragraphs: Sequence[Paragraph]) -> Header:
    """Read what a document of no known family says about itself: its title and its date, if any."""
    header = Header()
    for at, paragraph in enumerate(paragraphs[:12]):
        is_title = (
            paragraph.kind is LineKind.HEADING
            or (at == 0 and looks_like_heading(paragraph.text, 25))
        ) and heading_of(paragraph.text) is None  # fmt: skip
        if is_title and header.title is None and paragraph.kind is not LineKind.ITEM:
            header.title = paragraph.text
        elif header.published is None and published_in(paragraph.text):
            header.published = published_in(paragraph.text)
    return header


def with_kind(placed: Placed, kind: Kind) -> Placed:
    """Return the same paragraph as another kind."""
    return replace(placed, kind=kind)
