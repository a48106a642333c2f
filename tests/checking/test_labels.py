"""Findings about a draft speak as the editor's forms do, not as a file's keys."""

from __future__ import annotations

from typing import Any

import pytest

from app.checking.drafts import check_draft
from app.checking.labels import LABELS
from app.drafting.filling.fields import Entry, Group
from app.drafting.filling.part_forms import FORMS
from tests.factories.modules import plain_module


def entries(among: tuple[Entry, ...]) -> list[tuple[str, str]]:
    found = [(each.key, each.label) for each in among]
    for each in among:
        found += entries(each.rows) if isinstance(each, Group) else []
    return found


def test_each_label_is_that_of_the_forms() -> None:
    shown: dict[str, set[str]] = {}
    for form in FORMS.values():
        for key, label in entries(form):
            shown.setdefault(key, set()).add(label)
    for key, label in LABELS.items():
        assert label in shown[key], key


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [("minutes", "ten", "Write the minutes in figures, such as 10."),
     ("practice_as_at", "of old", "Write the year in four figures, such as 2017."),
     ("summary", "x" * 501, "“What the module is about” is longer than 500 characters."),
     ("practise", "Deciding", "“What one practises” must be a list"),
     ("minutes", 0, "“Minutes it takes” must be 1 or more.")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_editors_words(key: str, value: Any, sentence: str) -> None:
    found = [each for each in check_draft(plain_module() | {key: value}, {}) if each.path == (key,)]
    assert found[0].sentence.startswith(sentence)
    assert "player" not in found[0].why


def test_a_date_of_a_source_that_is_none() -> None:
    document = plain_module()
    document["sources"][0]["published"] = "last year"
    (said,) = [each.sentence for each in check_draft(document, {}) if each.severity.stops]
    assert said == "Source 1: Write a year, a month or a day, such as 2020, 2020-01 or 2020-01-28."
