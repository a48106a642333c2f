"""What somebody typed is not lost when the session is over, and reaches nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Person, SignIn
from app.attempts.models import Reflection
from app.db import db, now_utc
from tests.browser import PageClient
from tests.cast import PASSWORD, Cast
from tests.factories.learning import Player, published
from tests.factories.modules import made_up

WORDS = "I would have asked her name first.\nThen <b>the</b> address & the door."
TYPED = "What I wrote before the kettle boiled over, at some length."
JSON = {"Accept": "application/json"}
MODULE = made_up()


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """A clock that stands until it is moved."""
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False) as moved:
        yield moved


def enter(client: PageClient, page: str, email: str) -> TestResponse:
    """Sign in from a sign-in page that carries something."""
    return client.submit(
        "/sign-in",
        {
            "email": email,
            "password": PASSWORD,
            "carried": hidden(page, "carried"),
            "next": hidden(page, "next"),
        },
    )


def lose(client: PageClient, clock: time_machine.Coordinates, email: str) -> str:
    """Sign in, idle for thirteen hours, post a form; returns the page that comes."""
    client.sign_in(email)
    client.get("/account/password")
    clock.shift(timedelta(hours=13))
    return post(client)


def post(client: PageClient) -> str:
    """Post a form without a session; returns the page that comes."""
    lost = client.submit(
        "/account/sign-out-everywhere?tab=2",
        {"words": TYPED, "chosen": ["a", "b"], "new_password": "not to be carried"},
        headers={"Referer": "http://localhost/account/password"},
    )
    assert lost.status_code == 401
    return lost.text


def form_action(page: str) -> str:
    """Return where the one form of the page's content posts to."""
    found = re.search(r'<form method="post" action="([^"]*)"', page[page.index("<main") :])
    return unescape(found[1]) if found else ""


def carried_fields(page: str) -> list[tuple[str, str]]:
    """Return what a browser would send from the hidden fields of the page."""
    found = re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', page, re.S)
    return [(unescape(name), unescape(value)) for name, value in found]


