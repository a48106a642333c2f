"""The learner's record: own rows only, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.attempts.marking import Response
from app.attempts.queries import state_of
from app.catalogue.queries import document_of
from app.db import db
from app.learning.facilitating import record_session
from app.learning.record import (
    answer_words,
    attempts_begun,
    completions_kept,
    questions_answered,
    record_of,
    reflections_kept,
)
from tests.cast import Cast
from tests.factories.record import (
    WHEN,
    add_private,
    make_attempt,
    make_completion,
    make_version,
    question_of,
)

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
WRONG = Response(chosen=("no",))
RIGHT = Response(chosen=("yes",))


def test_completions_say_how_they_came_about(session, cast: Cast) -> None:
    version = make_version()
    own = make_attempt(cast.officer, version)
    make_attempt(cast.colleague, version)
    record_session(trainer_id=cast.trainer, paths=("/",), version_id=version.id,
                   held_on=date(2026, 11, 5), person_ids=[cast.officer, cast.colleague],
                   now=NOW)  # fmt: skip

    kept = completions_kept(cast.officer)

    assert [(line.recorded_by, line.attempt_id) for line in kept] == [
        ("Trainer", None),
        ("", own.id),
    ]
    assert kept[0].completed_on == date(2026, 11, 5)
    assert {line.unit_name for line in kept} == {"Contact centre"}


def test_attempts_count_first_answers_and_minutes(session, cast: Cast) -> None:
    version = make_version()
    make_attempt(cast.officer, version, first={"one": WRONG}, again={"one": RIGHT})
    make_attempt(cast.officer, version, completed=False, seconds=20)
    make_attempt(cast.colleague, version, first={"one": RIGHT})

    begun = attempts_begun(cast.officer)

    assert [(line.answered, line.questions, line.minutes) for line in begun] == [
        (0, 4, pytest.approx(1 / 3)),
        (1, 4, 12.0),
    ]
    assert [line.completed_on for line in begun] == [None, WHEN.date()]


def test_only_committed_questions_are_shown_with_both_looks(session, cast: Cast) -> None:
    version = make_version()
    attempt = make_attempt(
        cast.officer, version, first={"one": WRONG}, again={"one": RIGHT}, completed=False
    )
    found = questions_answered(document_of(version.id), state_of(attempt))
    assert [line.first.id for line in found] == ["one"]
    assert [choice.id for choice in found[0].first.choices if choice.picked] == ["no"]
    again = found[0].again
    assert again is not None
    assert [choice.id for choice in again.choices if choice.picked] == ["yes"]


def test_model_points_come_with_the_reflection_and_own_ticks(session, cast: Cast) -> None:
    version = make_version()
    attempt = make_attempt(cast.officer, version, completed=False)
    module = document_of(version.id)
    assert reflections_kept(module, state_of(attempt)) == []
    add_private(attempt, "canary")
    found = reflections_kept(module, state_of(attempt))
    assert found[0].wrote.text == "text canary"
    assert [(point.text, point.tick, point.words) for point in found[0].points] == [
        ("A point", "partly", "words canary")
    ]


@pytest.mark.parametrize(
    ("item_id", "response", "words"),
    [
        ("one", Response(chosen=("half",)), ["Option half"]),
        ("many", Response(chosen=("a", "c")), ["Option a", "Option c"]),
        ("line", Response(order=("third", "first", "second")),
         ["Option third", "Option first", "Option second"]),
        ("pair", Response(pairs=(("left", "r"), ("right", "l"))),
         ["Option left: The right", "Option right: The left"]),
    ],
)  # fmt: skip
def test_answers_in_words(session, item_id: str, response: Response, words: list[str]) -> None:
    assert answer_words(question_of(make_version(), item_id), response) == words


def test_record_as_plain_values_is_her_own(session, cast: Cast) -> None:
    version, other = make_version(), make_version("another", title="Another")
    make_attempt(cast.officer, version, first={"one": RIGHT, "many": Response(chosen=("a",))})
    make_attempt(cast.colleague, other, first={"one": RIGHT})
    make_completion("noise", cast.responder, other)
    db.session.flush()
    found = record_of(cast.officer, "Officer", now=NOW)
    assert [line["module"] for line in found["completions"]] == ["A module of four questions"]
    assert [line["minutes"] for line in found["attempts"]] == [12]
    answers = {line["question"]: line for line in found["attempts"][0]["answers"]}
    assert answers["What about many?"]["credit"] == "1/2"
    assert answers["What about one?"]["answer"] == ["Option yes"]
    assert "facilitated" not in str(found)
