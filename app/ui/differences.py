"""What differs between two texts, word by word, in bounded time; pure, and as a page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

from markupsafe import Markup

# A word with its inner marks or one sign, and the spaces after it.
_UNITS = re.compile(r"(\w+(?:[’'\-.,]\w+)*|[^\w\s]|^)(\s*)")
# Beyond this many pairs of words two passages are shown one after the other, not word by word.
MOST_PAIRS = 25_000_000
# Beyond this many, words that come often are not matched with each other: it would take long.
EXACT_PAIRS = 500_000
# A kept piece longer than this is shortened in the middle when only changes matter.
KEPT = 160


class Fate(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words with one fate."""

    fate: Fate
    text: str


Unit = tuple[str, str]


def units(text: str) -> list[Unit]:
    """Cut a text into words and signs, each with the spaces after it; joined they are the text."""
    return _UNITS.findall(text)


def _text(found: Sequence[Unit]) -> str:
    return "".join(word + spaces for word, spaces in found)


def _common(old: Sequence[object], new: Sequence[object]) -> int:
    """Return with how many parts both begin."""
    for at, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return at
    return min(len(old), len(new))


def _between(old: list[Unit], new: list[Unit]) -> Iterator[Piece]:
    """Compare what remains between the common beginning and the common end, by words alone."""
    if len(old) * len(new) > MOST_PAIRS:
        yield Piece(Fate.REMOVED, _text(old))
        yield Piece(Fate.ADDED, _text(new))
        return
    often_is_junk = len(old) * len(new) > EXACT_PAIRS
    words, others = [word for word, _ in old], [word for word, _ in new]
    matcher = SequenceMatcher(None, words, others, autojunk=often_is_junk)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield from _alike(old[i:j], new[k:m])
        else:
            yield Piece(Fate.REMOVED, _text(old[i:j]))
            yield Piece(Fate.ADDED, _text(new[k:m]))


def _alike(old: list[Unit], new: list[Unit]) -> Iterator[Piece]:
    """Give words that both have; the spaces after them may differ."""
    for (word, before), (_word, after) in zip(old, new, strict=True):
        yield Piece(Fate.KEPT, word)
        if before == after:
            yield Piece(Fate.KEPT, before)
        else:
            yield Piece(Fate.REMOVED, before)
            yield Piece(Fate.ADDED, after)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return both texts as one run of pieces.

    Kept and removed pieces joined are the old text, kept and added ones the new text.
    """
    before, after = units(old), units(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    found = [Piece(Fate.KEPT, _text(before[:start]))]
    found += _between(before[start : len(before) - end], after[start : len(after) - end])
    found.append(Piece(Fate.KEPT, _text(before[len(before) - end :])))
    return tuple(_merged([*_joined(_merged(found))]))


def _merged(found: list[Piece]) -> Iterator[Piece]:
    """Join neighbours of one fate."""
    for fate, run in groupby((piece for piece in found if piece.text), key=lambda p: p.fate):
        yield Piece(fate, "".join(piece.text for piece in run))


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Join changes that only a space parts: they read as one."""
    removed = added = gap = ""
    for piece in found:
        if piece.fate is Fate.KEPT and (removed or added) and piece.text.isspace() and not gap:
            gap = piece.text
            continue
        if piece.fate is Fate.KEPT:
            yield from _run(removed, added, gap)
            removed = added = gap = ""
            yield piece
            continue
        removed, added, gap = removed + gap, added + gap, ""
        removed += piece.text if piece.fate is Fate.REMOVED else ""
        added += piece.text if piece.fate is Fate.ADDED else ""
    yield from _run(removed, added, gap)


def _run(removed: str, added: str, gap: str) -> Iterator[Piece]:
    """Give what was gathered: what went, what came, the spaces after both."""
    if removed and added:
        spaces = _common(removed[::-1], added[::-1])
        spaces = min(spaces, len(added) - len(added.rstrip()))
        gap = added[len(added) - spaces :] + gap
        removed, added = removed[: len(removed) - spaces], added[: len(added) - spaces]
    rows = ((Fate.REMOVED, removed), (Fate.ADDED, added), (Fate.KEPT, gap))
    return (Piece(fate, text) for fate, text in rows if text)


def shortened(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Leave out the middle of long kept pieces, so that one sees what changed."""
    last = len(found) - 1
    return tuple(
        Piece(Fate.KEPT, _cut(piece.text, first=at == 0, last=at == last))
        if piece.fate is Fate.KEPT and last
        else piece
        for at, piece in enumerate(found)
    )


def _cut(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= KEPT:
        return text
    head = "" if first else text[: KEPT // 2].rsplit(" ", 1)[0]
    tail = "" if last else text[-KEPT // 2 :].split(" ", 1)[-1]
    return f"{head} … {tail}"


_TAGS = {Fate.REMOVED: ("del", "removed: ", " end of removed"),
         Fate.ADDED: ("ins", "added: ", " end of added")}  # fmt: skip


def marked(found: Sequence[Piece]) -> Markup:
    """Write pieces for a page: what went struck out, what came underlined, both said aloud."""
    shown = Markup("")
    for piece in found:
        if piece.fate is Fate.KEPT:
            shown += piece.text
            continue
        tag, before, after = _TAGS[piece.fate]
        shown += Markup(  # noqa: S704 our own names; format escapes the words
            f'<{tag}><span class="govuk-visually-hidden">{before}</span>{{}}'
            f'<span class="govuk-visually-hidden">{after}</span></{tag}>'
        ).format(piece.text)
    return shown


def difference(old: str, new: str) -> Markup:
    """Write what differs between two texts, each word that went or came marked as such."""
    return marked(pieces(old, new))
