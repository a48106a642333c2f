"""Warns where a module may give away the outcome, or its own key, before the learner decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from app.catalogue.document import Known, Module, Multiple, Single
from app.catalogue.module_files import Finding
from app.checking.rules import Rule, because, questions_of, warn
from app.checking.walking import Met, Passage, passages, words_of

# Words that tell how a case ended, or that it ended badly.
OUTCOME = re.compile(
    r"\b(?:misconduct|case to answer|convicted|conviction|guilty (?:of|plea|verdict)|"
    r"(?:found|pleaded|plead|not) guilty|sentenced|jailed|imprisoned|"
    r"dismissed|dismissal|resigned|barred list|written warning|management advice|predatory|"
    r"(?:registered )?sex(?:ual)? offenders?|paedophile|prevention order|"
    r"abuse of (?:power|position)|abused (?:his|her|their) position|failings?|"
    # What a caller failed to do, or was too late for, is part of her story.
    r"failed to (?!answer|appear|arrive|attend|call|come|hear|open|pay|phone|reply|ring|see|start|"
    r"stop|turn up|work)|"
    r"missed (?:chance|opportunit\w+)|should have|too late to (?:help|prevent|protect|save|stop)|"
    r"too late(?! (?:to|for|at|in|on|that)\b)|tragic\w*)\b",
    re.I,
)
_COMMON = frozenset(
    """about after again all also an and another any april are around as asked at august away back
    be because been before being between both but by call called caller callers calls case cases
    check checking checks choose colleague colleagues contact could crime day dc december decide
    decision decisions did do does done ds each early else end enquiries enquiry even every
    evidence february find first for force forces found friday from full get give given go had
    handling has have he her here him his how if in incident independent information inspector iopc
    into investigation investigations is it its january job july june just know known last later
    learning left less like line long look made make man many march may me message messages
    might monday more most mr mrs ms much must never new next no not nothing november number
    october of off office officer officers on once one only open or order other our out over own
    part pc people person place police policing practice question questions read reading record
    recorded records report reported reports right risk safeguarding said same saturday say seat
    see seen september sergeant set she should so some somebody someone something staff stage
    standards still such sunday supervision supervisor supervisors support system systems take
    taken team than that the their them then there these they thing things think this those
    through thursday time to told too training tuesday two until up us use used very victim
    victims vulnerability vulnerable was way we wednesday week weeks well were what when where
    which while who whom whose why will with without woman women word words work working would
    year years yet you young your
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
_FRONT = ("title", "summary", "practise", "topics", "people")
_ENDING = re.compile(r"(?:ing|ed?|ers?|ly|s)$")
_COMMON_STEMS = frozenset(_ENDING.sub("", word) for word in _COMMON)
_FIGURE = re.compile(r"^\d[\d,.]*$")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _front(passage: Passage) -> bool:
    """Tell whether a text is read before anything is decided, such as an early stage's title."""
    if passage.path[0] == "stages":
        return passage.met is Met.FIRST and len(passage.path) == 3
    return passage.met is Met.FIRST and passage.path[0] in _FRONT


@lru_cache(maxsize=4096)
def significant(text: str) -> Mapping[str, str]:
    """Return the figures, names and uncommon words of a text, in small letters, as they stand."""
    found: dict[str, str] = {}
    for word in words_of(text):
        small = re.sub(r"(?:['’]s|(?<=[a-z]{4})s)$", "", word.lower())
        figure = _FIGURE.match(word) and len(word) > 1
        if figure or (len(small) > 4 and not is_common(small) and not small.isdigit()):
            found.setdefault(small, word)
    return found


def is_common(small: str) -> bool:
    """Tell whether a word, or what it is formed from, says nothing of one case alone."""
    return small in _COMMON or _ENDING.sub("", small) in _COMMON_STEMS


