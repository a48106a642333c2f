"""The rail beside the story: what she has opened stands by name, everything else is counted."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.learning import Player, published
from tests.factories.modules import made_up, plain_module, text

STAGES = plain_module()["stages"]
TOLD = [
    {"id": name, "title": f"Told {name}", "known": known, "items": [text(f"t-{name}")]}
    for name, known in (("one", "then"), ("two", "then"), ("last", "later"))
]
MODULE = made_up(stages=[TOLD[0], STAGES[0], TOLD[1], *STAGES[1:], TOLD[2]])
DONE = "(done)"


@pytest.fixture
def player(app: Flask, cast: Cast, client: PageClient) -> Player:
    """The officer at a module of which some stages ask nothing."""
    published(app, MODULE)
    client.sign_in(cast.emails["officer"])
    found = Player(app, client, MODULE)
    found.start()
    return found


def rail(player: Player, stage: str) -> list[str]:
    """Return the rows of the rail as one reads them."""
    page = player.read(stage).get_data(as_text=True)
    wide = page.split('<div class="rail-wide">')[1].split("</div>")[0]
    rows = re.findall(r'<li class="rail-stage.*?</li>', wide, re.S)
    return [" ".join(re.sub("<[^>]*>", "", row).split()) for row in rows]


def test_a_stage_that_asks_nothing_is_counted_until_she_goes_on_to_it(player: Player) -> None:
    assert rail(player, "one") == ["Told one", "4 more, as you go on", "2 parts"]
    player.client.submit(player.url("stages/first"))
    assert rail(player, "first")[:2] == [f"Told one {DONE}", "Stage first"]
    player.pass_gate("q1")
    player.pass_gate("r1")
    assert rail(player, "first") == [
        f"Told one {DONE}", "Stage first", "3 more, as you go on", "2 parts",
    ]  # fmt: skip


def test_a_stage_that_asks_nothing_is_done_once_she_goes_on_from_it(player: Player) -> None:
    player.pass_gate("q1")
    player.pass_gate("r1")
    player.client.submit(player.url("stages/two"))
    assert rail(player, "first")[2] == "Told two", "opened, and perhaps not read to its end"
    player.client.submit(player.url("stages/second"))
    assert rail(player, "second")[:4] == [
        f"Told one {DONE}", f"Stage first {DONE}", f"Told two {DONE}", "Canary-stage-second",
    ]  # fmt: skip


def test_starting_shows_the_story_and_not_the_question(player: Player) -> None:
    player.client.submit(player.url("stages/first"))
    place = player.client.get(f"/attempts/{player.attempt_id}")
    assert place.location.endswith("/stages/first")
    player.pass_gate("q1")
    place = player.client.get(f"/attempts/{player.attempt_id}")
    assert place.location.endswith("/stages/first#item-r1")
