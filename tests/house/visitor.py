"""A browser of one of the people, signed in already, that sends what it is told."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.factories.world import World

_TOKEN = "a-form-token"
_CSRF = re.compile(r'name="csrf_token" value="[^"]*"')


class Visitor:
    """Opens each address with a fresh browser, so that one visit leaves nothing for the next."""

    def __init__(self, app: Flask, world: World, who: str | None) -> None:
        self.app, self.who = app, who
        kept: dict[str, Any] = {"csrf_token": _TOKEN}
        if who is not None:
            kept |= {"_user_id": world.token(who), "_fresh": True}
        signer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signer is not None
        self.cookie = str(signer.dumps(kept))
        secret = str(app.config["SECRET_KEY"])
        self.csrf = URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(_TOKEN)

    @property
    def known(self) -> bool:
        """Tell whether the application takes this browser for somebody's."""
        return self.who is not None and not self.who.endswith("_left")

    def _client(self) -> FlaskClient:
        client = FlaskClient(self.app, self.app.response_class)
        client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookie)
        return client

    def get(self, url: str, *, compressed: bool = False) -> TestResponse:
        """Open a page, as it is or as it goes over the wire."""
        headers = {"Accept-Encoding": "br, gzip"} if compressed else {}
        return self._client().get(url, headers=headers)

    def post(self, url: str, fields: dict[str, Any] | None = None) -> TestResponse:
        """Send a form with a good form token."""
        return self._client().post(url, data={**(fields or {}), "csrf_token": self.csrf})

    def send(self, method: str, url: str, fields: dict[str, Any] | None = None) -> TestResponse:
        """Open or send, by the method."""
        return self.get(url) if method == "GET" else self.post(url, fields)


def said(response: TestResponse) -> tuple[int, str, str]:
    """Return what an answer tells: its status, where it leads, its page without form tokens."""
    page = response.get_data(as_text=True)
    return response.status_code, response.headers.get("Location", ""), _CSRF.sub("", page)
