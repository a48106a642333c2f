"""Where the walk through a case stands: its part, heading, number, person or audience in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.cases.layouts.headings import Heading, Part
from app.cases.layouts.placed import Placed


@dataclass
class Standing:
    """What is in force for the next paragraph; each heading changes some of it."""

    # Whether paragraphs below no known heading are the story, as in a document of no known family.
    is_open: bool
    part: Part = Part.NOTHING
    # The heading of the part, and the nearest heading of all.
    section: str = ""
    under: str = ""
    heading: Heading | None = None
    scope: str | None = None
    finding: int | None = None
    named: int | None = None
    numbers: tuple[int, ...] = ()
    audience: str = ""
    person: str = ""
    group: int = 0
    person_waits: bool = False
    last: Placed | None = None
    # How many pieces have begun, and whether a list of them is under way.
    groups: int = 0
    in_list: bool = False
    # The heading of the recommendations, and whether the one under way has no number but an
    # opening that tells where the next begins.
    recommendations: str = ""
    opened: bool = False

    def enter(self, heading: Heading) -> None:
        """Go below a known heading."""
        _ENTERING.get(heading.part, Standing.enter_part)(self, heading)
        self.heading = heading

    def enter_part(self, heading: Heading) -> None:
        """Begin another part; nothing of the one before is in force."""
        self.part = heading.part
        self.scope, self.finding, self.numbers, self.named = None, None, (), None
        self.audience = self.person = ""
        self.group = 0
        self.in_list = False
        self.person_waits = False

    def _enter_scope(self, heading: Heading) -> None:
        if self.part not in {Part.FINDINGS, Part.RESPONSES}:
            self.enter_part(replace(heading, part=Part.FINDINGS))
        self.scope, self.finding, self.numbers, self.named = heading.scope, None, (), None
        self.group = 0

    def _enter_finding(self, heading: Heading) -> None:
        if self.part is not Part.FINDINGS:
            self.enter_part(replace(heading, part=Part.FINDINGS))
        self.finding, self.numbers = heading.numbers[0], heading.numbers
        self.next_group()

    def _enter_recommendation(self, heading: Heading) -> None:
        if self.part not in {Part.FINDINGS, Part.RESPONSES}:
            self.enter_part(replace(heading, part=Part.FINDINGS))
        self.numbers, self.scope = heading.numbers, heading.scope or self.scope
        self.named = heading.finding
        self.next_group()

    def _enter_response(self, heading: Heading) -> None:
        if heading.numbers:
            self.numbers, self.scope = heading.numbers, heading.scope or self.scope
            self.next_group()

    def _enter_audience(self, heading: Heading) -> None:
        if self.part is not Part.QUESTIONS:
            self.enter_part(replace(heading, part=Part.QUESTIONS))
        self.audience, self.in_list = heading.audience, False

    def next_group(self) -> None:
        """Begin the next piece."""
        self.group = self.groups = self.groups + 1


_ENTERING: dict[Part, Callable[[Standing, Heading], None]] = {
    Part.SCOPE: Standing._enter_scope,
    Part.FINDING: Standing._enter_finding,
    Part.RECOMMENDATION: Standing._enter_recommendation,
    Part.RESPONSE: Standing._enter_response,
    Part.AUDIENCE: Standing._enter_audience,
}
