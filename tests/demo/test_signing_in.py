"""The people of the demonstration can sign in, and only there are they listed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.permissions import Permission
from app.demo.organisation import LISTED, PASSWORD, Somebody
from app.factory import NAVIGATION


def test_the_sign_in_page_lists_them_in_order(told: Flask) -> None:
    page = told.test_client().get("/sign-in").get_data(as_text=True)
    places = [page.index(f"Sign in as {somebody.name}") for somebody in LISTED]
    assert places == sorted(places)
    assert page.count("Sign in as ") == len(LISTED)
    assert PASSWORD in page


def test_nobody_is_listed_outside_a_demonstration(copied: Callable[[], Flask]) -> None:
    app = copied()
    app.config["DEMO"] = False
    page = app.test_client().get("/sign-in").get_data(as_text=True)
    assert "Sign in as " not in page
    assert PASSWORD not in page
    assert "demo.invalid" not in page


@pytest.mark.parametrize("somebody", LISTED, ids=lambda somebody: somebody.name)
def test_each_signs_in_and_opens_every_page_of_hers(
    somebody: Somebody, copied: Callable[[], Flask]
) -> None:
    client = copied().test_client()
    assert client.sign_in(somebody.email, PASSWORD).status_code == 303  # type: ignore[attr-defined]
    home = client.get("/")
    assert home.status_code == 200
    assert somebody.name.split()[0] in home.get_data(as_text=True)
    with client.application.test_request_context():
        urls = [client.application.url_for(endpoint) for _, endpoint, _ in NAVIGATION]
    answered = {url: client.get(url).status_code for url in urls}
    assert set(answered.values()) <= {200, 403}
    learner_pages = sum(permission is Permission.LEARN for *_, permission in NAVIGATION)
    assert list(answered.values()).count(200) >= learner_pages
