"""A trainer at her desk: a draft of her force, and what its pages say."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask import Flask

from app.db import db, now_utc
from app.drafting import drafting, parts
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of
from tests.cast import Cast
from tests.factories.modules import plain_module


def begun(app: Flask, cast: Cast, document: dict[str, Any] | None = None) -> int:
    """Begin a draft of the trainer's force, committed; return its id."""
    with app.app_context():
        draft = drafting.start(
            document or plain_module(), force_id=cast.north, by=cast.trainer, at=now_utc(),
            what="Began.",
        )  # fmt: skip
        db.session.commit()
        return draft.id


def newest(app: Flask, draft_id: int) -> dict[str, Any]:
    """Return the document as it stands."""
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        return revision_of(draft_id, draft.head).document


def head(app: Flask, draft_id: int) -> int:
    """Return the number of the newest revision."""
    with app.app_context():
        return db.session.get_one(ModuleDraft, draft_id).head


def items_of(app: Flask, draft_id: int, stage: int = 0) -> list[str]:
    """Return the ids of the items of a stage in order."""
    return [item["id"] for item in newest(app, draft_id)["stages"][stage]["items"]]


def retold(app: Flask, draft_id: int, item: str, text: str, by: int) -> None:
    """Let somebody save the text of an item behind this person's back."""
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        part = parts.part_of(revision_of(draft_id, draft.head).document, f"item.{item}")
        drafting.save_part(
            draft, f"item.{item}", part | {"text": text}, base=draft.head, by=by, at=now_utc(),
            what="Edited.",
        )  # fmt: skip
        db.session.commit()


def delete_behind(app: Flask, draft_id: int, address: str, by: int) -> None:
    """Let somebody delete a part behind this person's back."""
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        drafting.revise(
            draft, lambda document: parts.removed(document, address), by=by, at=now_utc(),
            what="Deleted.",
        )  # fmt: skip
        db.session.commit()


def words(html: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
