"""What a page shows of one question, as frozen values: key and feedback only after the commit.

Pure: the player fills `State` from the database, the preview from an address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.attempts.marking import KINDS, shuffled
from app.attempts.state import Given, State, Typed, Wrote
from app.catalogue.document import (
    Basis,
    Claim,
    Item,
    MatchedOption,
    Matching,
    Option,
    OrderedOption,
    Ordering,
    Question,
    Reveal,
)
from app.catalogue.places import said_place as said_place

AnyOption = Option | OrderedOption | MatchedOption


@dataclass(frozen=True)
class Choice:
    """One option in the order in which the page shows it; feedback only after the commit."""

    id: str
    text: str
    picked: bool
    # right | wrong | partly | plain, and the word that says so; empty before the commit.
    tone: str = ""
    word: str = ""
    feedback: str = ""
    basis: str = ""
    place: str = ""
    # For matching: what was picked, and what the source pairs it with.
    match: str = ""
    right_match: str = ""


@dataclass(frozen=True)
class ItemView:
    """One item as the page shows it."""

    id: str
    kind: str
    item: Item | None = None
    open: bool = False
    number: int = 0
    total: int = 0
    ask: str = ""
    scheme: str = ""
    prompt: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    given: Given | None = None
    score: str = ""
    tone: str = ""
    # What the learner's own choices open, each with the option's text, before the story goes on.
    consequences: tuple[tuple[str, Reveal], ...] = ()
    reveals: tuple[Reveal, ...] = ()
    wrote: Wrote | None = None
    typed: Typed | None = None
    place: str = ""
    claims: tuple[Claim, ...] = ()

    @property
    def partial(self) -> str:
        """Return the name of the template that draws the item."""
        return "question" if self.kind in KINDS else self.kind

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return id and text of each option in the order shown."""
        return tuple((choice.id, choice.text) for choice in self.choices)


BASIS_WORDS = {Basis.PANEL: "the panel’s finding", Basis.REASONING: "Debrief’s reasoning"}


def said_basis(basis: Basis) -> str:
    """Say what a mark or a feedback rests on."""
    return BASIS_WORDS.get(basis, basis.value)


def said_published(text: str) -> str:
    """Write out a date of publication as exactly as the source gives it: “January 2020”."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    month = date(parts[0], parts[1], 1).strftime("%B %Y")
    return month if len(parts) == 2 else f"{parts[2]} {month}"


def score_words(question: Question, credit: Fraction) -> str:
    """Say the credit of an answer without a percentage: “2/3 of the credit”."""
    if question.kind == "matching":
        total = len(question.options)
        return f"{int(credit * total)} of {total} matched"
    if credit in (0, 1):
        return "Full credit" if credit else "No credit"
    return f"{credit} of the credit"


def tone_of(credit: Fraction) -> str:
    """Return the tone of an answer as a whole."""
    return "right" if credit == 1 else "wrong" if credit == 0 else "partly"


def _open_choices(question: Question, state: State, look: str) -> tuple[Choice, ...]:
    typed = state.typed.get((question.id, look), Typed({}))
    texts = {option.id: option.text for option in question.options}
    order = shuffled(question, state.seed, look)
    sent = tuple(typed.fields.get("order", ()))
    if question.kind == "ordering" and sorted(sent) == sorted(order):
        order = sent
    picked = set(typed.fields.get("choice", ()))
    return tuple(
        Choice(
            id=option,
            text=texts[option],
            picked=option in picked,
            match=(typed.fields.get(f"pair-{option}") or ("",))[0],
        )
        for option in order
    )


def _verdict(question: Question, at: int, given: Given) -> tuple[bool, str, str]:
    """Return whether the option was picked, its tone and its word."""
    option = question.options[at]
    if isinstance(question, Ordering):
        right = given.response.order.index(option.id) == at
        return True, *(("right", "In its place") if right else ("wrong", "Elsewhere in the source"))
    if isinstance(question, Matching):
        right = dict(given.response.pairs).get(option.id) == question.options[at].target
        return True, *(("right", "Matched") if right else ("wrong", "Another match"))
    credit = Fraction(question.options[at].credit)
    words = {"right": "Right", "wrong": "Not this one", "partly": "Partly"}
    tone, picked = tone_of(credit), option.id in given.response.chosen
    # What one rightly left alone is not painted as a mistake.
    return picked, "plain" if tone == "wrong" and not picked else tone, words[tone]


def _answered_choices(question: Question, given: Given, order: tuple[str, ...]) -> list[Choice]:
    names = {t.id: t.text for t in question.targets} if isinstance(question, Matching) else {}
    found = {}
    options: tuple[AnyOption, ...] = question.options
    for at, option in enumerate(options):
        picked, tone, word = _verdict(question, at, given)
        found[option.id] = Choice(
            id=option.id,
            text=option.text,
            picked=picked,
            tone=tone,
            word=word,
            feedback=option.feedback,
            basis=said_basis(option.basis),
            place=said_place(option.place),
            match=names.get(dict(given.response.pairs).get(option.id, ""), ""),
            right_match=names.get(getattr(option, "target", ""), ""),
        )
    return [found[option] for option in order]


def _consequences(question: Question, given: Given) -> tuple[tuple[str, Reveal], ...]:
    """Return what the chosen options open, in the document's order."""
    options: tuple[AnyOption, ...] = question.options
    return tuple(
        (option.text, option.then)
        for option in options
        if isinstance(option, Option) and option.then and option.id in given.response.chosen
    )


def _targets(question: Question) -> tuple[tuple[str, str], ...]:
    if not isinstance(question, Matching):
        return ()
    return tuple((target.id, target.text) for target in question.targets)


def _order(question: Question, state: State, look: str) -> tuple[str, ...]:
    """Return the order of an answered question's options; an ordering shows its key."""
    if question.kind == "ordering":
        return tuple(option.id for option in question.options)
    return shuffled(question, state.seed, look)


def question_view(
    question: Question, state: State, *, number: int = 0, total: int = 0, look: str = "first"
) -> ItemView:
    """Return a question as its page shows it; before the commit without key and feedback."""
    given = (state.answers if look == "first" else state.again).get(question.id)
    kind = KINDS[question.kind]
    shared = ItemView(
        id=question.id,
        kind=question.kind,
        number=number,
        total=total,
        ask=kind.ask,
        scheme=kind.scheme,
        prompt=question.prompt,
        hint=question.hint or "",
        open=given is None,
        targets=_targets(question),
    )
    if given is None:
        return replace(
            shared,
            choices=_open_choices(question, state, look),
            typed=state.typed.get((question.id, look)),
        )
    return _answered(shared, question, given, _order(question, state, look))


def _answered(
    shared: ItemView, question: Question, given: Given, order: tuple[str, ...]
) -> ItemView:
    """Add what a commit opens: key, feedback, consequences and what the case reveals."""
    return replace(
        shared,
        item=question,
        given=given,
        score=score_words(question, given.credit),
        tone=tone_of(given.credit),
        choices=tuple(_answered_choices(question, given, order)),
        consequences=_consequences(question, given),
        reveals=question.then,
        place=said_place(question.place),
    )
