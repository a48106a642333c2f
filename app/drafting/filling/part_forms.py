"""The form of every part of a draft, as tables: labels, hints, and what the document allows; pure.

What is required, which values there are and how many rows a list may have is not written here:
it comes from the module document itself.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.catalogue import document as d
from app.catalogue.known_words import KNOWN_WORDS
from app.drafting.filling.fields import MOST_ROWS, PART, Entry, Field, Group, Spec, Widget

CHOICE_WORDS: Mapping[object, str] = {
    d.Known.THEN: KNOWN_WORDS[d.Known.THEN],
    d.Known.AVAILABLE: KNOWN_WORDS[d.Known.AVAILABLE],
    d.Known.LATER: KNOWN_WORDS[d.Known.LATER],
    d.Basis.FINDING: "A finding of the investigation",
    d.Basis.PANEL: "What a panel decided",
    d.Basis.RECOMMENDATION: "A recommendation",
    d.Basis.GUIDANCE: "Published guidance",
    d.Basis.STATED_FACT: "A fact that the source states",
    d.Basis.REASONING: "Our own reasoning",
    d.Standing.ALLEGED: "Alleged",
    d.Standing.CASE_TO_ANSWER: "Case to answer",
    d.Standing.PROVEN: "Proven",
    d.Standing.NOT_PROVEN: "Not proven",
    d.Standing.ADMITTED: "Admitted",
    d.Standing.AGREED: "Agreed",
    d.Standing.STATED: "Stated: a plain event that nobody disputes",
    d.ExtractForm.LOG: "Log: one entry a line",
    d.ExtractForm.MESSAGE: "Message",
    d.ExtractForm.GUIDANCE: "Guidance",
    d.ExtractForm.RECORD: "Record: one box a line",
}
_KNOWN = "When it could be known"
_PLACE = "A heading of the source, a comma, and the number of the paragraph below it."


def _line(key: str, label: str, hint: str = "") -> Field:
    return Field(key, label, Widget.LINE, hint)


def _sentence(key: str, label: str, hint: str = "") -> Field:
    return Field(key, label, Widget.SENTENCE, hint, height=2)


def _text(key: str, label: str, hint: str = "", height: int = 4) -> Field:
    return Field(key, label, Widget.MARKDOWN, hint, height=height)


def _choice(key: str, label: str, hint: str = "", among: str = "") -> Field:
    return Field(key, label, Widget.CHOICE, hint, among=among)


def _lines(key: str, label: str, hint: str = "", height: int = 4) -> Field:
    return Field(key, label, Widget.LINES, hint or "One on each line.", height=height)


def _place(label: str = "Where the source says it") -> Field:
    return Field("place", label, Widget.PLACE, _PLACE)


def _basis(label: str = "What this rests on") -> Field:
    return _choice("basis", label)


def _inner(annotation: Any) -> Any:
    """Return what an annotation is without “or nothing” and the like."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(a for a in get_args(annotation) if a is not type(None))
    return annotation


def _choices(annotation: Any) -> tuple[tuple[str, str], ...]:
    inner = _inner(annotation)
    if isinstance(inner, type) and issubclass(inner, Enum):
        return tuple((member.value, CHOICE_WORDS[member]) for member in inner)
    if get_origin(inner) is Literal:
        return tuple((str(value), str(value)) for value in get_args(inner))
    return ()


def _most(info: FieldInfo) -> int:
    found = (getattr(m, "max_length", None) for m in info.metadata)
    return next((limit for limit in found if limit is not None), MOST_ROWS)


def of(model: type[BaseModel], *entries: Entry) -> Spec:
    """Complete the entries with what the model says of their keys."""
    by_key = {info.alias or name: info for name, info in model.model_fields.items()}
    return tuple(_completed(entry, by_key[entry.key]) for entry in entries)


def _completed(entry: Entry, info: FieldInfo) -> Entry:
    if isinstance(entry, Group):
        return replace(entry, required=info.is_required(), most=_most(info))
    choices = entry.choices or _choices(info.annotation)
    return replace(entry, required=info.is_required(), choices=choices)


REVEAL = of(
    d.Reveal,
    _choice("known", _KNOWN),
    _text("text", "What they read"),
    Field("form", "What it looks like", Widget.CHOICE, nothing="Plain story"),
    _line("title", "Its title", "Only for a document, such as “Entry in the log”."),
    _place(),
)
THEN = Group("then", "What answering reveals", REVEAL, one="text", named_by="text",
             hint="Everybody meets it once they have answered.")  # fmt: skip
