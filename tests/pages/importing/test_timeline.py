"""The timeline in the browser: each event is marked, nothing is guessed."""

from __future__ import annotations

import re

from flask import Flask

from app.catalogue.document import Known
from app.db import db, now_utc
from app.importing.models import ImportedCase
from app.importing.queries import reviewed
from app.importing.review import ReviewedBlock
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.cases import imported, text_case


def blocks(app: Flask) -> dict[str, ReviewedBlock]:
    with app.app_context():
        review = reviewed(db.session.get_one(ImportedCase, 1)).review
        return {block.id: block for block in review.blocks}


def test_events_stand_in_order_with_the_dates_found_in_them(trainer: PageClient, case: str) -> None:
    html = trainer.get(f"{case}/timeline").text
    assert re.findall(r'<li class="event[^>]*id="(b\d+)"', html) == ["b4", "b5", "b6", "b7"]
    assert "Found: At about 7.15pm; 8 November 2019" in html
    assert 'value="Three weeks later"' in html
    assert "To mark: 4" in html
    assert "With a date or time: 3" in html


def test_lists_show_only_what_has_a_date_or_is_to_be_marked(trainer: PageClient, case: str) -> None:
    dated = trainer.get(f"{case}/timeline?only=dated").text
    assert 'id="b5"' not in dated
    trainer.submit(f"{case}/timeline", {"base": 1, "known-b4": "then", "when-b4": "7pm"})
    open_ones = trainer.get(f"{case}/timeline?only=open").text
    assert 'id="b4"' not in open_ones
    assert 'id="b5"' in open_ones


def test_marks_are_saved_and_shown_with_their_line_and_words(
    app: Flask, trainer: PageClient, case: str
) -> None:
    sent = {"base": 1, "known-b4": "then", "when-b4": "At 7pm", "known-b7": "available",
            "when-b7": "2016", "known-b5": "", "when-b5": ""}  # fmt: skip
    answer = trainer.submit(f"{case}/timeline", sent)
    assert answer.location == f"{case}/timeline#events"
    html = trainer.get(f"{case}/timeline").text
    assert "Saved 2 marks." in html
    assert 'class="event known-available" id="b7"' in html
    assert re.search(r'name="known-b7" value="available" checked', html)
    found = blocks(app)
    assert found["b4"].when == "At 7pm"
    assert found["b5"].known is None


def test_the_rest_can_be_marked_as_known_then_in_one_press(
    app: Flask, trainer: PageClient, case: str
) -> None:
    sent: dict[str, object] = {f"known-b{n}": "" for n in (4, 5, 6)}
    trainer.submit(f"{case}/timeline", {**sent, "known-b7": "later", "base": 1, "act": "rest"})
    found = [blocks(app)[f"b{n}"].known for n in (4, 5, 6, 7)]
    assert [known.value for known in found if known] == ["then", "then", "then", "later"]
    assert "To mark: 0" in trainer.get(f"{case}/timeline").text
    empty = trainer.get(f"{case}/timeline?only=open").text
    assert "Nothing here" in empty


def test_what_speaks_of_the_investigation_says_why_it_stands_as_later(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    with app.app_context():
        document = text_case("We concluded in May.")
        case_id = imported(document, force_id=cast.north, by=cast.trainer, at=now_utc()).id
        db.session.commit()
    page = f"/cases/{case_id}/timeline"
    html = trainer.get(page).text
    assert "It says “We concluded”, so it stands as found later." in html
    assert re.search(r'name="known-b4" value="later" checked', html)
    assert "To mark: 3" in html
    trainer.submit(page, {"base": 1, "known-b4": "then", "when-b4": ""})
    assert "It says “We concluded”. Could it be known before the" in trainer.get(page).text


def test_the_rest_leaves_out_what_speaks_of_the_investigation(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    with app.app_context():
        document = text_case("We concluded in May.")
        case_id = imported(document, force_id=cast.north, by=cast.trainer, at=now_utc()).id
        db.session.commit()
    page = f"/cases/{case_id}/timeline"
    sent: dict[str, object] = {f"known-b{n}": "" for n in (4, 5)}
    trainer.submit(page, {**sent, "base": 1, "act": "rest"})
    assert [blocks(app)[f"b{n}"].known for n in (4, 5)] == [None, Known.THEN]
    html = trainer.get(page).text
    assert "1 event speaks of the investigation. It was not marked as known then: mark it." in html


def test_nothing_changed_is_said(app: Flask, trainer: PageClient, case: str) -> None:
    answer = trainer.submit(
        f"{case}/timeline", {"base": 1, "known-b5": "made-up"}, follow_redirects=True
    )
    assert "Nothing was changed." in answer.text
    assert blocks(app)["b5"].known is None


def test_two_trainers_marking_the_same_event(
    app: Flask, trainer: PageClient, second: PageClient, case: str
) -> None:
    first = {"base": 1, "known-b4": "later", "when-b4": "7pm"}
    trainer.submit(f"{case}/timeline", first)
    other = {"base": 1, "known-b4": "then", "when-b4": "8pm", "known-b5": "then", "when-b5": ""}
    html = second.submit(f"{case}/timeline", other, follow_redirects=True).text
    assert "Somebody else marked “At about 7.15pm on 8 November 2019 Ms…” meanwhile" in html
    assert "7pm, found later. Yours was not saved: 8pm, known then." in html
    found = blocks(app)
    assert (found["b4"].when, found["b5"].known is None) == ("7pm", False)


def test_a_case_without_events_says_so(app: Flask, trainer: PageClient, case: str) -> None:
    for number, block_id in enumerate(("b4", "b5", "b6", "b7"), 1):
        fields = {"block": block_id, "base": number, "act": "drop", "with": "form", "use": "story",
                  "known": "", "reason": "No."}  # fmt: skip
        assert trainer.submit(f"{case}/blocks", fields).status_code == 303
    assert "No event yet" in trainer.get(f"{case}/timeline").text


def test_marks_are_undone_where_they_were_made(app: Flask, trainer: PageClient, case: str) -> None:
    trainer.submit(f"{case}/timeline", {"base": 1, "known-b4": "then", "when-b4": "7pm"})
    assert 'name="back" value="timeline"' in trainer.get(f"{case}/timeline").text
    answer = trainer.submit(f"{case}/undo", {"base": 2, "back": "timeline"})
    assert answer.location == f"{case}/timeline"
    assert "Undone: Marked 1 block on the timeline." in trainer.get(answer.location).text
    assert blocks(app)["b4"].known is None
