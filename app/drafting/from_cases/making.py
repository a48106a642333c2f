"""Makes the document of a draft from a reviewed case; pure, and it invents nothing.

The source's words are carried over for the author to retell; what only she can write is left
out, so that it stands among what is to do. Every piece keeps its place in the source.
"""

from __future__ import annotations

from itertools import count

from app.catalogue.document import Known
from app.drafting.from_cases.standing import standing_stated
from app.drafting.from_cases.telling import (
    MOST_IN_A_LINE,
    MOST_ITEMS,
    Desk,
    Stage,
    markdown_of,
    staged,
)
from app.drafting.parts import Document
from app.importing.review import Facts, ReviewedBlock, Use
from app.importing.source import Reviewed, one_line, places_of, source_text

IOPC = ("independent office for police conduct", "iopc")
OGL = "Open Government Licence v3.0"
_TOLD = frozenset({Use.STORY, Use.EXTRACT, Use.GUIDANCE})
_LATER = {
    "What was found": (Use.FINDING,),
    "What was recommended": (Use.RECOMMENDATION, Use.RESPONSE),
    "What followed": (Use.OUTCOME,),
}
CAME_OUT = "What came out later"
_CLAIMED = frozenset({Use.FINDING, Use.OUTCOME})


def draft_document(reviewed: Reviewed, sha256: str) -> Document:
    """Return the document that a draft begins with; it may hold much that is to do."""
    desk = Desk(reviewed, places_of(reviewed))
    facts = reviewed.review.facts
    stages = [
        *_story(desk, later=False), *_officers(desk), *_story(desk, later=True), *_later(desk),
    ]  # fmt: skip
    _name_apart(stages)
    return {
        "sources": [_source(reviewed, sha256)],
        "stages": [_plain(number, stage) for number, stage in enumerate(stages, 1)],
        "policy_questions": _policy_questions(desk, asked_by_iopc=is_iopc(facts)),
    }


def is_iopc(facts: Facts) -> bool:
    """Tell whether the publisher is the Independent Office for Police Conduct."""
    return one_line(facts.publisher).lower() in IOPC


def left_behind(reviewed: Reviewed) -> tuple[ReviewedBlock, ...]:
    """Return the blocks that go into no draft: nobody has said yet what they are."""
    return tuple(block for block in reviewed.review.kept if block.use is Use.NOT_PLACED)


