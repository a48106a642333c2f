"""What a case says about itself, put right in one form."""

from __future__ import annotations

from flask import Flask

from app.db import db
from app.importing.models import ImportedCase
from app.importing.queries import reviewed
from app.importing.review import Facts
from tests.browser import PageClient

TYPED = {
    "title": "The bridge that was not checked", "publisher": "Invented Office", "series": "",
    "issue": "3", "case": "1", "theme": "", "force": "Westmarch Police",
    "published": "March 2021", "references": "2019/1\n2019/2", "tags": "Bridges",
}  # fmt: skip


def facts(app: Flask) -> Facts:
    with app.app_context():
        return reviewed(db.session.get_one(ImportedCase, 1)).review.facts


def save(client: PageClient, case: str, base: int = 1, **more: str) -> int:
    return client.submit(f"{case}/about", {**TYPED, "base": base, **more}).status_code


def test_what_was_read_is_shown_and_saving_it_changes_nothing(
    app: Flask, trainer: PageClient, case: str
) -> None:
    html = trainer.get(f"{case}/about").text
    for value in ("The bridge that was not checked", "Westmarch Police", "March 2021"):
        assert f'value="{value}"' in html
    before = facts(app)
    assert save(trainer, case) == 303
    assert facts(app) == before


def test_facts_are_put_right(app: Flask, trainer: PageClient, case: str) -> None:
    typed = {"title": "  Another   title ", "published": "20 Feb 2019", "tags": "A\n\n B \nA"}
    assert save(trainer, case, **typed) == 303
    made = facts(app)
    assert (made.title, made.published, made.tags) == ("Another title", "2019-02-20", ("A", "B"))
    assert "Another title" in trainer.get("/cases/new").text


def test_a_date_that_is_none_is_refused_and_typing_kept(
    app: Flask, trainer: PageClient, case: str
) -> None:
    answer = trainer.submit(f"{case}/about", {**TYPED, "base": 1, "published": "soon"})
    assert answer.status_code == 422
    assert 'id="published-error"' in answer.text
    assert 'value="soon"' in answer.text
    assert facts(app).published == "2021-03"


def test_a_fact_that_somebody_else_changed_is_shown_beside_hers(
    app: Flask, trainer: PageClient, second: PageClient, case: str
) -> None:
    save(trainer, case, title="Hers", issue="4")
    answer = second.submit(f"{case}/about", {**TYPED, "base": 1, "title": "His"})
    assert answer.status_code == 409
    assert "Somebody else wrote “Hers” meanwhile" in answer.text
    assert 'value="His"' in answer.text
    assert 'name="base" value="2"' in answer.text
    assert facts(app).title == "Hers"
