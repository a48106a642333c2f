"""What printed lines show of how they were wrapped; of other files nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.cases.document import Room
from app.cases.repairs.lines import Line, is_open


@dataclass(frozen=True)
class Wrapping:
    """The room of each printed line, by its page and line."""

    rooms: Mapping[tuple[int | None, int], Room] = field(default_factory=dict)

    def had_room(self, before: Line, line: Line) -> bool | None:
        """Tell whether the first word of a line had room in the line before; None: not known."""
        above, here = self._of(before), self._of(line)
        return None if above is None or here is None else here.first_word <= above.left

    def is_across(self, before: Line, line: Line) -> bool:
        """Tell whether a line is known to begin another column or page than the line before."""
        above, here = self._of(before), self._of(line)
        known = above is not None and here is not None and above.column != here.column
        return known or line.source.page != before.source.page

    def ends_a_sentence(self, before: Line, line: Line) -> bool:
        """Tell whether a line is the end of a sentence whose last words had no room above."""
        if line.blank_before or not is_open(before.text) or self.is_across(before, line):
            return False
        by_words = line.text[:1].islower() and line.text[-1:] in ".?!" and "www." not in line.text
        return by_words or self.had_room(before, line) is False

    def _of(self, line: Line) -> Room | None:
        return self.rooms.get((line.source.page, line.source.line))
