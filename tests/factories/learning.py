"""Playing modules through the pages, as an officer does."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.attempts.models import Attempt
from app.authoring.publishing import publish
from app.catalogue.document import Module, Reflection
from app.catalogue.models import Version
from app.db import db, now_utc
from tests.browser import PageClient
from tests.factories.modules import RIGHT


def published(app: Flask, module: Module) -> Version:
    """Publish a module and commit."""
    with app.app_context():
        version = publish(module, by=None, at=now_utc())
        db.session.commit()
        return version


class Player:
    """A signed-in officer at a module; every page that it opens is read."""

    def __init__(self, app: Flask, client: PageClient, module: Module) -> None:
        self.app, self.client, self.module = app, client, module
        self.attempt_id = 0
        self.pages: list[str] = []
        self.stage_by_item = {item.id: stage.id for stage, item in module.items()}

    def keep(self, response: TestResponse) -> TestResponse:
        """Keep what was answered, and what it leads to."""
        self.pages.append(str(response.headers) + response.get_data(as_text=True))
        return response

    def start(self) -> int:
        """Start the module from its page."""
        self.keep(self.client.get(f"/modules/{self.module.slug}"))
        response = self.keep(self.client.submit(f"/modules/{self.module.slug}/start"))
        assert response.status_code == 303, response.get_data(as_text=True)
        self.attempt_id = int(response.location.rsplit("/", 1)[1])
        return self.attempt_id

    def url(self, rest: str) -> str:
        """Return an address of this attempt."""
        return f"/attempts/{self.attempt_id}/{rest}"

    def read(self, stage: str) -> TestResponse:
        """Open a stage."""
        return self.keep(self.client.get(self.url(f"stages/{stage}")))

    def answer(self, item: str, form: dict[str, Any]) -> TestResponse:
        """Commit an answer."""
        return self.keep(self.client.submit(self.url(f"items/{item}/answer"), form))

    def reflect(self, item: str, text: str = "", **more: str) -> TestResponse:
        """Write a reflection, or skip it."""
        form = {"text": text, **more} if text else {"skip": "1", "text": ""}
        return self.keep(self.client.submit(self.url(f"items/{item}/reflection"), form))

    def pass_gate(self, item: str, answers: dict[str, dict[str, Any]] | None = None) -> None:
        """Pass one gate, right unless `answers` says otherwise, and read its page."""
        gate = next(gate for gate in self.module.gates() if gate.id == item)
        if isinstance(gate, Reflection):
            self.reflect(item, f"What I thought of {item}.")
        else:
            self.answer(item, (answers or RIGHT)[item])
        self.read(self.stage_by_item[item])

    def play(self, answers: dict[str, dict[str, Any]] | None = None) -> None:
        """Pass every gate in order."""
        for gate in self.module.gates():
            self.pass_gate(gate.id, answers)

    def attempt(self) -> Attempt:
        """Return the attempt's row."""
        with self.app.app_context():
            return db.session.scalars(sa.select(Attempt).where(Attempt.id == self.attempt_id)).one()
