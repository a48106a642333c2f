"""Links that set a password, a forgotten one, one's own change, and one's own browsers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.models import LinkPurpose, OutgoingMail, PasswordLink, Person
from app.db import db, now_utc, unit_of_work
from app.sign_in.passwords import issue_link
from tests.browser import PageClient, without_tokens
from tests.cast import PASSWORD, Cast
from tests.counting import counted_queries

NEW = "three other plain words"
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


def without_password(app: Flask, person_id: int) -> None:
    """Take a person's password away, as if she had never had one."""
    with app.app_context():
        db.session.get_one(Person, person_id).password_hash = None
        db.session.commit()


def link(app: Flask, person_id: int, purpose: LinkPurpose, issued_by: int | None = None) -> str:
    """Issue a link and return its address."""
    with app.app_context():
        with unit_of_work():
            token = issue_link(person_id, purpose, issued_by=issued_by, now=now_utc())
        return f"/set-password/{token}"


def signs_in(app: Flask, email: str, password: str) -> bool:
    """Tell whether somebody can sign in."""
    return app.test_client().sign_in(email, password).status_code == 303  # type: ignore[attr-defined]


def choose(client: PageClient, address: str, password: str = NEW) -> TestResponse:
    """Open a link and choose a password."""
    client.get(address)
    return client.submit(address, {"password": password})


