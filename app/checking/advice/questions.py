"""Advice on questions: options that give the key away, marks that rest on nothing; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from app.catalogue.document import (
    Basis,
    MatchedOption,
    Matching,
    Module,
    Multiple,
    Option,
    OrderedOption,
    Ordering,
    Question,
    Single,
)
from app.catalogue.module_files import Finding
from app.catalogue.strict_yaml import Path
from app.checking.rules import Rule, because, questions_of, warn
from app.checking.walking import words_of

AnyOption = Option | OrderedOption | MatchedOption
# Feedback of fewer words says that something is wrong, not why.
FEWEST_WORDS = 4
# A run of so many words of the question, met again in an option, is said twice.
REPEATED = 6
_ALL_OR_NONE = re.compile(
    r"\b(?:(?:all|none|any|both|neither|each) of (?:the above|these|them|the others?)|"
    r"everything (?:above|here)|nothing (?:above|here))\b", re.I,
)  # fmt: skip
_MARKED_NEGATIVE = re.compile(r"\b(?:NOT|EXCEPT|NEVER|LEAST)\b|[*_](?:not|except|never|least)[*_]")
_NEGATIVE = re.compile(
    r"\b(?:(?:is|are|was|were|do|does|did|has|have|had|would|should|could|can|must|may|"
    r"will) (?:you |he |she |they |it |one )?(?:not|never|least)|"
    r"(?:would|should|could|is|are|was|were|do|does|did)n['’]t|cannot)\b", re.I,
)  # fmt: skip
# Where the clause that asks ends: what follows it is a circumstance, and may well be negative.
_CLAUSE = re.compile(r"[,;:]|\b(?:if|when|while|because|although|since|who|that|as|after|before)\b")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|sixty|ninety|hundred"
)
_SANCTIONS = (
    "final written warning|written warning|management advice|management action|"
    "reduction in rank|dismiss(?:ed|al)|dismissal without notice|no further action|"
    "gross misconduct|misconduct|reflective practice|unsatisfactory performance|resigned|retired"
)
_MEMORY = re.compile(
    rf"\b(?:{_SANCTIONS}|{_MONTHS}|{_NUMBERS}|\d[\d.,:/]*(?:st|nd|rd|th|am|pm|%)?)\b", re.I
)
_AUXILIARY = frozenset({"a", "an", "the", "was", "were", "had", "has", "been", "with", "without"})
# What one may be asked to do; two of them joined are two decisions.
_ACTS = frozenset(
    """accept add advise agree allocate answer apologise arrange arrest ask assess assign attend
    call check close complete confirm consider contact catch deploy dispatch download end escalate
    explain file finish follow gather get give go hand hold ignore inform interview invite keep
    leave let log look make monitor move note notify offer open pass phone postpone promise put
    raise read record refer refuse reopen reply report request review ring search secure seek
    seize send set show speak start stop submit take talk tell text transfer try update visit
    wait warn watch withdraw work write""".split()  # noqa: SIM905 - a page of words reads better so
)
_JOINED = re.compile(r"(?:,? and then|,? and|,? or|, then|;) (?:also |then )?([a-z]+)\b")


def _chosen(module: Module) -> Iterator[tuple[Path, Single | Multiple]]:
    """Give the questions in which options are chosen."""
    for path, question in questions_of(module):
        if isinstance(question, Single | Multiple):
            yield path, question


def _texts(path: Path, question: Question) -> Iterator[tuple[Path, str]]:
    """Give the text of each option with its path."""
    for at, option in enumerate[AnyOption](question.options):
        yield (*path, "options", at, "text"), option.text


@because("Somebody who is told only that she was wrong learns nothing from it.")
def unexplained(module: Module) -> Iterator[Finding]:
    """The feedback of an option says why, not only whether."""
    for path, question in questions_of(module):
        for at, option in enumerate[AnyOption](question.options):
            words = len(words_of(option.feedback))
            if 0 < words < FEWEST_WORDS:
                yield warn("this does not say why: write a reason", *path, "options", at,
                           "feedback")  # fmt: skip


@because("Options are shown in any order, and who knows one of them can guess the rest.")
def all_or_none(module: Module) -> Iterator[Finding]:
    """No option stands for the others."""
    for path, question in questions_of(module):
        for at, text in _texts(path, question):
            match = _ALL_OR_NONE.search(text)
            if match:
                yield warn(f"“{match[0]}”: let each option stand for itself", *at)


@because("A hurried reader misses a “not” and answers the opposite of what she means.")
def negative_stems(module: Module) -> Iterator[Finding]:
    """A question asks for what is so; if it must ask for what is not, the word stands out."""
    for path, question in questions_of(module):
        asked = re.split(r"[.!]\s+", question.prompt)[-1]
        clause = _CLAUSE.split(asked, 1)[0]
        match = _NEGATIVE.search(clause) or re.search(r"\bexcept\b", asked)
        if match and not _MARKED_NEGATIVE.search(question.prompt):
            yield warn(
                f"the question asks for what is not so (“{match[0]}”): turn it round, or write "
                "NOT in capitals",
                *path, "prompt",
            )  # fmt: skip


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in words_of(text))


@because("Two options that say the same cannot be one right and one wrong.")
def overlapping(module: Module) -> Iterator[Finding]:
    """No two options say the same, and none is said within another."""
    for path, question in questions_of(module):
        plain = [_plain(text) for _at, text in _texts(path, question)]
        for first, second in combinations(range(len(plain)), 2):
            if _overlap(plain[first], plain[second]):
                yield warn(
                    f"this and “{question.options[first].text}” say nearly the same",
                    *path, "options", second, "text",
                )  # fmt: skip


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two texts have the same words, or one of them stands within the other."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    inside = any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
    return inside if len(short) > 2 else short == long


@because("What is read again in every option hides what they differ in.")
def repeating(module: Module) -> Iterator[Finding]:
    """Options do not begin alike, and do not say the question over again."""
    for path, question in _chosen(module):
        texts = list(_texts(path, question))
        plain = [_plain(text) for _at, text in texts]
        alike = 0
        while all(len(words) > alike and words[alike] == plain[0][alike] for words in plain):
            alike += 1
        if alike >= 3:
            begun = " ".join(plain[0][:alike])
            yield warn(f"every option begins “{begun}”: put it into the question", *path, "options")
        stem = _plain(question.prompt)
        runs = {stem[at : at + REPEATED] for at in range(len(stem) - REPEATED + 1)}
        for (at, _text), words in zip(texts, plain, strict=True):
            hit = next((words[n : n + REPEATED] for n in range(len(words))
                        if words[n : n + REPEATED] in runs), None)  # fmt: skip
            if hit:
                yield warn(f"“{' '.join(hit)}” stands in the question too", *at)


@because("Only what the source decides can be marked; on the rest, careful people differ.")
def marks_without_ground(module: Module) -> Iterator[Finding]:
    """The right option rests on more than Debrief's own reasoning."""
    for path, question in _chosen(module):
        for at, option in enumerate(question.options):
            if Fraction(option.credit) == 1 and option.basis is Basis.REASONING:
                yield warn(
                    "this earns a mark, and rests on Debrief’s own reasoning alone: name what "
                    "decides it, or make it a reflection",
                    *path, "options", at, "basis",
                )  # fmt: skip


