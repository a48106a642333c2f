"""Advice on what earns a mark: a decision, and one decision, not what one may remember; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from app.catalogue.document import Matching, Module, Ordering
from app.catalogue.module_files import Finding
from app.catalogue.strict_yaml import Path
from app.checking.rules import Rule, because, chosen_of, questions_of, warn
from app.checking.walking import words_of

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    "fifty|sixty|ninety|hundred"
)
_SANCTIONS = (
    "final written warning|written warning|management advice|management action|"
    "reduction in rank|dismiss(?:ed|al)|dismissal without notice|no further action|"
    "gross misconduct|misconduct|reflective practice|unsatisfactory performance|resigned|retired|"
    "jailed|imprisoned|acquitted|convicted|cautioned|fined|suspended|sentenced"
)
_SPANS = "seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?"
_MEMORY = re.compile(
    rf"\b(?:{_SANCTIONS}|{_DAYS}|{_MONTHS}|{_NUMBERS}|about an? (?:{_SPANS})|"
    r"\d[\d.,:/]*(?:st|nd|rd|th|am|pm|%)?)(?!\w)", re.I,
)  # fmt: skip
_AUXILIARY = frozenset({"a", "an", "the", "was", "were", "had", "has", "been", "with", "without"})
# What may stand around a bare figure, date or sanction, and asks for no decision.
_AROUND = _AUXILIARY | frozenset(
    """about after almost and around at between by for from given got half he in it lasted less
    more nearly notice o’clock of officer officers on or over past quarter received she since some
    than that they to took under years""".split()  # noqa: SIM905 - a page of words reads better
)
# What one may be asked to do; two of them joined are two decisions.
_ACTS = frozenset(
    """accept add advise agree allocate answer apologise arrange arrest ask assess assign attend
    brief call catch check circulate close complete confirm consider consult contact copy deploy
    dispatch download end escalate escort establish explain file finish flag follow gather get
    give go hand hold identify ignore inform interview invite keep leave let lock log look make
    monitor move note notify offer open pass phone photograph postpone preserve promise put
    raise read reassure record refer refuse remove reopen reply report request research return
    review ring scan search secure seek seize send set share show speak start stop submit take
    talk tell text transfer treat try update visit wait warn watch withdraw work write""".split()  # noqa: SIM905 - as above
)
_JOINED = re.compile(
    r"(?:,? and then|,? and|,? or|, then|;| as well as| &) (?:also |then )?([a-z]+)\b"
)
_SUBJECT = re.compile(r"(?:i|you|we|one)(?: would| should| will|['’]d)? (?:first )?", re.I)
_NO_ACT = frozenset(
    """a all an any at because both by each every evidence for he her his how i if in information it
    its my neither no nobody none nothing of on one only our she so some that the their there these
    they this those to what when where whether which who why with yes your""".split()  # noqa: SIM905
)
# What stands behind a verb, and less often behind the same word as a noun.
_OBJECT = re.compile(r" (?:an?|the|her|his|its|their|your|this|that|each|any)\b")


@because("What helps on duty is a decision, not the memory of a figure or a sanction.")
def marks_for_memory(module: Module) -> Iterator[Finding]:
    """No mark hangs on a figure, a date or a sanction alone."""
    for path, question in chosen_of(module):
        texts = [option.text for option in question.options]
        right = [Fraction(option.credit) == 1 for option in question.options]
        for at, text in enumerate(texts):
            wrong = (texts[n] for n in range(len(texts)) if not right[n])
            twin = next((each for each in wrong if _same_but_for_memory(text, each)), None)
            if right[at] and twin:
                yield warn(
                    f"this differs from “{twin}” only in a figure, a date or a sanction",
                    *path, "options", at, "text",
                )  # fmt: skip
    for path, item in questions_of(module):
        if isinstance(item, Ordering | Matching):
            yield from _bare_dates(path, item)


def _same_but_for_memory(one: str, other: str) -> bool:
    """Tell whether two options are alike without their figures, or are nothing besides them."""
    alike = _without_figures(one)
    return ("…" in " ".join(alike) and alike == _without_figures(other)) or (
        _is_bare(one) and _is_bare(other)
    )


@lru_cache(maxsize=4096)
def _without_figures(text: str) -> tuple[str, ...]:
    """Return the words of a text with a mark for each figure, date or sanction."""
    words = _MEMORY.sub("…", text.lower()).split()
    return tuple(word for word in words if word not in _AUXILIARY)


@lru_cache(maxsize=4096)
def _is_bare(text: str) -> bool:
    """Tell whether a text is a figure, a date or a sanction and nothing else."""
    rest, found = _MEMORY.subn(" ", text)
    words = (word.lower() for word in words_of(rest))
    return found > 0 and all(word in _AROUND or re.fullmatch(_SPANS, word) for word in words)


def _bare_dates(path: Path, question: Ordering | Matching) -> Iterator[Finding]:
    """Warn of a matching with bare figures or dates, which only memory can put right."""
    lines = question.targets if isinstance(question, Matching) else question.options
    key = "targets" if isinstance(question, Matching) else "options"
    if all(_is_bare(line.text) for line in lines):
        yield warn("these are bare figures, dates or sanctions", *path, key)


@because("Whoever would do one and not the other cannot answer.")
def double_barrelled(module: Module) -> Iterator[Finding]:
    """The right option is one act, unless wrong ones join two as well."""
    for path, question in chosen_of(module):
        acts = [two_acts(option.text) for option in question.options]
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


@lru_cache(maxsize=4096)
def two_acts(text: str) -> tuple[str, str] | None:
    """Return the two acts that an option asks for, if it joins two."""
    bare = _SUBJECT.sub("", text.lower(), count=1) if _SUBJECT.match(text) else text.lower()
    first = re.match(r"[a-z]+", bare)
    if first is None or first[0] in _NO_ACT:
        return None
    for match in _JOINED.finditer(bare):
        # “Search and seize the phone” is one act on one thing.
        if match.start() == first.end() or not _is_act(match[1]):
            continue
        # Behind a word that need not be a verb, “and call records” may well be a noun.
        if _is_act(first[0]) or _OBJECT.match(bare, match.end()):
            return first[0], match[1]
    return None


def _is_act(word: str) -> bool:
    """Tell whether a word is a verb to do, or its form in -ing."""
    stem = word.removesuffix("ing")
    return bool({word, stem, f"{stem}e", stem[:-1]} & _ACTS) if stem != word else word in _ACTS


MARKS: tuple[Rule, ...] = (marks_for_memory, double_barrelled)
