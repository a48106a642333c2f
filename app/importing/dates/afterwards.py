"""Finds words that speak of the investigation itself: what they tell was known only afterwards.

A list that can be read and tested; it proposes, and the trainer decides. Of courts it says
nothing: a conviction may well have been known to the people in the case.
"""

from __future__ import annotations

import re

_BODY = r"(?:the )?(?:IOPC|IPCC|us|our investigators?)"
_OTHERS = r"(?:the (?:IOPC|IPCC|investigators?)|(?:the|a) (?:misconduct )?panel)"
_LINKS = r"(?:also |therefore |further |carefully |then )?"
# In a summary “we” is who investigated; what people said to each other stands in quotation marks.
_WE_DID = (
    r"we (?:also |therefore |further |carefully |then |did not )?(?:(?:were|have|had) )?"
    r"(?:analy[sz]ed|assessed|asked|began|called|completed|concluded|considered|consulted|decided"
    r"|deem|determined|ended|ensured|established|examined|executed|find|found|gathered|identified"
    r"|informed|interviewed|investigated|looked|make|made|obtained|received|recommended|requested"
    r"|reviewed|sent|served|shared|spoke|criminally)\b"
)
AFTERWARDS = re.compile(
    rf"\b{_WE_DID}"
    rf"|\b{_OTHERS} {_LINKS}(?:concluded|found|determined|decided|recommended|established"
    r"|identified|obtained)\b"
    r"|\b(?:our|the (?:IOPC|IPCC)(?:'s|’s)) (?:\w+ ){0,2}(?:investigation|inquiry|report|findings"
    r"|assessment|conclusions?|determinations?)\b"
    rf"|\b(?:told|informed) {_BODY}\b|\b(?:asked|interviewed) by {_BODY}\b"
    rf"|\breferred\b[^.]{{0,80}}\bto {_BODY}\b|\bevidence (?:gathered|obtained)\b"
    r"|\b(?:no )?case to answer\b|\blearning (?:opportunities|recommendations?)\b"
    r"|\b(?:accelerated )?misconduct (?:hearing|meeting|panel|proceedings)\b"
    r"|\ballegations? (?:was|were) (?:not )?proven\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[“\"][^“”\"]*[”\"]")


def afterwards_in(text: str) -> str:
    """Return the first words by which a text speaks of the investigation; empty: by none."""
    plain = _SPEECH.sub(lambda said: " " * len(said[0]), text)
    found = AFTERWARDS.search(plain)
    return " ".join(text[found.start() : found.end()].split()) if found else ""
