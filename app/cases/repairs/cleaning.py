"""The cleaning of signs that every line goes through, and what counts as a word after it."""

from __future__ import annotations

import re
import unicodedata

# Marks that nobody sees: where a word may be broken, which way it is written, how it is drawn.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f]"
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
TAGS = "a|b|br|div|em|font|i|li|p|s|small|span|strong|sub|sup|u|ul|ol"
TAG = re.compile(rf"</?(?:{TAGS})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
# A tag that begins or ends a line of its own, so that the words on both sides are two.
BREAKING = re.compile(r"</?(?:br|div|li|p|ul|ol)\b", re.IGNORECASE)
# Signs that are drawn as pictures; some stand for bullets, others only for lost icons.
_PICTURE = (
    "[\u2190-\u22ff\u2300-\u23ff\u2400-\u25ff\u2600-\u27bf\u2900-\u2bff\ue000-\uf8ff\ufffc\ufffd"
    "\U0001f000-\U0001faff\U000f0000-\U000fffff]+"
)
PICTURES = re.compile(_PICTURE + r"\Z")
# One that became stuck to a word.
STUCK = re.compile(rf"({_PICTURE})(?=[^\W\d_]{{2}})|(?<=[^\W\d_])({_PICTURE})\Z")
NUMERIC = re.compile(r"[\d£$€%]")


def cleaned(text: str) -> str:
    """Return the text with every sign cleaned: this is what is compared when words are counted.

    Invisible marks go, control characters become spaces, ligatures become their letters, halves of
    characters become the sign for an unreadable one, and accents are composed.
    """
    text = HALF_CHARACTERS.sub("\ufffd", text)
    text = CONTROLS.sub(" ", INVISIBLE.sub("", text)).translate(LIGATURES)
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """Return the words of a text: its runs without white space, once cleaned."""
    return cleaned(text).split()


def without_markup(text: str) -> tuple[str, list[str]]:
    """Return the text without leftover tags such as `<u>`, and these tags."""
    tags = TAG.findall(text) if "<" in text else []
    if not tags:
        return text, []
    return TAG.sub(lambda tag: " " if BREAKING.match(tag[0]) else "", text), tags


def without_stray_signs(text: str) -> tuple[str, list[str]]:
    """Return the text without signs that stand alone and say nothing, and these signs.

    Such a sign is a picture of the source that became a letter; one between two numbers may be
    arithmetic and stays.
    """
    if text.isascii():
        return text, []
    tokens = re.split(r"(\s+)", text)
    stray = []
    for at in range(0, len(tokens), 2):
        beside = tokens[max(0, at - 2) : at] + tokens[at + 1 : at + 3]
        if PICTURES.match(tokens[at]) and not any(NUMERIC.search(one) for one in beside):
            stray.append(tokens[at])
            tokens[at] = ""
        elif found := STUCK.search(tokens[at]):
            stray.append(found[0])
            tokens[at] = f"{tokens[at][: found.start()]} {tokens[at][found.end() :]}"
    return "".join(tokens), stray
