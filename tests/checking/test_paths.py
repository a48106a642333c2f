"""Counting every path exactly agrees with going every one of them."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.attempts.marking import Response, mark
from app.catalogue.document import Matching, Module, Multiple, Ordering, Question, Single
from app.checking.paths import outcomes, unreached, walk_every_path
from tests.factories.modules import made_up, option, plain_module, question, reflection, text


def the_module(*items: dict[str, Any], **more: Any) -> Module:
    stages = [{"id": "first", "title": "First", "known": "then", "items": list(items)}]
    return Module.model_validate(plain_module(**{"stages": stages, "people": []} | more))


def the_question(found: dict[str, Any]) -> Question:
    return the_module(found).questions()[0]


def every_response(asked: Question) -> list[Response]:
    ids = [o.id for o in asked.options]
    if isinstance(asked, Single):
        return [Response(chosen=(each,)) for each in ids]
    if isinstance(asked, Multiple):
        return [Response(chosen=c) for n in range(1, len(ids) + 1) for c in combinations(ids, n)]
    if isinstance(asked, Ordering):
        return [Response(order=order) for order in permutations(ids)]
    assert isinstance(asked, Matching)
    targets = [target.id for target in asked.targets]
    picks = product(targets, repeat=len(ids))
    return [Response(pairs=tuple(zip(ids, pick, strict=True))) for pick in picks]


def gone_through(asked: Question) -> dict[Fraction, int]:
    return dict(Counter(mark(asked, response).credit for response in every_response(asked)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["0", "1/3", "1/2", "2/3"]), min_size=1, max_size=6))
def test_a_single_question(credits: list[str]) -> None:
    options = [option(f"o{n}", credit) for n, credit in enumerate([*credits, "1"])]
    asked = the_question(question("q", "single", options=options))
    assert outcomes(asked) == gone_through(asked)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4))
def test_a_multiple_question(rights: int, wrongs: int) -> None:
    credits = ["1"] * rights + ["0"] * wrongs
    options = [option(f"o{n}", credit) for n, credit in enumerate(credits)]
    asked = the_question(question("q", "multiple", options=options))
    assert outcomes(asked) == gone_through(asked)


@pytest.mark.parametrize("lines", [2, 3, 4, 5, 6])
def test_an_ordering(lines: int) -> None:
    asked = the_question(question("q", "ordering", options=[option(f"o{n}") for n in range(lines)]))
    assert outcomes(asked) == gone_through(asked)


@pytest.mark.parametrize(("targets", "lines"), [(2, 2), (2, 4), (3, 3), (4, 5)])
def test_a_matching(targets: int, lines: int) -> None:
    named = [{"id": f"t{n}", "text": f"Target {n}"} for n in range(targets)]
    options = [option(f"o{n}", target=f"t{n % targets}") for n in range(lines)]
    asked = the_question(question("q", "matching", targets=named, options=options))
    assert outcomes(asked) == gone_through(asked)


def test_a_whole_module_agrees_with_going_every_path() -> None:
    module = made_up()
    found = walk_every_path(module)
    credits = [
        [mark(asked, response).credit for response in every_response(asked)]
        for asked in module.questions()
    ]
    scores = [sum(path, Fraction(0)) / len(credits) for path in product(*credits)]
    assert found.reflections == 2
    assert found.ways == len(scores) * 2**2
    assert (found.least, found.most) == (min(scores), max(scores)) == (0, 1)
    assert found.mean == sum(scores, Fraction(0)) / len(scores)
    assert found.dead_ends == ()
    assert found.bands is not None
    assert dict(found.bands)["Full credit everywhere"] == scores.count(Fraction(1)) * 4
    assert dict(found.bands)["No credit"] == scores.count(Fraction(0)) * 4
    quarter = [score for score in scores if 0 < score <= Fraction(1, 4)]
    assert dict(found.bands)["Up to a quarter"] == len(quarter) * 4
    assert sum(count for _words, count in found.bands) == found.ways


def test_forty_large_questions_are_counted_without_going_through_them() -> None:
    asked = [
        question(f"q{n}", "ordering", options=[option(f"q{n}-{m}") for m in range(8)])
        for n in range(40)
    ]
    found = walk_every_path(the_module(*asked))
    assert found.ways == 40320**40
    assert found.mean == Fraction(1, 2)
    assert found.bands is not None
    assert sum(count for _words, count in found.bands) == found.ways


def test_too_many_sums_are_not_told_apart_but_the_range_is_exact() -> None:
    def odd(n: int) -> dict[str, Any]:
        """Return a question whose credits have a denominator that no other has."""
        options = [option(f"a{n}", "1"), option(f"b{n}", f"1/{(101, 103, 107)[n]}")]
        return question(f"q{n}", "single", options=options)

    found = walk_every_path(the_module(*(odd(n) for n in range(3))))
    assert found.bands is None
    assert found.most == 1
    least = Fraction(1, 101) + Fraction(1, 103) + Fraction(1, 107)
    assert found.least == least / 3


def test_a_module_without_questions_has_one_path_for_each_choice_of_reflecting() -> None:
    found = walk_every_path(the_module(text("t"), reflection("r")))
    assert (found.ways, found.questions, found.bands) == (2, (), None)
    assert (found.least, found.most, found.mean) == (0, 0, 0)


def sentences(module: Module) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(end.sentence, end.path) for end in walk_every_path(module).dead_ends]


def test_a_question_that_cannot_be_marked_closes_all_that_follows() -> None:
    all_right = [option("a", "1"), option("b", "1")]
    stages = plain_module()["stages"]
    stages[0]["items"][1] = question("q1", "multiple", options=all_right)
    found = sentences(made_up(stages=stages))
    assert ("No answer to this can be committed, so nothing after it opens.",
            ("stages", 0, "items", 1)) in found  # fmt: skip
    unreached = [path for sentence, path in found if sentence.startswith("Nobody reaches")]
    assert unreached == [("stages", 1), ("stages", 2), ("stages", 3)]


def test_a_stage_that_nobody_reaches_is_told_by_the_checks() -> None:
    stages = plain_module()["stages"]
    stages[1]["items"][1]["options"] = [option("a", "1"), option("b", "1")]
    found = list(unreached(made_up(stages=stages)))
    assert [each.path for each in found] == [
        ("stages", 1, "items", 1), ("stages", 2), ("stages", 3),
    ]  # fmt: skip
    assert all(each.why for each in found)
    assert list(unreached(made_up())) == []


def test_a_match_with_no_target_cannot_be_committed() -> None:
    options = [option("a", target="q-x"), option("b", target="gone")]
    found = sentences(the_module(question("q", "matching", options=options)))
    assert [path for _sentence, path in found] == [("stages", 0, "items", 0)]


def test_full_credit_that_nobody_can_reach_is_told() -> None:
    options = [option("a", "1/2"), option("b", "0")]
    found = sentences(the_module(question("q", "single", options=options)))
    assert found == [("Nobody can reach full credit here.", ("stages", 0, "items", 0))]


@pytest.mark.parametrize("needed", ["after", "nowhere", "q"])
def test_a_question_that_needs_what_is_not_open_is_told(needed: str) -> None:
    asked = question("q", "single", needs=["before", needed])
    found = sentences(the_module(text("before"), asked, text("after")))
    assert found == [
        (f"This needs “{needed}”, which is never open when it is asked.",
         ("stages", 0, "items", 1, "needs", 1))
    ]  # fmt: skip


def test_a_consequence_in_which_nothing_stands_is_told() -> None:
    empty = {"known": "then", "text": " \n", "place": "Overview, 1"}
    options = [option("a", "1", then=empty), option("b", "0", then=empty | {"text": "Something."})]
    found = sentences(the_module(question("q", "single", options=options, then=[empty])))
    assert [path[4:] for _sentence, path in found] == [
        ("options", 0, "then", "text"), ("then", 0, "text"),
    ]  # fmt: skip


def test_an_unfinished_stage_is_left_out() -> None:
    found = walk_every_path(made_up(), {0})
    assert [asked.id for asked in found.questions] == ["q2", "q3", "q4"]
    assert found.reflections == 1
