"""The headings and labels that published cases use, with their variants through the years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Part(Enum):
    """What stands below a heading; `nothing` is what stands below none that is known."""

    NOTHING = "nothing"
    RELEVANT = "relevant"
    STORY = "story"
    TYPE = "type of investigation"
    FINDINGS = "findings"
    RESPONSES = "responses"
    OUTCOMES = "outcomes"
    QUESTIONS = "questions"
    REFERENCES = "references"
    TAGS = "tags"
    DATES = "dates"
    # Inside the parts above.
    SCOPE = "scope"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    AUDIENCE = "audience"


@dataclass(frozen=True)
class Heading:
    """A known heading: its part, its numbers, local or national, its audience, what follows it."""

    part: Part
    numbers: tuple[int, ...] = ()
    scope: str | None = None
    audience: str = ""
    # The number of a finding that it names in brackets.
    finding: int | None = None
    # Words after the heading on the same line: “Finding 1: The form had no field.”
    rest: str = ""


_OF = r"(?: (?:of|in) (?:the |this )?(?:incident|events|case|investigation))?"
WHOLE: tuple[tuple[Part, str], ...] = (
    (Part.RELEVANT, r"this case (?:is|may be|will be) (?:also )?relevant (?:if you work in"
                    r"|to (?:you if you work in|the following areas|(?:people|those) who work in"
                    r"|(?:people|those) working in))"),
    (Part.STORY, rf"(?:brief )?(?:overview|summary|background|circumstances){_OF}"
                 r"|incident (?:overview|summary)|what happened|the incident"
                 r"|(?:our |the )?investigation(?: summary)?"),
    (Part.TYPE, r"type of investigation"),
    (Part.FINDINGS, r"(?:key )?findings(?: and (?:local |national )?recommendations)?"
                    r"|(?:findings and|organisational) learning"),
    (Part.RESPONSES, r"(?:the )?(?:force'?s? )?responses? to (?:the |these |our )?"
                     r"(?:local |national |force )?recommendations?"
                     r"|actions? taken(?: by (?:this|the) (?:police )?force| nationally)?"),
    (Part.OUTCOMES, r"(?:the )?outcomes?(?: for (?:the |individual )?(?:police |individual )?"
                    r"(?:officers?|staff|people|individuals|those)(?:.{0,50}(?<! and)(?<!/))?)?"),
    (Part.QUESTIONS, r"(?:key )?questions?(?: (?:to|for) consider(?:ation)?| to think about)?"),
    (Part.REFERENCES, r"(?:iopc |ipcc |case |our )?references?(?: numbers?)?"),
    (Part.TAGS, r"tags?"),
    (Part.DATES, r"date (?:of |the )?(?:recommendations?|response)(?: (?:made|due|received|sent"
                 r"|was made|is due))?"),
    (Part.RESPONSE, r"(?:the )?(?:force'?s? |police force )?responses?"
                    r"(?: from (?:the )?(?:police )?force)?"
                    r"|(?:not |partially |partly )?(?:accepted|rejected) actions?(?: taken)?"
                    r"|(?:do|does|did) (?:you|the force) accept (?:the|this) recommendations? ?\??"
                    r"|reasons? for (?:not accepting|rejecting|rejection)(?: (?:the|this) "
                    r"recommendation)?"),
)  # fmt: skip
_SCOPES = r"(?:(?P<scope>local|national|force|organisational|quick[- ]time) )?(?:learning )?"
SCOPE = re.compile(rf"{_SCOPES}recommendations?(?: made)?")
_NUMBERS = r"(?:(?:no\.?|number) )?(?P<numbers>\d{1,2}(?:(?:, | and | & |, and )\d{1,2}){0,8})"
_BRACKETS = r"(?:\s?\((?:(?:relating|linked|relates) to )?findings? (?P<finding>\d{1,2})\))?"
_REST = r"(?:\s?[:.–—|-]\s?(?P<rest>.*))?"
FINDING = re.compile(rf"(?:key )?findings? {_NUMBERS}{_REST}", re.DOTALL)
RECOMMENDATION = re.compile(rf"{_SCOPES}recommendations? {_NUMBERS}{_BRACKETS}{_REST}", re.DOTALL)
RESPONSE = re.compile(
    rf"(?:force )?response to {_SCOPES}recommendations? {_NUMBERS}{_REST}", re.DOTALL
)
AUDIENCE = re.compile(
    r"(?:key )?questions? (?:to (?:consider|ask) |to be considered )?(?:for|by) (?:the )?"
    r"(?P<audience>(?!consideration)[^?.]{2,90}?(?<! and)(?<! or)(?<! &)(?<!/)(?<!,))"
    r"(?: to consider)?"
)
COMPILED = [(part, re.compile(pattern)) for part, pattern in WHOLE]
LABEL = re.compile(r"(?P<label>[A-Za-z ]{3,40}):\s+(?P<rest>\S.*)", re.DOTALL)
# The form in which the IOPC makes a recommendation in the present: one begins with it.
RECOMMENDS = re.compile(r"(?:the )?(?:IOPC|IPCC) recommends\b", re.IGNORECASE)
# A label with its value on the same line is known only for these.
LABELLED = {Part.TYPE, Part.REFERENCES, Part.TAGS, Part.DATES}
# “Do you accept the recommendation? Yes” and “Accepted action: …”, which may be long.
ANSWERED = re.compile(
    r"(?P<label>do you accept the recommendation\?|(?:not |partially |partly )?"
    r"(?:accepted|rejected) actions?(?: taken)?:)\s+(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
LONGEST = 140
LONGEST_LABELLED = 600
BEGINS_NUMBERED = re.compile(
    r"\s*(?:key |local |national |learning |force |organisational |response to )*"
    r"(?:finding|recommendation)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """Return the known heading that a paragraph is; None for any other."""
    if len(text) > LONGEST_LABELLED and not BEGINS_NUMBERED.match(text):
        return _answered(text)
    plain = " ".join(text.split())
    low = plain.replace("’", "'").casefold().rstrip(":").rstrip()
    if not low or len(low) != len(plain.rstrip(":").rstrip()):
        return None
    numbered = _numbered(plain, low)
    if numbered is not None or len(plain) > LONGEST:
        return numbered or _labelled(plain) or _answered(plain)
    for part, pattern in COMPILED:
        if pattern.fullmatch(low):
            return Heading(part)
    if found := SCOPE.fullmatch(low):
        return Heading(Part.SCOPE, scope=_scope(found))
    if found := AUDIENCE.fullmatch(low):
        return Heading(
            Part.AUDIENCE, audience=plain[found.start("audience") : found.end("audience")]
        )
    return _labelled(plain) or _answered(plain)


def _answered(text: str) -> Heading | None:
    found = ANSWERED.fullmatch(text.strip())
    return Heading(Part.RESPONSE, rest=" ".join(found["rest"].split())) if found else None


def _numbered(plain: str, low: str) -> Heading | None:
    for part, pattern in (
        (Part.FINDING, FINDING), (Part.RECOMMENDATION, RECOMMENDATION), (Part.RESPONSE, RESPONSE)
    ):  # fmt: skip
        found = pattern.fullmatch(low)
        if found is None:
            continue
        named = found.groupdict()
        return Heading(
            part,
            numbers=tuple(int(number) for number in re.findall(r"\d+", found["numbers"])),
            scope=_scope(found) if "scope" in named else None,
            finding=int(named["finding"]) if named.get("finding") else None,
            # The words as the source writes them, with the colon that may end them.
            rest=plain[found.start("rest"):].strip() if named.get("rest") else "",
        )  # fmt: skip
    return None


def _scope(found: re.Match[str]) -> str | None:
    return found["scope"] if found["scope"] in {"local", "national"} else None


def _labelled(plain: str) -> Heading | None:
    found = LABEL.fullmatch(plain) if len(plain) <= LONGEST_LABELLED else None
    if found is None:
        return None
    label = heading_of(found["label"])
    if label is None or label.part not in LABELLED:
        return None
    return Heading(label.part, rest=found["rest"])


def is_known(text: str) -> bool:
    """Tell whether a paragraph is a heading or label of a known layout."""
    return heading_of(text) is not None


def looks_like_heading(text: str, longest: int = 12) -> bool:
    """Tell whether a paragraph reads as a heading: few words, no end of a sentence."""
    many = len(text.split())
    if not 0 < many <= longest or "://" in text or "www." in text:
        return False
    if text[-1] in '.?!,;:"”’)' and not text.endswith(")"):
        return False
    return text[0].isupper() or text[0].isdigit()
