"""A module of ten questions, two reflections and five stages, as long as a real one."""

from __future__ import annotations

from typing import Any

from app.catalogue.document import Module

PLACE = "Overview, 1"
KINDS = (
    "single", "multiple", "single", "ordering", "matching",
    "single", "multiple", "single", "ordering", "single",
)  # fmt: skip
SENTENCE = (
    "The caller says that the man has his number, that he has kept every message, and that "
    "nobody has been sent to him since he first rang about it in the afternoon."
)
STAGES = ("one", "two", "three", "four", "five")


def words(key: str, sentences: int) -> str:
    """Return that many sentences of story, all different from those of another key."""
    lines = [f"{SENTENCE[:-1]}, which stands in entry {key}-{n}." for n in range(sentences)]
    return "\n".join(lines)


def _option(key: str, **more: str) -> dict[str, Any]:
    return {
        "id": key,
        "text": f"Ask what {key} would tell about the risk, and write it down",
        "feedback": words(f"feedback {key}", 2),
        "basis": "finding",
        "place": "Overview, 2",
        **more,
    }


def _options(key: str, kind: str) -> list[dict[str, Any]]:
    ids = [f"{key}-{letter}" for letter in "abcd"]
    if kind == "single":
        return [_option(i, credit=c) for i, c in zip(ids, ("0", "1", "1/2", "0"), strict=True)]
    if kind == "multiple":
        return [_option(i, credit=c) for i, c in zip(ids, ("1", "0", "1", "0"), strict=True)]
    if kind == "matching":
        return [_option(i, target=f"{i}-target") for i in ids]
    return [_option(i) for i in ids]


def _question(number: int) -> dict[str, Any]:
    key, kind = f"q{number}", KINDS[number - 1]
    found: dict[str, Any] = {
        "id": key,
        "kind": kind,
        "prompt": f"What would you do first about question {number}, with what you know now?",
        "explanation": words(f"explanation {key}", 2),
        "then": [{"known": "available", "text": words(f"then {key}", 2), "place": PLACE}],
        "outcome": {
            "done": "He took the caller for an adult and asked no more.",
            "found": "Questions that a full risk assessment needs were not asked.",
            "standing": "case to answer",
            "place": PLACE,
        },
        "options": _options(key, kind),
        "place": PLACE,
    }
    if kind == "matching":
        found["targets"] = [
            {"id": f"{key}-{letter}-target", "text": f"The entry about {letter}"}
            for letter in "abcd"
        ]
    return found


def _text(key: str) -> dict[str, Any]:
    return {"id": key, "kind": "text", "text": words(key, 5), "place": PLACE}


def _extract(key: str) -> dict[str, Any]:
    title = "From the incident log"
    text = words(key, 3)
    return {
        "id": key, "kind": "extract", "form": "log", "title": title, "text": text, "place": PLACE,
    }  # fmt: skip


def _reflection(key: str) -> dict[str, Any]:
    points = [
        {"text": words(f"{key} point {n}", 1), "basis": "reasoning", "place": PLACE}
        for n in range(4)
    ]
    return {
        "id": key,
        "kind": "reflection",
        "prompt": "What made it look reasonable at the time?",
        "model_points": points,
        "place": PLACE,
    }


def _stage(at: int, reflection: str | None) -> dict[str, Any]:
    first, second = 2 * at + 1, 2 * at + 2
    items = [_text(f"t{first}"), _question(first), _extract(f"x{first}"), _question(second)]
    if reflection:
        items.append(_reflection(reflection))
    return {
        "id": STAGES[at],
        "title": f"Part {STAGES[at]} of the evening",
        "when": "about 6.30pm",
        "seat": "call taker",
        "known": "then",
        "items": [*items, _text(f"t{second}")],
    }


def module_of_ten(slug: str = "ten-questions") -> Module:
    """Return the module; reflections r1 and r2 close its last two stages."""
    reflections = (None, None, None, "r1", "r2")
    return Module.model_validate(
        {
            "slug": slug,
            "title": "An evening in the control room",
            "summary": "You take a call and decide what to ask, what to check and what to say.",
            "practise": ["Deciding what to ask", "Choosing what to check", "Reading a log"],
            "minutes": 12,
            "practice_as_at": "2020",
            "sources": [
                {
                    "id": "case",
                    "publisher": "Independent Office for Police Conduct",
                    "title": "A made-up case",
                    "published": "2020-01",
                    "licence": "Open Government Licence v3.0",
                    "headings": ["Overview"],
                }
            ],
            "content_note": {"text": "Nothing in it happened."},
            "people": [{"name": "Mr A", "who": "the caller", "from": "one", "place": PLACE}],
            "stages": [_stage(at, reflections[at]) for at in range(5)],
            "policy_questions": [
                {
                    "number": 1,
                    "text": "Does your force train everybody who takes calls?",
                    "asked_by": "Debrief",
                    "place": PLACE,
                }
            ],
        }
    )


def right_form(question: Any) -> list[tuple[str, str]]:
    """Return the fields that answer a question in full."""
    if question.kind == "ordering":
        return [("order", option.id) for option in question.options]
    if question.kind == "matching":
        return [(f"pair-{option.id}", option.target) for option in question.options]
    return [("choice", option.id) for option in question.options if option.credit == "1"]