FOLLOWS = Group("then", "What follows if they choose this", REVEAL,
                hint="A short text that only they meet who choose this. Leave it empty if the "
                     "story simply goes on.")  # fmt: skip
_OPTION_TEXT = _sentence("text", "The option")
_FEEDBACK = _text("feedback", "Why", "Shown after they have answered, right or not.")
_MARK = (("1", "Right"), ("0", "Not right"))
_CREDIT = (*_MARK, (PART, "Partly right"))
CLAIM = of(
    d.Claim,
    _sentence("text", "What is said of somebody’s conduct"),
    _choice("standing", "How far it was established"),
    _line("by", "Who established it", "Such as “IOPC” or “gross misconduct hearing”."),
    _place(),
)
POINT = of(d.ModelPoint, _sentence("text", "The point"), _basis(), _place())


def _marked_options(credits: tuple[tuple[str, str], ...], hint: str) -> Group:
    credit = Field("credit", "Is it right?", Widget.CREDIT, choices=credits)
    row = of(d.Option, _OPTION_TEXT, credit, _FEEDBACK, _basis(), _place(), FOLLOWS)
    return _options(row, hint=hint)


ORDERED = of(d.OrderedOption, _OPTION_TEXT, _FEEDBACK, _basis(), _place())
MATCHED = of(
    d.MatchedOption, _OPTION_TEXT, _choice("target", "Goes with", among="targets"), _FEEDBACK,
    _basis(), _place(),
)  # fmt: skip
TARGET = of(d.Target, _sentence("text", "The text"))
OUTCOME = of(
    d.Outcome,
    _sentence("done", "What was done in the case"),
    _sentence("found", "What was found about it"),
    _choice("standing", "How far that was established"),
    _line("by", "Who established it", "Such as “IOPC”."),
    _place(),
)


def _options(rows: Spec, label: str = "Options", hint: str = "") -> Group:
    return Group("options", label, rows, hint, one="option", named_by="text", ids="option")


def _asked(model: type[BaseModel], *middle: Entry) -> Spec:
    """Return the form of a marked question; `middle` is what differs by kind."""
    return of(
        model,
        _sentence("prompt", "The question", "One decision, as it stood then."),
        *middle,
        _text("explanation", "Why the right answer is right", "Shown with the feedback."),
        _text("reasonable", "What made something else look reasonable",
              "So that nobody is judged with hindsight."),
        THEN,
        Group("outcome", "What happened in the case", OUTCOME,
              hint="Shown at the end, beside the learner’s own decision."),
        _line("hint", "A hint", "Shown with the question. Often better without."),
        Field("needs", "What they must have read first", Widget.CHECKS,
              "Only what stands before this question can be asked for.", among="earlier"),
        _place("Where the source raises it"),
    )  # fmt: skip