def test_a_first_password_comes_by_a_link(app: Flask, client: PageClient, cast: Cast) -> None:
    without_password(app, cast.officer)
    address = link(app, cast.officer, LinkPurpose.FIRST, cast.administrator)
    assert "officer@example.test" in client.get(address).text
    answer = choose(client, address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "Your password is set" in client.get("/sign-in").text
    assert signs_in(app, cast.emails["officer"], NEW)
    assert not signs_in(app, cast.emails["officer"], PASSWORD)
    assert signs_in(app, cast.emails["colleague"], PASSWORD)


def test_a_link_works_once(app: Flask, client: PageClient, cast: Cast) -> None:
    address = link(app, cast.officer, LinkPurpose.RECOVERY)
    choose(client, address)
    assert client.get(address).status_code == 410
    client.get("/sign-in")
    again = client.submit(address, {"password": "yet another set of words"})
    assert again.status_code == 410
    assert signs_in(app, cast.emails["officer"], NEW)


def test_opening_a_link_does_not_use_it_up(app: Flask, client: PageClient, cast: Cast) -> None:
    address = link(app, cast.officer, LinkPurpose.RECOVERY)
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert choose(client, address).status_code == 303


@pytest.mark.parametrize(
    ("purpose", "by_administrator", "lives"),
    [
        (LinkPurpose.FIRST, True, timedelta(days=7)),
        (LinkPurpose.RECOVERY, True, timedelta(days=1)),
        (LinkPurpose.RECOVERY, False, timedelta(hours=2)),
    ],
)
def test_a_link_grows_old(
    app: Flask,
    client: PageClient,
    cast: Cast,
    purpose: LinkPurpose,
    by_administrator: bool,
    lives: timedelta,
) -> None:
    without_password(app, cast.officer)
    issuer = cast.administrator if by_administrator else None
    with time_machine.travel("2026-11-22 09:00:00+00:00", tick=False) as clock:
        address = link(app, cast.officer, purpose, issuer)
        clock.shift(lives - timedelta(seconds=1))
        assert client.get(address).status_code == 200
        clock.shift(timedelta(seconds=2))
        assert client.get(address).status_code == 410
        client.get("/sign-in")
        assert client.submit(address, {"password": NEW}).status_code == 410


def test_a_first_link_is_void_once_there_is_a_password(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    address = link(app, cast.officer, LinkPurpose.FIRST, cast.administrator)
    assert client.get(address).status_code == 410


def test_a_new_link_from_an_administrator_replaces_the_last(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    first = link(app, cast.officer, LinkPurpose.RECOVERY, cast.administrator)
    noise = link(app, cast.colleague, LinkPurpose.RECOVERY, cast.administrator)
    second = link(app, cast.officer, LinkPurpose.RECOVERY, cast.administrator)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert client.get(noise).status_code == 200


def test_a_stranger_cannot_spoil_a_link_by_asking_for_one(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    handed_over = link(app, cast.officer, LinkPurpose.RECOVERY, cast.administrator)
    link(app, cast.officer, LinkPurpose.RECOVERY)
    assert client.get(handed_over).status_code == 200


def test_using_one_link_voids_the_others(app: Flask, client: PageClient, cast: Cast) -> None:
    one = link(app, cast.officer, LinkPurpose.RECOVERY, cast.administrator)
    other = link(app, cast.officer, LinkPurpose.RECOVERY)
    choose(client, one)
    assert client.get(other).status_code == 410


def test_a_link_of_somebody_who_left_is_void(app: Flask, client: PageClient, cast: Cast) -> None:
    assert client.get(link(app, cast.left, LinkPurpose.RECOVERY)).status_code == 410


def test_a_made_up_link_is_answered_like_a_used_one(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    used = link(app, cast.officer, LinkPurpose.RECOVERY)
    choose(client, used)
    client.get("/sign-in")
    made_up, spent = client.get("/set-password/made-up"), client.get(used)
    assert made_up.status_code == spent.status_code == 410
    assert without_tokens(made_up) == without_tokens(spent)


@pytest.mark.parametrize("weak", ["", "short", "password1234", "officer@example.test"])
def test_a_weak_password_leaves_the_link_usable(
    app: Flask, client: PageClient, cast: Cast, weak: str
) -> None:
    address = link(app, cast.officer, LinkPurpose.RECOVERY)
    refused = choose(client, address, weak)
    assert refused.status_code == 422
    assert 'id="password-error"' in refused.text
    assert choose(client, address).status_code == 303


def test_setting_a_password_ends_every_session(app: Flask, client: PageClient, cast: Cast) -> None:
    elsewhere = app.test_client()
    elsewhere.sign_in(cast.emails["officer"])  # type: ignore[attr-defined]
    bystander = app.test_client()
    bystander.sign_in(cast.emails["colleague"])  # type: ignore[attr-defined]
    choose(client, link(app, cast.officer, LinkPurpose.RECOVERY))
    assert elsewhere.get("/account").status_code == 303
    assert bystander.get("/account").status_code == 200


def test_somebody_elses_browser_is_not_left_signed_in(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.emails["colleague"])
    choose(client, link(app, cast.officer, LinkPurpose.RECOVERY))
    assert client.get("/account").status_code == 303


@pytest.fixture
def with_mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server is set."""
    changed = replace(app.config["SETTINGS"], mail_url="smtp://mail.test")
    monkeypatch.setitem(app.config, "SETTINGS", changed)


@pytest.mark.usefixtures("with_mail")
def test_asking_for_a_link_answers_alike_for_everybody(app: Flask, cast: Cast) -> None:
    answers, asked = [], []
    for email in (cast.emails["officer"], "nobody@example.test", cast.emails["left"]):
        client = app.test_client()
        client.get("/forgotten")
        with counted_queries(app) as queries:
            sent = client.submit("/forgotten", {"email": email})  # type: ignore[attr-defined]
        answers.append((sent.status_code, sent.headers["Location"]))
        asked.append(queries)
        page = client.get(sent.headers["Location"])
        assert "If there is an account" in page.text
        assert email not in page.text
    assert answers == [(303, "/forgotten/sent")] * 3
    assert asked[0] == asked[1] == asked[2]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail)) == 3


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("key", ["officer", "nobody"])
def test_links_are_not_asked_for_without_end(
    app: Flask, client: PageClient, cast: Cast, key: str
) -> None:
    client.get("/forgotten")
    for _ in range(3):
        assert client.submit("/forgotten", {"email": f"{key}@example.test"}).status_code == 303
    stopped = client.submit("/forgotten", {"email": f"{key}@example.test"})
    assert stopped.status_code == 429
    assert "Wait 60 minutes" in stopped.text
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail)) == 3


@pytest.mark.usefixtures("with_mail")
def test_an_empty_address_is_refused(client: PageClient, cast: Cast) -> None:
    client.get("/forgotten")
    refused = client.submit("/forgotten", {"email": " "})
    assert refused.status_code == 422
    assert "Enter your e-mail address" in refused.text


def test_without_a_mail_server_the_page_says_whom_to_ask(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    page = client.get("/forgotten")
    assert "Ask whoever looks after Debrief in your force for a link" in page.text
    assert 'name="email"' not in page.text
    client.get("/sign-in")
    assert client.submit("/forgotten", {"email": "a@b.test"}).status_code == 422
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail)) == 0


def change(client: PageClient, current: str, new: str) -> TestResponse:
    """Change one's own password through its page."""
    client.get("/account/password")
    return client.submit("/account/password", {"current_password": current, "new_password": new})


def test_changing_ones_own_password(app: Flask, client: PageClient, cast: Cast) -> None:
    elsewhere = app.test_client()
    elsewhere.sign_in(cast.emails["officer"])  # type: ignore[attr-defined]
    bystander = app.test_client()
    bystander.sign_in(cast.emails["colleague"])  # type: ignore[attr-defined]
    client.sign_in(cast.emails["officer"])
    waiting = link(app, cast.officer, LinkPurpose.RECOVERY)
    assert change(client, PASSWORD, NEW).headers["Location"] == "/account"
    assert "One other browser was signed out." in client.get("/account").text
    assert elsewhere.get("/account").status_code == 303
    assert bystander.get("/account").status_code == 200
    assert client.get(waiting).status_code == 410
    assert signs_in(app, cast.emails["officer"], NEW)
    assert not signs_in(app, cast.emails["officer"], PASSWORD)


@pytest.mark.parametrize(
    ("current", "new", "field", "words"),
    [
        ("not the password", NEW, "current_password", "not your current password"),
        (PASSWORD, "short", "new_password", "at least 12"),
        (PASSWORD, PASSWORD, "new_password", "not your current one"),
        ("", NEW, "current_password", "Enter your current password"),
        (PASSWORD, "", "new_password", "Enter a new password"),
    ],
)
def test_a_change_that_is_refused_changes_nothing(
    app: Flask, client: PageClient, cast: Cast, current: str, new: str, field: str, words: str
) -> None:
    client.sign_in(cast.emails["officer"])
    refused = change(client, current, new)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert words in refused.text
    assert signs_in(app, cast.emails["officer"], PASSWORD)


def test_the_current_password_cannot_be_guessed_from_an_open_browser(
    client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.emails["officer"])
    for _ in range(8):
        change(client, "not the password", NEW)
    stopped = change(client, PASSWORD, NEW)
    assert stopped.status_code == 422
    assert "Wait 10 minutes" in stopped.text


def test_one_sees_ones_own_browsers_only(app: Flask, client: PageClient, cast: Cast) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (iPhone; CPU) Version/17 Mobile Safari/604"}
    desk = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120"}
    for email, headers in ((cast.emails["officer"], phone), (cast.emails["colleague"], desk)):
        other = app.test_client()
        other.get("/sign-in")
        other.submit(  # type: ignore[attr-defined]
            "/sign-in", {"email": email, "password": PASSWORD}, headers=headers
        )
    client.sign_in(cast.emails["officer"])
    with counted_queries(app) as queries:
        page = client.get("/account").text
    assert len(queries) <= 12
    assert "Safari on iPhone" in page
    assert "Edge on Windows" not in page
    assert page.count("this browser") == 1


def test_signing_out_everywhere(app: Flask, client: PageClient, cast: Cast) -> None:
    elsewhere, bystander = app.test_client(), app.test_client()
    elsewhere.sign_in(cast.emails["officer"])  # type: ignore[attr-defined]
    bystander.sign_in(cast.emails["colleague"])  # type: ignore[attr-defined]
    client.sign_in(cast.emails["officer"])
    client.get("/account")
    assert client.submit("/account/sign-out-everywhere").headers["Location"] == "/sign-in"
    assert "signed out everywhere" in client.get("/sign-in").text
    for browser, status in ((client, 303), (elsewhere, 303), (bystander, 200)):
        assert browser.get("/account").status_code == status


def test_the_links_table_keeps_no_link(app: Flask, cast: Cast) -> None:
    address = link(app, cast.officer, LinkPurpose.RECOVERY)
    with app.app_context():
        kept = str(db.session.execute(sa.select(PasswordLink.__table__)).all())
    assert address.rsplit("/", 1)[1] not in kept
