"""A comment and the text of its part go together: whichever button is pressed, both are kept."""

from __future__ import annotations

import html5lib
import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db, now_utc
from app.drafting import drafting, parts
from app.drafting.models import DraftComment, ModuleDraft
from tests.browser import PageClient
from tests.cast import Cast
from tests.pages.drafting.desk import head
from tests.pages.drafting.part_form import opened, part_now, send, told, url
from tests.pages.drafting.test_part_conflicts import change_behind


def comments(app: Flask) -> list[tuple[str, str, int, bool]]:
    """Return the part, the words, the revision of each comment, and whether it is settled."""
    with app.app_context():
        rows = db.session.scalars(sa.select(DraftComment).order_by(DraftComment.id))
        return [(r.part, r.text, r.revision, r.settled_at is not None) for r in rows]


def test_the_comment_is_a_field_of_the_form_of_its_part(trainer: PageClient, draft: int) -> None:
    html = trainer.get(url(draft)).get_data(as_text=True)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    form = next(f for f in tree.iter("form") if f.get("data-editor") is not None)
    box = next(t for t in tree.iter("textarea") if t.get("id") == "comment-text")
    button = next(b for b in tree.iter("button") if b.get("value") == "comment")
    assert form.get("id") == box.get("form") == button.get("form") == "part-form"


@pytest.mark.parametrize(
    ("do", "leads"), [("save", ""), ("comment", "#comments"), ("next", "item.t2"), ("todo", "")]
)
def test_every_button_saves_the_text_and_adds_the_comment(
    app: Flask, trainer: PageClient, draft: int, do: str, leads: str
) -> None:
    form = opened(trainer, draft) | {"prompt": ["Typed?"], "remark": [" Who says so?\r\nReally? "]}
    answer = send(trainer, draft, form, do)
    assert answer.status_code == 303
    assert answer.location.endswith(leads)
    assert part_now(app, draft)["prompt"] == "Typed?"
    assert comments(app) == [("item.q1", "Who says so?\nReally?", 2, False)]
    assert "Your comment was added." in told(trainer.get(answer.location))


def test_while_she_types_no_comment_is_added(app: Flask, trainer: PageClient, draft: int) -> None:
    form = opened(trainer, draft) | {"prompt": ["Typed?"], "remark": ["Half a com"]}
    assert send(trainer, draft, form, headers={"X-Autosave": "1"}).status_code == 200
    assert comments(app) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [(" ", "Write your comment"), ("x" * 4001, "Write no more than 4,000 characters in a comment")],
)
def test_a_comment_that_cannot_be_added_stands_there_still_with_the_text(
    app: Flask, trainer: PageClient, draft: int, words: str, said: str
) -> None:
    form = opened(trainer, draft) | {"prompt": ["Typed?"], "remark": [words]}
    answer = send(trainer, draft, form, "comment")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in told(answer)
    assert "Typed?" in html
    assert words.strip() in html
    assert 'href="#comment-text"' in html
    assert "data-unsaved" in html
    assert (comments(app), head(app, draft)) == ([], 1)


def test_settling_a_comment_saves_the_text(app: Flask, trainer: PageClient, draft: int) -> None:
    send(trainer, draft, opened(trainer, draft) | {"remark": ["Is it so?"]}, "comment")
    with app.app_context():
        number = db.session.scalars(sa.select(DraftComment.id)).one()
    html = trainer.get(url(draft)).get_data(as_text=True)
    assert f'form="part-form" name="do" value="settle:{number}"' in html
    form = opened(trainer, draft) | {"prompt": ["Typed?"]}
    answer = send(trainer, draft, form, f"settle:{number}")
    assert answer.location.endswith("#comments")
    assert part_now(app, draft)["prompt"] == "Typed?"
    assert [settled for *_said, settled in comments(app)] == [True]


@pytest.mark.parametrize("number", ["", "x", "99", "-1", str(2**31), "9" * 30])
def test_a_comment_that_is_not_there_cannot_be_settled(
    app: Flask, trainer: PageClient, draft: int, number: str
) -> None:
    assert send(trainer, draft, opened(trainer, draft), f"settle:{number}").status_code == 404


def test_where_both_changed_the_text_the_comment_waits_with_it(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft) | {"prompt": ["Mine?"], "remark": ["Who says so?"]}
    change_behind(app, draft, "item.q1", cast.administrator, prompt="Theirs?")
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    tree = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    kept = [t.text for t in tree.iter("textarea") if t.get("name") == "remark"]
    assert kept == ["Who says so?"]
    assert comments(app) == []


def test_a_draft_that_is_finished_gives_the_comment_back(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft) | {"prompt": ["Mine?"], "remark": ["Who says so?"]}
    with app.app_context():
        drafting.set_aside(db.session.get_one(ModuleDraft, draft), by=cast.trainer, at=now_utc())
        db.session.commit()
    answer = send(trainer, draft, form)
    assert answer.status_code == 409
    assert "Your comment Who says so?" in told(answer)
    assert "was set aside on" in told(trainer.get(url(draft)))


def test_a_part_put_back_takes_the_comment_with_it(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft) | {"prompt": ["Mine?"], "remark": ["Who says so?"]}
    with app.app_context():
        row = db.session.get_one(ModuleDraft, draft)
        drafting.revise(row, lambda d: parts.removed(d, "item.q1"), by=cast.administrator,
                        at=now_utc(), what="Deleted.")  # fmt: skip
        db.session.commit()
    gone = send(trainer, draft, form)
    assert '<textarea name="remark" hidden>\nWho says so?</textarea>' in gone.get_data(as_text=True)
    assert send(trainer, draft, form, "put-back").status_code == 303
    assert [text for _part, text, *_rest in comments(app)] == ["Who says so?"]
