from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from app.ui.security import CONTENT_SECURITY_POLICY
from tests.browser import read_page

SPECIMENS = ("player", "home", "report", "form", "confirm")


@pytest.mark.parametrize("name", SPECIMENS)
def test_every_specimen_is_a_sound_page(ui_client: FlaskClient, name: str) -> None:
    response = ui_client.get(f"/{name}")
    assert response.status_code == 200
    read_page(response.text)
    assert "style=" not in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize("name", SPECIMENS)
def test_every_page_is_light_and_answers_compressed(ui_client: FlaskClient, name: str) -> None:
    response = ui_client.get(f"/{name}", headers={"Accept-Encoding": "br, gzip"})
    assert response.headers["Content-Encoding"] == "br"
    assert len(response.data) < 6_000


def test_every_page_carries_the_headers(ui_client: FlaskClient) -> None:
    for address in ("/home", "/no/such/page"):
        headers = ui_client.get(address).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert "unsafe" not in CONTENT_SECURITY_POLICY
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_address_of_another_server_is_loaded(ui_client: FlaskClient) -> None:
    for name in SPECIMENS:
        for source in re.findall(
            r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', ui_client.get(f"/{name}").text
        ):
            assert source.startswith("/static/")


def test_a_wrong_form_says_so_first_and_keeps_the_typing(ui_client: FlaskClient) -> None:
    response = ui_client.post("/form", data={"note": "half a reas<on>", "unit": "1"})
    tree = read_page(response.text)
    assert tree.find(".//title").text == "Error: Add a person – Debrief"
    links = [
        link.get("href") for link in tree.iter("a") if (link.get("href") or "").startswith("#")
    ]
    assert links == ["#main", "#name", "#days", "#answer", "#due-day", "#agreed"]
    assert "half a reas&lt;on&gt;" in response.text


def test_a_page_without_errors_has_no_summary(ui_client: FlaskClient) -> None:
    assert "There is a problem" not in ui_client.get("/form").text


def test_a_message_is_announced_once(ui_client: FlaskClient) -> None:
    sent = {"name": "A", "days": "3", "note": "n", "answer": "a", "agreed": "y", "unit": "1"}
    first = ui_client.post("/form", data={**sent, "due": "2026-12-04"}).text
    assert 'role="alert"' in first
    assert "Saved." in first
    assert "Saved." not in ui_client.get("/form").text


def test_the_header_says_who_and_where(ui_client: FlaskClient) -> None:
    page = ui_client.get("/report").text
    assert '<a href="/report" aria-current="page">Completion</a>' in page
    assert "Aisha Rahman" in page
    assert '<form method="post" action="/sign-out"><input type="hidden" name="csrf_token"' in page


def test_parts_not_yet_open_are_counted_not_named(ui_client: FlaskClient) -> None:
    page = ui_client.get("/player").text
    assert "2 more, as you go on" in page
    assert "3 parts" in page
    assert "<strong>Stage 2 of 7</strong>, about 9 minutes left" in page


def test_a_bar_says_the_numbers_of_its_row(ui_client: FlaskClient) -> None:
    page = ui_client.get("/report").text
    assert "<desc>38 completed, 2 in progress, 1 overdue; 43 in all</desc>" in page
    assert '<rect class="bar-progress" x="38" width="2" height="1"/>' in page
    # The last unit has nothing overdue: no rectangle of no width.
    assert 'width="0"' not in page


def test_pages_are_counted_and_reached(ui_client: FlaskClient) -> None:
    page = ui_client.get("/report").text
    assert "76 to 100 of 322 people" in page
    assert 'href="/report?page=3" rel="prev"' in page
    assert 'href="/report?page=13"' in page
    assert 'href="/report?page=12"' not in page


@pytest.mark.parametrize("status", [400, 403, 405, 409, 410, 413, 415, 429, 503])
def test_each_refusal_has_a_page(ui_app: Flask, status: int) -> None:
    ui_app.add_url_rule("/refused/now", "refused", lambda: abort(status))
    response = ui_app.test_client().get("/refused/now")
    assert response.status_code == status
    read_page(response.text)
    assert "Werkzeug" not in response.text


def test_a_failure_asks_nothing_that_may_have_failed(ui_app: Flask) -> None:
    def broken() -> Any:
        raise RuntimeError("secret cause")

    ui_app.add_url_rule("/broken/now", "broken", broken)
    ui_app.context_processor(broken)
    response = ui_app.test_client().get("/broken/now")
    assert response.status_code == 500
    read_page(response.text)
    assert "secret cause" not in response.text
    assert "What you had saved before is safe." in response.text


def test_an_error_page_shows_the_way_home(ui_app: Flask) -> None:
    ui_app.config["HOME_ENDPOINT"] = "specimen_home"
    ui_app.add_url_rule("/the/home", "specimen_home", lambda: "")
    assert 'href="/the/home"' in ui_app.test_client().get("/no/such").text
