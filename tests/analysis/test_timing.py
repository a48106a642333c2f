"""Time of stages from the moments at which gates were passed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.accounts.models import Unit
from app.analysis.questions import times_at
from app.analysis.timing import Leg, Sitting, legs_of, minutes_of, times_of
from app.attempts.marking import Response
from app.catalogue import document
from app.db import db
from tests.cast import Cast, make_person
from tests.factories.record import ITEMS, WHEN, make_attempt, make_version

LEGS = (Leg("First", ("a", "b"), 3), Leg("Second", ("c",), 2))


def _sitting(**minutes: float) -> Sitting:
    return Sitting(WHEN, 600, {key: WHEN + timedelta(minutes=at) for key, at in minutes.items()})


def test_gaps_add_up_by_stage_from_the_start() -> None:
    assert minutes_of(_sitting(a=1, b=3, c=7), LEGS) == pytest.approx((3, 4))


def test_a_long_gap_counts_five_minutes_and_a_backward_one_nothing() -> None:
    assert minutes_of(_sitting(a=600, b=601, c=601), LEGS) == pytest.approx((6, 0))
    assert minutes_of(_sitting(a=2, b=1, c=1), LEGS) == pytest.approx((2, 0))


def test_an_attempt_that_missed_a_gate_is_left_out() -> None:
    assert minutes_of(_sitting(a=1, c=2), LEGS) is None


def _module(stages: list[dict]) -> document.Module:
    plain = json.loads(_DOCUMENT) | {"stages": stages}
    return document.Module.model_validate(plain)


_DOCUMENT = json.dumps(
    {
        "slug": "m", "title": "M", "summary": "S", "practise": ["P"], "minutes": 10,
        "practice_as_at": "2020", "content_note": {"text": "N"},
        "sources": [{"id": "s", "publisher": "P", "title": "T", "published": "2020",
                     "licence": "OGL", "headings": ["Overview"]}],
    }
)  # fmt: skip


def test_a_stage_without_a_gate_joins_the_next_and_shares_the_minutes() -> None:
    text = {"id": "read", "kind": "text", "text": "Word " * 200, "place": "Overview, 1"}
    legs = legs_of(
        _module(
            [
                {"id": "one", "title": "One", "known": "then", "items": [text]},
                {"id": "two", "title": "Two", "known": "then", "items": [ITEMS[0]]},
                {"id": "three", "title": "Three", "known": "then", "items": [ITEMS[1]]},
            ]
        )
    )
    assert [leg.title for leg in legs] == ["One; Two", "Three"]
    assert [leg.gates for leg in legs] == [("one",), ("many",)]
    assert sum(leg.stated for leg in legs) == pytest.approx(10)
    assert legs[0].stated > legs[1].stated


def test_nothing_under_ten_people() -> None:
    module = _module([{"id": "one", "title": "One", "known": "then", "items": [ITEMS[0]]}])
    sittings = [_sitting(one=at / 4) for at in range(1, 10)]
    assert times_of(module, sittings).whole is None
    found = times_of(module, [*sittings, _sitting(one=2.5)])
    assert (found.n, found.stated) == (10, 10)
    assert found.whole is not None
    assert found.whole.value == 10
    assert found.stages[0].taken.value == pytest.approx(1.375)


def test_only_completed_first_attempts_are_timed(session, cast: Cast) -> None:
    version = make_version(items=[ITEMS[0]])
    unit = db.session.get_one(Unit, cast.contact)
    first = {"one": Response(chosen=("yes",))}
    for at in range(11):
        person = make_person(f"timed{at}", unit)
        make_attempt(person.id, version, first=first, completed=at != 0, seconds=120)
        if at:
            make_attempt(person.id, version, first=first, seconds=6000)
    found = times_at(version)
    assert found.n == 10
    assert found.whole is not None
    assert found.whole.value == 2