def _source(reviewed: Reviewed, sha256: str) -> Document:
    facts = reviewed.review.facts
    issue = ", ".join(
        f"{word} {value}" for word, value in (("Issue", facts.issue), ("case", facts.case)) if value
    )
    found: Document = {
        "id": "case", "publisher": facts.publisher, "series": facts.series,
        "issue": issue[:1].upper() + issue[1:], "title": one_line(facts.title),
        "force": facts.force, "published": facts.published,
        "references": list(facts.references), "licence": OGL if is_iopc(facts) else "",
        "sha256": sha256, "headings": list(source_text(reviewed)[1]),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _plain(number: int, stage: Stage) -> Document:
    found: Document = {"id": f"stage-{number}", "title": stage.title[:MOST_IN_A_LINE]}
    if stage.when:
        found["when"] = stage.when[:MOST_IN_A_LINE]
    if stage.known:
        found["known"] = stage.known.value
    return found | {"items": stage.items}


def _story(desk: Desk, *, later: bool) -> list[Stage]:
    """Return the stages of what was known later, or of everything else."""
    told = [b for b in desk.reviewed.review.kept if b.use in _TOLD]
    return staged(desk, [b for b in told if (b.known is Known.LATER) is later])


def _name_apart(stages: list[Stage]) -> None:
    """Give no two stages the same name; what came out later does not bear the story's own."""
    taken: set[str] = set()
    for stage in stages:
        name = stage.title[:MOST_IN_A_LINE]
        if name in taken and stage.known is Known.LATER and not name.startswith("What "):
            name = CAME_OUT
        number, stage.title = 2, name
        while name and stage.title in taken:
            stage.title, number = f"{name[: MOST_IN_A_LINE - 6]} ({number})", number + 1
        taken.add(stage.title)


def _question(desk: Desk, block: ReviewedBlock) -> tuple[int | None, str]:
    """Return the number that the source gives a question, and all the words of its block.

    A block may hold two questions, or more than the question: nothing of it is left behind.
    """
    text = one_line(block.text)
    for question in desk.reviewed.case.questions:
        asked = one_line(question.text)
        if asked in text:
            # Its number stands in a field of its own.
            rest = text.replace(asked, "", 1).strip(" .)(:0123456789")
            return question.number, text if rest else asked
    return None, text


def _officers(desk: Desk) -> list[Stage]:
    """Return the reflections on the source's questions; what they ask, the author writes."""
    asked = [b for b in desk.reviewed.review.kept if b.use is Use.QUESTION_OFFICERS]
    iopc = is_iopc(desk.reviewed.review.facts)
    items = []
    for block in asked[:MOST_ITEMS]:
        number, _text = _question(desk, block)
        mine = {"iopc_question": number} if iopc and number and number < 100 else {}
        items.append(desk.item("reflection", block, **mine))
    title = one_line(asked[0].under) if asked else ""
    return [Stage(Known.THEN, title, items=items)] if items else []


def _policy_questions(desk: Desk, *, asked_by_iopc: bool) -> list[Document]:
    """Return the questions for managers with the numbers of the source, or the next free ones."""
    asked = [b for b in desk.reviewed.review.kept if b.use is Use.QUESTION_POLICY]
    numbered = [(block, *_question(desk, block)) for block in asked]
    taken = {number for _block, number, _text in numbered if number}
    free = (number for number in count(1) if number not in taken)
    found, used = [], set()
    for block, number, text in numbered:
        mine = number if number and number not in used else next(free)
        used.add(mine)
        row: Document = {"number": mine, "text": text}
        if asked_by_iopc:
            row["asked_by"] = "IOPC"
        found.append(row | {"place": desk.places.get(block.id, "")})
    return found


def _later(desk: Desk) -> list[Stage]:
    """Return what came out when somebody looked into the case, one stage for each sort."""
    kept = desk.reviewed.review.kept
    stages = []
    for title, uses in _LATER.items():
        blocks = [block for block in kept if block.use in uses]
        pieces = _recommended(desk, blocks) if Use.RESPONSE in uses else [[b] for b in blocks]
        items = [_found(desk, piece) for piece in pieces]
        for at in range(0, len(items), MOST_ITEMS):
            stages.append(Stage(Known.LATER, title, items=items[at : at + MOST_ITEMS]))
    return stages


def _recommended(desk: Desk, blocks: list[ReviewedBlock]) -> list[list[ReviewedBlock]]:
    """Put each response below its recommendation, as the source joins them, each in one piece."""
    left = {use: [b for b in blocks if b.use is use] for use in (Use.RECOMMENDATION, Use.RESPONSE)}
    pairs = []
    for found in desk.reviewed.case.recommendations:
        asked = _taken(found.text, left[Use.RECOMMENDATION])
        answered = _taken(found.response or "", left[Use.RESPONSE])
        pairs.append([asked, answered])
    pairs += [[[block], []] for block in left[Use.RECOMMENDATION]]
    # The order is the trainer's.
    place = {block.id: at for at, block in enumerate(blocks)}
    pairs.sort(key=lambda pair: min((place[b.id] for b in pair[0]), default=len(blocks)))
    pieces = [piece for pair in pairs for piece in pair if piece]
    return [*pieces, *([block] for block in left[Use.RESPONSE])]


def _taken(text: str, blocks: list[ReviewedBlock]) -> list[ReviewedBlock]:
    """Take out of `blocks` those whose words are the lines of a text, be they cut or joined."""
    found: list[ReviewedBlock] = []
    for line in text.split("\n"):
        wanted = f" {one_line(line).removeprefix('• ')} "
        for block in list(blocks):
            words = f" {one_line(block.text)} "
            if wanted.strip() and (wanted in words or words in wanted):
                found.append(block)
                blocks.remove(block)
            if wanted in words:
                break
    return found


def _found(desk: Desk, piece: list[ReviewedBlock]) -> Document:
    """Return a finding, outcome, recommendation or response, with its standing where stated."""
    block = piece[0]
    if block.use not in _CLAIMED:
        return desk.item("text", *piece, text=markdown_of(piece))
    words = one_line(block.text)
    place = {"place": desk.places[block.id]} if desk.places.get(block.id) else {}
    standing = standing_stated(words)
    claim = ({"standing": standing.value} if standing else {}) | place
    if len(words) > MOST_IN_A_LINE:
        return desk.item("text", block, text=block.text, claims=[claim])
    return desk.item("text", block, claims=[{"text": words, **claim}])
