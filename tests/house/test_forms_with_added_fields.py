"""Fields that no form offers change nothing, and what a form offers has its effect."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.db import Base
from tests.factories.world import VIEWERS, World
from tests.house.access_table import TABLE
from tests.house.scene import Scene
from tests.house.standing import Standing, all_rows
from tests.house.test_access_matrix import address, allowed
from tests.house.visitor import Visitor, said

WRITING = sorted(endpoint for method, endpoint in TABLE if method == "POST")
# What these do shows in no row: there are no demo people, no mail, nobody joined, there is
# nothing to undo or to go back to, no draft was set aside or is behind, and no module was retired.
WITHOUT_A_TRACE = {
    "sign_in.demo", "passwords.ask_for_link", "assignments.ask_more", "editor.undo",
    "module.bring_back", "history.restore", "drafts.take_up", "publish.follow",
}  # fmt: skip
# What these change is sealed, or the time alone; their own tests open it.
ONLY_SEALED_OR_STAMPED = {"player.resume", "player.go_on"}
# Columns that differ from one time to the next by their nature.
BY_CHANCE = {"token_digest", "password_hash", "seed", "active_seconds", "plan_digest"}


def added(world: World) -> dict[str, Any]:
    """Return the fields that somebody might add who hopes for more."""
    other, elsewhere = world.people["north_colleague"], world.people["south_officer"]
    return {
        "credit": "1", "score": "1", "role": "administrator", "admin": "1", "is_admin": "1",
        "person": elsewhere, "person_id": elsewhere, "learner_id": other, "actor_id": other,
        "by": other, "assigned_by": other, "recorded_by": other, "trainer_id": other,
        "completed_at": "2020-01-01", "completed_on": "2020-01-01", "committed_at": "2020-01-01",
        "completion_id": "1", "attempt_id": world.attempts["north_colleague", "begun"],
        "version_id": world.versions["ready"], "module_id": "1", "unit_id": world.units["south"],
        "force_id": world.units["south"], "path": "/", "owner_id": world.units["south"],
        "permission": "MANAGE_PEOPLE", "deactivated_at": "2020-01-01", "password_hash": "x",
        "look": "again", "withdrawn_at": "2020-01-01", "id": "1",
    }  # fmt: skip


def _plain(table: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    columns = [column.name for column in Base.metadata.tables[table].columns]
    named = zip([name for name in columns if name != "last_seen"], row, strict=True)
    return tuple(
        (name, value)
        for name, value in named
        if name not in BY_CHANCE and not isinstance(value, (datetime, bytes, memoryview))
    )


def _rows(app: Flask) -> Counter[tuple[Any, ...]]:
    return Counter(
        (table, _plain(table, row)) for table, rows in all_rows(app).items() for row in rows
    )


def _effect(
    app: Flask, standing: Standing, who: str, endpoint: str, more: dict[str, Any]
) -> tuple[Any, ...]:
    """Return what sending the form did to the rows, and what was answered."""
    standing.put_back()
    row, scene = TABLE["POST", endpoint], Scene(app, standing.world, who, "north")
    url = address(app, endpoint, row, scene.things(row.thing)["own"])
    form = row.form(scene)
    before = _rows(app)
    response = Visitor(app, standing.world, who).post(url, {**more, **form})
    after = _rows(app)
    status, location, _page = said(response)
    return after - before, before - after, status, location


@pytest.mark.parametrize("endpoint", WRITING)
def test_added_fields_change_nothing(app: Flask, standing: Standing, endpoint: str) -> None:
    row = TABLE["POST", endpoint]
    who = next(f"north_{role}" for role in VIEWERS if allowed(f"north_{role}", row.permission))
    plain = _effect(app, standing, who, endpoint, {})
    hoped = _effect(app, standing, who, endpoint, added(standing.world))
    assert hoped == plain
    assert plain[2] == row.own
    changed = bool(plain[0] or plain[1])
    assert changed is (endpoint not in WITHOUT_A_TRACE | ONLY_SEALED_OR_STAMPED)
