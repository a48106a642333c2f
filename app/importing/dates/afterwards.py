"""Finds words that speak of the investigation itself: what they tell was known only afterwards.

A list that can be read and tested; it proposes, and the trainer decides. Of courts it speaks
only where an officer stands before them: any other conviction may well have been known to the
people in the case.
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
_OFFICER = (
    r"\b(?:(?:the|an|both|former|subject|police) (?:\w+ )?(?:officers?|constables?|sergeants?"
    r"|inspectors?)|(?:PC|DC|PS|DS|DI|PCSO|Sergeant|Inspector|Officer|Constable) [A-Z])\b"
)
_WAS = r"(?: also)? (?:was|were|has been|had been|have been) (?:also |later |then |subsequently )?"
_BEFORE_COURT = (
    rf"{_OFFICER}(?:{_WAS}(?:arrested|suspended|charged|convicted|acquitted|sentenced|dismissed"
    r"|found (?:not )?guilty|jailed|imprisoned|disciplined|interviewed under|served with"
    r"|placed on (?:restricted duties|management action)"
    r"|given (?:an? )?(?:\w+ )?(?:written warning|management|words of advice))"
    r"|(?: also)? (?:pleaded|pled) (?:not )?guilty|(?: also)? admitted (?:the )?(?:\w+ )?charges?"
    r"|(?: also)? received (?:an? )?(?:\w+ )?(?:written warning|management|words of advice)"
    r"|(?:['’]s?)? (?:actions?|conduct|behaviour) came to light)"
    # Of a rank one may have known then that he had retired; “the officer” is who was looked into.
    r"|\bthe officer (?:has |had )?(?:since )?(?:resigned|retired)\b"
    r"|\b(?:resigned|retired) before (?:the|any|a) (?:\w+ )?(?:hearing|meeting|proceedings)\b"
)
_DISCIPLINE = (
    r"\bgross (?:misconduct|incompetence)\b|\bmisconduct (?:in public office|notices?)\b"
    r"|\bstandards of professional behaviour\b|\bdisciplinary (?:action|hearing|proceedings)\b"
    r"|\bfinal written warning\b|\bwould have been dismissed\b|\bbarred list\b"
    r"|\bpanel (?:did not |imposed |decided )?(?:a |any )?sanction|\breflective practice review\b"
    r"|\bnotices? of investigation\b|\bin response to (?:his|her|their) notices?\b"
)
_LOOKED_INTO = (
    r"\b(?:audit|analysis|checks?|download|examination|review)s? of [^.]{0,80}"
    rf"\b(?:showed|revealed|found|established|identified)\b[^.]{{0,100}}{_OFFICER}"
    r"|\bthe (?:independent )?investigation (?:also )?(?:found|concluded that)\b"
    r"|\b(?:en|in)quiries by [^.]{0,60}\b(?:IOPC|IPCC)\b"
    r"|\b(?:told|informed) (?:the|our) investigators?\b"
    r"|\b(?:police|constabulary|force) (?:also )?(?:agreed with|agreed\.|accepted our)"
    r"|\bthe force (?:was|were) asked (?:whether|if|why)\b"
    rf"|{_OFFICER} (?:acknowledged|accepted) (?:that )?(?:he|she|they)\b"
    r"|\bevidence (?:also )?(?:indicated|revealed|showed|suggested)(?: that)?:"
    r"|\b(?:made|issued|accepted) [^.]{0,40}\brecommendations?\b"
    r"|\binquest (?:jury )?(?:concluded|found|heard|recorded|returned|took place|was held)\b"
    r"|\bcoroner (?:\w+ ){0,2}?(?:concluded|found|recorded|returned)\b"
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
    r"|\ballegations? (?:was|were) (?:not )?proven\b"
    rf"|{_BEFORE_COURT}|{_DISCIPLINE}|{_LOOKED_INTO}",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[“\"][^“”\"]*[”\"]")


def afterwards_in(text: str) -> str:
    """Return the first words by which a text speaks of the investigation; empty: by none."""
    plain = _SPEECH.sub(lambda said: " " * len(said[0]), text)
    found = AFTERWARDS.search(plain)
    return " ".join(text[found.start() : found.end()].split()) if found else ""
