"""Advice on questions: options that give the key away, marks that rest on nothing; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from app.catalogue.document import (
    Basis,
    MatchedOption,
    Module,
    Option,
    OrderedOption,
    Question,
)
from app.catalogue.module_files import Finding
from app.catalogue.strict_yaml import Path
from app.checking.rules import Rule, because, chosen_of, questions_of, warn
from app.checking.walking import words_of

AnyOption = Option | OrderedOption | MatchedOption
# Feedback of fewer words says that something is wrong, not why.
FEWEST_WORDS = 4
# A run of so many words of the question, met again in an option, is said twice.
REPEATED = 6
# Words that only say when an act is done.
_WHEN = frozenset({
    "after", "again", "at", "before", "first", "if", "immediately", "in", "later", "now", "once",
    "soon", "today", "tomorrow", "tonight", "until", "when",
})  # fmt: skip
_ALL_OR_NONE = re.compile(
    r"\b(?:(?:all|none|any|both|neither|each) of (?:the above|these|them|the others?)|"
    r"everything (?:above|here)|nothing (?:above|here))\b", re.I,
)  # fmt: skip
_MARKED_NEGATIVE = re.compile(r"\b(?:NOT|EXCEPT|NEVER|LEAST)\b|[*_](?:not|except|never|least)[*_]")
_NEGATIVE = re.compile(
    r"\b(?:(?:is|are|was|were|do|does|did|has|have|had|would|should|could|can|must|may|"
    r"will) (?:you |he |she |they |it |one )?(?:rather |still )?(?:not|never|least|nobody|no one)|"
    r"(?:would|should|could|is|are|was|were|do|does|did)n['’]t|cannot|"
    r"(?:is|are) (?:false|untrue|incorrect|the exception)|"
    r"(?<!to )(?:avoid|omit|leave out))\b", re.I,
)  # fmt: skip
# “Why is it not enough?” asks for a reason, and “How would you avoid …?” for a way.
_FOR_A_REASON = re.compile(r"\s*(?:why|how)\b", re.I)
_ASIDE = re.compile(r", (?:if (?:any(?:thing|body|one)?|so)|in your view),", re.I)
# Where the clause that asks ends: what follows it is a circumstance, and may well be negative.
_CLAUSE = re.compile(r"[,;:]|\b(?:if|when|while|because|although|since|who|that|as|after|before)\b")


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
        asked = _ASIDE.sub("", re.split(r"[.!]\s+", question.prompt)[-1])
        clause = "" if _FOR_A_REASON.match(asked) else _CLAUSE.split(asked, 1)[0]
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
    if len(short) > 2:
        starts = range(len(long) - len(short) + 1)
        return any(long[at : at + len(short)] == short for at in starts)
    # “Ring” and “Ring the hospital” are two acts; “Call back” and “Call back later” are not.
    behind = long[len(short)] if len(long) > len(short) else ""
    return short == long or (short == long[: len(short)] and behind in _WHEN)


@because("What is read again in every option hides what they differ in.")
def repeating(module: Module) -> Iterator[Finding]:
    """Options do not begin alike, and do not say the question over again."""
    for path, question in chosen_of(module):
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
    for path, question in chosen_of(module):
        for at, option in enumerate(question.options):
            if Fraction(option.credit) == 1 and option.basis is Basis.REASONING:
                yield warn(
                    "this earns a mark, and rests on Debrief’s own reasoning alone: name what "
                    "decides it, or make it a reflection",
                    *path, "options", at, "basis",
                )  # fmt: skip


ADVICE: tuple[Rule, ...] = (
    unexplained, all_or_none, negative_stems, overlapping, repeating, marks_without_ground,
)  # fmt: skip
