"""Excerpts of guidance set inside the story: they end at their link and are no events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.cases.document import Guidance, Kind
from app.cases.layouts.headings import Part, looks_like_heading
from app.cases.layouts.placed import Placed

ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
READ_MORE = re.compile(
    r"(?:read|find out|see|learn|for) (?:more|further|the full)\b[^.?!]{0,80}"
    r"|read (?:it |this )?online|(?:available|accessible) (?:online )?(?:at|from)"
    r"|click here[^.?!]{0,80}|(?:source|link|url)",
    re.IGNORECASE,
)
AUTHORITY = re.compile(
    r"\b(?:guidance|authori[sz]ed professional practice|APP|manual|codes? of (?:practice|ethics)"
    r"|standard operating|policy|procedures?|[Aa]ct (?:19|20)\d\d|[Rr]egulations?|circular"
    r"|college of policing|ACPO|NPCC|NPIA|PACE|practice advice|standards)\b",
    re.IGNORECASE,
)
# “PC B”, “Mr A”, “Call Handler H”: how a case names its people; Code C and Annex B are none.
PERSON = re.compile(
    r"\b(?!(?:Code|Annex|Appendix|Section|Part|Schedule|Category|Class|Figure|Table|Grade|Article"
    r"|Form|Level|Plan|Vitamin|Option|Chapter|Band|Type)\b)[A-Z][A-Za-z]+ [A-Z]\b(?!\.[A-Z]|[\w&])"
)
EVENT = re.compile(
    rf"{PERSON.pattern}|\b\d{{1,2}}(?:[.:]\d\d)?\s?[ap]\.?m\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\b(?:later|earlier) that (?:day|night|evening|morning)|\b(?:days?|weeks?|months?) later\b"
)
STORY_KINDS = {Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTATION, Kind.HEADING}


@dataclass(frozen=True)
class _Found:
    """One excerpt: its title, if it has one, and its last piece, the link."""

    start: int
    end: int


def with_guidance(
    placed: list[Placed], *, of_a_case: bool
) -> tuple[list[Placed], tuple[Guidance, ...]]:
    """Return the pieces with each excerpt of guidance as guidance, and the excerpts.

    `of_a_case` tells that the layout is one that sets guidance inside its story.
    """
    placed = list(placed)
    excerpts: list[Guidance] = []
    for found in _excerpts(placed):
        excerpts.append(_excerpt(placed[found.start : found.end + 1]))
        _mark(placed, found, excerpts[-1].title)
    if of_a_case:
        _mark_those_without_end(placed)
    return placed, tuple(excerpts)


def _is_story(piece: Placed) -> bool:
    return piece.part is Part.STORY and piece.kind in STORY_KINDS


def _excerpts(placed: Sequence[Placed]) -> list[_Found]:
    """Return each excerpt: from its title to the link at its end."""
    found: list[_Found] = []
    after = 0
    for at, piece in enumerate(placed):
        if not _is_story(piece):
            after = at + 1 if piece.part is not Part.STORY else after
            continue
        below = placed[at + 1] if at + 1 < len(placed) else None
        if _is_link(piece) and not (below is not None and _is_story(below) and _only_link(below)):
            start = _title_of(placed, after, at)
            if start is not None:
                found.append(_Found(start, at))
            after = at + 1
    return found


def _only_link(piece: Placed) -> bool:
    text = piece.paragraph.text
    return bool(ADDRESS.match(text)) and len(text.split()) == 1


def _is_link(piece: Placed) -> bool:
    """Tell whether a piece only leads to where the guidance stands."""
    if _only_link(piece):
        return True
    text, links = piece.paragraph.text, piece.paragraph.links
    said = ADDRESS.sub("", text).strip(" :.–-")
    has_link = bool(links) or said != text.strip(" :.–-")
    return has_link and bool(READ_MORE.fullmatch(said))


def _title_of(placed: Sequence[Placed], after: int, end: int) -> int | None:
    """Return where the excerpt that ends here begins; the way back ends at the case's people."""
    nearest = authority = None
    for at in range(end - 1, after - 1, -1):
        piece = placed[at]
        if not _is_story(piece) or _heads_the_part(piece):
            break
        text = piece.paragraph.text
        if PERSON.search(text):
            break
        if piece.kind is Kind.ITEM or READ_MORE.fullmatch(text.rstrip(" :")) or _is_link(piece):
            continue
        if piece.kind is Kind.HEADING or looks_like_heading(text, 30):
            nearest = at if nearest is None else nearest
            authority = at if AUTHORITY.search(text) else authority
    return nearest if authority is None else authority


def _heads_the_part(piece: Placed) -> bool:
    return piece.kind is Kind.HEADING and not piece.under


def _excerpt(pieces: Sequence[Placed]) -> Guidance:
    title, *others = pieces
    text = []
    url = None
    for piece in others:
        words = piece.paragraph.text
        if _is_link(piece) or READ_MORE.fullmatch(words.rstrip(" :")):
            url = url or _address_in(piece)
        else:
            text.append(piece.line)
    return Guidance(title.paragraph.text, "\n".join(text), url)


def _address_in(piece: Placed) -> str | None:
    return next((address for _, address in piece.paragraph.links), None)


def _mark(placed: list[Placed], found: _Found, title: str) -> None:
    headings = {piece.paragraph.text for piece in placed[found.start : found.end + 1]}
    for at in range(found.start, found.end + 1):
        # What stands below the title of the excerpt stands below no other heading.
        under = placed[at].under if at == found.start else title
        placed[at] = replace(placed[at], kind=Kind.GUIDANCE, under=under, of=title)
    at = found.end + 1
    while at < len(placed) and placed[at].under in headings and placed[at].part is Part.STORY:
        placed[at] = replace(placed[at], under=placed[found.start].under)
        at += 1


def _mark_those_without_end(placed: list[Placed]) -> None:
    """Put aside guidance that has no link: where it ends nobody can tell, so she decides."""
    at = 0
    while at < len(placed):
        piece = placed[at]
        text = piece.paragraph.text
        is_title = (
            _is_story(piece)
            and piece.kind is not Kind.ITEM
            and bool(AUTHORITY.search(text))
            and looks_like_heading(text, 30)
            and not _heads_the_part(piece)
            and not PERSON.search(text)
        )
        at += 1
        if not is_title:
            if _is_story(piece) and _is_link(piece):
                # It ends an excerpt whose beginning nobody can tell.
                placed[at - 1] = replace(piece, kind=Kind.NOT_PLACED)
            continue
        placed[at - 1] = replace(piece, kind=Kind.NOT_PLACED)
        while at < len(placed) and _is_story(placed[at]):
            if EVENT.search(placed[at].paragraph.text):
                break
            placed[at] = replace(placed[at], kind=Kind.NOT_PLACED)
            at += 1
