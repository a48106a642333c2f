"""The preview as a trainer uses it: gates hold, nothing is written, others are not let in."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
import sqlalchemy as sa

from app.authoring.publishing import publish
from app.db import Base, db
from tests.authoring.test_syncing import attempt
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.modules import RIGHT, made_up

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
STAGE = "/preview/made-up/1/stages"


@pytest.fixture
def modules(app, cast: Cast) -> None:
    """Two versions of one module, one of another, one that another force owns."""
    with app.app_context():
        first = publish(made_up(), by=cast.trainer, at=AT)
        publish(made_up(title="A second title"), by=None, at=AT)
        other = publish(made_up("another"), by=None, at=AT)
        publish(made_up("southern", owner="southshire"), by=None, at=AT)
        attempt(cast.officer, first)
        attempt(cast.colleague, first, complete=True)
        attempt(cast.officer, other)
        db.session.commit()


@pytest.fixture
def trainer(client: PageClient, cast: Cast, modules: None) -> PageClient:
    """A trainer, signed in."""
    client.sign_in(cast.emails["trainer"])
    return client


def rows(app) -> dict[str, int]:
    with app.app_context():
        return {
            table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_list_shows_versions_with_counts_and_no_people(trainer: PageClient) -> None:
    html = trainer.get("/preview").get_data(as_text=True)
    told = words(html)
    assert "A second title" in told
    assert "Title of another" in told
    assert "southern" not in html
    first = words(html[html.index('href="/preview/made-up/1"') :])
    assert "1 March 2026 Trainer 1 1" in first
    assert "Officer" not in told
    assert "Colleague" not in told


def test_a_version_shows_its_stages_to_begin_at(trainer: PageClient) -> None:
    html = trainer.get("/preview/made-up/1").get_data(as_text=True)
    for stage in ("first", "second", "third", "fourth"):
        assert f'href="{STAGE}/{stage}"' in html
    assert "Preview: nothing is saved." in html
    assert "canary-policy" in html
    assert "canary-feedback" not in html


def test_a_gate_holds_until_its_answer_is_committed(trainer: PageClient) -> None:
    before = trainer.get(f"{STAGE}/first").get_data(as_text=True)
    assert "The beginning." in before
    assert "canary" not in before
    sent = trainer.get(f"{STAGE}/first", query_string={"item": "q1", **RIGHT["q1"]})
    assert sent.status_code == 303
    assert sent.location == f"{STAGE}/first?q-q1=q1-b#answer-q1"
    after = trainer.get(sent.location).get_data(as_text=True)
    for part in ("feedback-q1-a", "explanation-q1", "reasonable-q1", "then-q1", "text-t2"):
        assert f"canary-{part}" in after
    assert "canary-point" not in after
    assert "canary-text-t3" not in after
    assert 'name="q-q1" value="q1-b"' in after


def test_a_whole_stage_is_walked_by_its_forms(trainer: PageClient) -> None:
    at = f"{STAGE}/first"
    at = trainer.get(at, query_string={"item": "q1", **RIGHT["q1"]}).location
    query = {"q-q1": "q1-b", "item": "r1"}
    at = trainer.get(f"{STAGE}/first", query_string=query).location
    done = trainer.get(at).get_data(as_text=True)
    assert "canary-point-r1-1" in done
    assert "canary-text-t3" in done
    assert f'href="{STAGE}/second"' in done
    assert "Begin this stage again" in done


@pytest.mark.parametrize("stage", ["second", "third", "fourth"])
def test_one_may_begin_at_any_stage(trainer: PageClient, stage: str) -> None:
    html = trainer.get(f"{STAGE}/{stage}").get_data(as_text=True)
    assert f"Canary-stage-{stage}" in html
    # The names of sources stay closed until what was known only later.
    assert ("canary-source-title" in html) is (stage == "fourth")


@pytest.mark.parametrize(
    ("stage", "query"),
    [("second", {"item": "q2", **RIGHT["q2"]}),
     ("second", {"item": "q3", "q-q2": "q2-a", **RIGHT["q3"]}),
     ("third", {"item": "q4", **RIGHT["q4"]})],
)  # fmt: skip
def test_every_kind_of_question_can_be_answered(
    trainer: PageClient, stage: str, query: dict[str, object]
) -> None:
    sent = trainer.get(f"{STAGE}/{stage}", query_string=query)
    assert sent.status_code == 303
    html = trainer.get(sent.location).get_data(as_text=True)
    assert f"canary-explanation-{query['item']}" in html
    assert "Full credit" in html or "2 of 2 matched" in html


def test_an_incomplete_answer_says_so_beside_the_question(trainer: PageClient) -> None:
    answered = trainer.get(f"{STAGE}/first", query_string={"item": "q1"})
    html = answered.get_data(as_text=True)
    assert answered.status_code == 200
    assert "<title>Error: Stage first" in html
    assert html.count("Choose one answer before you commit.") == 2
    assert "canary" not in html


def test_an_ordering_is_moved_row_by_row(trainer: PageClient) -> None:
    query = {"q-q2": "q2-a", "item": "q3", "order": ["q3-c", "q3-b", "q3-a"], "move": "q3-a:up"}
    html = trainer.get(f"{STAGE}/second", query_string=query).get_data(as_text=True)
    assert re.findall(r'name="order" value="([^"]*)"', html) == ["q3-c", "q3-a", "q3-b"]


def test_a_preview_writes_nothing(app, trainer: PageClient) -> None:
    before = rows(app)
    for url in ("/preview", "/preview/made-up/1", f"{STAGE}/first", f"{STAGE}/fourth"):
        assert trainer.get(url).status_code == 200
    trainer.get(f"{STAGE}/first", query_string={"item": "q1", **RIGHT["q1"]})
    trainer.get(f"{STAGE}/first", query_string={"q-q1": "q1-b", "item": "r1", "text": "private"})
    assert rows(app) == before


def test_what_somebody_types_into_a_preview_is_not_carried_on(trainer: PageClient) -> None:
    query = {"q-q1": "q1-b", "item": "r1", "text": "private"}
    assert "private" not in trainer.get(f"{STAGE}/first", query_string=query).location


@pytest.mark.parametrize(
    "url",
    ["/preview/nothing/1", "/preview/made-up/3", "/preview/made-up/0", f"{STAGE}/nowhere",
     "/preview/southern/1", "/preview/southern/1/stages/first"],
)  # fmt: skip
def test_what_is_not_there_and_what_is_another_forces_answer_alike(
    trainer: PageClient, url: str
) -> None:
    assert trainer.get(url).status_code == 404


def test_the_owning_force_sees_its_own_module(client, cast: Cast, modules: None) -> None:
    client.sign_in(cast.emails["trainer_elsewhere"])
    assert client.get("/preview/southern/1").status_code == 200


@pytest.mark.parametrize("who", ["officer", "manager", "administrator"])
def test_only_trainers_preview(client, cast: Cast, modules: None, who: str) -> None:
    client.sign_in(cast.emails[who])
    for url in ("/preview", "/preview/made-up/1", f"{STAGE}/first"):
        assert client.get(url).status_code == 403
