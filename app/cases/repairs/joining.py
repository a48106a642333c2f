"""Which lines are one paragraph, and how their words come together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from app.cases.document import LineKind
from app.cases.layouts.dates import published_in
from app.cases.layouts.headings import is_known, looks_like_heading
from app.cases.repairs.lines import Line, is_open
from app.cases.repairs.wrapping import Wrapping

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
ONLY_ADDRESSES = re.compile(
    r"(?:\S+@\S+\.\w+|(?:https?://|www\.)\S+)(?:[ |]+\S+@\S+|[ |]+www\.\S+)*"
)
ENDING_ADDRESS = re.compile(r"(?:https?://|www\.)[^<>\"]*\Z", re.IGNORECASE)
ADDRESS_PART = re.compile(r"[\w\-./?=&#%+~:,;()!$*']+\Z")
WORD = re.compile(r"\w+(?:-\w+)*")
CASE_LINE = re.compile(
    r"(?:case \d{1,3}\b|(?:bulletin|issue) \d{1,3}\b)[^.?!]{0,100}|learning (?:the )?lessons",
    re.IGNORECASE,
)
CONTACT = re.compile(r"for (?:archived|previous|past|back) (?:bulletins|issues)", re.IGNORECASE)
WANTS_MORE = re.compile(
    r"\b(?:a|an|and|at|by|for|from|in|of|on|or|that|the|to|with|who|his|her|their|Mr|Mrs|Ms|Dr|PC)\Z"
    r"|[,–/&(]\Z| [—-]\Z"
)
# No paragraph of a case is longer; beyond it nothing is joined.
LONGEST = 6000
# In texts whose words are not broken, so many lines at most end with a hyphen of a word.
RARELY = 0.02
# Beginnings of words that keep their hyphen.
KEEP = frozenset((
    "self", "non", "ex", "co", "anti", "part", "full", "long", "short", "well", "high", "low",
    "multi", "cross", "inter", "semi", "half", "all", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "mid", "post", "pre", "sub", "on", "off", "follow", "call",
))  # fmt: skip


@dataclass(frozen=True)
class Habits:
    """How this file breaks its lines."""

    # How many characters a full line has; None where each line is a paragraph.
    width: float | None
    # How full a line must be for the next word to have had no room.
    fullness: float
    vocabulary: frozenset[str]
    # Whether words are broken at the ends of lines, so that a hyphen there may be none of theirs.
    breaks_words: bool = True
    wrapping: Wrapping = field(default_factory=Wrapping)


def habits_of(lines: list[Line], fullness: float, wrapping: Wrapping) -> Habits:
    """Find out how long the lines of a file are, weighing each by its length."""
    lengths = sorted(len(line.text) for line in lines)
    total, so_far, width = sum(lengths), 0, 0.0
    for length in lengths:
        so_far += length
        width = float(length)
        if so_far >= 0.8 * total:
            break
    full = sum(length >= 0.75 * width for length in lengths)
    is_wrapped = 35 <= width <= 140 and full >= 4 and full >= 0.25 * len(lines)
    known = {word.casefold() for text in _whole_words(lines) for word in WORD.findall(text)}
    return Habits(
        width if is_wrapped else None, fullness, frozenset(known), _breaks_words(lines), wrapping
    )


def _breaks_words(lines: list[Line]) -> bool:
    """Tell whether more lines end with a hyphen than words of their own would bring."""
    ends = sum(line.text[-1:] == "-" and line.text[-2:-1].isalpha() for line in lines)
    return ends > max(1, RARELY * len(lines))


def _whole_words(lines: list[Line]) -> Iterator[str]:
    """Yield the words of each line, without those that the end of a line broke."""
    broken = False
    for line in lines:
        text = line.text.partition(" ")[2] if broken else line.text
        broken = line.text.endswith("-")
        yield text.rpartition(" ")[0] if broken else text


def _begins_low(text: str) -> bool:
    """Tell whether a line begins in the middle of a sentence, as far as its first letter says."""
    return text.lstrip("([\"'“‘–—- ")[:1].islower()


def is_one_paragraph(
    text: str, before: Line, line: Line, habits: Habits, under_colon: bool
) -> bool:
    """Tell whether a line goes on with the paragraph whose text so far is `text`.

    `under_colon` tells that the paragraph above ended with a colon: then short lines are a list.
    """
    if _are_two(before, line) or not text or len(text) > LONGEST:
        return False
    if _goes_on_with_address(text, line) or _wants_its_address(text, line):
        return True
    if _stands_alone(text, line.text) and not _runs_through(text, before, line, habits):
        return False
    if line.cut and (line.blank_before or line.source.page != before.source.page):
        return _cut_in_two(text, before, line, habits)
    return _no_room(text, before, line, habits, under_colon)


def _are_two(before: Line, line: Line) -> bool:
    """Tell whether the file itself says that two lines are two paragraphs."""
    if line.is_item or before.source.whole or line.source.whole:
        return True
    if line.blank_before and not line.cut:
        return True
    kinds = (before.source.kind, line.source.kind)
    if LineKind.HEADING in kinds:
        return kinds[0] is not kinds[1] or before.source.level != line.source.level
    return False


def _wants_its_address(text: str, line: Line) -> bool:
    """Tell whether the line that names an archive still lacks the address of it."""
    return bool(CONTACT.match(text)) and not ADDRESS.search(text) and not line.blank_before


def _stands_alone(text: str, below: str) -> bool:
    """Tell whether one of two lines is a heading, a label or an address by its own words."""
    together = f"{text} {below}"
    if below[:1].islower() and is_known(together):
        return False
    if is_known(below) and not (is_known(text) and below[:1].islower()) and not _wants_more(text):
        return True
    return any(map(_is_label, (text, below))) or (is_known(text) and len(text) < 100)


def _runs_through(text: str, before: Line, line: Line, habits: Habits) -> bool:
    """Tell whether words that may be a heading are the middle of a sentence that was wrapped."""
    wrapped = habits.wrapping.had_room(before, line) is False
    return wrapped and is_open(text) and line.text[:1].islower()


def _wants_more(text: str) -> bool:
    return bool(WANTS_MORE.search(text))


def _is_label(text: str) -> bool:
    return bool(
        CASE_LINE.fullmatch(text)
        or ONLY_ADDRESSES.fullmatch(text)
        or CONTACT.match(text)
        or (published_in(text) and len(text) < 60)
    )


def _goes_on_with_address(text: str, line: Line) -> bool:
    """Tell whether an address that ends one line goes on at the start of the next."""
    found = ENDING_ADDRESS.search(text.rsplit(None, 1)[-1])
    first, *others = line.text.split() or [""]
    if found is None or not ADDRESS_PART.match(first) or ADDRESS.match(first):
        return False
    if line.blank_before and not line.cut:
        return False
    breaks = found[0][-1] in "/-_=?&#%" or found[0].endswith("://")
    parts = bool(re.search(r"[/#=_%]|[a-z]-[a-z]|\w\.\w", first))
    if not others:
        return (breaks or parts) and not is_known(line.text) and not first[0].isupper()
    return breaks and parts and not first[0].isupper()


def _cut_in_two(text: str, before: Line, line: Line, habits: Habits) -> bool:
    """Tell whether a page break or a footer stands in the middle of a sentence."""
    if _wants_more(text) or (text.endswith("-") and _begins_low(line.text)):
        return True
    return is_open(text) and (_begins_low(line.text) or _was_wrapped(text, before, line, habits))


def _was_wrapped(text: str, before: Line, line: Line, habits: Habits) -> bool:
    """Tell whether a line of running text goes on in the next column or on the next page."""
    prose = not before.is_item and not looks_like_heading(text)
    return prose and habits.wrapping.had_room(before, line) is False


def _no_room(text: str, before: Line, line: Line, habits: Habits, under_colon: bool) -> bool:
    """Tell whether a line only ended because the next word had no room in it."""
    low = _begins_low(line.text)
    had_room = habits.wrapping.had_room(before, line)
    is_full = _is_full(before, line, habits) if had_room is None else not had_room
    if text.endswith("-") and text[-2:-1].isalpha() and low:
        return True
    if under_colon and text[:1].islower() and low and not before.is_item:
        return is_full
    if habits.wrapping.is_across(before, line):
        # Whether a gap stood between the two nobody can see: an end of a sentence is an end.
        return _cut_in_two(text, before, line, habits)
    if is_open(text):
        # Where letters differ in width, fullness alone tells two short headings badly apart.
        title = (
            had_room is None and habits.fullness < 0.9
            and looks_like_heading(text) and looks_like_heading(line.text)
        )  # fmt: skip
        return low or _wants_more(text) or (is_full and not title) or line.cut
    # A short line after a whole sentence may be the next heading.
    short = had_room is None and len(line.text) < 0.7 * (habits.width or 0)
    return is_full and not (short and not low and looks_like_heading(line.text, 8))


def _is_full(before: Line, line: Line, habits: Habits) -> bool:
    """Tell by its letters whether a line is as long as the lines of its file are."""
    if habits.width is None:
        return False
    written = len(f"{before.marker} {before.text}".strip())
    return written + 1 + len(line.text.split()[0]) > habits.fullness * habits.width


def joined(text: str, more: str, line: Line, broken_word: bool, habits: Habits) -> str:
    """Return the words of two lines as one text: a broken word and a wrapped link made whole."""
    if not text:
        return more
    if broken_word or _goes_on_with_address(text, line):
        return text + more
    if text.endswith("-") and text[-2:-1].isalnum():
        left, right = text.split()[-1].rstrip("-"), more.split()[0]
        if right[:1].islower() and left[-1:].isalpha() and not _keeps_hyphen(left, right, habits):
            return text[:-1] + more
        return text + more
    return f"{text} {more}"


def _keeps_hyphen(left: str, right: str, habits: Habits) -> bool:
    """Tell whether a hyphen at the end of a line is the word's own."""
    left = re.sub(r"\A\W+", "", left).casefold()
    right = re.sub(r"\W+\Z", "", right).casefold()
    if f"{left}-{right}" in habits.vocabulary:
        return True
    if left + right in habits.vocabulary:
        return False
    if left.split("-")[-1] in KEEP or {left, right} <= habits.vocabulary:
        return True
    return not habits.breaks_words and bool({left, right} & habits.vocabulary)


def links_in(
    text: str, found: Iterable[tuple[str, str]], tidy: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """Return the links that the file says and the addresses that stand in the text, each once."""
    links = list(dict.fromkeys(found))
    said = {address for _, address in links}
    for match in ADDRESS.finditer(text):
        address = tidy(match[0])
        if address not in said and f"https://{address}" not in said:
            links.append((address, address))
            said.add(address)
    return tuple(links)
