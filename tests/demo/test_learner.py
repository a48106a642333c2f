"""The answers of made-up learners: forms that a real one could have sent, neither all right."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from app.attempts.marking import Response, mark, read_form
from app.authoring.syncing import modules_in
from app.catalogue.document import Module, Ordering
from app.config import ROOT
from app.demo.learner import Learner, answer
from app.demo.words import COMMITMENTS, REFLECTIONS
from tests.demo.conftest import NOW
from tests.factories.modules import made_up

MODULE = made_up()
MODULES = {module.slug: module for module in modules_in(ROOT / "content")}


def as_form(response: Response) -> dict[str, list[str]]:
    fields = {f"pair-{option}": [target] for option, target in response.pairs}
    return {**fields, "choice": list(response.chosen), "order": list(response.order)}


@pytest.mark.parametrize("module", [*MODULES.values(), MODULE], ids=lambda m: m.slug)
def test_every_answer_is_one_that_the_page_accepts(module: Module) -> None:
    luck = Random(7)
    for question in module.questions():
        for skill in (0.0, 0.5, 1.0):
            response = answer(question, luck, skill)
            assert read_form(question, as_form(response)) == response


def test_skill_shows_and_nobody_is_always_right() -> None:
    luck = Random(11)
    questions = [q for module in MODULES.values() for q in module.questions()]

    def share(skill: float) -> Fraction:
        credits = [mark(q, answer(q, luck, skill)).credit for q in questions * 20]
        return sum(credits, Fraction()) / len(credits)

    weak, strong = share(0.3), share(0.85)
    assert Fraction(1, 10) < weak < strong < 1


def test_an_ordering_is_wrong_by_one_step_or_right() -> None:
    ordering = next(q for q in MODULE.questions() if isinstance(q, Ordering))
    credits = {mark(ordering, answer(ordering, Random(seed), 0.5)).credit for seed in range(40)}
    assert 1 in credits
    assert all(credit > 0 for credit in credits)
    assert len(credits) == 2


def test_the_same_luck_gives_the_same_answers() -> None:
    questions = MODULES["the-first-call"].questions()
    first = [answer(q, Random(3), 0.6) for q in questions]
    assert first == [answer(q, Random(3), 0.6) for q in questions]


def test_some_questions_are_harder_for_everybody_and_none_is_hopeless() -> None:
    questions = [q for module in MODULES.values() for q in module.questions()]
    weak, strong = (Learner(1, "/1/", Random(1), NOW, skill) for skill in (0.4, 0.9))
    eases = {weak.chance(question) for question in questions}
    assert len(eases) > 5
    assert all(0 < weak.chance(q) < strong.chance(q) <= 0.95 for q in questions)


def test_what_they_write_is_short_and_theirs() -> None:
    for text in (*REFLECTIONS, *COMMITMENTS):
        assert 20 < len(text) < 120
        assert "\n" not in text
    assert len(set(REFLECTIONS)) == len(REFLECTIONS)
