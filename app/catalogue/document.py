"""The module document: the one form of a module in files, versions, editor, player and exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.catalogue.places import parse_places

_CREDIT = re.compile(r"^(?:0|1|[1-9]\d{0,2}/[1-9]\d{0,2})$")


def _checked_credit(text: str) -> str:
    if not _CREDIT.match(text) or Fraction(text) > 1:
        raise ValueError(f"“{text}” is not a credit: write 0, 1 or a fraction such as 1/2")
    return text


def _checked_place(text: str) -> str:
    parse_places(text)
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^\S(?:.*\S)?$")]
Markdown = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Credit = Annotated[str, AfterValidator(_checked_credit)]
PlaceText = Annotated[str, Field(max_length=400), AfterValidator(_checked_place)]


class Known(Enum):
    """When something could be known."""

    THEN = "then"
    AVAILABLE = "available"
    LATER = "later"


class Basis(Enum):
    """What a mark, a feedback or a model point rests on."""

    FINDING = "finding"
    PANEL = "panel"
    RECOMMENDATION = "recommendation"
    GUIDANCE = "guidance"
    STATED_FACT = "stated fact"
    REASONING = "reasoning"


class Standing(Enum):
    """How far a claim about somebody's conduct was established."""

    ALLEGED = "alleged"
    CASE_TO_ANSWER = "case to answer"
    PROVEN = "proven"
    NOT_PROVEN = "not proven"
    ADMITTED = "admitted"
    AGREED = "agreed"
    # A plain event or decision that nobody disputes and that judges nobody.
    STATED = "stated"


class ExtractForm(Enum):
    """What an extract renders, which decides how it looks."""

    LOG = "log"
    MESSAGE = "message"
    GUIDANCE = "guidance"
    RECORD = "record"


class Strict(BaseModel):
    """Base of every part: unknown keys are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=False)


class Source(Strict):
    """A published text that the module rests on."""

    id: Identifier
    publisher: Line
    series: Line | None = None
    issue: Line | None = None
    # Shown from the first later stage on: a source's own title gives the outcome away.
    title: Line
    force: Line | None = None
    published: Annotated[str, StringConstraints(pattern=r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")]
    references: tuple[Line, ...] = ()
    url: Line | None = None
    licence: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    # Every heading of the source in order; places count paragraphs below them.
    headings: tuple[Line, ...]


class ContentNote(Strict):
    """What the case holds, in one plain line, and another module that teaches the same."""

    text: Line
    alternative: Identifier | None = None


class CasePerson(Strict):
    """What the learner may know of somebody in the case, from a stage on."""

    name: Line
    who: Line
    from_: Identifier = Field(alias="from")
    place: PlaceText

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Claim(Strict):
    """A claim about conduct with how far it was established."""

    text: Line
    standing: Standing
    # Who established it or where, such as “IOPC” or “gross misconduct hearing”.
    by: Line | None = None
    place: PlaceText


class Reveal(Strict):
    """What a commit reveals before the story goes on; with a form it looks like an extract."""

    known: Known
    text: Markdown
    form: ExtractForm | None = None
    title: Line | None = None
    place: PlaceText


class Outcome(Strict):
    """What was done in the case and what was found, beside one's own decision at the end."""

    done: Line
    found: Line
    standing: Standing
    by: Line | None = None
    place: PlaceText


class Text(Strict):
    """A piece of the story."""

    id: Identifier
    kind: Literal["text"]
    text: Markdown
    claims: tuple[Claim, ...] = ()
    place: PlaceText


class Extract(Strict):
    """A log, message, guidance or record, rewritten from the source and marked so."""

    id: Identifier
    kind: Literal["extract"]
    form: ExtractForm
    title: Line
    text: Markdown
    # For guidance: who publishes it and where it can be read.
    publisher: Line | None = None
    url: Line | None = None
    place: PlaceText


class Option(Strict):
    """One thing that may be chosen, with why it is right or not."""

    id: Identifier
    text: Line
    credit: Credit
    feedback: Markdown
    basis: Basis
    place: PlaceText
    then: Reveal | None = None


class OrderedOption(Strict):
    """One thing to be put in order; the document lists them in the right one."""

    id: Identifier
    text: Line
    feedback: Markdown
    basis: Basis
    place: PlaceText


class Target(Strict):
    """Something that options are matched with."""

    id: Identifier
    text: Line


class MatchedOption(Strict):
    """One thing to be matched with its target."""

    id: Identifier
    text: Line
    target: Identifier
    feedback: Markdown
    basis: Basis
    place: PlaceText


