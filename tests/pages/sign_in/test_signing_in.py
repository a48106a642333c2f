"""The sign-in page: who comes in, who does not, and what a stranger can learn from it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import Person, SignIn, SignInAttempt
from app.db import db, now_utc
from app.sign_in.passwords import hasher
from tests.browser import PageClient
from tests.cast import PASSWORD, Cast
from tests.counting import counted_queries

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


def attempt(app: Flask, email: str, password: str) -> TestResponse:
    """Try to sign in from a browser of its own."""
    client = app.test_client()
    client.get("/sign-in")
    return client.submit("/sign-in", {"email": email, "password": password})


def words(response: TestResponse, email: str) -> str:
    """Return a page without what must differ: the form's token and the address typed."""
    return TOKEN.sub("", response.get_data(as_text=True)).replace(email, "ADDRESS")


def test_the_right_password_signs_in(client: PageClient, cast: Cast) -> None:
    answer = client.sign_in(cast.emails["officer"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    page = client.get("/account")
    assert page.status_code == 200
    assert "officer@example.test" in page.text


def test_case_and_blanks_in_the_address_do_not_matter(client: PageClient, cast: Cast) -> None:
    assert client.sign_in("  Officer@Example.TEST ").status_code == 303


def test_a_password_means_the_same_however_it_was_composed(app: Flask, cast: Cast) -> None:
    with app.app_context():
        person = db.session.get_one(Person, cast.officer)
        person.password_hash = hasher().hash("caf\u00e9 horse battery")
        db.session.commit()
    assert attempt(app, cast.emails["officer"], "cafe\u0301 horse battery").status_code == 303


def test_every_kind_of_failure_reads_the_same(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Person, cast.colleague).password_hash = None
        db.session.commit()
    wrong = attempt(app, cast.emails["officer"], "not the password")
    assert wrong.status_code == 422
    for email, password in (
        ("nobody@example.test", "not the password"),
        (cast.emails["left"], PASSWORD),
        (cast.emails["colleague"], PASSWORD),
    ):
        other = attempt(app, email, password)
        assert other.status_code == wrong.status_code
        assert words(other, email) == words(wrong, cast.emails["officer"])
        assert {name for name, _ in other.headers} == {name for name, _ in wrong.headers}


def test_every_kind_of_failure_hashes_once(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        kind = type(hasher())
    done: list[str] = []
    honest = kind.verify

    def counting(self: object, kept: str, password: str) -> bool:
        done.append(kept)
        return bool(honest(self, kept, password))  # type: ignore[arg-type]

    monkeypatch.setattr(kind, "verify", counting)
    for email in (cast.emails["officer"], "nobody@example.test", cast.emails["left"]):
        done.clear()
        attempt(app, email, "not the password")
        assert len(done) == 1


def test_what_is_missing_is_said_beside_its_field(client: PageClient, cast: Cast) -> None:
    client.get("/sign-in")
    page = client.submit("/sign-in", {"email": "", "password": ""})
    assert page.status_code == 422
    assert 'id="email-error"' in page.text
    assert 'id="password-error"' in page.text


def test_the_typed_address_is_kept_and_the_password_is_not(client: PageClient, cast: Cast) -> None:
    client.get("/sign-in")
    page = client.submit("/sign-in", {"email": "a@b.test", "password": "secret words here"})
    assert 'value="a@b.test"' in page.text
    assert "secret words here" not in page.text


@pytest.mark.parametrize("key", ["officer", "nobody"])
def test_too_many_tries_are_stopped_and_told_how_long(app: Flask, cast: Cast, key: str) -> None:
    email = f"{key}@example.test"
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False) as clock:
        for _ in range(8):
            assert attempt(app, email, "not the password").status_code == 422
        stopped = attempt(app, email, PASSWORD)
        assert stopped.status_code == 429
        assert "Wait 10 minutes, then try again" in stopped.text
        assert stopped.headers["Retry-After"] == "601"
        assert attempt(app, cast.emails["colleague"], PASSWORD).status_code == 303
        clock.shift(timedelta(minutes=10, seconds=1))
        again = attempt(app, email, PASSWORD)
        assert again.status_code == (303 if key == "officer" else 422)


def test_a_right_password_wipes_the_count(app: Flask, cast: Cast) -> None:
    for _ in range(3):
        for _ in range(5):
            attempt(app, cast.emails["officer"], "not the password")
        assert attempt(app, cast.emails["officer"], PASSWORD).status_code == 303


def test_the_count_names_nobody(app: Flask, cast: Cast) -> None:
    attempt(app, cast.emails["officer"], "not the password")
    with app.app_context():
        row = db.session.execute(sa.select(SignInAttempt.__table__)).one()
    assert "officer" not in str(row)
    assert "127.0.0.1" not in str(row)


@pytest.mark.parametrize(
    ("onward", "leads_to"),
    [
        ("/account", "/account"),
        ("/library?page=2", "/library?page=2"),
        ("https://evil.test/", "/"),
        ("//evil.test/", "/"),
        ("/\\evil.test/", "/"),
        ("/%09/evil.test", "/%09/evil.test"),
        ("/\t/evil.test", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.test", "/"),
        ("/sign-out", "/"),
        ("http:/evil.test", "/"),
        ("", "/"),
    ],
)
def test_only_addresses_of_this_site_are_led_to(
    client: PageClient, cast: Cast, onward: str, leads_to: str
) -> None:
    client.get("/sign-in")
    answer = client.submit(
        "/sign-in",
        {"email": cast.emails["officer"], "password": PASSWORD, "next": onward},
    )
    assert answer.headers["Location"] == leads_to


def test_a_page_asked_for_is_reached_after_signing_in(client: PageClient, cast: Cast) -> None:
    asked = client.get("/account/password?a=b")
    assert asked.headers["Location"] == "/sign-in?next=/account/password?a%3Db"
    page = client.get(asked.headers["Location"])
    assert 'name="next" value="/account/password?a=b"' in page.text


def test_each_sign_in_has_a_token_of_its_own(app: Flask, client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    client.submit("/sign-in", {"email": cast.emails["officer"], "password": PASSWORD})
    with app.app_context():
        rows = list(db.session.scalars(sa.select(SignIn).order_by(SignIn.begun_at)))
    assert len(rows) == 2
    assert rows[0].ended_at is not None
    assert rows[1].ended_at is None


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: PageClient, cast: Cast
) -> None:
    cookie = client.sign_in(cast.emails["officer"]).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_person_who_left_is_out_at_once(app: Flask, client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.emails["officer"])
    assert client.get("/account").status_code == 200
    with app.app_context():
        db.session.get_one(Person, cast.officer).deactivated_at = now_utc()
        db.session.commit()
    assert client.get("/account").status_code == 303


def test_an_old_hash_is_made_again_at_sign_in(app: Flask, client: PageClient, cast: Cast) -> None:
    costlier = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with app.app_context():
        db.session.get_one(Person, cast.officer).password_hash = costlier.hash(PASSWORD)
        db.session.commit()
    assert client.sign_in(cast.emails["officer"]).status_code == 303
    with app.app_context():
        kept = db.session.get_one(Person, cast.officer).password_hash or ""
    assert "t=1" in kept
    assert attempt(app, cast.emails["officer"], PASSWORD).status_code == 303


def test_signing_out_ends_the_session_on_the_server(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.emails["officer"])
    kept = client.get_cookie("debrief")
    assert kept is not None
    client.get("/account")
    assert client.submit("/sign-out").headers["Location"] == "/sign-in"
    thief = app.test_client()
    thief.set_cookie("debrief", kept.value)
    assert thief.get("/account").status_code == 303


def test_signing_out_twice_is_no_mistake(client: PageClient, cast: Cast) -> None:
    client.get("/sign-in")
    assert client.submit("/sign-out").status_code == 303


def test_signing_in_asks_the_database_little(app: Flask, client: PageClient, cast: Cast) -> None:
    client.get("/sign-in")
    with counted_queries(app) as queries:
        client.submit("/sign-in", {"email": cast.emails["officer"], "password": PASSWORD})
    assert len(queries) <= 12


def test_nobody_made_up_is_listed_outside_a_demonstration(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    with app.app_context():
        db.session.get_one(Person, cast.officer).email = "officer@demo.invalid"
        db.session.commit()
    assert "demo.invalid" not in client.get("/sign-in").text
    assert client.submit("/sign-in/demo", {"person": str(cast.officer)}).status_code == 404


def test_a_demonstration_lists_its_people_and_lets_one_in(
    app: Flask, client: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    with app.app_context():
        db.session.get_one(Person, cast.manager).email = "manager@demo.invalid"
        db.session.get_one(Person, cast.left).email = "left@demo.invalid"
        db.session.commit()
    page = client.get("/sign-in")
    assert "Sign in as Manager" in page.text
    assert "Manager, Operations" in page.text
    for hidden in ("Sign in as Left", "Sign in as Officer"):
        assert hidden not in page.text
    for refused in (cast.officer, cast.left, "x", ""):
        assert client.submit("/sign-in/demo", {"person": str(refused)}).status_code == 404
    client.get("/sign-in")
    assert client.submit("/sign-in/demo", {"person": str(cast.manager)}).status_code == 303
    assert "manager@demo.invalid" in client.get("/account").text
