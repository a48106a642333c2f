"""The page of a part: all of it can be changed, and the script is told the truth."""

from __future__ import annotations

import re

import pytest
import yaml
from flask import Flask

from app.checking.drafts import check_draft
from app.config import ROOT
from app.db import db, now_utc
from app.drafting import parts
from app.drafting.links import link_to
from app.drafting.parts import addresses
from app.importing.queries import reviewed
from app.importing.source import source_text
from tests.browser import PageClient
from tests.cast import Cast
from tests.counting import counted_queries
from tests.factories.cases import imported, text_case
from tests.pages.drafting.desk import begun, head, newest
from tests.pages.drafting.part_form import form_on, opened, part_now, send, told, url


def test_every_page_of_every_module_sends_back_what_stands(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    path = ROOT / "content" / "the-first-call.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    draft = begun(app, cast, document)
    for part in addresses(document):
        answer = send(trainer, draft, opened(trainer, draft, part), part=part)
        assert answer.status_code == 303, part
    assert newest(app, draft) == document
    assert head(app, draft) == 1


def test_what_is_typed_is_saved_valid_or_not(app: Flask, trainer: PageClient, draft: int) -> None:
    form = opened(trainer, draft)
    form["prompt"] = ["Is it <b>so</b>?"]
    form["options.0.place"] = ["nowhere at all"]
    form["options.1.credit"] = ["", "part"]
    form["options.1.credit.part"] = ["two thirds"]
    form["options.2.text"] = [""]
    answer = send(trainer, draft, form)
    assert answer.status_code == 303
    now = part_now(app, draft)
    assert now["prompt"] == "Is it <b>so</b>?"
    assert now["options"][0]["place"] == "nowhere at all"
    assert now["options"][1]["credit"] == "two thirds"
    assert "text" not in now["options"][2]
    page = trainer.get(answer.location)
    html = page.get_data(as_text=True)
    assert "Saved, with 2 things to mend" in html
    assert "“nowhere at all” is not a place" in told(page)
    assert 'aria-describedby="field-options-0-place-hint field-options-0-place-notes"' in html
    assert form_on(html)["options.1.credit.part"] == ["two thirds"]


def test_what_is_said_of_a_row_opens_it_and_its_ids_stay(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    form["options.0.place"] = ["nowhere"]
    send(trainer, draft, form)
    html = trainer.get(url(draft)).get_data(as_text=True)
    assert re.search(r'id="field-options-0" data-row="text" open', html)
    assert not re.search(r'id="field-options-1" data-row="text" open', html)
    assert [row["id"] for row in part_now(app, draft)["options"]] == ["q1-a", "q1-b", "q1-c"]


@pytest.mark.parametrize(
    ("do", "order", "anchor"),
    [("add:options", "abc?", "field-options-3"), ("up:options.1", "bac", "field-options-0"),
     ("down:options.0", "bac", "field-options-1"), ("remove:options.0", "bc", "field-options-0")],
)  # fmt: skip
def test_a_button_in_a_list_saves_all_and_comes_back_to_the_row(
    app: Flask, trainer: PageClient, draft: int, do: str, order: str, anchor: str
) -> None:
    form = opened(trainer, draft)
    form["prompt"] = ["Typed before the press"]
    answer = send(trainer, draft, form, do)
    assert answer.status_code == 303
    assert answer.location.endswith(f"#{anchor}")
    now = part_now(app, draft)
    assert now["prompt"] == "Typed before the press"
    ids = [row["id"] for row in now["options"]]
    assert len(ids) == len(order)
    assert [one[-1] for one in ids[:3]] == [*order.strip("?")][:3]
    page = trainer.get(answer.location).get_data(as_text=True)
    assert re.search(rf'id="{anchor}" data-row="text" open', page)


def test_a_preview_shows_the_text_as_learners_read_it(trainer: PageClient, draft: int) -> None:
    form = opened(trainer, draft)
    form["options.1.feedback"] = ["It **is** so. <script>alert(1)</script>"]
    answer = send(trainer, draft, form, "preview:options.1.feedback")
    html = trainer.get(answer.location).get_data(as_text=True)
    assert "It <strong>is</strong> so." in html
    assert "<script>alert" not in html
    assert answer.location.endswith("#field-options-1-feedback")


def test_a_preview_of_what_is_not_there_shows_nothing(trainer: PageClient, draft: int) -> None:
    for name in ("options.99.feedback", "no.such", "options", "prompt.0", ""):
        assert trainer.get(f"{url(draft)}?preview={name}&open={name}").status_code == 200


def test_save_and_go_on_leads_to_the_next_part(trainer: PageClient, draft: int) -> None:
    answer = send(trainer, draft, opened(trainer, draft), "next")
    assert answer.location.endswith("/parts/item.t2")


def test_the_script_is_told_when_and_what_is_wrong(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    form["place"] = ["nowhere"]
    form["reasonable"] = ["A *word*"]
    answer = send(trainer, draft, form, "preview:reasonable", headers={"X-Autosave": "1"})
    said = answer.get_json()
    assert answer.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", said["saved"])
    assert said["revision"] == head(app, draft) == 2
    assert "is not a place" in said["problems"]["place"][0]
    assert "note-refuse" in said["notes"]["place"]
    assert "<em>word</em>" in said["preview"]


def test_a_save_by_the_script_without_its_token_is_refused_and_says_so(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    headers = {"X-Autosave": "1", "Accept": "application/json"}
    answer = trainer.post(url(draft), data={**form, "prompt": "Forged"}, headers=headers)
    assert answer.status_code == 400
    assert answer.get_json()["error"] == "stale-form"
    assert head(app, draft) == 1


def test_a_form_without_its_token_gives_the_text_back(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft)
    answer = trainer.post(url(draft), data={**form, "prompt": "My long thought of question"})
    assert answer.status_code == 400
    assert "My long thought of question" in answer.get_data(as_text=True)
    assert head(app, draft) == 1


@pytest.mark.parametrize("base", ["", "0", "7", "x", "99999999999"])
def test_a_form_of_no_revision_is_refused(
    app: Flask, trainer: PageClient, draft: int, base: str
) -> None:
    answer = trainer.submit(url(draft), {"base": base, "prompt": "Over everything"})
    assert answer.status_code == 400
    assert head(app, draft) == 1


def test_a_title_names_the_module_once_it_is_saved_by_hand(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft, "settings") | {"title": ["Late at the desk"], "slug": [""]}
    send(trainer, draft, form, part="settings", headers={"X-Autosave": "1"})
    assert not part_now(app, draft, "settings").get("slug")
    form = opened(trainer, draft, "settings")
    send(trainer, draft, form, part="settings")
    assert part_now(app, draft, "settings")["slug"] == "late-at-the-desk"
    form = opened(trainer, draft, "settings") | {"title": ["Early at the desk"]}
    send(trainer, draft, form, part="settings")
    assert part_now(app, draft, "settings")["slug"] == "late-at-the-desk"


def test_a_choice_that_always_means_something_is_not_said_to_stay_empty(
    trainer: PageClient, draft: int
) -> None:
    told_of = told(trainer.get(url(draft, "settings")))
    assert "Who may use it One part" in told_of
    assert "Topics (may stay empty)" in told_of


@pytest.mark.parametrize("part", ["item.nope", "stage.nope", "nope", "item.", "stages.0"])
def test_a_part_that_is_not_there_is_not_found(trainer: PageClient, draft: int, part: str) -> None:
    assert trainer.get(url(draft, part)).status_code == 404
    assert trainer.submit(url(draft, part), {"base": 1}).status_code == 404


@pytest.mark.parametrize("part", ["item.q1", "settings", "content-note", "sources"])
def test_a_page_asks_the_database_seldom(
    app: Flask, trainer: PageClient, draft: int, part: str
) -> None:
    trainer.get(url(draft, part))
    with counted_queries(app) as statements:
        trainer.get(url(draft, part))
    assert len(statements) <= 12


def test_a_half_written_draft_has_a_page_for_each_part(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    kinds = [{"id": f"i-{kind}", "kind": kind} for kind in (*parts.KINDS, "unheard-of")]
    broken = {"id": "broken", "kind": "single", "options": "none", "then": [None], "outcome": 3}
    document = {"slug": "", "title": "", "stages": [{"id": "s", "items": [*kinds, broken]}]}
    draft = begun(app, cast, document)
    for part in addresses(document):
        answer = trainer.get(url(draft, part))
        assert answer.status_code == 200, part


def test_every_finding_leads_to_something_on_its_page(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    path = ROOT / "content" / "the-first-call.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    document["practise"].append("x" * 600)
    for stage in document["stages"]:
        for item in stage["items"]:
            item["place"] = "nowhere"
            item["needs"] = ["gone"]
            for row in (*item.get("options", ()), *item.get("model_points", ())):
                row["basis"], row["id"], row["place"] = "hearsay", "Not An Id", ""
    draft, pages = begun(app, cast, document), {}
    for finding in check_draft(document, {}):
        address, anchor = link_to(document, finding.path)
        if address:
            if address not in pages:
                pages[address] = trainer.get(url(draft, address)).get_data(as_text=True)
            assert f'id="{anchor}"' in pages[address], (address, finding.path)
    assert len(pages) > 20


def test_a_part_leads_to_its_deletion_and_settings_do_not(trainer: PageClient, draft: int) -> None:
    assert "Delete this part" in told(trainer.get(url(draft)))
    assert "Delete this part" not in told(trainer.get(url(draft, "settings")))


def test_what_is_to_do_in_an_empty_list_leads_to_a_field(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    reflection = {"id": "r", "kind": "reflection", "prompt": "What would you have asked?"}
    draft = begun(app, cast, {"stages": [{"id": "s", "items": [reflection]}]})
    form = opened(trainer, draft, "item.r")
    assert form["model_points.0.text"] == [""]
    assert send(trainer, draft, form, part="item.r").status_code == 303
    assert head(app, draft) == 1
    form["model_points.0.text"] = ["How she was"]
    send(trainer, draft, form, part="item.r")
    assert part_now(app, draft, "item.r")["model_points"] == [{"text": "How she was"}]
    form = opened(trainer, draft, "item.r")
    answer = send(trainer, draft, form, "add:model_points", part="item.r")
    assert answer.location.endswith("#field-model_points-1")


def test_the_source_shows_what_is_cited_and_what_is_not_to_be_cited(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    with app.app_context():
        case = imported(text_case(), force_id=cast.north, by=cast.trainer, at=now_utc())
        sha256, headings = case.sha256, list(source_text(reviewed(case))[1])
        db.session.commit()
    source = {"id": "case", "title": "A bridge", "sha256": sha256, "headings": headings}
    item = {"id": "t", "kind": "text", "text": "It shook.",
            "place": "; ".join(f"Overview of incident, {n}" for n in (1, 2, 3))}  # fmt: skip
    document = {"sources": [source], "stages": [{"id": "s", "items": [item]}]}
    draft = begun(app, cast, document)
    answer = trainer.get(url(draft, "item.t"))
    html = answer.get_data(as_text=True)
    assert "Cited here: Overview of incident, 1 to 3" in told(answer)
    led = re.search(r'href="#(source-[0-9-]+)"', html)
    assert led
    assert f'class="source-paragraph cited" id="{led[1]}" value="1"' in html
    gone = html[html.index("source-gone") :]
    assert "OFFICIAL" in gone[: gone.index("</li>")]
    assert "Not to be cited: left out of the case." in gone[: gone.index("</li>")]
    assert "data-cite" not in gone[: gone.index("</li>")]
    assert re.search(r'<textarea[^>]* name="place"[^>]* data-place>', html)


@pytest.mark.parametrize(("sha256", "leads"), [("c" * 64, True), (None, False)])
def test_a_source_whose_text_is_not_at_hand_leads_to_its_import(
    app: Flask, cast: Cast, trainer: PageClient, sha256: str | None, leads: bool
) -> None:
    source = {"id": "case", "title": "A bridge", "sha256": sha256}
    stage = {"id": "s", "items": [{"id": "t", "kind": "text"}]}
    draft = begun(app, cast, {"sources": [source], "stages": [stage]})
    html = trainer.get(url(draft, "item.t")).get_data(as_text=True)
    assert "Its text is not at hand." in html
    assert ('<a href="/cases/new">Import the same document</a>' in html) is leads
