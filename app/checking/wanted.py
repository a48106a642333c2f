"""What an unfinished module still lacks, in sentences that say what to write; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.catalogue.module_files import Finding, Severity, path_in_file, told
from app.catalogue.strict_yaml import Path
from app.checking.labels import in_the_editors_words, label_of

_WHOLE = "A module is published only when nothing in it is missing."
_PLACE = (
    "Say where in the source this stands: a heading and the number of the paragraph",
    "Learners and reviewers look up what a claim rests on.",
)
_BASIS = (
    "Say what this rests on: a finding, guidance, a stated fact or reasoning",
    "A learner who is told that she was wrong may ask who says so.",
)
_STANDING = (
    "Say how far this was established, such as alleged or proven",
    "What was only alleged must never read as proven.",
)
_KNOWN = (
    "Say whether this was known then, was available, or came out later",
    "A learner decides fairly only on what was known at the time.",
)
_ID = ("This part has no id", "Statistics and comparisons hang on the ids of the parts.")
_FEEDBACK = (
    "Write why this is right or not",
    "Without it, somebody who chose this option learns nothing from it.",
)
# Two lists of options and targets hold at least two.
_OPTIONS = ("Write at least two options", "There is nothing to decide between.")
# What to write, and why, by the list or part that a key stands in (empty: the module) and the key.
WANTED: dict[tuple[str, str], tuple[str, str]] = {
    ("", "slug"): (
        "Write the module’s short name: small letters, figures and hyphens",
        "It stands in the address at which everybody finds the module.",
    ),
    ("", "title"): (
        "Write a title that gives nothing away",
        "The title is the first thing that a learner reads.",
    ),
    ("", "summary"): (
        "Write in one sentence what one does in this module",
        "An officer decides by it whether this is for her.",
    ),
    ("", "practise"): (
        "Write what one will practise",
        "An officer wants to know before she starts what she will get out of it.",
    ),
    ("", "minutes"): (
        "Write how many minutes it takes",
        "An officer plans her time by the minutes that are promised.",
    ),
    ("", "practice_as_at"): (
        "Write the year whose practice the case shows, such as 2019",
        "Old practice must not be taken for current practice.",
    ),
    ("", "sources"): (
        "Name the published text that the module rests on",
        "Everything in a module rests on a published source.",
    ),
    ("", "content_note"): (
        "Write what the case holds, in one plain line",
        "Some learners have lived what the case tells, and decide by this line whether to start.",
    ),
    ("", "stages"): ("Add the first stage", "A module without stages has nothing to read."),
    ("content_note", "text"): (
        "Write what the case holds, in one plain line",
        "Some learners have lived what the case tells, and decide by this line whether to start.",
    ),
    ("sources", "publisher"): ("Write who published the source", _PLACE[1]),
    ("sources", "title"): ("Write the title of the source", _PLACE[1]),
    ("sources", "published"): (
        "Write when the source was published: a year, year-month or date",
        "A reader must see how old a source is.",
    ),
    ("sources", "licence"): (
        "Write under which licence the source is published",
        "The licence decides what may be taken from the source.",
    ),
    ("sources", "headings"): ("List the headings of the source in their order", _PLACE[1]),
    ("people", "name"): ("Write what the person is called, such as PC B", _WHOLE),
    ("people", "who"): ("Write who this is, as far as it is known then", _WHOLE),
    ("people", "from"): ("Choose the stage from which this is known", _KNOWN[1]),
    ("stages", "title"): ("Write a title for the stage", "It is the heading of the page."),
    ("stages", "known"): _KNOWN,
    ("stages", "items"): (
        "Add something to read or to decide: the stage is empty",
        "A learner would meet an empty page.",
    ),
    ("items", "kind"): ("Choose what kind of item this is", _WHOLE),
    ("items", "text"): (
        "Write in your own words what learners read",
        "A learner would meet an empty place.",
    ),
    ("items", "title"): ("Write a title for the extract", _WHOLE),
    ("items", "form"): ("Say whether it is a log, a message, guidance or a record", _WHOLE),
    ("items", "prompt"): (
        "Write the question",
        "A learner must see at once what she is to decide.",
    ),
    ("items", "options"): _OPTIONS,
    ("items", "targets"): ("Write at least two targets to match with", _OPTIONS[1]),
    ("items", "explanation"): (
        "Explain why the key is right",
        "The explanation is what a learner takes with her.",
    ),
    ("items", "outcome"): (
        "Write what was done in the case and what was found",
        "At the end a learner holds her decision against it.",
    ),
    ("items", "model_points"): (
        "Write what a good answer may have thought of",
        "After writing, a learner compares her own thoughts with these.",
    ),
    ("options", "text"): ("Write the option", _OPTIONS[1]),
    ("options", "credit"): (
        "Say whether this option is right",
        "Without it the answer cannot be marked.",
    ),
    ("options", "target"): (
        "Choose the target that this is matched with",
        "Without it the answer cannot be marked.",
    ),
    ("options", "feedback"): _FEEDBACK,
    ("targets", "text"): ("Write the target", _OPTIONS[1]),
    ("model_points", "text"): ("Write the point", _WHOLE),
    ("outcome", "done"): (
        "Write what was done in the case",
        "At the end a learner holds her decision against it.",
    ),
    ("outcome", "found"): (
        "Write what was found about it",
        "At the end a learner holds her decision against it.",
    ),
    ("claims", "text"): ("Write the claim", _WHOLE),
    ("then", "text"): ("Write what opens after the answer", "A learner would meet an empty place."),
    ("policy_questions", "number"): ("Give the question its number", _WHOLE),
    ("policy_questions", "text"): ("Write the question", _WHOLE),
    ("policy_questions", "asked_by"): (
        "Say whether the IOPC asked this or Debrief does",
        "Debrief’s own questions must not pass for the IOPC’s.",
    ),
}
_ANYWHERE = {
    "id": _ID,
    "place": _PLACE,
    "basis": _BASIS,
    "standing": _STANDING,
    "known": _KNOWN,
}
_LACKING = {"missing", "too_short"}
_UNREADABLE = "Debrief can show this to learners only once it has that form."
_PLACE_OF_REASONING = (
    "Say which part of the source this reasoning is about: a heading and the number of the "
    "paragraph",
    "Our own reasoning is about something that the source says, and learners may look it up.",
)


def is_blank(value: Any) -> bool:
    """Tell whether nothing was written: empty, or spaces alone."""
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def value_at(document: Any, path: Path) -> Any:
    """Return what stands at a path; None where it leads nowhere."""
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def of_draft(error: Any, document: Any) -> Finding:
    """Turn one of pydantic's errors into what is to do, or into what is wrong."""
    path = path_in_file(tuple(error["loc"]))
    value = value_at(document, path)
    if error["type"].startswith("union_tag") and is_blank(value.get("kind")):
        path, value = (*path, "kind"), None
    if error["type"] not in _LACKING and not is_blank(value):
        finding = told(error, document)
        said = in_the_editors_words(finding.sentence, error, path)
        return replace(finding, sentence=shortened(said), why=_UNREADABLE)
    reasoned = path[-1] == "place" and value_at(document, (*path[:-1], "basis")) == "reasoning"
    sentence, why = _PLACE_OF_REASONING if reasoned else wanted(path)
    return Finding(Severity.TODO, sentence, path, why=why)


def shortened(sentence: str) -> str:
    """Return a sentence without the middle, if it repeats a whole text."""
    return sentence if len(sentence) <= 300 else f"{sentence[:200]} … {sentence[-60:]}"


def wanted(path: Path) -> tuple[str, str]:
    """Return what to write at `path`, and why."""
    keys = [step for step in path if isinstance(step, str)]
    key, part = (*reversed(keys), "", "")[:2]
    default = (f"“{label_of(key)}” is empty: write it, or remove it", _WHOLE)
    return WANTED.get((part, key)) or _ANYWHERE.get(key, default)
