"""What the database counts and adds, held against a plain reading of every answer."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from app.accounts.models import Unit
from app.analysis.figures import Scored, groups_in, scale_of, whole_credits
from app.analysis.first_answers import credits_of, scored_of
from app.analysis.questions import tallies_of
from app.attempts.marking import Response, mark
from app.catalogue.models import Version
from app.db import db
from app.demo.learner import answer
from tests.cast import Cast, make_person
from tests.factories.record import add_answer, make_attempt, make_version, question_of

IDS = ("one", "many", "line", "pair")
Given = list[dict[str, Response]]


def _crowd(cast: Cast, version: Version, people: int) -> Given:
    """Let people answer anyhow, every fifth not everything; return what each answered."""
    luck, unit, given = Random(5), db.session.get_one(Unit, cast.contact), []
    for at in range(people):
        asked = IDS[: 1 + at % 3] if at % 5 == 0 else IDS
        first = {key: answer(question_of(version, key), luck, luck.random()) for key in asked}
        again = {"one": Response(chosen=("yes",))} if at % 4 == 0 else {}
        person = make_person(f"crowd{at}", unit)
        make_attempt(person.id, version, first=first, again=again, completed=asked == IDS)
        given.append(first)
    return given


def _credit(version: Version, key: str, response: Response) -> Fraction:
    return mark(question_of(version, key), response).credit


def _scored(version: Version) -> tuple[list[Scored], int]:
    credits = credits_of(version.id)
    scale = scale_of(credits)
    return scored_of(version.id, IDS, whole_credits(credits, scale)), scale


def test_sums_are_those_of_adding_fractions_person_by_person(session, cast: Cast) -> None:
    version = make_version()
    given = _crowd(cast, version, 60)
    rows, scale = _scored(version)
    whole = [row for row in rows if row.total is not None]
    found = {(r.item_id, r.response, r.credit, Fraction(r.total or 0, scale)): r.count
             for r in whole}  # fmt: skip
    wanted: Counter[tuple[str, str, str, Fraction]] = Counter()
    for first in given:
        if len(first) == len(IDS):
            total = sum((_credit(version, *pair) for pair in first.items()), Fraction(0))
            for key, response in first.items():
                credit = str(_credit(version, key, response))
                wanted[key, response.to_json(), credit, total] += 1
    assert found == wanted
    assert len(whole) == len(wanted)
    assert len({row.total for row in whole}) > 10


def test_groups_count_also_who_did_not_answer_everything(session, cast: Cast) -> None:
    version = make_version()
    given = _crowd(cast, version, 60)
    wanted = Counter(
        (key, response.to_json()) for first in given for key, response in first.items()
    )
    assert {(g.item_id, g.response): g.count for g in groups_in(_scored(version)[0])} == wanted
    by_credit = Counter(
        (key, str(_credit(version, key, response)))
        for first in given
        for key, response in first.items()
    )
    assert {(g.item_id, g.credit): g.count for g in credits_of(version.id)} == by_credit


def test_an_answer_to_nothing_in_the_document_does_not_stand_in(session, cast: Cast) -> None:
    version = make_version()
    first = {"one": Response(chosen=("yes",)), "many": Response(chosen=("a",))}
    make_attempt(cast.officer, version, first=first)
    yes, a = '{"chosen":["yes"]}', '{"chosen":["a"]}'
    both = scored_of(version.id, ("one", "gone"), {"1": 2, "1/2": 1})
    assert both == [Scored("many", a, "1/2", None, 1), Scored("one", yes, "1", None, 1)]
    lone = scored_of(version.id, ("one",), {"1": 2, "1/2": 1})
    assert lone == [Scored("many", a, "1/2", None, 1), Scored("one", yes, "1", 2, 1)]


def test_only_first_looks_of_first_attempts_at_this_version_are_added(session, cast: Cast) -> None:
    earlier, version = make_version(), make_version(number=2)
    yes = {"one": Response(chosen=("yes",))}
    make_attempt(cast.officer, earlier, first=yes)
    make_attempt(cast.officer, version, first=yes)
    attempt = make_attempt(cast.colleague, version, first={"one": Response(chosen=("no",))})
    add_answer(attempt, version, "many", Response(chosen=("a", "b")))
    found = scored_of(version.id, ("one", "many"), {"0": 0, "1": 1})
    assert [(row.item_id, row.credit, row.total) for row in found] == [
        ("many", "1", 1),
        ("one", "0", 1),
    ]


def test_a_version_without_answers_has_neither(session, cast: Cast) -> None:
    version = make_version()
    assert scored_of(version.id, IDS, {}) == credits_of(version.id) == []
    assert {tally.answered for tally in tallies_of(version)} == {0}
