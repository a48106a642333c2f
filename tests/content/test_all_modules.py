"""Each module in content/ is played through, all right and all wrong, and gives nothing away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.attempts.models import Answer, Look
from app.catalogue.document import GATES, Module, Question
from app.catalogue.models import Version
from app.db import db
from app.records.models import Completion
from tests.browser import PageClient
from tests.cast import Cast
from tests.content.shipped import (
    SLUGS,
    everything_right,
    everything_wrong,
    gated,
    plain,
    shipped,
)
from tests.factories.learning import Player, published

JSON = {"Accept": "application/json"}


class Watchful(Player):
    """An officer who looks in every answer for what no gate has opened yet."""

    def __init__(self, app: Flask, client: PageClient, module: Module) -> None:
        super().__init__(app, client, module)
        self.texts, self.passed = gated(module), 0
        self.seen: set[str] = set()

    def keep(self, response: TestResponse) -> TestResponse:
        """Refuse an answer that holds a text from behind a closed gate."""
        body = response.get_data(as_text=True)
        words = f"{response.headers} {plain(body)} {' '.join(body.split())}"
        for text in self.texts:
            if text.line in words:
                assert text.opens <= self.passed, f"{text.what} after {self.passed} gates"
                self.seen.add(text.what)
        return super().keep(response)

    def try_what_is_closed(self, item: str) -> None:
        """Ask for everything that is not there yet."""
        ahead = [stage.id for stage in self.module.stages]
        for rest in (*(f"stages/{stage}" for stage in ahead), "decisions", "finish", "done"):
            self.keep(self.client.get(self.url(rest)))
        self.keep(self.client.get(self.url(f"again/{item}")))
        self.keep(
            self.client.submit(self.url(f"items/{item}/draft"), {"sequence": 1}, headers=JSON)
        )
        for address in (f"/modules/{self.module.slug}", "/library", "/", "/record"):
            self.keep(self.client.get(address))
        self.keep(self.client.get(f"/record/attempts/{self.attempt_id}"))
        self.keep(self.client.get("/record/everything"))

    def read_on(self, from_stage: str) -> None:
        """Go on through stages that ask nothing, up to the next that does."""
        ids = [stage.id for stage in self.module.stages]
        for stage in self.module.stages[ids.index(from_stage) + 1 :]:
            self.keep(self.client.submit(self.url(f"stages/{stage.id}")))
            self.read(stage.id)
            if any(isinstance(item, GATES) for item in stage.items):
                return

    def decide(self, gate: Any, form: dict[str, Any] | None) -> None:
        """Pass one gate, read its page and, where the stage ends, what follows."""
        self.passed += 1
        if form is None:
            self.reflect(gate.id, "What I think of it.")
        else:
            self.answer(gate.id, form)
        stage = self.stage_by_item[gate.id]
        page = self.read(stage).get_data(as_text=True)
        if "Go on: " in page:
            self.read_on(stage)

    def decide_everything(
        self, answers: dict[str, dict[str, Any]], *, curious: bool = False
    ) -> None:
        """Go through the whole module; the curious ask at each gate for what is behind it."""
        self.start()
        first = self.module.stages[0]
        self.read(first.id)
        if not any(isinstance(item, GATES) for item in first.items):
            self.read_on(first.id)
        for gate in self.module.gates():
            if curious:
                self.try_what_is_closed(gate.id)
            self.decide(gate, answers.get(gate.id))

    def marks(self, look: Look = Look.FIRST) -> dict[str, str]:
        """Return the credit of each answer."""
        with self.app.app_context():
            query = sa.select(Answer.item_id, Answer.credit).where(
                Answer.attempt_id == self.attempt_id, Answer.look == look
            )
            return {item: credit for item, credit in db.session.execute(query)}

    def completions(self) -> list[tuple[int, int, str]]:
        """Return every completion that there is."""
        with self.app.app_context():
            found = db.session.execute(
                sa.select(Completion.person_id, Completion.version_id, Completion.key)
            )
            return [(row[0], row[1], row[2]) for row in found]


@pytest.fixture(params=SLUGS)
def module(request: pytest.FixtureRequest) -> Module:
    """Each module in turn."""
    return shipped(request.param)


@pytest.fixture
def versions(app: Flask) -> dict[str, Version]:
    """All modules, published."""
    return {slug: published(app, shipped(slug)) for slug in SLUGS}


@pytest.fixture
def player(
    app: Flask, cast: Cast, client: PageClient, module: Module, versions: dict[str, Version]
) -> Watchful:
    """The officer at the module; a colleague has begun it too."""
    colleague = app.test_client()
    assert isinstance(colleague, PageClient)
    colleague.sign_in(cast.emails["colleague"])
    Player(app, colleague, module).start()
    client.sign_in(cast.emails["officer"])
    return Watchful(app, client, module)


def _answers(module: Module, how: Any) -> dict[str, dict[str, Any]]:
    return {question.id: how(question) for question in module.questions()}


def _finish(player: Watchful, cast: Cast, version: Version) -> None:
    for rest in ("decisions", "finish"):
        player.keep(player.client.get(player.url(rest)))
    for _twice in range(2):
        sent = player.keep(player.client.submit(player.url("finish"), {"commitment": ""}))
        assert sent.location.endswith("/done")
    player.keep(player.client.get(player.url("done")))
    key = f"attempt:{player.attempt_id}"
    assert player.completions() == [(cast.officer, version.id, key)]
    never_shown = {text.what for text in player.texts} - player.seen
    assert not never_shown


def test_everything_right(
    player: Watchful, module: Module, cast: Cast, versions: dict[str, Version]
) -> None:
    right = _answers(module, everything_right)
    player.decide_everything(right, curious=True)
    assert player.marks() == dict.fromkeys(right, "1")
    decisions = player.client.get(player.url("decisions")).get_data(as_text=True)
    assert "You had full credit everywhere." in decisions
    for item in right:
        assert player.client.get(player.url(f"again/{item}")).status_code == 404
    _finish(player, cast, versions[module.slug])


def test_everything_wrong_comes_back_once(
    player: Watchful, module: Module, cast: Cast, versions: dict[str, Version]
) -> None:
    wrong = _answers(module, everything_wrong)
    player.decide_everything(wrong)
    nothing = dict.fromkeys(wrong, "0")
    assert player.marks() == nothing
    assert f"{len(wrong)} questions below full credit come back once" in plain(
        player.client.get(player.url("decisions")).get_data(as_text=True)
    )
    for question in module.questions():
        assert not player.completions()
        too_early = player.client.submit(player.url("finish"), {})
        assert too_early.location.endswith(f"/attempts/{player.attempt_id}")
        _look_again(player, question)
    assert player.marks(Look.AGAIN) == dict.fromkeys(wrong, "1")
    assert player.marks() == nothing
    _finish(player, cast, versions[module.slug])


def _look_again(player: Watchful, question: Question) -> None:
    """Answer a missed question right; until then its feedback is hidden again."""
    feedback = [t for t in player.texts if t.what.startswith("feedback ")]
    own = [t.line for t in feedback if t.what.split()[1] in {o.id for o in question.options}]
    address = player.url(f"again/{question.id}")
    before = plain(player.client.get(address).get_data(as_text=True))
    assert not [line for line in own if line in before]
    player.client.submit(address, everything_right(question))
    after = plain(player.client.get(address).get_data(as_text=True))
    assert all(line in after for line in own)


def test_a_module_gives_nothing_away_before_it_is_started(
    app: Flask, cast: Cast, client: PageClient, versions: dict[str, Version]
) -> None:
    client.sign_in(cast.emails["officer"])
    for slug, version in versions.items():
        assert version.published_at > datetime.now(UTC) - timedelta(minutes=5)
        words = plain(client.get(f"/modules/{slug}").get_data(as_text=True))
        words += plain(client.get("/library").get_data(as_text=True))
        shown = [text.what for text in gated(shipped(slug)) if text.line in words]
        assert shown == []
