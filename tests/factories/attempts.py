"""Attempts at each point of the way, sat through the learning room's own verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from app.attempts import queries, reflecting, sitting
from app.attempts.completing import complete
from app.attempts.marking import read_form
from app.attempts.models import Attempt, Look
from app.attempts.state import Point
from tests.factories.modules import RIGHT, WRONG

# Each point of the way is a module of its own, for one can be begun only once at a time.
SLUGS = ("begun", "halfway", "reflected", "missed", "ready", "finished", "untouched")


def _fields(form: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in form.items()}


class Sitter:
    """Somebody who sits; `words` gives the private word for each kind of text."""

    def __init__(
        self, person_id: int, unit_path: str, begun: datetime, words: Callable[[str], str]
    ) -> None:
        self.person_id, self.unit_path, self.now, self.words = person_id, unit_path, begun, words

    def sit(self, state: str) -> Attempt | None:
        """Begin the module named after the state and go as far as the state says."""
        return None if state == "untouched" else self.sit_at(state, state)

    def sit_at(self, slug: str, state: str) -> Attempt:
        """Begin a module and go as far as the state says."""
        attempt = sitting.start(self.person_id, self.unit_path, slug, now=self._tick())
        attempt = queries.attempt_of(self.person_id, attempt.id) or attempt
        getattr(self, f"_{state}")(attempt)
        return attempt

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=20)
        return self.now

    def _answer(self, attempt: Attempt, item: str, form: dict[str, Any] | None = None) -> None:
        question = next(q for q in queries.document_of(attempt).questions() if q.id == item)
        response = read_form(question, _fields(form or RIGHT[item]))
        sitting.commit_answer(attempt, item, response, now=self._tick())

    def _draft(self, attempt: Attempt, item: str, fields: dict[str, list[str]]) -> None:
        sitting.save_draft(
            attempt, item, fields, look=Look.FIRST, sequence=1, now=self._tick()
        )  # fmt: skip

    def _reflect(self, attempt: Attempt, item: str) -> None:
        reflecting.write(attempt, item, self.words("reflection"), now=self._tick())
        points = {0: Point("disagree", self.words("points")), 1: Point("covered", "")}
        reflecting.hold_against_points(attempt, item, points, now=self._tick())

    def _begun(self, attempt: Attempt) -> None:
        self._draft(attempt, "q1", {"choice": ["q1-a"]})

    def _halfway(self, attempt: Attempt) -> None:
        self._answer(attempt, "q1")
        self._draft(attempt, "r1", {"text": [self.words("draft")]})

    def _reflected(self, attempt: Attempt) -> None:
        self._answer(attempt, "q1", WRONG["q1"])
        self._reflect(attempt, "r1")

    def _through(self, attempt: Attempt, last: dict[str, Any]) -> None:
        self._answer(attempt, "q1")
        self._reflect(attempt, "r1")
        for item in ("q2", "q3"):
            self._answer(attempt, item)
        self._answer(attempt, "q4", last)
        self._reflect(attempt, "r2")
        reflecting.commit_to(attempt, self.words("commitment"), now=self._tick())

    def _missed(self, attempt: Attempt) -> None:
        self._through(attempt, WRONG["q4"])

    def _ready(self, attempt: Attempt) -> None:
        self._through(attempt, RIGHT["q4"])

    def _finished(self, attempt: Attempt) -> None:
        self._through(attempt, RIGHT["q4"])
        complete(attempt, now=self._tick())
