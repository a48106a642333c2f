"""What differs between two texts, word by word, in bounded time; pure, and as a page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from markupsafe import Markup

# A word with its inner marks, a run of spaces, or one sign.
_TOKENS = re.compile(r"\s+|\w+(?:[’'\-.,]\w+)*|[^\w\s]")
# Beyond this many pairs of words two passages are shown one after the other, not word by word.
MOST_PAIRS = 4_000_000
# Beyond this many, words that come often are not matched with each other: it would take long.
EXACT_PAIRS = 200_000
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


def tokens(text: str) -> list[str]:
    """Cut a text into words, spaces and signs; joined they are the text again."""
    return _TOKENS.findall(text)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return with how many tokens both begin."""
    for at, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return at
    return min(len(old), len(new))


def _between(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Compare what remains between the common beginning and the common end."""
    if len(old) * len(new) > MOST_PAIRS:
        yield Piece(Fate.REMOVED, "".join(old))
        yield Piece(Fate.ADDED, "".join(new))
        return
    often_is_junk = len(old) * len(new) > EXACT_PAIRS
    matcher = SequenceMatcher(None, old, new, autojunk=often_is_junk)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield Piece(Fate.KEPT, "".join(old[i:j]))
        else:
            yield Piece(Fate.REMOVED, "".join(old[i:j]))
            yield Piece(Fate.ADDED, "".join(new[k:m]))


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return both texts as one run of pieces.

    Kept and removed pieces joined are the old text, kept and added ones the new text.
    """
    before, after = tokens(old), tokens(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    found = [Piece(Fate.KEPT, "".join(before[:start]))]
    found += _between(before[start : len(before) - end], after[start : len(after) - end])
    found.append(Piece(Fate.KEPT, "".join(before[len(before) - end :])))
    return tuple(_joined(piece for piece in found if piece.text))


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
    """Give what was gathered: what went, what came, the space after it."""
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
