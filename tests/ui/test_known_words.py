"""Each mark of knowledge has one name, whatever page shows it."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from app.catalogue.document import Known
from app.catalogue.known_words import KNOWN_WORDS as NAMES
from app.drafting.filling.part_forms import CHOICE_WORDS
from app.importing.forms import KNOWN_WORDS

APP = Path(__file__).parents[2] / "app"
OTHERS = re.compile(
    r"known only later|known at the time|available, not looked|nobody looked|to be looked at", re.I
)


def test_no_page_has_another_name_for_a_mark() -> None:
    pages = sorted(APP.rglob("templates/**/*.html"))
    assert len(pages) > 50
    named = {page.name: OTHERS.search(page.read_text(encoding="utf-8")) for page in pages}
    assert [name for name, found in named.items() if found] == []


def test_forms_and_pages_take_the_names_from_one_place(app: Flask) -> None:
    said = app.jinja_env.filters["known_words"]
    for known in Known:
        assert KNOWN_WORDS[known] == CHOICE_WORDS[known] == said(known.value) == NAMES[known]
    assert said("") == ""