def heading_words(module: Module) -> frozenset[str]:
    """Return the words of the sources' headings, which name no fact of a case."""
    headings = (heading for source in module.sources for heading in source.headings)
    return frozenset(word.lower() for heading in headings for word in words_of(heading))


def is_stage_title(passage: Passage) -> bool:
    """Tell whether a text is the title of a stage: most are made of a heading of the source."""
    return len(passage.path) == 3 and passage.path[2] == "title"


@because("Whoever can guess the outcome no longer decides as the people in the case had to.")
def outcome_words(module: Module) -> Iterator[Finding]:
    """Titles, topics, people and early stages hold no word that tells how it ended."""
    for passage in passages(module):
        early = passage.met is Met.FIRST and passage.path[0] != "content_note"
        if not early or "policy_questions" in passage.path:
            continue
        match = OUTCOME.search(passage.text)
        if match:
            yield warn(
                f"“{match[0]}” may give the outcome away before the learner decides", *passage.path
            )


@because("Titles are read first, and a word from the end of the case gives it away.")
def later_words_in_titles(module: Module) -> Iterator[Finding]:
    """What is met first has no uncommon word of a source's title or of later stages alone."""
    every = passages(module)
    late: set[str] = set()
    for passage in every:
        if passage.met is Met.LATER and not is_stage_title(passage):
            late |= set(significant(passage.text))
    late -= heading_words(module)
    titles = [w for source in module.sources for w in significant(source.title)]
    told = {
        word
        for p in every
        if p.met is not Met.LATER and len(p.path) > 3
        for word in significant(p.text)
    }
    for passage in filter(_front, every):
        for small, word in significant(passage.text).items():
            # The year of a case stands in many titles, and says nothing beside a stage.
            if passage.path[-1] == "when" and _YEAR.fullmatch(small):
                continue
            if small in titles:
                yield warn(f"“{word}” stands in the title of a source, which is shown later",
                           *passage.path)  # fmt: skip
            elif small in late and small not in told:
                yield warn(f"“{word}” otherwise stands only in what is known later", *passage.path)


@because("Learners who notice which option is longest need not think about the case.")
def longest_right(module: Module) -> Iterator[Finding]:
    """The right option is not to be known by its length."""
    for path, question in questions_of(module):
        if not isinstance(question, Single | Multiple):
            continue
        lengths = [
            (len(o.text), Fraction(o.credit) == 1, n) for n, o in enumerate(question.options)
        ]
        longest = max(lengths)
        wrong = max((length for length, right, _n in lengths if not right), default=0)
        if longest[1] and longest[0] > 1.2 * wrong:
            yield warn(
                "the right option is the longest by more than a fifth: learners notice",
                *path, "options", longest[2], "text",
            )  # fmt: skip


@because("Learners who notice the position need not think about the case.")
def same_position(module: Module) -> Iterator[Finding]:
    """The right options do not always stand in the same positions."""
    for kind, word in ((Single, "single"), (Multiple, "multiple")):
        positions = Counter(
            tuple(n for n, option in enumerate(q.options, 1) if Fraction(option.credit) == 1)
            for _path, q in questions_of(module)
            if isinstance(q, kind)
        )
        if len(positions) == 1 and positions.total() >= 3:
            right = next(iter(positions))
            option, stands = ("option", "stands in position") if len(right) == 1 else (
                "options", "stand in positions"
            )  # fmt: skip
            yield warn(
                f"the right {option} of all {positions.total()} {word} questions {stands} "
                f"{', '.join(map(str, right))}",
                "stages",
            )


@because("Learners want to see what the case was and what was found.")
def source_title_is_for_later(module: Module) -> Iterator[Finding]:
    """A module without a later stage never shows its source or what was found."""
    if not any(stage.known is Known.LATER for stage in module.stages):
        yield warn("no stage is known only later, so the sources are never shown", "stages")


WARNINGS: tuple[Rule, ...] = (
    outcome_words, later_words_in_titles, longest_right, same_position, source_title_is_for_later,
)  # fmt: skip