class QuestionBase(Strict):
    """What questions of every kind have."""

    id: Identifier
    prompt: Line
    hint: Line | None = None
    # Ids of items that one must have read to answer; they must stand before it.
    needs: tuple[Identifier, ...] = ()
    # Why the key is right, and what made something else look reasonable at the time.
    explanation: Markdown
    reasonable: Markdown | None = None
    then: tuple[Reveal, ...] = ()
    outcome: Outcome
    place: PlaceText


class Single(QuestionBase):
    """Choose one; exactly one option has full credit."""

    kind: Literal["single"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=8)]


class Multiple(QuestionBase):
    """Choose all that apply; each option has credit 1 (right) or 0 (wrong)."""

    kind: Literal["multiple"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=10)]


class Ordering(QuestionBase):
    """Put in order; only where the source itself orders."""

    kind: Literal["ordering"]
    options: Annotated[tuple[OrderedOption, ...], Field(min_length=2, max_length=8)]


class Matching(QuestionBase):
    """Match each option with its target; only where the source itself pairs."""

    kind: Literal["matching"]
    targets: Annotated[tuple[Target, ...], Field(min_length=2, max_length=8)]
    options: Annotated[tuple[MatchedOption, ...], Field(min_length=2, max_length=8)]


class ModelPoint(Strict):
    """Something that a good reflection may have thought of."""

    text: Line
    basis: Basis
    place: PlaceText


class Reflection(Strict):
    """Free text, never marked: one writes first, then sees the model points."""

    id: Identifier
    kind: Literal["reflection"]
    prompt: Line
    hint: Line | None = None
    # The number of the IOPC's own question; empty: Debrief's question, and the page says so.
    iopc_question: Annotated[int, Field(ge=1, le=99)] | None = None
    audience: Line = "officers and staff"
    model_points: Annotated[tuple[ModelPoint, ...], Field(min_length=1, max_length=10)]
    then: tuple[Reveal, ...] = ()
    place: PlaceText


Question = Single | Multiple | Ordering | Matching
Gate = Single | Multiple | Ordering | Matching | Reflection
Item = Annotated[
    Text | Extract | Single | Multiple | Ordering | Matching | Reflection,
    Field(discriminator="kind"),
]


class Stage(Strict):
    """One part of the story, from one seat, with what could be known then."""

    id: Identifier
    title: Line
    when: Line | None = None
    seat: Line | None = None
    known: Known
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=40)]


class PolicyQuestion(Strict):
    """A question for managers, answered by the organisation, never marked."""

    number: Annotated[int, Field(ge=1, le=99)]
    text: Line
    # Who asks it; what the IOPC asks keeps its sense.
    asked_by: Literal["IOPC", "Debrief"]
    place: PlaceText


class Module(Strict):
    """A training unit made from one or more cases."""

    slug: Identifier
    title: Annotated[Line, StringConstraints(max_length=120)]
    summary: Line
    # What one will practise, shown before Start.
    practise: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    minutes: Annotated[int, Field(ge=1, le=60)]
    owner: Identifier | None = None
    practice_as_at: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=10)]
    topics: tuple[Line, ...] = ()
    audiences: tuple[Line, ...] = ()
    competencies: tuple[Line, ...] = ()
    content_note: ContentNote
    people: tuple[CasePerson, ...] = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=30)]
    policy_questions: tuple[PolicyQuestion, ...] = ()

    def items(self) -> Iterator[tuple[Stage, Item]]:
        """Give every item in order with its stage."""
        for stage in self.stages:
            for item in stage.items:
                yield stage, item

    def gates(self) -> Iterator[Gate]:
        """Give every question and reflection in order."""
        for _stage, item in self.items():
            if isinstance(item, GATES):
                yield item

    def questions(self) -> tuple[Question, ...]:
        """Return the marked questions in order."""
        return tuple(item for _stage, item in self.items() if isinstance(item, QUESTIONS))

    def reflections(self) -> tuple[Reflection, ...]:
        """Return the reflections in order."""
        return tuple(item for _stage, item in self.items() if isinstance(item, Reflection))


QUESTIONS = (Single, Multiple, Ordering, Matching)
GATES = (*QUESTIONS, Reflection)


def to_plain(module: Module) -> dict[str, Any]:
    """Return the document as plain values in canonical order, without what is left at default."""
    return module.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema by which an editor completes and checks a module file."""
    schema = Module.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
