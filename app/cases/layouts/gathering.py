"""Gathers what the placed paragraphs say: questions, findings, outcomes, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from app.cases.document import Finding, Kind, Outcome, Question, Recommendation
from app.cases.layouts.headings import Part
from app.cases.layouts.pieces import REFERENCE
from app.cases.layouts.placed import Placed, numbered


def _pieces(placed: Iterable[Placed], kind: Kind) -> list[list[Placed]]:
    """Return the paragraphs of a kind, those of one piece together."""
    groups: list[list[Placed]] = []
    for piece in placed:
        if piece.kind is not kind:
            continue
        if groups and piece.group and groups[-1][0].group == piece.group:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _text(pieces: Sequence[Placed]) -> str:
    """Return the words of one piece; list items inside it keep their bullet or letter."""
    first, *others = pieces
    # Where the source numbers its paragraphs, the numbers are no part of what they say.
    plain = numbered(first.paragraph) is not None
    lines = [
        piece.words if plain and numbered(piece.paragraph) is not None else piece.line
        for piece in others
    ]
    return "\n".join(line for line in [first.words, *lines] if line)


def questions(placed: Sequence[Placed]) -> tuple[Question, ...]:
    """Return the questions; one that the source does not number follows the one above it."""
    found: list[Question] = []
    for pieces in _pieces(placed, Kind.QUESTION):
        first = pieces[0]
        number = first.numbers[0] if first.numbers else numbered(first.paragraph)
        if number is None:
            same = bool(found) and found[-1].audience == first.of
            number = found[-1].number + 1 if same else 1
        found.append(Question(number, first.of, _text(pieces)))
    return tuple(found)


def findings(placed: Sequence[Placed]) -> tuple[Finding, ...]:
    """Return the findings with their numbers."""
    return tuple(
        Finding(pieces[0].numbers[0] if pieces[0].numbers else None, _text(pieces))
        for pieces in _pieces(placed, Kind.FINDING)
    )


def recommendations(placed: Sequence[Placed]) -> tuple[Recommendation, ...]:
    """Return the recommendations, each with its finding and the response to it."""
    groups = _pieces(placed, Kind.RECOMMENDATION)
    joins = _findings_followed(placed, groups)
    answers = _responses(placed, groups)
    return tuple(
        Recommendation(
            pieces[0].numbers[0] if pieces[0].numbers else None,
            pieces[0].scope,
            _text(pieces),
            joins[at],
            answers.get(at),
        )
        for at, pieces in enumerate(groups)
    )


def _findings_followed(
    placed: Sequence[Placed], groups: Sequence[Sequence[Placed]]
) -> list[int | None]:
    """Return the finding that each recommendation follows.

    It is the one that it names, or the one that it stands below. Where several findings come
    before their recommendations, only equal numbers, one for each, tell which belong together.
    """
    runs = {group: run for run in _runs(placed) for group in run[1]}
    found: list[int | None] = []
    for pieces in groups:
        first = pieces[0]
        above, below = runs[first.group]
        numbers = [number for number, scope in below.values() if scope != "national"]
        number = first.numbers[0] if first.numbers else None
        if first.named is not None:
            found.append(first.named)
        elif len(above) == 1 and first.finding is not None:
            found.append(first.finding)
        elif sorted(above) == sorted(n or 0 for n in numbers) and first.scope != "national":
            found.append(number)
        else:
            found.append(None)
    return found


def _runs(
    placed: Sequence[Placed],
) -> list[tuple[list[int], dict[int, tuple[int | None, str | None]]]]:
    """Return findings that stand together, each time with the recommendations that come next."""
    runs: list[tuple[list[int], dict[int, tuple[int | None, str | None]]]] = [([], {})]
    for piece in placed:
        number = piece.numbers[0] if piece.numbers else None
        if piece.kind is Kind.FINDING:
            if runs[-1][1]:
                runs.append(([], {}))
            if number is not None and number not in runs[-1][0]:
                runs[-1][0].append(number)
        elif piece.kind is Kind.RECOMMENDATION:
            runs[-1][1].setdefault(piece.group, (number, piece.scope))
    return runs


def _responses(placed: Sequence[Placed], groups: Sequence[Sequence[Placed]]) -> dict[int, str]:
    """Return the response to each recommendation by the recommendation's index."""
    answers = _pieces(placed, Kind.RESPONSE)
    by_group: dict[int, list[int]] = {}
    by_number: dict[int, list[int]] = {}
    for at, pieces in enumerate(groups):
        by_group.setdefault(pieces[0].group, []).append(at)
        for number in pieces[0].numbers:
            by_number.setdefault(number, []).append(at)
    found: dict[int, list[str]] = {}
    for pieces in answers:
        answer = pieces[0]
        # One that stands right below its recommendation needs no number.
        right_above = by_group.get(answer.group, []) if answer.group else []
        numbered_so = _answered(answer, groups, by_number)
        alone = [0] if len(answers) == len(groups) == 1 and not answer.numbers else []
        for at in right_above or numbered_so or alone:
            found.setdefault(at, []).append(_text(pieces))
    return {at: "\n".join(texts) for at, texts in found.items()}


def _answered(
    answer: Placed, groups: Sequence[Sequence[Placed]], by_number: Mapping[int, Sequence[int]]
) -> list[int]:
    """Return the indexes of the recommendations that a response answers by its numbers.

    Local 1 and national 1 are two; where the source says neither, a number must be the only one.
    """
    found = [at for number in answer.numbers for at in by_number.get(number, ())]
    exact = [at for at in found if groups[at][0].scope == answer.scope]
    unsaid = [at for at in found if None in {answer.scope, groups[at][0].scope}]
    return exact or (unsaid if len(unsaid) == len(answer.numbers) else [])


def outcomes(placed: Sequence[Placed]) -> tuple[Outcome, ...]:
    """Return what followed for each person; where no person is named, each paragraph by itself."""
    found: list[Outcome] = []
    for piece in placed:
        if piece.kind is not Kind.OUTCOME:
            continue
        person = piece.of or None
        if person and found and found[-1].person == person:
            words = piece.words if numbered(piece.paragraph) is not None else piece.line
            found[-1] = Outcome(person, f"{found[-1].text}\n{words}")
        else:
            found.append(Outcome(person, piece.words))
    return tuple(found)


def references(placed: Sequence[Placed]) -> tuple[str, ...]:
    """Return the references of the case, each once."""
    said = [
        number
        for piece in placed
        if piece.part is Part.REFERENCES
        for number in REFERENCE.findall(piece.paragraph.text)
    ]
    return tuple(dict.fromkeys(said))


def tags(placed: Sequence[Placed]) -> tuple[str, ...]:
    """Return the tags; several on one line stand between commas."""
    found: list[str] = []
    for piece in placed:
        if piece.part is not Part.TAGS or piece.kind not in {Kind.ITEM, Kind.PARAGRAPH}:
            continue
        one = piece.kind is Kind.ITEM
        found += [piece.words] if one else re.split(r"\s*[,;|]\s*", piece.words)
    return tuple(tag for tag in found if tag)
