"""The rules that a module must keep: ids, keys, what is known when, how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import wraps
from typing import ParamSpec

from app.catalogue.document import (
    QUESTIONS,
    Item,
    Known,
    MatchedOption,
    Matching,
    Module,
    Multiple,
    Option,
    OrderedOption,
    Ordering,
    Question,
    Single,
    Target,
)
from app.catalogue.module_files import Finding, Severity
from app.catalogue.strict_yaml import Path
from app.checking.walking import Met, mentions, passages, stage_index, words_of

_CREDITED = (Single, Multiple)
_Asked = ParamSpec("_Asked")
Rule = Callable[[Module], Iterator[Finding]]


def because(
    why: str,
) -> Callable[[Callable[_Asked, Iterator[Finding]]], Callable[_Asked, Iterator[Finding]]]:
    """Say why a rule matters to a learner; each of its findings then carries the sentence."""

    def explained(
        rule: Callable[_Asked, Iterator[Finding]],
    ) -> Callable[_Asked, Iterator[Finding]]:
        @wraps(rule)
        def look(*args: _Asked.args, **named: _Asked.kwargs) -> Iterator[Finding]:
            for finding in rule(*args, **named):
                yield finding if finding.why else replace(finding, why=why)

        return look

    return explained


def refuse(sentence: str, *path: str | int) -> Finding:
    """Return a finding that stops publishing."""
    return Finding(Severity.REFUSE, sentence, tuple(path))


def warn(sentence: str, *path: str | int) -> Finding:
    """Return a finding to look at."""
    return Finding(Severity.WARN, sentence, tuple(path))


def items_of(module: Module) -> Iterator[tuple[Path, Item]]:
    """Give every item with its path."""
    for i, stage in enumerate(module.stages):
        for j, item in enumerate(stage.items):
            yield ("stages", i, "items", j), item


def questions_of(module: Module) -> Iterator[tuple[Path, Question]]:
    """Give every marked question with its path."""
    for path, item in items_of(module):
        if isinstance(item, QUESTIONS):
            yield path, item


def chosen_of(module: Module) -> Iterator[tuple[Path, Single | Multiple]]:
    """Give the questions in which options are chosen, each with its path."""
    for path, question in questions_of(module):
        if isinstance(question, Single | Multiple):
            yield path, question


def _repeated(pairs: Iterable[tuple[Path, object]], what: str) -> Iterator[Finding]:
    seen = set()
    for path, name in pairs:
        if name in seen:
            yield refuse(f"there is already another {what} “{name}”", *path)
        seen.add(name)


@because("Statistics and comparisons hang on ids, so two parts with one id are counted as one.")
def ids(module: Module) -> Iterator[Finding]:
    """Ids are unique in the module; those of options and targets in their question."""
    yield from _repeated(
        ((("stages", i, "id"), s.id) for i, s in enumerate(module.stages)), "stage"
    )
    yield from _repeated(
        ((("sources", i, "id"), s.id) for i, s in enumerate(module.sources)), "source"
    )
    yield from _repeated((((*path, "id"), item.id) for path, item in items_of(module)), "item")
    numbers = (
        (("policy_questions", i, "number"), q.number) for i, q in enumerate(module.policy_questions)
    )
    yield from _repeated(numbers, "policy question")
    for path, question in questions_of(module):
        options = (
            ((*path, "options", i, "id"), option.id)
            for i, option in enumerate[Option | OrderedOption | MatchedOption](question.options)
        )
        yield from _repeated(options, "option")
        targets: tuple[Target, ...] = question.targets if isinstance(question, Matching) else ()
        yield from _repeated(
            (((*path, "targets", i, "id"), t.id) for i, t in enumerate(targets)), "target"
        )


def _single_key(path: Path, question: Single) -> Iterator[Finding]:
    full = sum(Fraction(option.credit) == 1 for option in question.options)
    if full != 1:
        yield refuse(
            f"a single question has exactly one option with credit \"1\", this has {full}",
            *path, "options",
        )  # fmt: skip


def _multiple_key(path: Path, question: Multiple) -> Iterator[Finding]:
    credits = [Fraction(option.credit) for option in question.options]
    for index, credit in enumerate(credits):
        if credit not in (0, 1):
            yield refuse(
                "an option of a multiple question has credit \"1\" (right) or \"0\" (wrong)",
                *path, "options", index, "credit",
            )  # fmt: skip
    if not any(credit == 1 for credit in credits) or not any(credit == 0 for credit in credits):
        yield refuse(
            "a multiple question has at least one right and one wrong option", *path, "options"
        )


def _ordering_key(path: Path, question: Ordering) -> Iterator[Finding]:
    if len(question.options) < 2:
        yield refuse("an ordering question has at least two options", *path, "options")


def _matching_key(path: Path, question: Matching) -> Iterator[Finding]:
    targets = {target.id for target in question.targets}
    for index, option in enumerate(question.options):
        if option.target not in targets:
            yield refuse(
                f"there is no target “{option.target}” in this question",
                *path, "options", index, "target",
            )  # fmt: skip
    used = {option.target for option in question.options}
    for index, target in enumerate(question.targets):
        if target.id not in used:
            yield refuse("no option is matched with this target", *path, "targets", index, "id")


@because("A mark is fair only if the key keeps the rule that the learner was told.")
def keys(module: Module) -> Iterator[Finding]:
    """The key of each question keeps the rule of its kind."""
    check: dict[type, Callable[..., Iterator[Finding]]] = {
        Single: _single_key,
        Multiple: _multiple_key,
        Ordering: _ordering_key,
        Matching: _matching_key,
    }
    for path, question in questions_of(module):
        yield from check[type(question)](path, question)
        for index, option in enumerate(question.options if isinstance(question, _CREDITED) else ()):
            if Fraction(option.credit) == 1 and option.credit != "1":
                yield refuse(
                    f"credit {option.credit} is full credit: write \"1\"",
                    *path, "options", index, "credit",
                )  # fmt: skip


@because("A learner would meet an empty place.")
def blanks(module: Module) -> Iterator[Finding]:
    """No text is made of spaces alone; feedback least of all."""
    for passage in passages(module):
        if not passage.text.strip():
            yield refuse(f"“{passage.path[-1]}” is empty", *passage.path)


@because("Nobody can decide on what opens only after the decision.")
def needs(module: Module) -> Iterator[Finding]:
    """What a question needs stands before it: nothing after a gate is there before its commit."""
    positions = {item.id: n for n, (_path, item) in enumerate(items_of(module))}
    for number, (path, item) in enumerate(items_of(module)):
        for index, needed in enumerate(item.needs if isinstance(item, QUESTIONS) else ()):
            at = (*path, "needs", index)
            if needed not in positions:
                yield refuse(f"there is no item “{needed}”", *at)
            elif positions[needed] >= number:
                yield refuse(
                    f"the question needs “{needed}”, which opens only after its own answer is "
                    "committed: move it before the question",
                    *at,
                )


@because("A learner who has not met a person cannot judge what is asked about them.")
def people(module: Module) -> Iterator[Finding]:
    """A person is known from a stage that exists, and no question names her before it."""
    stages = {stage.id: index for index, stage in enumerate(module.stages)}
    known_from: dict[str, int] = {}
    for index, person in enumerate(module.people):
        if person.from_ not in stages:
            yield refuse(f"there is no stage “{person.from_}”", "people", index, "from")
            continue
        start = stages[person.from_]
        known_from[person.name] = min(start, known_from.get(person.name, start))
    for passage in passages(module):
        stage = stage_index(passage.path)
        for name, start in known_from.items():
            if stage is not None and stage < start and mentions(passage.text, name):
                asked = passage.path[-1] in ("prompt", "hint") or "options" in passage.path
                first = module.stages[start].id
                say = f"this names {name}, who is introduced only in stage “{first}”"
                yield (refuse if asked else warn)(say, *passage.path)


@because("A learner decides fairly only before she knows how it ended.")
def order_of_knowing(module: Module) -> Iterator[Finding]:
    """What was known only later stands after everything that could be known then."""
    later: str | None = None
    for index, stage in enumerate(module.stages):
        if stage.known is Known.LATER:
            later = later or stage.id
        elif later is not None:
            yield refuse(
                f"a stage that is known: {stage.known.value} stands after “{later}”, which was "
                "known only later",
                "stages", index, "known",
            )  # fmt: skip


@because("Somebody who must not meet this case needs another way to learn the same.")
def alternative(module: Module) -> Iterator[Finding]:
    """Another module that teaches the same is another one."""
    if module.content_note.alternative == module.slug:
        yield refuse("the alternative is this module itself", "content_note", "alternative")


@because("An officer plans her time by the minutes that are promised.")
def minutes(module: Module) -> Iterator[Finding]:
    """The minutes promised are minutes that it takes: 200 words a minute and time to decide."""
    words = sum(len(words_of(p.text)) for p in passages(module) if p.path[0] == "stages")
    feedback = sum(len(words_of(p.text)) for p in passages(module) if p.met is Met.ON_COMMIT)
    questions, reflections = len(module.questions()), len(module.reflections())
    least = (words - feedback / 2) / 240 + questions / 3 + reflections
    most = words / 180 + questions * 2 / 3 + reflections * 3 / 2
    if not round(least) <= module.minutes <= round(most + 0.5):
        yield warn(
            f"{module.minutes} minutes are promised; {words} words, {questions} questions and "
            f"{reflections} reflections take about {round(least)} to {round(most + 0.5)}",
            "minutes",
        )


RULES: tuple[Rule, ...] = (
    ids, keys, blanks, needs, people, order_of_knowing, alternative, minutes,
)  # fmt: skip
