"""What a password must be: long and not guessable; no rule about which characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from app.db import Refusal

SHORTEST = 12
LONGEST = 256
# Fewer characters than this beside one's own name do not make a password of it.
LEAST_BESIDE_NAME = 6


class WeakPassword(Refusal):
    """The password is too short, too long, too common or one's own name."""


def normalise(password: str) -> str:
    """Return the one form that different keyboards and phones give of the same password."""
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in lines.splitlines() if line and not line.startswith("#"))


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _own_words(own: tuple[str, ...]) -> list[str]:
    """Return the names and their parts, the longest first."""
    parts = [part for text in own for part in (text, *re.split(r"\W+|_", text))]
    return sorted({_bare(part) for part in parts if len(_bare(part)) >= 4}, key=len, reverse=True)


def _is_repetition(password: str) -> bool:
    """Tell whether it is one to four characters over and over, such as abcabcabcabc."""
    return any(
        (password[:size] * (len(password) // size + 1))[: len(password)] == password
        for size in range(1, 5)
    )


def _is_own_name(password: str, own: tuple[str, ...]) -> bool:
    """Tell whether little is left of it without the person's names, address and digits."""
    whole = left = _bare(password)
    for word in _own_words(own):
        left = left.replace(word, "")
    return left != whole and sum(not letter.isdigit() for letter in left) < LEAST_BESIDE_NAME


def check(password: str, *, email: str, name: str) -> None:
    """Refuse a password that is easily guessed, with a sentence that says why."""
    password = normalise(password)
    if len(password) < SHORTEST:
        raise WeakPassword(f"Use at least {SHORTEST} characters. Three random words are good")
    if len(password) > LONGEST:
        raise WeakPassword(f"Use at most {LONGEST} characters")
    if password.casefold() in _common() or _is_repetition(password.casefold()):
        raise WeakPassword(
            "This password is one of the first that attackers try. Choose another, "
            "such as three random words"
        )
    if _is_own_name(password, (email, email.partition("@")[0], name)):
        raise WeakPassword("Choose a password that is not your name or e-mail address")
