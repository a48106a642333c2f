"""Reads from a claim how far it was established, where its own words leave no doubt; pure.

What is read wrongly would stand before every learner as said of an officer, and nobody would be
asked. So a list of plain sentences is known, any word that may turn one round undoes it, and
the author chooses.
"""

from __future__ import annotations

import re

from app.catalogue.document import Standing

_CHARGE = r"(?:allegations?|(?:gross )?misconduct|breach(?:es)?|charges?|complaints?)"
_FELL = rf"\b{_CHARGE}\b[^.;]{{0,120}}\b(?:was|were|been) (?:also )?"
_STATED = {
    Standing.CASE_TO_ANSWER: re.compile(
        r"\b(?:had|has|have|there (?:was|is|were)|found) (?:also )?(?:a case|cases) to answer\b",
        re.I,
    ),
    Standing.PROVEN: re.compile(
        rf"{_FELL}(?:found )?(?:to be )?prove[nd]\b(?! to)"
        rf"|\bfound [^.;]{{0,60}}\b{_CHARGE} (?:to be |was |were )?prove[nd]\b(?! to)",
        re.I,
    ),
    Standing.NOT_PROVEN: re.compile(rf"{_FELL}(?:found )?(?:to be )?not prove[nd]\b(?! to)", re.I),
    # One is also admitted to a hospital, and admits what is no charge.
    Standing.ADMITTED: re.compile(
        r"(?<!was )(?<!were )(?<!been )(?<!be )(?<!being )\badmitted (?:to )?"
        rf"(?:(?:the|this|both|all|a|his|her|their) )?(?:of )?(?:the )?{_CHARGE}\b",
        re.I,
    ),
}
_NOT_PROVEN = re.compile(r"\bnot prove[nd]\b", re.I)
# Each of these may turn the sentence round, leave it open, or put it into another's mouth.
_DOUBT = re.compile(
    r"\b(?:no|not|never|none|neither|nor|nobody|nothing|without|cannot|hardly|insufficient|lack\w*"
    r"|unable|unless|until|whether|if|unclear|yet|could|would|might|may|should|pending|provisional\w*"
    r"|initial\w*|first|originally|previous\w*|considered|decided against|rather than|instead"
    r"|denied|denies|disagreed|disputed|challenged|contested|rejected|refused|withdr[ae]w\w*|revised"
    r"|changed|overturned|quashed|reversed|appeal\w*|acquitted|cleared|exonerated|unproven|unfounded"
    r"|unsubstantiated|alleged\w*|claimed|believed|argued|said|says|suggested|submitted|asked|told"
    r"|thought|felt|failed to (?:find|show|prove|establish)"
    rf"|dismissed (?:the|this|all|both|an?) (?:\w+ )?{_CHARGE}"
    rf"|{_CHARGE}(?: (?!and\b)\w+){{0,8}} (?:was|were) (?:then |later )?dismissed)\b|n[’']t\b|\?",
    re.I,
)


def standing_stated(text: str) -> Standing | None:
    """Return how far a claim was established, only where its own words say one thing of it."""
    said = [standing for standing, words in _STATED.items() if words.search(text)]
    if len(said) != 1 or _DOUBT.search(_NOT_PROVEN.sub(" ", text)):
        return None
    return said[0] if (said[0] is Standing.NOT_PROVEN) is bool(_NOT_PROVEN.search(text)) else None
