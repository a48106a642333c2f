"""The place in a source that a claim rests on, and how to find it again in the source's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PLACE = re.compile(
    r"^(?:\[(?P<source>[a-z0-9]+(?:-[a-z0-9]+)*)\] )?(?P<heading>\S.*?), (?P<paragraph>[1-9]\d*)$"
)


@dataclass(frozen=True)
class Place:
    """The nth paragraph below a heading of a source; `source` is empty for the first one."""

    source: str | None
    heading: str
    paragraph: int

    def __str__(self) -> str:
        prefix = f"[{self.source}] " if self.source else ""
        return f"{prefix}{self.heading}, {self.paragraph}"


def parse_places(text: str) -> tuple[Place, ...]:
    """Read places written as “Heading, 3; [other-source] Heading, 1”.

    Raises ValueError with a sentence that names the part which cannot be read.
    """
    found = []
    for part in text.split(";"):
        match = _PLACE.match(part.strip())
        if match is None:
            raise ValueError(
                f"“{part.strip()}” is not a place: write a heading of the source, a comma and the "
                "number of the paragraph below it, such as “Overview of incident, 11”"
            )
        found.append(Place(match["source"], match["heading"], int(match["paragraph"])))
    return tuple(found)


def paragraphs(text: str, headings: Sequence[str]) -> dict[str, list[str]]:
    """Return the paragraphs of a source below each of its `headings`, in order.

    A paragraph is a line that is not empty. A heading is a line equal to one of `headings`; the
    second line equal to “Response” is called “Response (2)”. What stands above the first heading
    belongs to "". Raises KeyError with the heading that the text does not have.
    """
    wanted = set(headings)
    bare = {re.sub(r" \(\d+\)$", "", heading) for heading in headings}
    found: dict[str, list[str]] = {"": []}
    seen: dict[str, int] = {}
    current = ""
    for line in (line.strip() for line in text.splitlines()):
        if line in bare:
            seen[line] = seen.get(line, 0) + 1
            name = line if seen[line] == 1 else f"{line} ({seen[line]})"
            if name in wanted:
                current = name
                found[current] = []
                continue
        if line:
            found[current].append(line)
    for heading in headings:
        if heading not in found:
            raise KeyError(heading)
    return found


def runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return numbers in order, those that follow each other together."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def said_run(run: Sequence[int]) -> str:
    """Write a run of numbers: “19 to 33”; two that follow each other are “1 and 2”."""
    return f"{run[0]} to {run[-1]}" if len(run) > 2 else " and ".join(str(n) for n in run)


def said_numbers(numbers: Sequence[int]) -> str:
    """Write the numbers of paragraphs: “1, 3 and 19 to 33”."""
    words = []
    for run in runs(numbers):
        words += [said_run(run)] if len(run) > 2 else [str(number) for number in run]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def said_place(text: str) -> str:
    """Turn a place of the document into words: “Overview of incident, paragraphs 3 and 11”."""
    found: dict[str, list[int]] = {}
    for place in parse_places(text):
        found.setdefault(place.heading, []).append(place.paragraph)
    return "; ".join(
        f"{heading}, paragraph{'s' if len(set(numbers)) > 1 else ''} {said_numbers(numbers)}"
        for heading, numbers in found.items()
    )
