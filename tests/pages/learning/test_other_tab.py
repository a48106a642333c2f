"""What another tab or device sends late is refused in words, kept or given back, never lost."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attempts.models import Answer, Draft
from app.db import db
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.learning import Player, published
from tests.factories.modules import RIGHT, WRONG, made_up

MODULE = made_up()
WORDS = "Words from the other tab, worth keeping."


@pytest.fixture
def player(app: Flask, cast: Cast, client: PageClient) -> Player:
    """The officer, signed in, who has begun the made-up module."""
    published(app, MODULE)
    client.sign_in(cast.emails["officer"])
    found = Player(app, client, MODULE)
    found.start()
    found.read("first")
    return found


def page_after(player: Player, url: str, form: dict[str, object]) -> str:
    """Send a form and return the page that it leads to."""
    response = player.client.submit(player.url(url), form)
    assert response.status_code in (303, 409, 422), response.status_code
    if response.status_code == 303:
        response = player.client.get(response.location)
    return response.get_data(as_text=True)


def count(player: Player, table: type[Answer] | type[Draft]) -> int:
    """Return how many rows of a table there are."""
    with player.app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_nothing_chosen_where_an_answer_stands_is_told_so(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    page = page_after(player, "items/q1/answer", {})
    assert "committed already" in page
    assert "What was sent now was not recorded." in page
    assert (count(player, Answer), count(player, Draft)) == (1, 0)


def test_another_second_answer_is_named_and_the_first_of_them_stands(player: Player) -> None:
    player.play(WRONG)
    player.client.submit(player.url("again/q1"), RIGHT["q1"])
    page = page_after(player, "again/q1", WRONG["q1"])
    assert "What was sent now was not recorded: Do q1-a." in page
    assert "Look again" in page
    page = page_after(player, "again/q1", {})
    assert "What was sent now was not recorded." in page
    assert count(player, Answer) == 5


def test_an_empty_box_changes_no_written_reflection(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    player.reflect("r1", "What I thought.")
    assert "What I thought." in page_after(player, "items/r1/reflection", {"text": ""})
    assert count(player, Draft) == 0


@pytest.mark.parametrize("added", ["b " * 8_000, "b " * 250_000])
def test_what_is_too_long_to_be_added_is_given_back(player: Player, added: str) -> None:
    player.answer("q1", RIGHT["q1"])
    player.reflect("r1", "a " * 8_000)
    page = page_after(player, "items/r1/reflection", {"text": added, "append": "1"})
    assert "20,000 can be kept" in page
    assert added in page
    assert "a a a" in page


def test_what_is_too_long_for_a_draft_is_given_back(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    page = page_after(player, "items/r1/reflection", {"text": "a " * 250_000})
    assert "This was not saved" in page
    assert "a " * 250_000 in page


def test_a_text_sent_after_the_module_was_completed_is_given_back(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    player.reflect("r1")
    for item in ("q2", "q3", "q4"):
        player.answer(item, RIGHT[item])
    player.reflect("r2")
    assert player.client.submit(player.url("finish"), {}).location.endswith("/done")
    page = page_after(player, "items/r1/reflection", {"text": WORDS})
    assert "You have completed this module." in page
    assert WORDS in page
    skipped = player.client.submit(player.url("items/r1/reflection"), {"skip": "1"})
    assert skipped.location.endswith(f"/attempts/{player.attempt_id}")


@pytest.mark.parametrize("sequence", ["²", "٣", "99999999999999", "-1", "x"])
def test_a_number_that_no_page_sends_is_no_fault_of_the_server(
    player: Player, sequence: str
) -> None:
    form = {"choice": "q1-a", "sequence": sequence}
    sent = player.client.submit(player.url("items/q1/draft"), form)
    assert sent.status_code in (200, 409)
    # What is sent by hand after it is newer still.
    assert "Choose one answer" in page_after(player, "items/q1/answer", {})


@pytest.mark.parametrize("item", ["r1", "q2", "q3", "q4"])
def test_nothing_is_said_of_what_a_closed_gate_lacks(player: Player, item: str) -> None:
    page = player.client.get(player.url(f"stages/first?check={item}")).get_data(as_text=True)
    assert "before you commit" not in page
    assert "Write a few words" not in page


def through(player: Player) -> None:
    """Pass everything, so that only the end is left."""
    player.answer("q1", RIGHT["q1"])
    player.reflect("r1")
    for item in ("q2", "q3", "q4"):
        player.answer(item, RIGHT[item])
    player.reflect("r2")


def test_an_empty_end_from_another_tab_drops_no_commitment(player: Player) -> None:
    through(player)
    assert _saves_seen(player) == 0
    player.client.submit(player.url("commitment"), {"commitment": WORDS, "sequence": "1"})
    player.client.submit(player.url("finish"), {"commitment": ""})
    assert WORDS in player.client.get(player.url("done")).get_data(as_text=True)


def _saves_seen(player: Player) -> int:
    """Return the number of saves that the last page shows the commitment after."""
    page = player.client.get(player.url("finish")).get_data(as_text=True)
    found = re.search(r'name="sequence" value="(\d+)"', page)
    assert found
    return int(found[1])


def test_a_commitment_that_was_shown_can_be_emptied(player: Player) -> None:
    through(player)
    player.client.submit(player.url("commitment"), {"commitment": WORDS, "sequence": "1"})
    assert _saves_seen(player) == 1
    player.client.submit(player.url("finish"), {"commitment": "", "sequence": "1"})
    assert WORDS not in player.client.get(player.url("done")).get_data(as_text=True)


def test_the_script_of_an_older_tab_overwrites_no_commitment(player: Player) -> None:
    through(player)
    kept = {"commitment": WORDS, "sequence": "1"}
    assert player.client.submit(player.url("commitment"), kept).status_code == 200
    assert player.client.submit(player.url("commitment"), kept).status_code == 200, "sent twice"
    older = {"commitment": "Something else.", "sequence": "1"}
    refused = player.client.submit(player.url("commitment"), older)
    assert (refused.status_code, refused.get_json()["error"]) == (409, "stale")
    assert refused.get_json()["sequence"] == 1
    assert WORDS in player.client.get(player.url("finish")).get_data(as_text=True)


def test_finishing_in_an_older_tab_shows_both_commitments(player: Player) -> None:
    through(player)
    player.client.submit(player.url("commitment"), {"commitment": WORDS, "sequence": "1"})
    answer = player.client.submit(player.url("finish"), {"commitment": "Mine.", "sequence": "0"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert f"{WORDS}\n\nMine." in page
    assert "Both stand here now" in page
    sent = {"commitment": f"{WORDS}\n\nMine.", "sequence": "1"}
    assert player.client.submit(player.url("finish"), sent).status_code == 303
    assert "Mine." in player.client.get(player.url("done")).get_data(as_text=True)


def test_a_commitment_after_the_end_is_given_back(player: Player) -> None:
    through(player)
    player.client.submit(player.url("finish"), {"commitment": WORDS, "sequence": "0"})
    late = player.client.submit(player.url("finish"), {"commitment": "Mine.", "sequence": "0"})
    assert late.status_code == 409
    assert "Mine." in late.get_data(as_text=True)
    same = player.client.submit(player.url("finish"), {"commitment": WORDS, "sequence": "0"})
    assert same.status_code == 303


def test_an_older_tab_overwrites_no_ticks(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    player.reflect("r1", "What I thought.")
    url = player.url("items/r1/points")
    newer = {"tick-0": "covered", "words-0": WORDS, "sequence": "0"}
    assert player.client.submit(url, newer).status_code == 303
    older = {"tick-0": "missed", "words-0": "Older words.", "sequence": "0"}
    refused = player.client.submit(url, older)
    assert refused.status_code == 409
    assert "Older words." in refused.get_data(as_text=True), "given back to be copied"
    quiet = player.client.submit(f"{url}?quiet=1", {**older, "sequence": "1"})
    assert (quiet.status_code, quiet.get_json()["error"]) == (409, "stale")
    assert f'value="{WORDS}"' in player.read("first").get_data(as_text=True)
    chosen = player.client.submit(f"{url}?quiet=1", {**older, "sequence": "2"})
    assert chosen.status_code == 200


def test_words_on_a_point_are_kept_as_one_goes(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    player.reflect("r1", "What I thought.")
    page = player.read("first").get_data(as_text=True)
    url = player.url("items/r1/points?quiet=1")
    assert f'data-draft="{url}"' in page
    kept = player.client.submit(url, {"tick-0": "disagree", "words-0": WORDS, "sequence": "4"})
    assert kept.get_json()["sequence"] == 4
    page = player.read("first").get_data(as_text=True)
    assert f'value="{WORDS}"' in page
    assert "Only you can see it." not in page
    refused = player.client.submit(url, {"words-0": "a " * 12_000})
    assert (refused.status_code, refused.get_json()["error"]) == (422, "refused")


def test_who_can_read_it_stands_above_each_box(player: Player) -> None:
    player.answer("q1", RIGHT["q1"])
    notice = "Only you can read this in Debrief."
    assert player.read("first").get_data(as_text=True).count(notice) == 1
    player.reflect("r1", "What I thought.")
    page = player.read("first").get_data(as_text=True)
    assert 0 < page.index(notice) < page.index('name="words-0"')
    page = page_after(player, "items/r1/reflection", {"text": WORDS})
    assert 0 < page.index(notice) < page.index("<textarea")
