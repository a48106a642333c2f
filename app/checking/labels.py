"""What the editor calls the parts of a module, for sentences about them; pure."""

from __future__ import annotations

from typing import Any

from app.catalogue.strict_yaml import Path

# As the editor's forms have them: a test holds the two together.
LABELS = {
    "alternative": "Another module that teaches the same", "asked_by": "Whose question it is",
    "audience": "For whom", "audiences": "For whom", "basis": "What this rests on",
    "by": "Who established it", "claims": "Claims about conduct", "competencies": "Competencies",
    "content_note": "Content note", "credit": "Is it right?", "done": "What was done in the case",
    "explanation": "Why the right answer is right", "feedback": "Why", "force": "Force",
    "found": "What was found about it", "from": "From which stage",
    "headings": "Its headings, in order", "hint": "A hint",
    "iopc_question": "Number of the IOPC’s question", "issue": "Issue",
    "known": "When it could be known", "licence": "Licence", "minutes": "Minutes it takes",
    "model_points": "Model points", "name": "Name", "needs": "What they must have read first",
    "number": "Number", "owner": "Who may use it", "people": "People",
    "policy_questions": "Policy questions", "practice_as_at": "Practice as at",
    "practise": "What one practises", "prompt": "The question", "published": "Published",
    "reasonable": "What made something else look reasonable", "references": "References",
    "seat": "Whose place the learner takes", "series": "Series", "slug": "Short name",
    "sources": "Sources", "summary": "What the module is about", "target": "Goes with",
    "topics": "Topics", "when": "When", "who": "What the learner may know of them",
}  # fmt: skip
# Keys that the forms call differently in different parts: what any reader understands.
_ELSEWHERE = {
    "form": "What it is", "options": "Options", "outcome": "What happened in the case",
    "place": "Where the source says it", "publisher": "Publisher",
    "sha256": "The source’s document", "standing": "How far it was established",
    "targets": "What they are matched with", "text": "The text", "then": "What answering reveals",
    "title": "Title", "url": "Web address",
}  # fmt: skip
_IN_FIGURES = {
    "minutes": "write the minutes in figures, such as 10",
    "practice_as_at": "write the year in four figures, such as 2017",
    "published": "write a year, a month or a day, such as 2020, 2020-01 or 2020-01-28",
}
_NO_FIGURES = frozenset({"int_type", "int_parsing", "string_pattern_mismatch"})


def key_of(path: Path) -> str:
    """Return the key that a path leads to, or the list that it leads into."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def label_of(key: str) -> str:
    """Return what the editor calls a key."""
    return LABELS.get(key) or _ELSEWHERE.get(key) or key


def in_the_editors_words(sentence: str, error: Any, path: Path) -> str:
    """Return what is wrong with a field in the words of the editor, not of the file."""
    key = key_of(path)
    if error["type"] in _NO_FIGURES and key in _IN_FIGURES:
        return _IN_FIGURES[key]
    if error["type"] in ("int_type", "int_parsing"):
        return f"“{label_of(key)}”: write a number in figures, such as 10"
    return sentence.replace(f"“{key}”", f"“{label_of(key)}”", 1)
