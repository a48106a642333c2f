"""The outline of a draft: everything in order, each button does what it says, nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.db import db, now_utc
from app.drafting import drafting
from app.drafting.models import ModuleDraft
from tests.browser import PageClient
from tests.cast import Cast
from tests.pages.drafting.desk import begun, head, items_of, newest, retold, words


@pytest.fixture
def trainer(client: PageClient, cast: Cast, draft: int) -> PageClient:
    """A trainer who has the outline open."""
    client.sign_in(cast.emails["trainer"])
    client.get(f"/drafts/{draft}")
    return client


def press(
    trainer: PageClient, draft: int, do: str, part: str = "", base: int = 1, **more: Any
) -> TestResponse:
    """Press a button of the outline."""
    fields = {"do": do, "part": part, "base": base, **more}
    return trainer.submit(f"/drafts/{draft}/structure", fields)


def test_the_outline_shows_stages_and_items_in_order(trainer: PageClient, draft: int) -> None:
    html = trainer.get(f"/drafts/{draft}").get_data(as_text=True)
    order = re.findall(r'id="((?:stage|item)-\w+)"', html)
    assert order[:7] == [
        "stage-first", "item-t1", "item-q1", "item-t2", "item-r1", "item-t3", "stage-second",
    ]  # fmt: skip
    told = words(html)
    for piece in (
        "Stage first",
        "What would you do at q1?",
        "Known then",
        "Found later",
        "Choose one",
        "Reflection",
        "Revision 1",
    ):
        assert piece in told


def test_every_item_and_every_stage_has_its_buttons(trainer: PageClient, draft: int) -> None:
    html = trainer.get(f"/drafts/{draft}").get_data(as_text=True)
    assert html.count('value="duplicate"') == html.count('value="delete"') == 11 + 4
    assert html.count('name="to"') == 11
    assert html.count('name="kind"') == (11 + 4) * 7
    assert html.count("Add here") == 4
    disabled = re.findall(r'value="(up|down)" disabled', html)
    assert sorted(disabled) == ["down", "down", "up", "up"]


def test_every_part_has_its_link(trainer: PageClient, draft: int) -> None:
    html = trainer.get(f"/drafts/{draft}").get_data(as_text=True)
    for part in ("settings", "content-note", "people", "sources", "policy-questions",
                 "stage.first", "item.q1"):  # fmt: skip
        assert f'href="/drafts/{draft}/parts/{part}"' in html


@pytest.mark.parametrize(
    ("do", "part", "anchor", "found"),
    [
        # At the top there is no further up: the item itself is led to.
        ("up", "item.q1", "item-q1", ["q1", "t1", "t2", "r1", "t3"]),
        ("up", "item.t2", "up-item-t2", ["t1", "t2", "q1", "r1", "t3"]),
        ("down", "item.t1", "down-item-t1", ["q1", "t1", "t2", "r1", "t3"]),
        ("down", "item.t3", "down-item-t3", ["t1", "q1", "t2", "r1"]),
    ],
)
def test_up_and_down_move_one_step_and_lead_back_to_the_button(
    app: Flask, trainer: PageClient, draft: int, do: str, part: str, anchor: str, found: list[str]
) -> None:
    answer = press(trainer, draft, do, part)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/drafts/{draft}#{anchor}")
    html = trainer.get(answer.location).get_data(as_text=True)
    assert re.search(rf'id="{anchor}"[^>]*(value="{do}"|tabindex="-1")>', html)
    assert items_of(app, draft) == found
    assert head(app, draft) == 2


def test_a_stage_that_moved_shows_its_buttons_still(trainer: PageClient, draft: int) -> None:
    answer = press(trainer, draft, "down", "stage.first")
    assert answer.location.endswith("?open=stage.first#down-stage-first")
    html = trainer.get(answer.location).get_data(as_text=True)
    assert html.count('<details class="outline-more" open>') == 1
    answer = press(trainer, draft, "up", "stage.first", base=2)
    assert answer.location.endswith("?open=stage.first#stage-first")


def test_a_long_content_note_is_told_in_a_few_words(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    note = {"text": "This case concerns a death in custody and what was not asked about it."}
    draft = begun(app, cast, {"content_note": note, "stages": []})
    told = words(trainer.get(f"/drafts/{draft}").get_data(as_text=True))
    assert "This case concerns a death in custody…" in told


def test_an_item_moves_to_the_stage_that_was_chosen(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    assert press(trainer, draft, "move", "item.t1", to="fourth").location.endswith("#item-t1")
    assert items_of(app, draft, 3) == ["t5", "t1"]


def test_a_new_item_stands_at_its_position_and_its_part_opens(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    answer = press(trainer, draft, "add", "item.t1", kind="single")
    name = items_of(app, draft)[1]
    assert name.startswith("single-")
    assert answer.location.endswith(f"/drafts/{draft}/parts/item.{name}")
    press(trainer, draft, "add", "stage.first", base=2, kind="text")
    assert items_of(app, draft)[-1].startswith("text-")


@pytest.mark.parametrize(
    "kind", ["text", "extract", "single", "multiple", "ordering", "matching", "reflection"]
)
def test_an_item_of_each_kind_can_be_added_and_is_to_do(
    app: Flask, trainer: PageClient, draft: int, kind: str
) -> None:
    press(trainer, draft, "add", "item.t3", kind=kind)
    added = newest(app, draft)["stages"][0]["items"][-1]
    assert added["kind"] == kind
    page = trainer.get(f"/drafts/{draft}").get_data(as_text=True)
    line = page[page.index(f'id="item-{added["id"]}"') :]
    assert " to do" in words(line[: line.index("</p>")])


def test_a_stage_is_added_and_its_part_opens(app: Flask, trainer: PageClient, draft: int) -> None:
    answer = press(trainer, draft, "add-stage", "stage.first")
    stages = [stage["id"] for stage in newest(app, draft)["stages"]]
    assert stages[0] == "first"
    assert answer.location.endswith(f"/parts/stage.{stages[1]}")
    press(trainer, draft, "add-stage", base=2)
    assert len(newest(app, draft)["stages"]) == 6


def test_a_duplicate_stands_below_and_is_led_to(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    answer = press(trainer, draft, "duplicate", "item.q1")
    twin = items_of(app, draft)[2]
    assert answer.location.endswith(f"#item-{twin}")
    press(trainer, draft, "duplicate", "stage.first", base=2)
    stages = newest(app, draft)["stages"]
    assert stages[0]["title"] == stages[1]["title"] == "Stage first"


def test_a_deleted_item_comes_back_with_one_press_beside_what_others_did(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    answer = press(trainer, draft, "delete", "item.q1")
    assert answer.location.endswith("?deleted=2#undo")
    assert "q1" not in items_of(app, draft)
    page = words(trainer.get(answer.location).get_data(as_text=True))
    assert "Deleted the question “What would you do at q1?”. Undo" in page
    retold(app, draft, "t1", "Retold meanwhile.", cast.colleague)
    undone = trainer.submit(f"/drafts/{draft}/undo", {"revision": 2})
    assert undone.location.endswith("#item-q1")
    assert items_of(app, draft) == ["t1", "q1", "t2", "r1", "t3"]
    assert newest(app, draft)["stages"][0]["items"][0]["text"] == "Retold meanwhile."
    assert "Undo " not in words(trainer.get(answer.location).get_data(as_text=True))


def test_a_stage_with_items_goes_only_when_she_is_sure(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    asked = press(trainer, draft, "delete", "stage.first")
    assert asked.location.endswith(f"/drafts/{draft}/delete/stage.first")
    assert len(newest(app, draft)["stages"]) == 4
    told = words(trainer.get(asked.location).get_data(as_text=True))
    assert "The stage “Stage first” and the 5 items in it will be deleted." in told
    gone = trainer.submit(f"/drafts/{draft}/delete/stage.first", {"base": 1})
    assert [stage["id"] for stage in newest(app, draft)["stages"]] == ["second", "third", "fourth"]
    trainer.get(gone.location)
    trainer.submit(f"/drafts/{draft}/undo", {"revision": 2})
    assert items_of(app, draft) == ["t1", "q1", "t2", "r1", "t3"]


def test_words_that_she_has_not_seen_are_not_deleted(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    retold(app, draft, "t1", "His new words.", cast.colleague)
    for url, fields in (
        (f"/drafts/{draft}/structure", {"do": "delete", "part": "item.t1", "base": 1}),
        (f"/drafts/{draft}/delete/stage.first", {"base": 1}),
    ):
        answer = trainer.submit(url, fields)
        assert answer.status_code == 409
        assert "after you opened this page" in words(answer.get_data(as_text=True))
    assert items_of(app, draft)[0] == "t1"
    assert press(trainer, draft, "delete", "item.t2").status_code == 303


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"do": "add", "part": "item.t1"}, 422),
        ({"do": "move", "part": "item.t1"}, 422),
        ({"do": "add", "part": "item.t1", "kind": "essay"}, 422),
        ({"do": "explode", "part": "item.t1"}, 422),
        ({"do": "up", "part": "item.t1", "base": ""}, 422),
        ({"do": "up", "part": "item.nothing"}, 409),
        ({"do": "up", "part": "settings"}, 409),
        ({"do": "move", "part": "item.t1", "to": "nowhere"}, 409),
        ({"do": "delete", "part": "item.t1", "base": 99}, 409),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    app: Flask, trainer: PageClient, draft: int, fields: dict[str, Any], status: int
) -> None:
    answer = trainer.submit(f"/drafts/{draft}/structure", {"base": 1, **fields})
    assert answer.status_code == status
    assert "There is a problem" in answer.get_data(as_text=True)
    assert head(app, draft) == 1


def test_nothing_deleted_is_nothing_to_undo(app: Flask, trainer: PageClient, draft: int) -> None:
    press(trainer, draft, "up", "item.q1")
    for number in (1, 2, 99, "x", ""):
        assert trainer.submit(f"/drafts/{draft}/undo", {"revision": number}).status_code == 409
    assert head(app, draft) == 2


def test_a_draft_set_aside_is_read_only_and_says_so(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    with app.app_context():
        found = db.session.get_one(ModuleDraft, draft)
        drafting.set_aside(found, by=cast.trainer, at=now_utc())
        db.session.commit()
    html = trainer.get(f"/drafts/{draft}").get_data(as_text=True)
    assert "was set aside on" in html
    assert 'name="do"' not in html
    assert press(trainer, draft, "up", "item.q1").status_code == 409


def test_the_checks_lead_to_their_fields(app: Flask, trainer: PageClient, cast: Cast) -> None:
    draft = begun(app, cast, {"title": "Unfinished", "stages": [{"id": "one", "items": []}]})
    html = trainer.get(f"/drafts/{draft}/checks").get_data(as_text=True)
    assert f'href="/drafts/{draft}/parts/settings#field-minutes"' in html
    assert f'href="/drafts/{draft}/parts/stage.one#field-title"' in html
    assert f'href="/drafts/{draft}#stage-one"' in html
    assert "Checks of Unfinished" in html