def reflections(app: Flask) -> int:
    """Return how many reflections are kept."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Reflection)) or 0


def test_a_reflection_survives_an_expired_session(
    app: Flask, client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    published(app, MODULE)
    client.sign_in(cast.emails["officer"])
    player = Player(app, client, MODULE)
    player.start()
    gates = list(MODULE.gates())
    at = next(n for n, gate in enumerate(gates) if gate.kind == "reflection")
    for gate in gates[:at]:
        player.pass_gate(gate.id)
    player.read(player.stage_by_item[gates[at].id])
    before = reflections(app)
    clock.shift(timedelta(hours=13))
    address = player.url(f"items/{gates[at].id}/reflection")
    lost = client.submit(address, {"text": WORDS})
    assert lost.status_code == 401
    assert "You were signed out after 12 hours" in lost.text
    assert "nothing that you typed is lost" in lost.text
    assert "asked her name" not in lost.text
    page = enter(client, lost.text, cast.emails["officer"])
    assert page.status_code == 200
    assert "I would have asked her name first.<br>" in page.text
    assert "<b>the</b>" not in page.text
    assert form_action(page.text) == address
    assert ("text", WORDS) in carried_fields(page.text)
    assert reflections(app) == before
    saved = client.submit(address, dict(carried_fields(page.text)))
    assert saved.status_code == 303
    assert reflections(app) == before + 1
    assert "I would have asked her name first." in client.get(saved.headers["Location"]).text


def test_all_that_was_sent_comes_back_but_passwords(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    page = enter(client, lose(client, clock, cast.emails["officer"]), cast.emails["officer"])
    assert carried_fields(page.text) == [("words", TYPED), ("chosen", "a"), ("chosen", "b")]
    assert form_action(page.text) == "/account/sign-out-everywhere?tab=2"
    assert "not to be carried" not in page.text
    assert 'href="/account/password"' in page.text


def test_a_mistyped_password_loses_nothing(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    lost = lose(client, clock, cast.emails["officer"])
    sealed = hidden(lost, "carried")
    wrong = client.submit(
        "/sign-in",
        {"email": cast.emails["officer"], "password": "not the password", "carried": sealed},
    )
    assert hidden(wrong.text, "carried") == sealed
    empty = client.submit("/sign-in", {"email": "", "password": "", "carried": sealed})
    assert hidden(empty.text, "carried") == sealed
    assert TYPED in enter(client, empty.text, cast.emails["officer"]).text


def test_another_person_gets_nothing_and_is_told_nothing(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    lost = lose(client, clock, cast.emails["officer"])
    answer = enter(client, lost, cast.emails["colleague"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = client.get("/account").text
    assert TYPED not in page
    assert "typed" not in page


def test_what_was_changed_or_made_up_is_ignored(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    lost = lose(client, clock, cast.emails["officer"])
    sealed = hidden(lost, "carried")
    for forged in (sealed[:-4] + "AAAA", "nonsense", "{}"):
        answer = enter(client, lost.replace(sealed, forged), cast.emails["officer"])
        assert answer.status_code == 303
        client.submit("/account/sign-out-everywhere")
        client.get("/sign-in")


def test_after_a_week_it_is_no_longer_offered(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    lost = lose(client, clock, cast.emails["officer"])
    clock.shift(timedelta(days=6))
    assert enter(client, lost, cast.emails["officer"]).status_code == 200
    clock.shift(timedelta(days=2))
    client.get("/sign-in")
    assert enter(client, lost, cast.emails["officer"]).status_code == 303


def test_a_session_ended_elsewhere_carries_as_well(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    with app.app_context():
        db.session.execute(sa.update(SignIn).values(ended_at=now_utc()))
        db.session.commit()
    lost = post(client)
    assert "You were signed out." in lost
    assert TYPED in enter(client, lost, cast.emails["officer"]).text


def test_without_any_session_the_text_is_shown_to_copy(client: PageClient, cast: Cast) -> None:
    client.get("/sign-in")
    lost = post(client)
    assert re.search(r"<textarea[^>]*readonly>\s*" + TYPED, lost)
    wrong = client.submit(
        "/sign-in",
        {"email": "a@b.test", "password": "wrong", "carried": hidden(lost, "carried")},
    )
    assert TYPED in wrong.text
    page = enter(client, wrong.text, cast.emails["officer"])
    assert page.status_code == 200
    assert TYPED in page.text
    assert carried_fields(page.text) == []
    assert form_action(page.text) == ""


def test_a_forged_post_is_never_one_click_away(client: PageClient, cast: Cast) -> None:
    lost = client.post("/account/sign-out-everywhere", data={"words": TYPED})
    assert lost.status_code == 401
    page = enter(client, lost.text, cast.emails["officer"])
    assert form_action(page.text) == ""


def test_a_person_who_left_has_nothing_bound_to_her(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    with app.app_context():
        db.session.get_one(Person, cast.officer).deactivated_at = now_utc()
        db.session.commit()
    lost = post(client)
    assert "readonly" in lost
    assert "nothing that you typed is lost" not in lost


def test_files_and_endless_texts_are_named_as_left_out(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    clock.shift(timedelta(hours=13))
    lost = client.submit(
        "/account/sign-out-everywhere",
        {"words": TYPED, "essay": "long " * 20_000, "list": (BytesIO(b"a,b"), "people.csv")},
        content_type="multipart/form-data",
    )
    assert lost.status_code == 401
    assert "Essay, people.csv" in lost.text
    page = enter(client, lost.text, cast.emails["officer"])
    assert carried_fields(page.text) == [("words", TYPED)]
    assert "Essay, people.csv" in page.text


def test_a_script_is_told_in_its_own_language(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    clock.shift(timedelta(hours=13))
    for answer in (
        client.submit("/account/sign-out-everywhere", {"words": TYPED}, headers=JSON),
        client.post("/account/sign-out-everywhere", data={"words": TYPED}, headers=JSON),
        client.get("/account", headers=JSON),
    ):
        assert answer.status_code == 401
        assert answer.json is not None
        assert answer.json["error"] == "signed-out"
        assert "Sign in" in answer.json["sentence"]


def test_a_stale_form_gives_the_text_back(client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    client.token = "stale"
    answer = client.submit(
        "/account/sign-out-everywhere",
        {"words": TYPED, "password": "not to be shown at all"},
        headers={"Referer": "http://localhost/account"},
    )
    assert answer.status_code == 400
    assert re.search(r"<textarea[^>]*readonly>\s*" + TYPED, answer.text)
    assert "not to be shown" not in answer.text
    assert '<a href="/account">Go back to the page</a>' in answer.text
    assert client.get("/account").status_code == 200


def test_a_stale_form_tells_a_script(client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.emails["officer"])
    answer = client.post("/account/sign-out-everywhere", headers=JSON)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"] == "stale-form"


def test_a_stale_sign_in_page_keeps_what_it_carries(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    lost = lose(client, clock, cast.emails["officer"])
    client.token = "stale"
    again = enter(client, lost, cast.emails["officer"])
    assert again.status_code == 400
    assert cast.emails["officer"] in again.text
    assert TYPED in enter(client, again.text, cast.emails["officer"]).text


def test_the_same_person_keeps_her_other_tabs(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    in_the_other_tab = client.token
    clock.shift(timedelta(hours=13))
    client.sign_in(cast.emails["officer"])
    client.token = in_the_other_tab
    assert client.submit("/account/sign-out-everywhere").status_code == 303


def test_another_person_cannot_use_the_last_ones_tab(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    in_the_other_tab = client.token
    clock.shift(timedelta(hours=13))
    client.sign_in(cast.emails["colleague"])
    client.token = in_the_other_tab
    assert client.submit("/account/sign-out-everywhere").status_code == 400


def test_using_a_session_keeps_it(
    client: PageClient, cast: Cast, clock: time_machine.Coordinates
) -> None:
    client.sign_in(cast.emails["officer"])
    for _ in range(3):
        clock.shift(timedelta(hours=11))
        assert client.get("/account").status_code == 200
