"""A long draft for the editor: twelve stages, forty questions, texts between, half unfinished."""

from __future__ import annotations

from typing import Any

STAGES, QUESTIONS = 12, 40
PLACES = 30
_KINDS = ("single", "multiple", "ordering", "matching")
_WORDS = (
    "The caller says that her neighbour has not answered the door since Friday and that the "
    "curtains are drawn. You look at what the system holds about the address, and the line "
    "stays open while you type. "
)


def long_draft() -> dict[str, Any]:
    """Return a document of the greatest length that anybody has asked for."""
    questions = iter(range(QUESTIONS))
    stages = [_stage(number, questions) for number in range(STAGES)]
    return {
        "slug": "a-long-draft",
        "title": "A long draft",
        "summary": "You take a call and what follows from it.",
        "practise": ["Deciding with what is known"],
        "minutes": 45,
        "practice_as_at": "2020",
        "sources": [
            {"id": "case", "publisher": "Independent Office for Police Conduct",
             "title": "A case of nobody", "published": "2020-01",
             "licence": "Open Government Licence v3.0", "headings": ["Overview"]}
        ],
        "content_note": {"text": "Somebody is missing for a time."},
        "stages": stages,
        "policy_questions": [
            {"number": number, "text": f"What does your force do about {number}?",
             "asked_by": "Debrief", "place": f"Overview, {number}"} for number in range(1, 5)
        ],
    }  # fmt: skip


def _stage(number: int, questions: Any) -> dict[str, Any]:
    many = QUESTIONS // STAGES + (1 if number < QUESTIONS % STAGES else 0)
    items = [_text(f"story-{number}-a")]
    for at in (next(questions) for _ in range(many)):
        items += [_question(at), _text(f"after-{at}")]
    known = "later" if number > 9 else "available" if number % 4 == 3 else "then"
    return {"id": f"stage-{number}", "title": f"Part {number + 1} of the evening",
            "when": f"{number} o’clock", "known": known, "items": items}  # fmt: skip


def _text(name: str) -> dict[str, Any]:
    return {"id": name, "kind": "text", "text": _WORDS * 2, "place": "Overview, 1"}


def _question(at: int) -> dict[str, Any]:
    kind = _KINDS[at % 4]
    found = {
        "id": f"q-{at}", "kind": kind, "prompt": f"What would you do at moment {at}, and why then?",
        "options": [_option(at, letter, kind) for letter in "abcd"], "explanation": _WORDS,
        "outcome": {"done": "The call was closed.", "found": "It was closed too early.",
                    "standing": "stated", "place": f"Overview, {at % PLACES + 1}"},
        "place": f"Overview, {at % PLACES + 1}",
    }  # fmt: skip
    if kind == "matching":
        found["targets"] = [{"id": f"target-{n}", "text": f"The desk {n}"} for n in "abcd"]
    if at % 2:
        del found["explanation"]
    return found


def _option(at: int, letter: str, kind: str) -> dict[str, Any]:
    found = {"id": f"option-{letter}", "text": f"Ask desk {letter} to look at moment {at}",
             "feedback": _WORDS, "basis": "reasoning", "place": "Overview, 2"}  # fmt: skip
    if kind in ("single", "multiple"):
        found["credit"] = "1" if letter == "b" else "0"
    if kind == "matching":
        found["target"] = f"target-{letter}"
    return found
