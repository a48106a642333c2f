"""The outline of a long draft: as few statements to the database as that of a short one."""

from __future__ import annotations

from flask import Flask

from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.pages.drafting.desk import begun
from tests.performance.long_draft import QUESTIONS, STAGES, long_draft


def test_the_outline_asks_as_often_for_many_questions_as_for_few(
    app: Flask, cast: Cast, client: PageClient
) -> None:
    short, long = begun(app, cast), begun(app, cast, long_draft())
    client.sign_in(cast.emails["trainer"])
    asked = []
    for draft in (short, long):
        for page in ("", "/checks"):
            client.get(f"/drafts/{draft}{page}")
            with counted_queries(app) as statements:
                html = client.get(f"/drafts/{draft}{page}").get_data(as_text=True)
            asked.append(len(statements))
    assert asked[:2] == asked[2:]
    assert max(asked) < 12
    html = client.get(f"/drafts/{long}").get_data(as_text=True)
    assert html.count('class="outline-stage ') == STAGES
    assert html.count("outline-gate") == QUESTIONS
