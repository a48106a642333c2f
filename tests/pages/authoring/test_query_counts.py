"""The fullest pages of a review ask the database no more than twelve times."""

from __future__ import annotations

import pytest
from flask import Flask

from app.authoring import reviewing
from app.authoring.publishing import publish, publish_draft
from app.db import db
from tests.authoring.reviewed import AT, LATER, approved, next_draft, path_of, second_trainer
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.factories.modules import made_up, plain_module

SOURCES = [plain_module()["sources"][0] | {"sha256": "a" * 64}]


@pytest.fixture
def trainer(app: Flask, client: PageClient, cast: Cast) -> PageClient:
    """A trainer with an approved draft of an owned module, many comments, and a published one."""
    with app.app_context():
        second = second_trainer(cast)
        first = publish(made_up(owner="northshire", sources=SOURCES), by=cast.trainer, at=AT)
        other = publish(made_up("other", owner="northshire"), by=cast.trainer, at=AT)
        full = next_draft(cast, first, title="Another", owner="operations")
        for number in range(10):
            for part in ("item.q1", "settings", "stage.first"):
                reviewing.comment(full, part, f"Remark {number}.", by=second, at=AT)
        approved(full, cast, second)
        out = approved(next_draft(cast, other, title="Out"), cast, second)
        publish_draft(out, revision=2, by=cast.trainer, paths=[path_of(cast.north)], at=LATER)
        assert (full.id, out.id) == (1, 2)
        db.session.commit()
    client.sign_in(cast.emails["trainer"])
    return client


@pytest.mark.parametrize("url", [
    "/drafts/1/review", "/drafts/1/changes", "/drafts/1/changes?since=1", "/drafts/1/publish",
    "/drafts/2/review", "/drafts/2/publish", "/preview/made-up", "/preview/other",
    "/preview/other/2/changes", "/preview/made-up/retire", "/drafts", "/preview",
])  # fmt: skip
def test_a_full_page_asks_at_most_twelve_times(app: Flask, trainer: PageClient, url: str) -> None:
    trainer.get(url)
    with counted_queries(app) as statements:
        assert trainer.get(url).status_code == 200
    assert len(statements) <= 12, "\n\n".join(statements)
