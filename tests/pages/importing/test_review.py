"""The review in the browser: the source beside its blocks, and every act by a plain button."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.cases.document import CaseDocument
from app.catalogue.document import Known
from app.db import db, now_utc
from app.importing.models import ImportedCase
from app.importing.queries import reviewed
from app.importing.review import Review, ReviewedBlock
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.factories.cases import imported, many_blocks, text_case

SAVED = {"with": "form", "use": "story", "under": "Overview of incident", "when": "", "known": ""}


def review(app: Flask, case: str) -> Review:
    with app.app_context():
        return reviewed(db.session.get_one(ImportedCase, int(case.rsplit("/", 1)[1]))).review


def block(app: Flask, case: str, block_id: str) -> ReviewedBlock:
    found = review(app, case).block(block_id)
    assert found is not None
    return found


def press(
    client: PageClient, case: str, block_id: str, act: str, base: int = 1, **more: Any
) -> TestResponse:
    fields = {"block": block_id, "base": base, "act": act, **more}
    return client.submit(f"{case}/blocks", fields)


def row(html: str, block_id: str) -> str:
    """Return the part of a page that shows one block."""
    found = re.search(rf'<li class="block[^>]*id="{block_id}".*?</li>', html, re.S)
    assert found is not None, block_id
    return found[0]


def test_the_source_stands_beside_its_blocks(trainer: PageClient, case: str) -> None:
    html = trainer.get(case).text
    assert 'href="#line-0-4"' in row(html, "b4")
    line = re.search(r'<p class="source-line" id="line-0-4">.*?</p>', html, re.S)
    assert line is not None
    assert 'href="#b4"' in line[0]
    assert "OFFICIAL" in html
    assert "A protective marking of the page." in html
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert anchors <= set(re.findall(r'id="([^"]+)"', html))


def test_coverage_is_counted_in_words(trainer: PageClient, case: str) -> None:
    blocks = text_case().blocks
    words = sum(len(block.text.split()) for block in blocks)
    html = trainer.get(case).text
    assert f"{words - 4} of {words + 1} words placed" in html
    assert re.search(r"</svg>4 not placed", html)
    assert re.search(r"</svg>1 left out, <a", html)
    press(trainer, case, "b4", "drop", reason="x", **SAVED)
    dropped = len(blocks[3].text.split())
    assert re.search(rf"</svg>{dropped} dropped", trainer.get(case).text)


def test_what_needs_a_look_can_be_seen_alone(trainer: PageClient, case: str) -> None:
    html = trainer.get(f"{case}?only=look").text
    assert "in the middle of a sentence" in row(html, "b7")
    assert "could not tell what this is" in row(html, "b8")
    assert 'id="b4"' not in html
    press(trainer, case, "b7", "confirm")
    html = trainer.get(f"{case}?only=look").text
    assert 'id="b7"' not in html
    assert 'id="b8"' in html
    assert "Not placed: 1 block" in html


def test_a_save_returns_to_the_block_and_names_the_act(
    app: Flask, trainer: PageClient, case: str
) -> None:
    sent = {**SAVED, "use": "extract", "when": "At  7.15pm", "known": "then"}
    answer = press(trainer, case, "b4", "save", **sent)
    assert answer.location == f"{case}?at=b4#b4"
    shown = row(trainer.get(answer.location).text, "b4")
    assert "Last act, by Trainer: Made “At about 7.15pm" in shown
    assert "Known then" in shown
    made = block(app, case, "b4")
    assert (made.use.value, made.when, made.known and made.known.value) == (
        "extract", "At 7.15pm", "then",
    )  # fmt: skip


def test_a_block_is_split_at_a_chosen_sentence_and_joined_again(
    app: Flask, trainer: PageClient, case: str
) -> None:
    html = trainer.get(f"{case}?open=b4").text
    assert "1. … November 2019 Ms G rang 101 from a bridge." in html
    answer = press(trainer, case, "b4", "split", after="1", **SAVED)
    assert answer.location == f"{case}?open=b4&at=b4#b4"
    assert block(app, case, "b15").text == "She said that it shook. The call was closed."
    press(trainer, case, "b4", "merge", base=2, **SAVED)
    assert block(app, case, "b4").text == text_case().blocks[3].text


def test_a_dropped_block_keeps_its_reason_and_comes_back(
    app: Flask, trainer: PageClient, case: str
) -> None:
    press(trainer, case, "b4", "drop", reason="Names a witness.", **SAVED)
    assert "Dropped: Names a witness." in row(trainer.get(case).text, "b4")
    press(trainer, case, "b4", "back", base=2)
    assert block(app, case, "b4").kept


def test_dropping_without_a_reason_is_refused_beside_the_field_and_typing_kept(
    app: Flask, trainer: PageClient, case: str
) -> None:
    sent = {**SAVED, "under": "My own heading"}
    answer = press(trainer, case, "b4", "drop", reason=" ", **sent)
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert 'value="My own heading"' in answer.text
    assert block(app, case, "b4").kept


def test_the_buttons_save_what_was_typed_beside_them(
    app: Flask, trainer: PageClient, case: str
) -> None:
    press(trainer, case, "b6", "up", **{**SAVED, "when": "Later"})
    made = review(app, case)
    assert [one.id for one in made.blocks[3:6]] == ["b4", "b6", "b5"]
    assert block(app, case, "b6").when == "Later"
    press(trainer, case, "b6", "down", base=2, **{**SAVED, "when": "Later"})
    assert [one.id for one in review(app, case).blocks[3:6]] == ["b4", "b5", "b6"]


@pytest.mark.parametrize(
    ("act", "block_id", "sentence"),
    [
        ("split", "b5", "Choose a sentence that another one follows"),
        ("merge", "b14", "No block follows this one"),
        ("merge", "b3", "A heading is not joined with what is none"),
        ("up", "b1", "is the first one already"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    app: Flask, trainer: PageClient, case: str, act: str, block_id: str, sentence: str
) -> None:
    use = block(app, case, block_id).use.value
    answer = press(trainer, case, block_id, act, after="7", **{**SAVED, "use": use})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert review(app, case).before is None


def test_the_blocks_alike_below_a_heading_are_changed_together(
    app: Flask, trainer: PageClient, case: str
) -> None:
    before = review(app, case)
    answer = press(trainer, case, "b5", "save", **{**SAVED, "use": "finding", "rest": "y"})
    assert "and 2 more below its heading finding" in trainer.get(answer.location).text
    made = [one.use.value for one in review(app, case).blocks[3:9]]
    assert made == ["story", "finding", "finding", "finding", "not placed", "heading"]
    assert review(app, case).blocks[5].when == before.blocks[5].when
    trainer.submit(f"{case}/undo", {"base": 2, "block": "b5"})
    assert review(app, case).blocks == before.blocks
    refused = press(trainer, case, "b5", "save", base=3, **{**SAVED, "use": "heading", "rest": "y"})
    assert refused.status_code == 422
    assert "Headings are made one by one" in refused.text


def test_what_blocks_are_is_set_from_the_list(app: Flask, trainer: PageClient, case: str) -> None:
    shown = row(trainer.get(case).text, "b4")
    assert re.search(r'<select[^>]* name="use-b4" form="uses"', shown)
    assert '<option value="story" selected>' in shown
    sent = {"base": 1, "use-b4": "story", "use-b6": "outcome", "use-b8": "extract", "at": "b8"}
    answer = trainer.submit(f"{case}/uses", {**sent, "use-b5": "made-up"})
    assert answer.location == f"{case}?at=b8#b8"
    assert "Changed what 2 blocks are" in row(trainer.get(answer.location).text, "b8")
    made = [block(app, case, name) for name in ("b4", "b5", "b6", "b8")]
    assert [one.use.value for one in made] == ["story", "story", "outcome", "extract"]
    assert made[2].known is Known.LATER
    again = trainer.submit(f"{case}/uses", {"base": 2, "use-b6": "outcome"}, follow_redirects=True)
    assert "Nothing was changed." in again.text


def test_two_trainers_set_what_one_block_is(
    app: Flask, trainer: PageClient, second: PageClient, case: str
) -> None:
    trainer.submit(f"{case}/uses", {"base": 1, "use-b5": "finding"})
    sent = {"base": 1, "use-b5": "outcome", "use-b6": "finding", "use-b4": "story"}
    html = second.submit(f"{case}/uses", sent, follow_redirects=True).text
    assert "Somebody else made “she had rung twice before” finding meanwhile." in html
    assert "Yours was not saved: outcome." in html
    assert [block(app, case, name).use.value for name in ("b5", "b6")] == ["finding", "finding"]


def test_changing_blocks_together_is_refused_when_one_of_them_changed(
    app: Flask, trainer: PageClient, second: PageClient, case: str
) -> None:
    press(trainer, case, "b6", "save", **{**SAVED, "when": "8pm"})
    answer = press(second, case, "b5", "save", **{**SAVED, "use": "finding", "rest": "y"})
    assert answer.status_code == 409
    assert block(app, case, "b5").use.value == "story"


@pytest.mark.parametrize("field", ["use", "known"])
def test_a_choice_that_no_page_offers_is_refused(
    trainer: PageClient, case: str, field: str
) -> None:
    answer = press(trainer, case, "b4", "save", **{**SAVED, field: "made-up"})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_a_button_that_no_page_has_is_refused(trainer: PageClient, case: str) -> None:
    assert press(trainer, case, "b4", "explode").status_code == 400


def test_two_trainers_on_one_block(
    app: Flask, trainer: PageClient, second: PageClient, case: str
) -> None:
    press(trainer, case, "b4", "save", **{**SAVED, "when": "7pm"})
    answer = press(second, case, "b4", "save", **{**SAVED, "when": "8pm"})
    assert answer.status_code == 409
    assert "It is now: story, under “Overview of incident”, when: 7pm" in answer.text
    assert 'value="8pm"' in answer.text
    assert block(app, case, "b4").when == "7pm"
    assert 'name="base" value="2"' in answer.text
    press(second, case, "b4", "save", base=2, **{**SAVED, "when": "8pm"})
    assert block(app, case, "b4").when == "8pm"


def test_two_trainers_on_two_blocks_and_the_undo_of_each(
    app: Flask, trainer: PageClient, second: PageClient, case: str
) -> None:
    press(trainer, case, "b4", "drop", reason="One.", **SAVED)
    press(second, case, "b6", "drop", reason="Two.", **SAVED)
    assert not block(app, case, "b4").kept
    assert not block(app, case, "b6").kept
    answer = trainer.submit(f"{case}/undo", {"base": 2}, follow_redirects=True)
    assert "The last act is another one meanwhile" in answer.text
    assert "Last act, by Second Trainer: Dropped “Three weeks later" in answer.text
    answer = trainer.submit(f"{case}/undo", {"base": 3, "block": "b6"})
    assert answer.location == f"{case}?at=b6&undone=1#b6"
    assert "Undone." in row(trainer.get(answer.location).text, "b6")
    assert block(app, case, "b6").kept
    assert not block(app, case, "b4").kept


def test_an_act_on_a_block_that_was_joined_away_says_so(trainer: PageClient, case: str) -> None:
    press(trainer, case, "b4", "merge", **SAVED)
    answer = press(trainer, case, "b5", "confirm", base=1)
    assert answer.status_code == 303
    assert "That block is no longer there" in trainer.get(answer.location).text


def test_what_was_left_out_can_be_made_a_block_once(
    app: Flask, trainer: PageClient, case: str
) -> None:
    answer = trainer.submit(f"{case}/left-out", {"base": 1, "left": 0})
    assert answer.location == f"{case}?open=b15&at=b15#b15"
    assert block(app, case, "b15").text == "OFFICIAL"
    assert "Nothing was left out" in trainer.get(case).text
    again = trainer.submit(f"{case}/left-out", {"base": 1, "left": 0}, follow_redirects=True)
    assert "among the blocks already" in again.text


def test_a_forged_press_changes_nothing(app: Flask, trainer: PageClient, case: str) -> None:
    answer = trainer.post(f"{case}/blocks", data={"block": "b7", "base": 1, "act": "confirm"})
    assert answer.status_code == 400
    assert review(app, case).before is None


def keep(app: Flask, cast: Cast, document: CaseDocument) -> str:
    with app.app_context():
        made = imported(document, force_id=cast.north, by=cast.trainer, at=now_utc())
        db.session.commit()
        return f"/cases/{made.id}"


def test_a_long_case_asks_no_more_than_a_short_one_and_stays_small(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    asked = []
    for count in (5, 200):
        case = keep(app, cast, many_blocks(count))
        press(trainer, case, "b1", "confirm")
        for address in (case, f"{case}?open=b3", f"{case}/timeline", f"{case}/about"):
            with counted_queries(app) as statements:
                page = trainer.get(address)
            asked.append(len(statements))
            assert len(page.data) < 500_000, address
    assert asked[:4] == asked[4:]
    assert max(asked) <= 12


def test_a_case_of_pages_shows_them_by_their_numbers(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    html = trainer.get(keep(app, cast, many_blocks(120))).text
    assert re.findall(r'class="source-page">(Page \d)', html) == ["Page 1", "Page 2", "Page 3"]
    assert 'href="#line-2-1"' in row(html, "b51")
