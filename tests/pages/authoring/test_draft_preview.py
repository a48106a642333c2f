"""A draft is previewed as far as it is finished; nothing is written, others are not let in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.authoring.publishing import publish
from app.db import db, now_utc
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.factories.modules import RIGHT, plain_module
from tests.pages.authoring.test_preview import rows
from tests.pages.drafting.desk import begun, words
from tests.pages.learning.test_consequences import consequences


@pytest.fixture
def trainer(client: PageClient, cast: Cast) -> PageClient:
    """A trainer, signed in."""
    client.sign_in(cast.emails["trainer"])
    return client


def unfinished() -> dict[str, Any]:
    """Return a module whose second stage is not finished, nor much around it."""
    document = plain_module()
    del document["stages"][1]["items"][1]["explanation"]
    document["stages"][1]["title"] = ""
    document["people"].append({"name": "PC B", "who": "", "from": "nowhere"})
    document["people"].append({"name": "PC C", "who": "canary-nobody", "from": "nowhere",
                               "place": "Overview, 1"})  # fmt: skip
    document["policy_questions"].append({"number": 2, "text": ""})
    document["sources"].append({"id": "half", "title": ""})
    del document["minutes"], document["summary"], document["content_note"]
    return document


def page(client: PageClient, url: str, **query: Any) -> str:
    answered = client.get(url, query_string=query or None)
    assert answered.status_code == 200, answered.status
    return answered.get_data(as_text=True)


def test_the_start_offers_the_stages_and_whom_to_look_as(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    draft = begun(app, cast)
    html = page(trainer, f"/drafts/{draft}/preview")
    for stage in ("first", "second", "third", "fourth"):
        assert f'href="/drafts/{draft}/preview/stages/{stage}"' in html
    told = words(html)
    assert "This is the draft as saved, revision 1." in told
    assert "Unfinished" not in told
    assert "canary-feedback" not in html
    assert f'href="/drafts/{draft}/paths"' in html
    managers = words(page(trainer, f"/drafts/{draft}/preview", **{"as": "managers"}))
    assert "they never see what anybody chose or wrote" in managers
    assert managers.index("canary-policy") < managers.index("Begin at any of them")
    nobody = page(trainer, f"/drafts/{draft}/preview", **{"as": "nobody"})
    assert words(nobody) == told


def test_a_finished_stage_is_walked_as_a_learner_walks_it(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    at = f"/drafts/{begun(app, cast, unfinished())}/preview/stages/first"
    before = page(trainer, at)
    assert "The beginning." in before
    assert "canary" not in before
    sent = trainer.get(at, query_string={"item": "q1", **RIGHT["q1"]})
    assert sent.location == f"{at}?q-q1=q1-b#answer-q1"
    after = page(trainer, sent.location)
    assert "canary-explanation-q1" in after
    assert "canary-text-t3" not in after
    last = page(trainer, at.replace("first", "fourth"))
    assert "canary-person" in last
    assert "canary-nobody" not in last
    assert "canary-policy" in last


def test_an_unfinished_stage_says_what_it_lacks_with_links(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    draft = begun(app, cast, unfinished())
    start = words(page(trainer, f"/drafts/{draft}/preview"))
    assert "Unfinished: 2 things to do" in start
    html = page(trainer, f"/drafts/{draft}/preview/stages/second")
    assert "This stage cannot be shown yet." in html
    assert "Explain why the key is right." in html
    assert f'href="/drafts/{draft}/parts/item.q2#field-explanation"' in html
    assert f'href="/drafts/{draft}/parts/stage.second#field-title"' in html
    assert f'href="/drafts/{draft}/preview/stages/third"' in html
    assert "canary-text-t4" not in html


@pytest.mark.parametrize("document", [{}, {"title": "Nothing"}, {"stages": []}, {"stages": "none"}])
def test_a_draft_without_stages_says_how_to_begin(
    app: Flask, cast: Cast, trainer: PageClient, document: dict[str, Any]
) -> None:
    draft = begun(app, cast, document | {"slug": "new"})
    for rest in ("preview", "paths"):
        html = page(trainer, f"/drafts/{draft}/{rest}")
        assert "There is no stage yet" in html
        assert f'href="/drafts/{draft}#stages"' in html
    assert trainer.get(f"/drafts/{draft}/preview/stages/first").status_code == 404


@pytest.mark.parametrize("stages", [[{}], [{"id": "a", "items": [{}]}], [None, 5, {"items": 3}]])
def test_stages_that_are_hardly_begun_are_named_as_unfinished(
    app: Flask, cast: Cast, trainer: PageClient, stages: list[Any]
) -> None:
    draft = begun(app, cast, {"stages": stages})
    html = page(trainer, f"/drafts/{draft}/preview")
    assert html.count("Unfinished: ") == len(stages)
    assert words(page(trainer, f"/drafts/{draft}/paths")).count("Not walked: ") == 1


def test_what_nobody_wrote_or_marked_is_not_said_of_the_draft(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    document = plain_module()
    document["title"], document["practise"] = "", []
    del document["stages"][0]["known"]
    draft = begun(app, cast, document)
    told = words(page(trainer, f"/drafts/{draft}/preview"))
    assert "Stages of the draft" in told
    assert "What a learner will practise Nothing written yet." in told
    first = told.partition("Stages of the draft")[2].partition("Canary-stage-second")[0]
    assert "Not marked yet" in first
    assert "Known then" not in first
    assert "Available, and not looked at" in told
    assert "Untitled" in words(page(trainer, f"/drafts/{draft}/preview/stages/first"))
    assert "Nothing you choose is kept." in words(page(trainer, f"/drafts/{draft}/preview"))


def test_a_question_without_a_right_answer_cannot_be_shown(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    document = plain_module()
    for option in document["stages"][1]["items"][1]["options"]:
        option["credit"] = "0"
    draft = begun(app, cast, document)
    html = page(trainer, f"/drafts/{draft}/preview/stages/second")
    assert "at least one right and one wrong option" in html


def test_what_each_option_opens_stands_in_a_preview_alone(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    document = consequences().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    at = f"/drafts/{begun(app, cast, document)}/preview/stages/first"
    html = page(trainer, at)
    assert "What each option opens (only in a preview)" in html
    assert "canary-consequence-one-a" in html
    assert "canary-consequence-one-b" in html
    assert "canary-consequence-many" not in html
    sent = trainer.get(at, query_string={"item": "one", "choice": "one-b"})
    after = page(trainer, sent.location)
    assert "canary-consequence-one-b" in after
    assert "canary-consequence-one-a" not in after
    assert "canary-consequence-many-a" in after


def test_every_path_is_counted_for_a_draft_and_for_a_version(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    with app.app_context():
        publish(consequences(), by=cast.trainer, at=now_utc())
        db.session.commit()
    told = words(page(trainer, "/preview/consequences/1/paths"))
    assert "paths 45" in told
    assert "None. Every question can be answered" in told
    assert "highest score 100%" in told
    draft = begun(app, cast, unfinished())
    told = words(page(trainer, f"/drafts/{draft}/paths"))
    assert "Not walked: 1 unfinished stage." in told
    assert "What would you do at q2?" not in told


def test_dead_ends_are_told_with_their_place(app: Flask, cast: Cast, trainer: PageClient) -> None:
    document = plain_module()
    document["stages"][2]["items"][0]["needs"] = ["nowhere"]
    draft = begun(app, cast, document)
    told = words(page(trainer, f"/drafts/{draft}/paths"))
    assert "This needs “nowhere”, which is never open when it is asked." in told
    assert "Stage “Canary-stage-third”: What would you do at q4?" in told


def test_a_preview_writes_nothing_and_asks_little(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    draft = begun(app, cast, unfinished())
    page(trainer, f"/drafts/{draft}/preview")
    before = rows(app)
    for rest in ("preview", "preview/stages/first", "preview/stages/second", "paths"):
        with counted_queries(app) as found:
            page(trainer, f"/drafts/{draft}/{rest}")
        assert len(found) <= 12
    trainer.get(f"/drafts/{draft}/preview/stages/first",
                query_string={"q-q1": "q1-b", "item": "r1", "text": "private"})  # fmt: skip
    assert rows(app) == before


def test_a_draft_of_another_force_does_not_exist(
    app: Flask, cast: Cast, client: PageClient
) -> None:
    draft = begun(app, cast)
    client.sign_in(cast.emails["trainer_elsewhere"])
    for rest in ("preview", "preview/stages/first", "paths"):
        assert client.get(f"/drafts/{draft}/{rest}").status_code == 404
    assert client.get(f"/drafts/{draft + 99}/preview").status_code == 404
