"""Marking: the rules of the design, held by cases and by properties."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.attempts.marking import Incomplete, Response, mark, read_form, shuffled
from app.catalogue.document import Question
from tests.factories.modules import option, question

QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


def make(kind: str, **more: Any) -> Any:
    """Return a question of a kind."""
    return QUESTION.validate_python(question("q", kind, **more))


def fields(**values: Any) -> dict[str, list[str]]:
    """Return a form as the web framework gives it."""
    return {
        name.replace("__", "-"): value if isinstance(value, list) else [value]
        for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("kind", "form", "credit"),
    [
        ("single", fields(choice="q-b"), "1"),
        ("single", fields(choice="q-a"), "0"),
        ("single", fields(choice="q-c"), "1/2"),
        ("multiple", fields(choice=["q-a", "q-c"]), "1"),
        ("multiple", fields(choice=["q-a"]), "1/2"),
        ("multiple", fields(choice=["q-a", "q-b"]), "0"),
        ("multiple", fields(choice=["q-a", "q-b", "q-c"]), "1/2"),
        ("multiple", fields(choice=["q-a", "q-b", "q-c", "q-d"]), "0"),
        ("multiple", fields(choice=["q-b", "q-d"]), "0"),
        ("ordering", fields(order=["q-a", "q-b", "q-c"]), "1"),
        ("ordering", fields(order=["q-b", "q-a", "q-c"]), "2/3"),
        ("ordering", fields(order=["q-c", "q-b", "q-a"]), "0"),
        ("matching", fields(pair__q__a="q-x", pair__q__b="q-y"), "1"),
        ("matching", fields(pair__q__a="q-x", pair__q__b="q-x"), "1/2"),
        ("matching", fields(pair__q__a="q-y", pair__q__b="q-x"), "0"),
    ],
)
def test_credit(kind: str, form: dict[str, list[str]], credit: str) -> None:
    made = make(kind)
    assert mark(made, read_form(made, form)).credit == Fraction(credit)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("single", {}),
        ("single", fields(choice="unknown")),
        ("single", fields(choice=["q-a", "q-b"])),
        ("multiple", {}),
        ("multiple", fields(choice=["unknown"])),
        ("ordering", fields(order=["q-a", "q-b"])),
        ("ordering", fields(order=["q-a", "q-b", "q-b"])),
        ("matching", fields(pair__q__a="q-x")),
        ("matching", fields(pair__q__a="q-x", pair__q__b="unknown")),
    ],
)
def test_what_is_incomplete_is_said(kind: str, form: dict[str, list[str]]) -> None:
    with pytest.raises(Incomplete, match="before you commit"):
        read_form(make(kind), form)


def test_added_fields_change_nothing() -> None:
    made = make("single")
    honest = read_form(made, fields(choice="q-a"))
    sent = fields(choice="q-a", credit="1", person="2", completed_at="2026-01-01")
    assert read_form(made, sent) == honest


credits = st.lists(st.sampled_from(["0", "1"]), min_size=2, max_size=8).filter(
    lambda found: len(set(found)) == 2
)


@given(credits, st.data())
def test_multiple_is_a_fraction_and_ticking_all_earns_nothing(
    values: list[str], data: st.DataObject
) -> None:
    made = make("multiple", options=[option(f"o{n}", c) for n, c in enumerate(values)])
    ids = [o.id for o in made.options]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    found = mark(made, Response(chosen=tuple(chosen))).credit
    assert 0 <= found <= 1
    assert (found == 1) == (set(chosen) == {o.id for o in made.options if o.credit == "1"})
    assert mark(made, Response(chosen=tuple(ids))).credit == 0


@given(st.integers(2, 6), st.data())
def test_ordering_counts_pairs(size: int, data: st.DataObject) -> None:
    made = make("ordering", options=[option(f"o{n}") for n in range(size)])
    key = tuple(o.id for o in made.options)
    order = tuple(data.draw(st.permutations(key)))
    found = mark(made, Response(order=order)).credit
    reverse = mark(made, Response(order=order[::-1])).credit
    assert found + reverse == 1
    assert (found == 1) == (order == key)


@given(st.sampled_from(["single", "multiple", "ordering", "matching"]), st.integers(0, 2**31))
def test_shuffles_are_stable_and_looking_again_differs(kind: str, seed: int) -> None:
    made = make(kind)
    first = shuffled(made, seed, "first")
    assert first == shuffled(made, seed, "first")
    assert sorted(first) == sorted(o.id for o in made.options)
    again = shuffled(made, seed, "again")
    assert sorted(again) == sorted(first)
    assert again != first
    if kind == "ordering":
        assert first != tuple(o.id for o in made.options)
        assert again != tuple(o.id for o in made.options)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_an_ordering_never_starts_as_its_key(size: int) -> None:
    made = make("ordering", options=[option(f"o{n}") for n in range(size)])
    key = tuple(o.id for o in made.options)
    starts = {shuffled(made, seed, look) for seed in range(200) for look in ("first", "again")}
    assert key not in starts
    assert starts <= set(permutations(key))


@given(st.data())
def test_responses_survive_json(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["single", "multiple", "ordering", "matching"]))
    made = make(kind)
    ids = [o.id for o in made.options]
    options: dict[str, Any] = {
        "single": lambda: Response(chosen=(data.draw(st.sampled_from(ids)),)),
        "multiple": lambda: Response(
            chosen=tuple(sorted(data.draw(st.sets(st.sampled_from(ids), min_size=1))))
        ),
        "ordering": lambda: Response(order=tuple(data.draw(st.permutations(ids)))),
        "matching": lambda: Response(
            pairs=tuple((i, f"q-{t}") for i, t in zip(ids, "xy", strict=True))
        ),
    }
    response = options[kind]()
    assert Response.from_json(response.to_json()) == response
