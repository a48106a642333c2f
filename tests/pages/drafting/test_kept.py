"""What could not be saved is kept: closing the page, a crash or another device loses nothing."""

from __future__ import annotations

from typing import Any

import html5lib
import sqlalchemy as sa
from flask import Flask

from app.db import db, now_utc
from app.drafting import drafting
from app.drafting.models import KeptPart, ModuleDraft
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.pages.drafting.desk import delete_behind, head, words
from tests.pages.drafting.part_form import Form, form_on, opened, part_now, send, told
from tests.pages.drafting.test_part_conflicts import change_behind

AUTOSAVE = {"X-Autosave": "1"}


def kept(app: Flask) -> list[tuple[str, int, dict[str, Any]]]:
    """Return what is kept: of which part, from which revision, and the words."""
    with app.app_context():
        rows = db.session.scalars(sa.select(KeptPart).order_by(KeptPart.base))
        return [(row.part, row.base, row.document) for row in rows]


def clash(app: Flask, cast: Cast, trainer: PageClient, draft: int, **headers: Any) -> Form:
    """Let both change the prompt of a question; return the form that she sent."""
    form = opened(trainer, draft)
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Their question")
    form["prompt"] = ["My question"]
    assert send(trainer, draft, form, **headers).status_code == 409
    return form