STAGE = of(
    d.Stage,
    _line("title", "Title", "It must not give away what comes."),
    _line("when", "When", "Such as “about 6.30pm”."),
    _line("seat", "Whose place the learner takes", "Such as “call taker”."),
    _choice("known", _KNOWN, "Findings and outcomes belong to what was known only later."),
)
SETTINGS = of(
    d.Module,
    _line("title", "Title", "It must not give away what happened. Up to 120 letters."),
    _line("slug", "Short name", "It stands in the module’s address: small letters, figures and "
          "hyphens, such as “the-first-call”. Left empty, it is made from the title when you "
          "press Save. It cannot change once a version is published."),
    _sentence("summary", "What the module is about", "One sentence, before the learner starts."),
    _lines("practise", "What one practises", "One on each line, up to six. Shown before Start."),
    Field("minutes", "Minutes it takes", Widget.NUMBER),
    _line("practice_as_at", "Practice as at", "The year whose law and guidance it follows."),
    Field("owner", "Who may use it", Widget.CHOICE,
          "One part of the organisation, or everybody who uses this Debrief.",
          among="units", nothing="Everybody, in every force"),
    _lines("topics", "Topics"),
    _lines("audiences", "For whom"),
    _lines("competencies", "Competencies", "One on each line."),
)  # fmt: skip
NOTE = of(
    d.ContentNote,
    _sentence("text", "What the case holds", "One plain line, such as “This case concerns a death "
              "in custody.”"),
    _choice("alternative", "Another module that teaches the same",
            "Offered to whoever would rather not take this one.", "modules"),
)  # fmt: skip
PERSON = of(
    d.CasePerson,
    _line("name", "Name", "As the source gives it, such as “Mr A”. Never a full name."),
    _sentence("who", "What the learner may know of them", "From the stage below on."),
    _choice("from", "From which stage", among="stages"),
    _place(),
)
SOURCE = of(
    d.Source,
    _line("title", "Title"),
    _line("publisher", "Publisher"),
    _line("series", "Series", "Such as “Learning the Lessons”."),
    _line("issue", "Issue"),
    _line("force", "Force"),
    _line("published", "Published", "A year, a month or a day: 2020, 2020-01 or 2020-01-28."),
    _lines("references", "References", height=2),
    _line("url", "Web address"),
    _line("licence", "Licence", "Such as “Open Government Licence v3.0”."),
    _lines("headings", "Its headings, in order",
           "One on each line, every one. Places count the paragraphs below them.", 8),
)  # fmt: skip
POLICY = of(
    d.PolicyQuestion,
    Field("number", "Number", Widget.NUMBER),
    _sentence("text", "The question"),
    _choice("asked_by", "Whose question it is"),
    _place(),
)
FORMS: Mapping[str, Spec] = {
    "settings": SETTINGS,
    "content-note": of(d.Module, Group("content_note", "Content note", NOTE)),
    "people": of(d.Module, Group("people", "People", PERSON, one="entry", named_by="name",
        hint="The same person may stand here twice, with more known from a later stage on.")),
    "sources": of(d.Module, Group("sources", "Sources", SOURCE, one="source", named_by="title",
        ids="source", hint="Learners see them from the first stage that was known only later.")),
    "policy-questions": of(d.Module, Group("policy_questions", "Policy questions", POLICY,
        one="question", named_by="text", numbered="number",
        hint="For managers. The organisation answers them; nobody is marked.")),
    "stage": STAGE,
    "text": of(d.Text, _text("text", "The story", height=12), _place(),
        Group("claims", "Claims about conduct", CLAIM, one="claim", named_by="text",
              hint="What the text says of somebody’s conduct, with how far it was established.")),
    "extract": of(
        d.Extract,
        _choice("form", "What it is"),
        _line("title", "Title", "Such as “Log of the call”."),
        _text("text", "Its text", "For a log or a record, one entry on each line: a time or a "
              "name, a colon, the words.", 10),
        _line("publisher", "Who publishes it", "For guidance."),
        _line("url", "Where it can be read", "A web address, for guidance."),
        _place(),
    ),
    "single": _asked(d.Single, _marked_options(
        _CREDIT, "One is right. Another may be partly right, with a fraction.")),
    "multiple": _asked(d.Multiple, _marked_options(
        _MARK, "At least one is right, and at least one is not.")),
    "ordering": _asked(d.Ordering, _options(ORDERED, "Options, in the right order",
        "Learners meet them in another order.")),
    "matching": _asked(d.Matching,
        Group("targets", "What they are matched with", TARGET, one="target", named_by="text",
              ids="target"),
        _options(MATCHED)),
    "reflection": of(
        d.Reflection,
        _sentence("prompt", "The question", "Learners write, then see the points below. It is "
                  "never marked."),
        Group("model_points", "Model points", POINT, one="point", named_by="text",
              hint="What a good answer may have thought of."),
        THEN,
        _line("hint", "A hint"),
        Field("iopc_question", "Number of the IOPC’s question", Widget.NUMBER,
              "Leave it empty for a question of our own: the page then says so."),
        _line("audience", "For whom", "Empty means officers and staff."),
        _place("Where the source raises it"),
    ),
}  # fmt: skip


def form_for(address: str, kind: str = "", *, published: bool = False) -> Spec:
    """Return the form of a part; `kind` is that of an item. An unknown kind has no fields.

    The short name of a module that has a version stands for ever: nobody is offered it.
    """
    spec = FORMS.get(kind if address.startswith("item.") else address.partition(".")[0], ())
    if published and address == "settings":
        return tuple(entry for entry in spec if entry.key != "slug")
    return spec
