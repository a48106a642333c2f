"""What an option opens is met only by those who chose it, after the commit, before the story."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.catalogue.document import Module
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.learning import Player, published
from tests.factories.modules import made_up, option, question, text


def opens(key: str, **more: Any) -> dict[str, Any]:
    """Return an option that opens a text of its own."""
    reveal = {"known": "then", "text": f"canary-consequence-{key}", "place": "Overview, 1"}
    return option(key, then=reveal | more.pop("reveal", {}), **more)


def consequences() -> Module:
    """Return a module in which some options of two questions open something."""
    single = question("one", "single", options=[
        opens("one-a", credit="0"), opens("one-b", credit="1"), option("one-c", "0"),
    ])  # fmt: skip
    multiple = question("many", "multiple", options=[
        opens("many-a", credit="1", reveal={"form": "log", "title": "The log",
                                            "text": "Entry 1 | canary-consequence-many-a"}),
        opens("many-b", credit="0"), option("many-c", "1"), opens("many-d", credit="1"),
    ])  # fmt: skip
    stages = [
        {"id": "first", "title": "First", "known": "then",
         "items": [text("t1"), single, text("t2"), multiple, text("t3")]},
        {"id": "second", "title": "Second", "known": "later", "items": [text("t4")]},
    ]  # fmt: skip
    return made_up("consequences", stages=stages, people=[])


@pytest.fixture
def player(app: Flask, cast: Cast, client: PageClient) -> Player:
    """The officer at the module."""
    published(app, consequences())
    client.sign_in(cast.emails["officer"])
    return Player(app, client, consequences())


def test_nothing_of_a_consequence_is_in_any_answer_before_the_commit(player: Player) -> None:
    player.start()
    player.read("first")
    player.answer("one", {})
    headers = {"Accept": "application/json"}
    player.keep(
        player.client.submit(player.url("items/one/draft"), {"sequence": 1, "choice": "one-b"},
                             headers=headers)
    )  # fmt: skip
    for rest in ("stages/first", "stages/second", "decisions", "again/one"):
        player.keep(player.client.get(player.url(rest)))
    for address in ("/", "/library", "/record", "/record/everything", "/record/everything.json"):
        player.keep(player.client.get(address))
    assert len(player.pages) > 8
    assert not [page for page in player.pages if "canary-consequence" in page]


def test_the_chosen_option_alone_opens_before_the_story_goes_on(player: Player) -> None:
    player.start()
    player.answer("one", {"choice": "one-b"})
    page = player.read("first").get_data(as_text=True)
    assert "After your choice: Do one-b" in page
    order = [page.index(words) for words in (
        "canary-explanation-one", "canary-consequence-one-b", "canary-then-one", "canary-text-t2",
    )]  # fmt: skip
    assert order == sorted(order)
    assert "canary-consequence-one-a" not in page
    assert "canary-consequence-many" not in page


def test_an_option_that_opens_nothing_leaves_the_case_to_go_on(player: Player) -> None:
    player.start()
    player.answer("one", {"choice": "one-c"})
    page = player.read("first").get_data(as_text=True)
    assert "canary-consequence" not in page
    assert "After your choice" not in page
    assert "canary-then-one" in page


def test_several_choices_open_all_of_theirs_in_order(player: Player) -> None:
    player.start()
    player.answer("one", {"choice": "one-c"})
    player.answer("many", {"choice": ["many-d", "many-c", "many-a"]})
    page = player.read("first").get_data(as_text=True)
    assert "canary-consequence-many-b" not in page
    order = [page.index(words) for words in (
        "canary-consequence-many-a", "canary-consequence-many-d", "canary-then-many",
        "canary-text-t3",
    )]  # fmt: skip
    assert order == sorted(order)


def test_looking_again_shows_no_consequence_before_its_own_commit(player: Player) -> None:
    player.start()
    player.answer("one", {"choice": "one-a"})
    player.answer("many", {"choice": ["many-a", "many-c", "many-d"]})
    player.client.submit(player.url("stages/second"))
    player.client.get(player.url("decisions"))
    page = player.client.get(player.url("again/one")).get_data(as_text=True)
    assert "What would you do at one?" in page
    assert "canary-consequence-one-b" not in page