def merge_form(html: str) -> Form:
    """Return what the page with both texts sends as it stands."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return form_on(html5lib.serialize(tree, quote_attr_values="always"))


def test_what_a_colleague_came_before_is_kept_and_told_of(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    assert [(part, base, said["prompt"]) for part, base, said in kept(app)] == [
        ("item.q1", 1, "My question")
    ]
    for page in (f"/drafts/{draft}", f"/drafts/{draft}/parts/item.q1"):
        html = trainer.get(page).text
        assert "It is not in the draft yet." in words(html)
        assert f"/drafts/{draft}/kept/item.q1/1" in html
    assert "not in the draft yet" not in trainer.get(f"/drafts/{draft}/parts/item.t1").text
    again = trainer.get(f"/drafts/{draft}/kept/item.q1/1")
    assert again.status_code == 200
    assert "Administrator changed this as well" in told(again)
    assert merge_form(again.text)["prompt"] == ["My question"]


def test_the_script_is_told_that_it_is_kept_and_the_newest_words_win(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = clash(app, cast, trainer, draft, headers=AUTOSAVE)
    form["prompt"] = ["My question, at greater length"]
    answer = send(trainer, draft, form, headers=AUTOSAVE)
    assert answer.status_code == 409
    assert answer.get_json()["kept"] is True
    assert [said["prompt"] for _part, _base, said in kept(app)] == [
        "My question, at greater length"
    ]
    assert part_now(app, draft)["prompt"] == "Their question"


def test_merged_it_is_in_the_draft_and_kept_no_more(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    form = merge_form(trainer.get(f"/drafts/{draft}/kept/item.q1/1").text)
    assert (form["base"], form["kept"]) == (["2"], ["1"])
    assert send(trainer, draft, form).status_code == 303
    assert part_now(app, draft)["prompt"] == "My question"
    assert kept(app) == []
    assert "not in the draft yet" not in trainer.get(f"/drafts/{draft}").text


def test_what_she_types_between_the_two_texts_is_kept_as_well(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    page = f"/drafts/{draft}/kept/item.q1/1"
    form = merge_form(trainer.get(page).text)
    form["prompt"], form["take.prompt"] = ["Half mine, half theirs"], ["theirs"]
    answer = send(trainer, draft, form, "keep", headers=AUTOSAVE)
    assert answer.status_code == 200
    assert answer.get_json()["said"].startswith("Kept ")
    assert "revision" not in answer.get_json()
    assert head(app, draft) == 2
    again = merge_form(trainer.get(page).text)
    assert again["prompt"] == ["Half mine, half theirs"]
    assert again["take.prompt"] == ["mine"]
    form["prompt"] = ["Later"]
    assert send(trainer, draft, form, "keep").location.endswith(f"/drafts/{draft}")
    assert merge_form(trainer.get(page).text)["prompt"] == ["Later"]


def test_a_third_save_meanwhile_keeps_one_text_not_two(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    form = merge_form(trainer.get(f"/drafts/{draft}/kept/item.q1/1").text)
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Their third question")
    form["prompt"] = ["Mine, merged"]
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    assert [(base, said["prompt"]) for _part, base, said in kept(app)] == [(1, "Mine, merged")]
    assert send(trainer, draft, merge_form(answer.text)).status_code == 303
    assert kept(app) == []


def test_it_goes_only_after_a_question(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    page = f"/drafts/{draft}/kept/item.q1/1"
    assert f"{page}/throw-away" in trainer.get(page).text
    assert "will be gone for good" in told(trainer.get(f"{page}/throw-away"))
    assert len(kept(app)) == 1
    assert trainer.submit(f"{page}/throw-away").status_code == 303
    assert kept(app) == []
    assert trainer.get(page).status_code == 404
    assert part_now(app, draft)["prompt"] == "Their question"


def test_another_trainer_does_not_see_it(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    with app.app_context():
        db.session.execute(sa.update(KeptPart).values(person_id=cast.administrator))
        db.session.commit()
    assert "not in the draft yet" not in trainer.get(f"/drafts/{draft}").text
    assert trainer.get(f"/drafts/{draft}/kept/item.q1/1").status_code == 404
    assert trainer.submit(f"/drafts/{draft}/kept/item.q1/1/throw-away").status_code == 404
    assert len(kept(app)) == 1


def test_a_deleted_part_and_a_finished_draft_keep_it_too(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    delete_behind(app, draft, "item.q1", cast.administrator)
    form["prompt"] = ["Written meanwhile"]
    assert send(trainer, draft, form).status_code == 409
    page = f"/drafts/{draft}/kept/item.q1/1"
    assert "Somebody deleted this meanwhile" in told(trainer.get(page))
    with app.app_context():
        drafting.set_aside(
            db.session.get_one(ModuleDraft, draft), by=cast.administrator, at=now_utc()
        )
        db.session.commit()
    assert "Written meanwhile" in trainer.get(page).text
    assert "not in the draft yet" in trainer.get(f"/drafts/{draft}").text


def test_put_back_it_is_kept_no_more(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    delete_behind(app, draft, "item.q1", cast.administrator)
    assert send(trainer, draft, form).status_code == 409
    assert len(kept(app)) == 1
    assert send(trainer, draft, form, "put-back").status_code == 303
    assert kept(app) == []


def test_what_is_too_long_or_never_opened_is_not_kept(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    form["explanation"] = ["word " * 50_000]
    assert send(trainer, draft, form).status_code == 409
    assert send(trainer, draft, form, "keep").status_code == 400
    assert kept(app) == []


def test_much_that_is_kept_asks_the_database_no_more_often(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    counts = []
    for time in ("once", "twice"):
        form = opened(trainer, draft)
        change_behind(app, draft, "item.q1", cast.administrator, prompt=f"Theirs {time}")
        form["prompt"] = ["Mine"]
        assert send(trainer, draft, form).status_code == 409
        with counted_queries(app) as statements:
            trainer.get(f"/drafts/{draft}")
        counts.append(len(statements))
    assert len(kept(app)) == 2
    assert counts[0] == counts[1] <= 12


def test_a_page_opened_later_does_not_throw_away_what_is_kept(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    before = opened(trainer, draft)
    with app.app_context():
        row = db.session.get_one(ModuleDraft, draft)
        drafting.set_aside(row, by=cast.administrator, at=now_utc())
        db.session.commit()
    before["prompt"] = ["Written while it was set aside"]
    assert send(trainer, draft, before, headers=AUTOSAVE).status_code == 409
    with app.app_context():
        drafting.take_up(
            db.session.get_one(ModuleDraft, draft), by=cast.administrator, at=now_utc()
        )
        db.session.commit()
    form = opened(trainer, draft)
    form["prompt"] = ["Something else"]
    assert send(trainer, draft, form, headers=AUTOSAVE).status_code == 200
    assert [said["prompt"] for *_, said in kept(app)] == ["Written while it was set aside"]
    # The page that it was typed on says so, and saves the rest of it.
    before["kept"], before["base"] = ["1"], [str(head(app, draft))]
    assert send(trainer, draft, before, headers=AUTOSAVE).status_code == 200
    assert kept(app) == []


def test_the_very_words_that_were_kept_are_kept_no_more_once_saved(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    clash(app, cast, trainer, draft)
    form = opened(trainer, draft)
    form["prompt"] = ["My question"]
    assert send(trainer, draft, form).status_code == 303
    assert kept(app) == []


def test_a_forged_number_of_kept_words_is_left_alone(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Theirs")
    form = opened(trainer, draft)
    form["kept"] = ["9" * 9]
    assert send(trainer, draft, form).status_code == 303
