"""The officer's way through a module, page by page, with what may go wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.attempts.models import Answer, Draft, Look, Reflection
from app.catalogue.models import Module
from app.db import db, now_utc
from app.records.models import Completion
from tests.browser import PageClient, without_tokens
from tests.cast import Cast
from tests.counting import counted_queries
from tests.factories.learning import Player, published
from tests.factories.modules import RIGHT, WRONG, made_up

MODULE = made_up()
GATES = [gate.id for gate in MODULE.gates()]
JSON = {"Accept": "application/json"}


@pytest.fixture
def player(app: Flask, cast: Cast, client: PageClient) -> Player:
    """The officer, signed in, at the made-up module; another module stands beside it."""
    published(app, MODULE)
    published(app, made_up("another"))
    client.sign_in(cast.emails["officer"])
    return Player(app, client, MODULE)


def rows(app: Flask, query: sa.Select[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return rows of a query in a context of its own."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(query)]


def marks(player: Player, look: Look = Look.FIRST) -> dict[str, str]:
    """Return the credits of the attempt by question."""
    query = sa.select(Answer.item_id, Answer.credit).where(
        Answer.attempt_id == player.attempt_id, Answer.look == look
    )
    return dict(rows(player.app, query))  # type: ignore[arg-type]


def test_everything_right_goes_straight_to_the_end(player: Player, cast: Cast) -> None:
    player.start()
    player.play()
    assert marks(player) == dict.fromkeys(("q1", "q2", "q3", "q4"), "1")
    page = player.client.get(player.url("decisions")).get_data(as_text=True)
    assert "canary-done-q1" in page
    assert "Go on to the end" in page
    assert player.client.get(player.url("finish")).status_code == 200
    done = player.client.submit(player.url("finish"), {"commitment": "Ask for the date."})
    assert done.location.endswith("/done")
    page = player.client.get(player.url("done")).get_data(as_text=True)
    assert "Contact centre" in page
    assert "Ask for the date." in page
    found = rows(player.app, sa.select(Completion.person_id, Completion.key))
    assert found == [(cast.officer, f"attempt:{player.attempt_id}")]


def test_everything_wrong_comes_back_once_and_completes_all_the_same(player: Player) -> None:
    player.start()
    player.play(WRONG)
    assert marks(player) == dict.fromkeys(("q1", "q2", "q3", "q4"), "0")
    refused = player.client.submit(player.url("finish"), {})
    assert refused.location.endswith(f"/attempts/{player.attempt_id}")
    for item in ("q1", "q2", "q3", "q4"):
        page = player.client.get(player.url(f"again/{item}")).get_data(as_text=True)
        assert f"canary-feedback-{item}-a" not in page
        player.client.submit(player.url(f"again/{item}"), RIGHT[item])
        page = player.client.get(player.url(f"again/{item}")).get_data(as_text=True)
        assert f"canary-feedback-{item}-a" in page
    assert marks(player, Look.AGAIN) == dict.fromkeys(("q1", "q2", "q3", "q4"), "1")
    assert marks(player) == dict.fromkeys(("q1", "q2", "q3", "q4"), "0")
    assert player.client.submit(player.url("finish"), {}).location.endswith("/done")
    assert player.attempt().completion_id is not None


def test_the_rule_of_a_single_choice_is_said_once_and_before(player: Player) -> None:
    player.start()
    assert "Choose the best answer." in player.read("first").text
    player.answer("q1", RIGHT["q1"])
    page = player.read("first").text
    assert "Full credit" in page
    assert "the best answer." not in page


def test_no_canary_leaves_before_its_gate_opens(player: Player) -> None:
    player.start()
    player.read("first")
    for at, gate in enumerate(GATES):
        seen = "".join(player.pages)
        for closed in GATES[at:]:
            for part in ("feedback", "explanation", "reasonable", "then", "point", "done", "found"):
                assert f"canary-{part}-{closed}" not in seen, (gate, part)
        assert "canary-source-title" not in seen
        assert "canary-person" not in seen
        assert ("canary-stage-fourth" in seen.lower()) is False
        for address in ("stages/fourth", "decisions", "finish", "done", f"again/{gate}"):
            player.keep(player.client.get(player.url(address)))
        player.pass_gate(gate)
    player.read("fourth")
    assert "canary-source-title" in player.pages[-1]


def test_an_incomplete_answer_is_kept_and_said(player: Player) -> None:
    player.start()
    for gate in GATES[: GATES.index("q4")]:
        player.pass_gate(gate)
    response = player.answer("q4", {"pair-q4-a": "q4-y"})
    assert "check=q4" in response.location
    page = player.client.get(response.location).get_data(as_text=True)
    assert "1 of 2 still without one" in page
    assert "There is a problem" in page
    assert '<option value="q4-y" selected>' in page
    assert "q4" not in marks(player)


def test_rows_of_an_ordering_move_by_buttons_alone(player: Player) -> None:
    player.start()
    for gate in GATES[: GATES.index("q3")]:
        player.pass_gate(gate)
    order = ["q3-c", "q3-b", "q3-a"]
    response = player.answer("q3", {"order": order, "move": "q3-a:up"})
    page = player.client.get(response.location).get_data(as_text=True)
    places = [page.index(f'name="order" value="{key}"') for key in ("q3-c", "q3-a", "q3-b")]
    assert places == sorted(places)
    assert "q3" not in marks(player)


def test_a_double_submit_is_one_answer_and_another_one_is_told(player: Player) -> None:
    player.start()
    player.answer("q1", RIGHT["q1"])
    player.answer("q1", RIGHT["q1"])
    assert marks(player) == {"q1": "1"}
    player.answer("q1", WRONG["q1"])
    assert marks(player) == {"q1": "1"}
    page = player.read("first").get_data(as_text=True)
    assert "It stands" in page
    assert "was not recorded: Do q1-a" in page


def test_a_closed_question_takes_no_answer(player: Player) -> None:
    player.start()
    assert player.answer("q2", RIGHT["q2"]).status_code == 303
    assert marks(player) == {}
    assert player.answer("unknown", RIGHT["q2"]).status_code == 404


def test_added_fields_change_nothing(player: Player) -> None:
    player.start()
    extra = {"credit": "1", "role": "administrator", "person": "1", "completed_at": "2026-01-01"}
    player.answer("q1", WRONG["q1"] | extra)
    assert marks(player) == {"q1": "0"}
    attempt = player.attempt()
    assert attempt.completion_id is None


def test_drafts_are_kept_sealed_and_the_highest_number_wins(
    player: Player, folder: Path, app: Flask
) -> None:
    player.start()
    player.pass_gate("q1")

    def save(text: str, sequence: int) -> tuple[int, dict[str, object]]:
        answer = player.client.submit(
            player.url("items/r1/draft"), {"text": text, "sequence": sequence}, headers=JSON
        )
        return answer.status_code, json.loads(answer.get_data(as_text=True))

    assert save("canary-private-draft one", 1)[0] == 200
    assert save("canary-private-draft three", 3)[0] == 200
    status, told = save("canary-private-draft two", 2)
    assert (status, told["error"], told["sequence"]) == (409, "stale", 3)
    page = player.read("first").get_data(as_text=True)
    assert "canary-private-draft three" in page
    assert "Saved " in page
    bodies = rows(app, sa.select(Draft.body))
    assert all(b"canary" not in bytes(body) for (body,) in bodies)  # type: ignore[call-overload]
    player.reflect("r1", "canary-private-text")
    assert rows(app, sa.select(Draft.item_id)) == []
    status, told = save("too late", 9)
    assert (status, told["error"]) == (409, "committed")
    if db_file := next(iter(folder.glob("test.db")), None):
        held = b"".join(path.read_bytes() for path in folder.glob(f"{db_file.name}*"))
        assert b"canary-private" not in held


def test_a_reflection_sent_twice_with_other_words_loses_neither(player: Player) -> None:
    player.start()
    player.pass_gate("q1")
    player.reflect("r1", "First words.")
    player.reflect("r1", "First words.")
    response = player.reflect("r1", "Other words.")
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "First words." in page
    assert "Other words." in page
    player.reflect("r1", "Other words.", append="1")
    page = player.read("first").get_data(as_text=True)
    assert "First words.\n\nOther words." in page
    player.reflect("r1", "Other words.", append="1")
    assert player.read("first").get_data(as_text=True).count("Other words.") == 1


def test_a_skipped_reflection_says_so_and_can_still_be_written(player: Player) -> None:
    player.start()
    player.pass_gate("q1")
    player.reflect("r1")
    page = player.read("first").get_data(as_text=True)
    assert "You skipped this" in page
    assert "canary-point-r1-1" in page
    player.reflect("r1", "After all.")
    assert "After all." in player.read("first").get_data(as_text=True)


def test_ticks_are_kept(player: Player, app: Flask) -> None:
    player.start()
    player.pass_gate("q1")
    player.reflect("r1", "Mine.")
    player.client.submit(
        player.url("items/r1/points"),
        {"tick-0": "disagree", "words-0": "canary-word", "tick-1": "nonsense", "tick-7": "covered"},
    )
    page = player.read("first").get_data(as_text=True)
    assert 'id="tick-r1-0-disagree" name="tick-0" value="disagree" checked' in page
    assert "canary-word" in page
    (sealed,) = rows(app, sa.select(Reflection.points))[0]
    assert b"canary-word" not in bytes(sealed)  # type: ignore[call-overload]


def test_too_long_a_reflection_is_kept_and_said(player: Player) -> None:
    player.start()
    player.pass_gate("q1")
    words = "long " * 4500
    response = player.reflect("r1", words)
    page = player.client.get(response.location).get_data(as_text=True)
    assert "Shorten it" in page
    assert words.strip() in page


def test_resume_lands_where_one_was(player: Player) -> None:
    player.start()
    player.pass_gate("q1")
    place = player.client.get(f"/attempts/{player.attempt_id}")
    assert place.location.endswith("/stages/first#item-r1")
    player.pass_gate("r1")
    player.client.submit(player.url("stages/second"))
    place = player.client.get(f"/attempts/{player.attempt_id}")
    assert place.location.endswith("/stages/second"), "its story is to be read first"
    home = player.client.get("/").get_data(as_text=True)
    assert "Stage 2 of 4" in home
    assert "Continue where you were" in home


def test_starting_twice_is_one_attempt_and_a_new_version_leaves_it_alone(player: Player) -> None:
    first = player.start()
    published(player.app, made_up(title="A newer title"))
    assert player.start() == first
    assert "Title of made-up" in player.client.get("/").get_data(as_text=True)


def test_anothers_attempt_answers_as_one_that_is_not_there(
    player: Player, cast: Cast, app: Flask
) -> None:
    player.start()
    other = app.test_client()
    assert isinstance(other, PageClient)
    other.sign_in(cast.emails["colleague"])
    for rest in ("", "/stages/first", "/decisions", "/finish", "/done", "/again/q1"):
        theirs = other.get(f"/attempts/{player.attempt_id}{rest}")
        nobodys = other.get(f"/attempts/999999{rest}")
        assert theirs.status_code == nobodys.status_code == 404
        assert without_tokens(theirs) == without_tokens(nobodys)
    for rest, form in (
        ("/items/q1/answer", RIGHT["q1"]), ("/items/r1/reflection", {"text": "x"}),
        ("/items/q1/draft", {}), ("/continue", {}), ("/finish", {}), ("/stages/first", {}),
        ("/commitment", {"commitment": "x"}), ("/items/r1/points", {}), ("/again/q1", {}),
    ):  # fmt: skip
        assert other.submit(f"/attempts/{player.attempt_id}{rest}", form).status_code == 404
    assert marks(player) == {}


def test_no_page_of_the_player_asks_more_than_twelve_queries(player: Player, app: Flask) -> None:
    player.start()
    player.play(WRONG)
    for item in ("q1", "q2", "q3"):
        player.client.submit(player.url(f"again/{item}"), RIGHT[item])
    addresses = [
        "/",
        "/library",
        "/modules/made-up",
        player.url("stages/first"),
        player.url("stages/fourth"),
        player.url("decisions"),
        player.url("again/q4"),
    ]
    for address in addresses:  # fmt: skip
        with counted_queries(app) as found:
            assert player.client.get(address).status_code == 200
        assert len(found) <= 12, (address, len(found))


def test_a_completed_attempt_takes_nothing_more(player: Player) -> None:
    player.start()
    player.play()
    player.client.submit(player.url("finish"), {})
    player.client.submit(player.url("finish"), {"commitment": "later"})
    assert len(rows(player.app, sa.select(Completion.id))) == 1
    player.answer("q1", WRONG["q1"])
    assert marks(player)["q1"] == "1"
    before = player.attempt_id
    assert player.start() != before
    assert len(rows(player.app, sa.select(Answer.attempt_id).distinct())) == 1


def test_what_was_begun_stays_ones_own_after_a_move_and_a_retirement(
    player: Player, app: Flask, cast: Cast
) -> None:
    player.start()
    player.pass_gate("q1")
    with app.app_context():
        db.session.execute(
            sa.update(Module)
            .where(Module.slug == MODULE.slug)
            .values(owner_id=cast.south, retired_at=now_utc())
        )
        db.session.commit()
    assert "Title of made-up" in player.client.get("/").get_data(as_text=True)
    assert player.client.get("/modules/made-up").status_code == 200
    player.play()
    player.client.submit(player.url("finish"), {})
    assert player.attempt().completion_id is not None
    assert player.client.get("/modules/made-up").status_code == 404
    refused = player.client.submit("/modules/made-up/start")
    assert refused.status_code == 404
