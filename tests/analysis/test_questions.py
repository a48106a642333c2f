"""Counts of first answers by question and option, standing in noise."""

from __future__ import annotations

from app.accounts.models import Unit
from app.analysis.questions import (
    reflections_of,
    tallies_of,
    version_seen,
    versions_seen,
)
from app.attempts.marking import Response
from app.catalogue.models import Module
from app.db import db, now_utc
from tests.cast import Cast, make_person
from tests.factories.record import add_private, make_attempt, make_version

YES, NO = Response(chosen=("yes",)), Response(chosen=("no",))


def _path(unit_id: int) -> str:
    return db.session.get_one(Unit, unit_id).path


def _people(cast: Cast, count: int) -> list[int]:
    unit = db.session.get_one(Unit, cast.contact)
    return [make_person(f"extra{at}", unit).id for at in range(count)]


def test_first_looks_of_this_version_are_counted_and_nothing_else(session, cast: Cast) -> None:
    version, newer = make_version(), make_version(number=2)
    other = make_version("another", title="Another")
    make_attempt(cast.officer, version, first={"one": NO}, again={"one": YES})
    make_attempt(cast.colleague, version, first={"one": YES}, completed=False)
    make_attempt(cast.responder, newer, first={"one": YES})
    make_attempt(cast.responder, other, first={"one": YES})

    one = tallies_of(version)[0]

    assert (one.answered, one.full) == (2, 1)
    assert {row.option_id: row.count for row in one.rows} == {"yes": 1, "no": 1, "half": 0}
    assert [row.word for row in one.rows] == ["Right", "Not right", "Partly right"]


def test_whoever_comes_again_is_counted_once(session, cast: Cast) -> None:
    version = make_version()
    make_attempt(cast.officer, version, first={"one": NO})
    make_attempt(cast.officer, version, first={"one": YES})
    one = tallies_of(version)[0]
    assert (one.answered, one.full) == (1, 0)


def test_several_chosen_count_each(session, cast: Cast) -> None:
    version = make_version()
    make_attempt(cast.officer, version, first={"many": Response(chosen=("a", "b"))})
    make_attempt(cast.colleague, version, first={"many": Response(chosen=("a", "c"))})
    many = tallies_of(version)[1]
    assert (many.answered, many.full) == (2, 1)
    assert {row.option_id: row.count for row in many.rows} == {"a": 2, "b": 1, "c": 1}


def test_orders_count_by_place_and_as_a_whole(session, cast: Cast) -> None:
    version = make_version()
    right = Response(order=("first", "second", "third"))
    turned = Response(order=("second", "first", "third"))
    for person, response in ((cast.officer, right), (cast.colleague, turned),
                             (cast.responder, turned)):  # fmt: skip
        make_attempt(person, version, first={"line": response})
    line = tallies_of(version)[2]
    counts = {(row.option_id, row.against): (row.count, row.word) for row in line.rows}
    assert counts == {
        ("first", "Place 1"): (1, "Right"),
        ("first", "Place 2"): (2, "Not right"),
        ("second", "Place 1"): (2, "Not right"),
        ("second", "Place 2"): (1, "Right"),
        ("third", "Place 3"): (3, "Right"),
    }
    assert line.orders[0] == (("Option second", "Option first", "Option third"), 2)


def test_matches_count_by_target(session, cast: Cast) -> None:
    version = make_version()
    crossed = Response(pairs=(("left", "r"), ("right", "r")))
    make_attempt(cast.officer, version, first={"pair": crossed})
    pair = tallies_of(version)[3]
    assert [(row.option_id, row.against, row.word, row.count) for row in pair.rows] == [
        ("left", "The left", "Right", 0),
        ("left", "The right", "Not right", 1),
        ("right", "The right", "Right", 1),
    ]


def test_a_share_needs_ten_answers(session, cast: Cast) -> None:
    version = make_version()
    people = _people(cast, 10)
    for person in people[:9]:
        make_attempt(person, version, first={"one": YES})
    assert not tallies_of(version)[0].enough
    make_attempt(people[9], version, first={"one": YES})
    assert tallies_of(version)[0].enough


def test_reflections_are_counted_by_state(session, cast: Cast) -> None:
    version, newer = make_version(), make_version(number=2)
    add_private(make_attempt(cast.officer, version), "x")
    add_private(make_attempt(cast.colleague, version), "x", skipped=True)
    add_private(make_attempt(cast.responder, newer), "x")
    assert [(line.written, line.skipped) for line in reflections_of(version)] == [(1, 1)]


def test_versions_of_modules_that_a_trainer_may_ask_about(session, cast: Cast) -> None:
    everyone = make_version("everyone")
    below = make_version("below", owner_id=cast.contact)
    above = make_version("above", owner_id=cast.north)
    make_version("elsewhere", owner_id=cast.south)
    make_version("beside", owner_id=cast.crime)
    make_attempt(cast.officer, everyone)
    make_attempt(cast.colleague, everyone, completed=False)
    db.session.get_one(Module, above.module_id).retired_at = now_utc()

    lines = {line.slug: line for line in versions_seen((_path(cast.operations),))}

    assert set(lines) == {"everyone", "below", "above"}
    assert (lines["everyone"].begun, lines["everyone"].completed) == (2, 1)
    assert (lines["below"].begun, lines["above"].retired) == (0, True)
    found = version_seen((_path(cast.operations),), "below", 1)
    assert found is not None
    assert found.id == below.id
    assert version_seen((_path(cast.operations),), "elsewhere", 1) is None
    assert version_seen((_path(cast.operations),), "everyone", 2) is None
