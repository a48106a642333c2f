"""Two at one part, a part deleted, a draft finished: nothing that she typed is lost."""

from __future__ import annotations

from typing import Any

import html5lib
from flask import Flask

from app.db import db, now_utc
from app.drafting import drafting, parts
from app.drafting.models import ModuleDraft
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.modules import plain_module
from tests.pages.drafting.desk import delete_behind, head, newest, retold
from tests.pages.drafting.part_form import form_on, opened, part_now, send, told, url


def change_behind(app: Flask, draft: int, part: str, by: int, **more: Any) -> None:
    """Let somebody else save keys of a part."""
    with app.app_context():
        row = db.session.get_one(ModuleDraft, draft)
        now = parts.part_of(drafting.held(row).document, part)
        drafting.save_part(
            row, part, now | more, base=row.head, by=by, at=now_utc(), what="Edited."
        )
        db.session.commit()


def test_two_who_changed_the_same_words_see_both_and_she_chooses(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Their question",
                  reasonable="Their reason")  # fmt: skip
    form["prompt"], form["hint"] = ["My question"], ["My hint"]
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    page = told(answer)
    for piece in (
        "Administrator changed this as well",
        "Their question",
        "My hint",
        "The question",
    ):
        assert piece in page
    html = answer.get_data(as_text=True)
    assert "My question" in html
    assert "Save what I chose" in page
    assert "What Administrator changed" in page
    assert "<details" not in html[html.index("<fieldset") : html.index("</fieldset")]
    assert head(app, draft) == 2
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    main = next(f for f in tree.iter("form") if "/parts/" in (f.get("action") or ""))
    main.set("data-editor", "")
    merge = form_on(html5lib.serialize(tree, quote_attr_values="always"))
    assert merge["take.prompt"] == ["mine"]
    assert merge["base"] == ["2"]
    merge["take.prompt"] = ["theirs"]
    assert send(trainer, draft, merge).status_code == 303
    now = part_now(app, draft)
    assert (now["prompt"], now["reasonable"], now["hint"]) == (
        "Their question", "Their reason", "My hint",
    )  # fmt: skip
    assert now["options"] == plain_module()["stages"][0]["items"][1]["options"]


def test_changes_that_do_not_touch_each_other_are_saved_both(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    change_behind(app, draft, "item.q1", cast.administrator, reasonable="Their reason")
    form["prompt"] = ["My question"]
    page = told(send(trainer, draft, form))
    assert "Save both" in page
    assert "Save what I chose" not in page


def test_the_script_stops_where_two_changed_the_same(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Their question")
    form["prompt"] = ["My question"]
    answer = send(trainer, draft, form, headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert answer.get_json()["error"] == "changed"
    assert answer.get_json()["link"] == url(draft)
    assert part_now(app, draft)["prompt"] == "Their question"


def test_another_part_that_changed_meanwhile_is_no_conflict(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    retold(app, draft, "t1", "Their text.", cast.administrator)
    form["prompt"] = ["My question"]
    assert send(trainer, draft, form).status_code == 303
    document = newest(app, draft)
    assert document["stages"][0]["items"][0]["text"] == "Their text."
    assert document["stages"][0]["items"][1]["prompt"] == "My question"


def test_what_is_sent_on_leaving_follows_ones_own_last_save_only(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    form["prompt"] = ["Half a"]
    send(trainer, draft, form, headers={"X-Autosave": "1"})
    leaving = {**form, "prompt": ["Half a sentence"], "leaving": ["1"]}
    assert send(trainer, draft, leaving, headers={"X-Autosave": "1"}).status_code == 200
    assert part_now(app, draft)["prompt"] == "Half a sentence"
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Theirs")
    leaving["prompt"] = ["Half a sentence more"]
    assert send(trainer, draft, leaving, headers={"X-Autosave": "1"}).status_code == 409
    assert part_now(app, draft)["prompt"] == "Theirs"


def test_a_part_deleted_meanwhile_can_be_put_back_with_what_was_typed(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    delete_behind(app, draft, "item.q1", cast.administrator)
    form["prompt"] = ["Written meanwhile"]
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    assert "Somebody deleted this meanwhile" in told(answer)
    assert "Written meanwhile" in answer.get_data(as_text=True)
    assert send(trainer, draft, form, "put-back").status_code == 303
    ids = [item["id"] for item in newest(app, draft)["stages"][0]["items"]]
    assert ids == ["t1", "q1", "t2", "r1", "t3"]
    assert part_now(app, draft)["prompt"] == "Written meanwhile"


def test_a_finished_draft_takes_nothing_and_gives_the_text_back(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    with app.app_context():
        drafting.set_aside(
            db.session.get_one(ModuleDraft, draft), by=cast.administrator, at=now_utc()
        )
        db.session.commit()
    form["options.1.feedback"] = ["A reason found late."]
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    assert "Option 2: Why A reason found late." in told(answer)
    assert head(app, draft) == 1


def test_more_than_a_part_holds_is_given_back_unsaved(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    form["explanation"] = ["word " * 50_000]
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    assert "more than one part can hold" in told(answer)
    assert head(app, draft) == 1
