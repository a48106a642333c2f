"""The form of a part as a browser has it: what stands in it, and sending it."""

from __future__ import annotations

from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from app.drafting import parts
from tests.browser import PageClient
from tests.pages.drafting.desk import newest, words

Form = dict[str, list[str]]


def form_on(html: str) -> Form:
    """Return what a browser would send of the part's form as it stands, without its button."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    form = next(f for f in tree.iter("form") if f.get("data-editor") is not None)
    found: Form = {}
    for control in form.iter():
        name, kind = control.get("name"), control.get("type")
        if control.tag == "button" or not name or name == "csrf_token":
            continue
        if kind in ("radio", "checkbox") and control.get("checked") is None:
            continue
        if control.tag == "textarea":
            value = control.text or ""
        elif control.tag == "select":
            chosen = [o for o in control.iter("option") if o.get("selected") is not None]
            value = chosen[0].get("value") if chosen else ""
        elif control.tag == "input":
            value = control.get("value") or ""
        else:
            continue
        found.setdefault(name, []).append(value)
    return found


def url(draft: int, part: str = "item.q1") -> str:
    return f"/drafts/{draft}/parts/{part}"


def opened(trainer: PageClient, draft: int, part: str = "item.q1") -> Form:
    answer = trainer.get(url(draft, part))
    assert answer.status_code == 200
    return form_on(answer.get_data(as_text=True))


def send(
    trainer: PageClient, draft: int, form: Form, do: str = "save", part: str = "item.q1",
    **more: Any,
) -> TestResponse:  # fmt: skip
    return trainer.submit(url(draft, part), {**form, "do": do}, **more)


def part_now(app: Flask, draft: int, part: str = "item.q1") -> dict[str, Any]:
    return parts.part_of(newest(app, draft), part)


def told(answer: TestResponse) -> str:
    return words(answer.get_data(as_text=True))