@because("What helps on duty is a decision, not the memory of a figure or a sanction.")
def marks_for_memory(module: Module) -> Iterator[Finding]:
    """No mark hangs on a figure, a date or a sanction alone."""
    for path, question in _chosen(module):
        bare = [_without_figures(option.text) for option in question.options]
        right = [Fraction(option.credit) == 1 for option in question.options]
        for at in range(len(question.options)):
            twins = [n for n in range(len(bare)) if bare[n] == bare[at] and not right[n]]
            if right[at] and twins and "…" in " ".join(bare[at]):
                yield warn(
                    f"this differs from “{question.options[twins[0]].text}” only in a figure, a "
                    "date or a sanction",
                    *path, "options", at, "text",
                )  # fmt: skip
    for path, item in questions_of(module):
        if isinstance(item, Ordering | Matching):
            yield from _bare_dates(path, item)


def _without_figures(text: str) -> list[str]:
    """Return the words of a text with a mark for each figure, date or sanction."""
    words = _MEMORY.sub("…", text.lower()).split()
    return [word for word in words if word not in _AUXILIARY]


def _bare_dates(path: Path, question: Ordering | Matching) -> Iterator[Finding]:
    """Warn of a matching with bare figures or dates, which only memory can put right."""
    lines = question.targets if isinstance(question, Matching) else question.options
    key = "targets" if isinstance(question, Matching) else "options"
    if all(not words_of(_MEMORY.sub("", line.text)) for line in lines):
        yield warn("these are bare figures, dates or sanctions", *path, key)


@because("Whoever would do one and not the other cannot answer.")
def double_barrelled(module: Module) -> Iterator[Finding]:
    """The right option is one act, unless wrong ones join two as well."""
    for path, question in _chosen(module):
        acts = [_two_acts(option.text) for option in question.options]
        right = [Fraction(option.credit) == 1 for option in question.options]
        if any(joined for joined, is_right in zip(acts, right, strict=True) if not is_right):
            continue
        for at, joined in enumerate(acts):
            if joined and right[at]:
                yield warn(
                    f"this is two acts (“{joined[0]}”, “{joined[1]}”): ask for one, or make each "
                    "an option",
                    *path, "options", at, "text",
                )  # fmt: skip


def _two_acts(text: str) -> tuple[str, str] | None:
    """Return the two acts that an option asks for, if it joins two."""
    first = re.match(r"[a-z]+", text.lower())
    if first is None or first[0] not in _ACTS:
        return None
    joined = next((match[1] for match in _JOINED.finditer(text) if match[1] in _ACTS), None)
    return (first[0], joined) if joined else None


ADVICE: tuple[Rule, ...] = (
    unexplained, all_or_none, negative_stems, overlapping, repeating, marks_without_ground,
    marks_for_memory, double_barrelled,
)  # fmt: skip
