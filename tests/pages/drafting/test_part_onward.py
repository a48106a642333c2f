"""Where a save leads: back with the same rows open, or on to what is to do next."""

from __future__ import annotations

import re

from flask import Flask

from app.drafting.views.part_onward import next_to_do
from tests.browser import PageClient
from tests.cast import Cast
from tests.factories.modules import plain_module
from tests.pages.drafting.desk import begun, newest
from tests.pages.drafting.part_form import opened, part_now, send, told, url


def open_rows(html: str) -> list[int]:
    """Return the options that stand unfolded on a page."""
    return [int(n) for n in re.findall(r'id="field-options-(\d)" data-row="text" open', html)]


def unfinished(app: Flask, cast: Cast) -> int:
    """Begin a draft in which three things are to do, in the first, third and last part of it."""
    document = plain_module()
    document["stages"][0]["items"][0].pop("text")
    document["stages"][0]["items"][1]["options"][2].pop("feedback", None)
    document["stages"][0]["items"][1]["options"][2].pop("text")
    document["stages"][3]["items"] = []
    return begun(app, cast, document)


def test_the_rows_that_were_open_or_changed_are_open_again(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft) | {"left-open": ["options.0"]}
    form["options.2.text"] = ["Changed here"]
    answer = send(trainer, draft, form)
    assert open_rows(trainer.get(answer.location).get_data(as_text=True)) == [0, 2]
    form = opened(trainer, draft) | {"left-open": ["options.0,options.9,nonsense,options.x"]}
    answer = send(trainer, draft, form, "down:options.0")
    assert open_rows(trainer.get(answer.location).get_data(as_text=True)) == [1]
    form = opened(trainer, draft) | {"left-open": ["options.0,options.2"]}
    answer = send(trainer, draft, form, "remove:options.1")
    assert open_rows(trainer.get(answer.location).get_data(as_text=True)) == [0, 1]


def test_what_stands_open_is_sent_with_the_next_save(trainer: PageClient, draft: int) -> None:
    html = trainer.get(f"{url(draft)}?open=options.0,options.1").get_data(as_text=True)
    assert open_rows(html) == [0, 1]
    assert 'name="left-open" value="options.0,options.1"' in html


def test_a_save_with_something_to_mend_is_one_message(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft) | {"place": ["nowhere"]}
    page = trainer.get(send(trainer, draft, form).location)
    assert "Saved, with 1 thing to mend" in told(page)
    assert "Saved at" not in told(page)
    form["place"] = ["Overview, 1"]
    form["base"] = ["2"]
    page = trainer.get(send(trainer, draft, form).location)
    assert "Saved at" in told(page)
    assert "to mend" not in told(page)


def test_the_script_is_told_what_is_left_and_what_is_to_mend(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft) | {"place": ["nowhere"], "explanation": [""]}
    said = send(trainer, draft, form, headers={"X-Autosave": "1"}).get_json()
    assert (said["mend"], said["left"]) == (1, 1)
    assert "Saved, with 1 thing to mend" in said["summary"]
    assert 'href="#field-place"' in said["summary"]
    assert "title" not in said


def test_a_press_of_save_in_place_names_the_module(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    form = opened(trainer, draft, "settings") | {"title": ["Late at the desk"], "slug": [""]}
    form["pressed"] = ["1"]
    said = send(trainer, draft, form, part="settings", headers={"X-Autosave": "1"}).get_json()
    assert said["slug"] == "late-at-the-desk"
    assert said["title"] == "Settings"
    assert part_now(app, draft, "settings")["slug"] == "late-at-the-desk"


def test_one_button_leads_from_each_thing_to_do_to_the_next(
    app: Flask, cast: Cast, trainer: PageClient
) -> None:
    draft = unfinished(app, cast)
    assert "Save, and next to do (3 left)" in told(trainer.get(url(draft, "settings")))
    form = opened(trainer, draft, "settings")
    led = send(trainer, draft, form, "todo", part="settings").location
    assert led == f"{url(draft, 'item.t1')}#field-text"
    led = send(trainer, draft, opened(trainer, draft, "item.t1"), "todo", part="item.t1").location
    assert led == f"{url(draft)}?open=options.2#field-options-2-text"
    led = send(trainer, draft, opened(trainer, draft), "todo").location
    assert led == f"/drafts/{draft}#stage-fourth"
    form = opened(trainer, draft, "stage.fourth")
    led = send(trainer, draft, form, "todo", part="stage.fourth").location
    assert led == f"{url(draft, 'item.t1')}#field-text"


def test_a_part_with_the_only_thing_to_do_leads_to_itself_and_then_to_the_checks(
    app: Flask, trainer: PageClient, draft: int
) -> None:
    assert "next to do" not in told(trainer.get(url(draft)))
    form = opened(trainer, draft) | {"explanation": [""]}
    led = send(trainer, draft, form, "todo").location
    assert led == f"{url(draft)}#field-explanation"
    form = opened(trainer, draft) | {"explanation": ["So it is."]}
    led = send(trainer, draft, form, "todo").location
    assert led == f"/drafts/{draft}/checks"
    assert "Nothing is to do in this draft any more." in told(trainer.get(led))


def test_nothing_to_do_leads_nowhere(app: Flask, draft: int) -> None:
    assert next_to_do(newest(app, draft), "settings", ()) is None
