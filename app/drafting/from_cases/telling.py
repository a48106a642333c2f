"""Tells the story of a reviewed case as stages with texts and extracts; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from app.cases.document import Kind, LineKind
from app.cases.layouts.guidance import READ_MORE
from app.cases.repairs.markers import is_bullet, marker_of
from app.catalogue.document import Known
from app.drafting.parts import Document
from app.importing.review import ReviewedBlock, Use
from app.importing.source import MOST_IN_A_PLACE, Reviewed, one_line

MOST_IN_A_LINE = 500
# A text of the draft holds about so many words, and a new date begins a stage after as many.
WORDS_OF_A_TEXT = 120
WORDS_BEFORE_A_DATE = 60
MOST_ITEMS, MOST_STAGES_OF_STORY = 40, 22
_LOG_LINE = re.compile(r"^\W*\d{1,2}[:.]\d{2}", re.M)


@dataclass
class Stage:
    """A stage as it grows."""

    known: Known | None
    title: str = ""
    when: str = ""
    items: list[Document] = field(default_factory=list)

    @property
    def words(self) -> int:
        """Return how much there is to read in it so far."""
        return sum(len(str(item.get("text", "")).split()) for item in self.items)


@dataclass
class Desk:
    """What the making has before it: the case, the places of its blocks, fresh numbers."""

    reviewed: Reviewed
    places: Mapping[str, str]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @cached_property
    def listed(self) -> frozenset[tuple[int | None, int]]:
        """Return the pages and lines of the source that are rows of lists."""
        return frozenset(
            (line.page, line.line)
            for line in self.reviewed.case.source
            if line.kind is LineKind.ITEM or is_bullet(marker_of(line.text.strip())[0])
        )

    def item(self, kind: str, *blocks: ReviewedBlock, **more: Any) -> Document:
        """Return an item of a kind with an id of its own and the places of its blocks."""
        found = {"id": f"{kind}-{next(self.numbers)}", "kind": kind, **more}
        place = _joined([self.places.get(block.id, "") for block in blocks])
        return found | ({"place": place} if place else {})


def staged(desk: Desk, told: list[ReviewedBlock]) -> list[Stage]:
    """Part a story where a heading, a mark of the timeline or a date begins something new."""
    stages: list[Stage] = []
    heading: str | None = None
    for run in _runs(desk, told):
        under = heading if run[0].use is Use.GUIDANCE and heading is not None else run[0].under
        if not stages or under != heading or _begins(stages, run[0]):
            title = under if under != heading else ""
            when = run[0].when if run[0].use is Use.STORY else ""
            stages.append(Stage(_known(run[0], stages), one_line(title), when))
        heading = under
        stages[-1].items.append(_told(desk, run))
    return stages


def _known(block: ReviewedBlock, stages: list[Stage]) -> Known | None:
    """Return when a block could be known; guidance has no mark and goes with the story."""
    if block.use is Use.GUIDANCE and block.known is None and stages:
        return stages[-1].known
    return block.known


def _begins(stages: list[Stage], block: ReviewedBlock) -> bool:
    last = stages[-1]
    if _known(block, stages) is not last.known or len(last.items) == MOST_ITEMS:
        return True
    another_day = _dates_itself(block) and block.when != last.when
    room = len(stages) < MOST_STAGES_OF_STORY
    return another_day and room and last.words >= WORDS_BEFORE_A_DATE


def _dates_itself(block: ReviewedBlock) -> bool:
    """Tell whether a block says when it happened; a date in a list does not part the list."""
    return bool(block.use is Use.STORY and block.when and block.kind is not Kind.ITEM)


def _runs(desk: Desk, told: list[ReviewedBlock]) -> list[list[ReviewedBlock]]:
    """Put together what is one text, or one excerpt of guidance."""
    runs: list[list[ReviewedBlock]] = []
    for block in told:
        if runs and _goes_on(desk, runs[-1], block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _goes_on(desk: Desk, run: list[ReviewedBlock], block: ReviewedBlock) -> bool:
    last = run[-1]
    if block.use is not last.use or block.use is Use.EXTRACT or block.known is not last.known:
        return False
    if block.use is Use.GUIDANCE:
        return _title_of_guidance(desk, block) is None
    if block.under != last.under or (_dates_itself(block) and block.when != last.when):
        return False
    places = "; ".join(desk.places.get(each.id, "") for each in (*run, block))
    if len(places) > MOST_IN_A_PLACE:
        return False
    words = sum(len(each.text.split()) for each in run)
    return block.kind is Kind.ITEM or words < WORDS_OF_A_TEXT


def _told(desk: Desk, run: list[ReviewedBlock]) -> Document:
    if run[0].use is Use.GUIDANCE:
        return _guidance(desk, run)
    if run[0].use is Use.EXTRACT:
        form = {"form": "log"} if len(_LOG_LINE.findall(run[0].text)) > 1 else {}
        return desk.item("extract", *run, **form, text=run[0].text)
    return desk.item("text", *run, text=_markdown(desk, run))


def _markdown(desk: Desk, run: list[ReviewedBlock]) -> str:
    return markdown_of(run, [_is_listed(desk, block) for block in run])


def _is_listed(desk: Desk, block: ReviewedBlock) -> bool:
    """Tell whether a block is a row of a list; within guidance only its line still shows it."""
    if block.use is Use.GUIDANCE and (block.at.page, block.at.line) in desk.listed:
        return True
    return block.kind is Kind.ITEM


def markdown_of(run: list[ReviewedBlock], listed: list[bool] | None = None) -> str:
    """Return the words of pieces as paragraphs and lists."""
    rows = listed or [block.kind is Kind.ITEM for block in run]
    text = ""
    for number, block in enumerate(run):
        row = f"- {one_line(block.text)}" if rows[number] else block.text
        both = number and rows[number - 1] and rows[number]
        text += ("\n" if both else "\n\n" if number else "") + row
    return text


def _title_of_guidance(desk: Desk, block: ReviewedBlock) -> str | None:
    titles = {one_line(guidance.title): guidance.title for guidance in desk.reviewed.case.guidance}
    return titles.get(one_line(block.text))


def _guidance(desk: Desk, run: list[ReviewedBlock]) -> Document:
    """Return an excerpt of guidance with its title and link where the source gives them."""
    title = _title_of_guidance(desk, run[0])
    known = {one_line(each.title): each for each in desk.reviewed.case.guidance}
    url = known[one_line(title)].url if title else None
    told = [b for b in run if one_line(b.text) != one_line(title or "")]
    told = [b for b in told if not (url and _only_leads(b.text, url))] or run
    more = {"title": one_line(title)[:MOST_IN_A_LINE]} if title else {}
    link = {"url": url} if url and len(url) <= MOST_IN_A_LINE else {}
    return desk.item("extract", *run, form="guidance", **more, text=_markdown(desk, told), **link)


def _only_leads(text: str, url: str) -> bool:
    """Tell whether a piece is the link itself, or the words that lead to it."""
    said = one_line(text).replace(url, "").strip(" :.–-")
    return not said or bool(READ_MORE.fullmatch(said))


def _joined(places: list[str]) -> str:
    """Return the places of several pieces, each once, as many as a place may hold."""
    written = ""
    for place in dict.fromkeys(each for found in places for each in found.split("; ") if each):
        longer = f"{written}; {place}" if written else place
        if len(longer) <= MOST_IN_A_PLACE:
            written = longer
    return written
