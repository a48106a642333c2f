"""Two hands at once: one row, and a sentence for whoever came second."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Person
from app.assigning.models import Assignment, Occurrence
from app.attempts.models import Answer, Attempt, Draft, Look, Reflection
from app.db import Base, db
from app.importing.models import ImportedCase
from app.records.models import Completion
from tests.factories.world import World
from tests.house import forms
from tests.house.scene import Scene
from tests.house.visitor import Visitor

ROUNDS = range(3)
Sent = tuple[Visitor, str, dict[str, Any]]


def at_once(*requests: Sent) -> list[int]:
    """Send all of them at the same moment; return the statuses in order."""
    gate, statuses = threading.Barrier(len(requests)), [0] * len(requests)

    def send(at: int) -> None:
        visitor, url, fields = requests[at]
        gate.wait()
        statuses[at] = visitor.post(url, fields).status_code

    threads = [threading.Thread(target=send, args=(at,)) for at in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def count(app: Flask, kind: type[Base], *conditions: sa.ColumnElement[bool]) -> int:
    """Return how many rows meet the conditions."""
    with app.app_context():
        query = sa.select(sa.func.count()).select_from(kind).where(*conditions)
        return db.session.execute(query).scalar_one()


@pytest.fixture
def officer(app: Flask, world: World) -> Visitor:
    """An officer with two browsers."""
    return Visitor(app, world, "north_officer")


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_answer_committed_twice(
    app: Flask, world: World, officer: Visitor, _round: int
) -> None:
    attempt = world.attempts["north_officer", "begun"]
    url = f"/attempts/{attempt}/items/q1/answer"
    assert at_once(*[(officer, url, {"choice": "q1-b"})] * 3) == [303] * 3
    assert count(app, Answer, Answer.attempt_id == attempt, Answer.look == Look.FIRST) == 1
    assert count(app, Draft, Draft.attempt_id == attempt) == 0


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_answers_to_one_question(
    app: Flask, world: World, officer: Visitor, _round: int
) -> None:
    attempt = world.attempts["north_officer", "begun"]
    url = f"/attempts/{attempt}/items/q1/answer"
    choices = [(officer, url, {"choice": f"q1-{letter}"}) for letter in "abc"]
    assert at_once(*choices) == [303] * 3
    assert count(app, Answer, Answer.attempt_id == attempt) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_missed_question_answered_again_twice(
    app: Flask, world: World, officer: Visitor, _round: int
) -> None:
    attempt = world.attempts["north_officer", "missed"]
    fields = forms.answer_again(Scene(app, world, "north_officer", "north"))
    assert at_once(*[(officer, f"/attempts/{attempt}/again/q4", fields)] * 2) == [303] * 2
    assert count(app, Answer, Answer.attempt_id == attempt, Answer.look == Look.AGAIN) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_draft_saved_from_two_tabs(
    app: Flask, world: World, officer: Visitor, _round: int
) -> None:
    attempt = world.attempts["north_officer", "halfway"]
    url = f"/attempts/{attempt}/items/r1/draft"
    sent = [(officer, url, {"text": f"tab {tab}", "sequence": 5}) for tab in "ab"]
    assert sorted(at_once(*sent)) == [200, 409]
    assert count(app, Draft, Draft.attempt_id == attempt, Draft.sequence == 5) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_texts_to_one_reflection(
    app: Flask, world: World, officer: Visitor, _round: int
) -> None:
    attempt = world.attempts["north_officer", "halfway"]
    url = f"/attempts/{attempt}/items/r1/reflection"
    assert sorted(at_once(*[(officer, url, {"text": f"tab {tab}"}) for tab in "ab"])) == [303, 409]
    assert count(app, Reflection, Reflection.attempt_id == attempt) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_module_started_twice(app: Flask, world: World, officer: Visitor, _round: int) -> None:
    before = count(app, Attempt)
    assert at_once(*[(officer, "/modules/untouched/start", {})] * 3) == [303] * 3
    assert count(app, Attempt) == before + 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_attempt_finished_twice(
    app: Flask, world: World, officer: Visitor, _round: int
) -> None:
    attempt = world.attempts["north_officer", "ready"]
    sent = (
        officer,
        f"/attempts/{attempt}/finish",
        {"commitment": "Ask once more.", "sequence": "9"},
    )
    assert at_once(sent, sent, sent) == [303] * 3
    assert count(app, Completion, Completion.key == f"attempt:{attempt}") == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_list_confirmed_twice(app: Flask, world: World, _round: int) -> None:
    manager, before = Visitor(app, world, "north_manager"), count(app, Assignment)
    fields = forms.assignment(Scene(app, world, "north_manager", "north"))
    assert at_once(*[(manager, "/assignments", fields)] * 2) == [303] * 2
    assert count(app, Assignment) == before + 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_same_people_asked_twice_at_once(app: Flask, world: World, _round: int) -> None:
    manager = Visitor(app, world, "north_manager")
    fields = forms.assignment(Scene(app, world, "north_manager", "north"))
    sent = [(manager, "/assignments", {**fields, "key": f"key-{hand}"}) for hand in "ab"]
    assert sorted(at_once(*sent)) == [303, 409]
    assert _asked_of_each(app) == {1}


def _asked_of_each(app: Flask) -> set[int]:
    with app.app_context():
        open_ = (Occurrence.completion_id.is_(None), Occurrence.withdrawn_at.is_(None))
        query = sa.select(Occurrence.person_id, Occurrence.module_id).where(*open_)
        return set(Counter(tuple(row) for row in db.session.execute(query)).values())


@pytest.mark.parametrize("_round", ROUNDS)
def test_asked_and_finished_at_once(app: Flask, world: World, _round: int) -> None:
    manager, officer = Visitor(app, world, "north_manager"), Visitor(app, world, "north_officer")
    version, attempt = world.versions["ready"], world.attempts["north_officer", "ready"]
    scene = Scene(app, world, "north_manager", "north")
    asked = {**forms.assignment(scene), **forms.list_of(scene, "ready")}
    statuses = at_once(
        (manager, "/assignments", asked), (officer, f"/attempts/{attempt}/finish", {})
    )
    # Either the officer was asked first and this completion counts, or the list had changed.
    assert statuses in ([303, 303], [409, 303])
    person = world.people["north_officer"]
    with app.app_context():
        module = db.session.execute(
            sa.select(Completion.module_id).where(
                Completion.version_id == version, Completion.person_id == person
            )
        ).scalar_one()
    mine = (Occurrence.person_id == person, Occurrence.module_id == module)
    done = count(app, Occurrence, *mine, Occurrence.completion_id.is_not(None))
    assert (count(app, Occurrence, *mine), done) == ((1, 1) if statuses[0] == 303 else (0, 0))


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_link_used_twice(app: Flask, world: World, _round: int) -> None:
    url = f"/set-password/{world.links['north']}"
    nobody = Visitor(app, world, None)
    sent = [(nobody, url, {"password": f"seven quiet lanterns {hand}"}) for hand in "ab"]
    assert sorted(at_once(*sent)) == [303, 410]


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_upload_applied_twice(app: Flask, world: World, _round: int) -> None:
    administrator = Visitor(app, world, "north_administrator")
    url = f"/people/import/{world.uploads['north_administrator']}/apply"
    before = count(app, Person)
    assert at_once(*[(administrator, url, {"change_many": "y"})] * 2) == [303] * 2
    assert count(app, Person) == before + 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_document_sent_twice(app: Flask, world: World, _round: int) -> None:
    fields = forms.new_case(Scene(app, world, "north_trainer", "north"))
    before = count(app, ImportedCase)
    sent: list[Sent] = [
        (Visitor(app, world, who), "/cases/new", fields)
        for who in ("north_trainer", "north_trainer", "south_trainer")
    ]
    assert at_once(*sent) == [303, 303, 303]
    assert count(app, ImportedCase) == before + 2, "one for each force"
