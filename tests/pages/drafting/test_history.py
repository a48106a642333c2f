"""The history of a draft: every save can be seen and gone back to, and none is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db import db, now_utc
from app.drafting import drafting
from app.drafting.models import ModuleDraft, SignOff
from app.drafting.queries import revision_of
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.pages.drafting.desk import begun, head, items_of, newest, retold, words


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """A draft with two saves after its beginning."""
    made = begun(app, cast)
    retold(app, made, "t1", "Retold once.", cast.trainer)
    retold(app, made, "t1", "Retold twice.", cast.colleague)
    return made


def test_the_history_says_who_saved_what_when_and_from_what(
    trainer: PageClient, draft: int
) -> None:
    told = words(trainer.get(f"/drafts/{draft}/history").get_data(as_text=True))
    rows = [told.index(f"Revision {number} ") for number in (3, 2, 1)]
    assert rows == sorted(rows)
    assert "Colleague" in told
    assert "From revision" not in told, "each follows the one before it"


def test_saves_that_follow_each_other_are_one_row_that_opens(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    for number in range(30):
        retold(app, draft, "t1", f"Retold {number}.", cast.trainer)
    html = trainer.get(f"/drafts/{draft}/history").get_data(as_text=True)
    told = words(html)
    assert "Revisions 4 to 33" in told
    assert f'href="/drafts/{draft}/history/33?since=3"' in html
    assert "1 to 4 of 4 entries" in told
    assert "30 saves" in told
    for number in (4, 17, 33):
        assert f'href="/drafts/{draft}/history/{number}"' in html
    assert trainer.get(f"/drafts/{draft}/history/17").status_code == 200


def test_what_was_approved_ends_its_run_and_is_marked(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    for number in range(6):
        retold(app, draft, "t1", f"Retold {number}.", cast.trainer)
    with app.app_context():
        for number, approved in ((6, True), (8, False)):
            db.session.add(SignOff(
                draft_id=draft, revision=number, digest=revision_of(draft, number).digest,
                signed_by=cast.administrator, signed_at=now_utc(), approved=approved, note="",
            ))  # fmt: skip
        db.session.commit()
    told = words(trainer.get(f"/drafts/{draft}/history").get_data(as_text=True))
    assert "Revisions 7 to 9" in told
    assert "Revisions 4 to 6 Approved" in told
    assert told.count("Approved") == 1


def test_a_long_history_is_paged(app: Flask, cast: Cast, trainer: PageClient, draft: int) -> None:
    for number in range(30):
        by = cast.colleague if number % 2 else cast.trainer
        retold(app, draft, "t1", f"Retold {number}.", by)
    told = words(trainer.get(f"/drafts/{draft}/history").get_data(as_text=True))
    assert "1 to 25 of 33 entries" in told
    with counted_queries(app) as statements:
        later = trainer.get(f"/drafts/{draft}/history?page=2").get_data(as_text=True)
    assert "Revision 1 " in words(later)
    assert len(statements) <= 6


def test_the_words_that_went_and_came_are_shown(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    html = trainer.get(f"/drafts/{draft}/history/3").get_data(as_text=True)
    assert "What changed against revision 2" in words(html)
    assert "removed: once end of removed" in words(html)
    assert "added: twice end of added" in words(html)
    both = words(trainer.get(f"/drafts/{draft}/history/3?since=1").get_data(as_text=True))
    assert "What changed against revision 1" in both
    assert "removed: The beginning end of removed" in both
    for odd in ("0", "3", "99", "-1", "x"):
        page = trainer.get(f"/drafts/{draft}/history/3?since={odd}")
        assert "What changed against revision 2" in words(page.text)


def test_what_a_deleted_part_said_can_be_read(app: Flask, trainer: PageClient, draft: int) -> None:
    trainer.get(f"/drafts/{draft}")
    trainer.submit(
        f"/drafts/{draft}/structure", {"do": "delete", "part": "item.q1", "base": head(app, draft)}
    )
    told = words(trainer.get(f"/drafts/{draft}/history/4").get_data(as_text=True))
    assert "deleted" in told
    question = newest(app, draft)
    assert "q1" not in str(question)
    for text in ("What would you do at q1?", "canary-feedback-q1-a"):
        assert text in told


def test_a_revision_shows_the_draft_as_it_was_and_what_it_changed(
    trainer: PageClient, draft: int
) -> None:
    told = words(trainer.get(f"/drafts/{draft}/history/2").get_data(as_text=True))
    assert "Retold once." in told
    assert "Retold twice." not in told
    assert "The text “Retold once.”: changed" in told
    first = words(trainer.get(f"/drafts/{draft}/history/1").get_data(as_text=True))
    assert "What changed" not in first


def test_an_earlier_revision_leads_to_all_that_changed_since(
    trainer: PageClient, draft: int
) -> None:
    url = f"/drafts/{draft}/changes?since=1"
    assert url in trainer.get(f"/drafts/{draft}/history/1").get_data(as_text=True)
    assert trainer.get(url).status_code == 200
    newest_page = trainer.get(f"/drafts/{draft}/history/3").get_data(as_text=True)
    assert "/changes?since" not in newest_page


def test_going_back_makes_a_new_revision_and_keeps_all_others(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    assert 'name="base" value="3"' in trainer.get(f"/drafts/{draft}/history/1").text
    answer = trainer.submit(f"/drafts/{draft}/history/1/restore", {"base": 3})
    assert answer.location.endswith(f"/drafts/{draft}")
    assert head(app, draft) == 4
    assert newest(app, draft)["stages"][0]["items"][0]["text"] == "The beginning."
    told = words(trainer.get(f"/drafts/{draft}/history").get_data(as_text=True))
    assert "Restored revision 1." in told
    with app.app_context():
        assert revision_of(draft, 3).document["stages"][0]["items"][0]["text"] == "Retold twice."


def test_what_somebody_saved_meanwhile_is_told_before_one_goes_back(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    trainer.get(f"/drafts/{draft}/history/1")
    retold(app, draft, "t2", "A colleague’s afternoon.", cast.colleague)
    for seen in ({"base": 3}, {"base": "many"}, {}):
        answer = trainer.submit(f"/drafts/{draft}/history/1/restore", seen)
        assert answer.status_code == 409
        assert head(app, draft) == 4
    refused = trainer.submit(f"/drafts/{draft}/history/1/restore", {"base": 3})
    told = words(refused.text)
    assert "The draft was saved after you opened this page, so nothing was changed." in told
    assert told.count(": Edited.") == 1
    assert "Colleague, " in told
    assert f"/drafts/{draft}/history/4?since=3" in refused.text
    assert 'name="base" value="4"' in refused.text
    assert trainer.submit(f"/drafts/{draft}/history/1/restore", {"base": 4}).status_code == 303
    assert newest(app, draft)["stages"][0]["items"][0]["text"] == "The beginning."


def test_every_kind_of_change_is_named(app: Flask, trainer: PageClient, draft: int) -> None:
    trainer.get(f"/drafts/{draft}")
    for do, part, more in (
        ("move", "item.t1", {"to": "fourth"}),
        ("delete", "item.t2", {}),
        ("add", "item.q1", {"kind": "text"}),
    ):
        base = head(app, draft)
        trainer.submit(f"/drafts/{draft}/structure", {"do": do, "part": part, "base": base, **more})
    pages = [trainer.get(f"/drafts/{draft}/history/{n}").get_data(as_text=True) for n in (4, 5, 6)]
    assert "The text “Retold twice.”: moved" in words(pages[0])
    assert "The text “canary-text-t2”: deleted" in words(pages[1])
    assert "The text “Nothing written yet”: added" in words(pages[2])
    assert len(items_of(app, draft)) == 4


def test_what_is_not_there_or_not_open_is_refused(
    app: Flask, cast: Cast, trainer: PageClient, draft: int
) -> None:
    for number in (0, 4, 99):
        assert trainer.get(f"/drafts/{draft}/history/{number}").status_code == 404
        assert trainer.submit(f"/drafts/{draft}/history/{number}/restore").status_code == 404
    with app.app_context():
        found = db.session.get_one(ModuleDraft, draft)
        drafting.set_aside(found, by=cast.trainer, at=now_utc())
        db.session.commit()
    assert trainer.submit(f"/drafts/{draft}/history/1/restore").status_code == 409
    html = trainer.get(f"/drafts/{draft}/history/1").get_data(as_text=True)
    assert "Go back to this revision" not in html
    assert head(app, draft) == 3
