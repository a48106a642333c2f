"""Two trainers at the same moment on one draft: both texts are kept, or one of them is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db, now_utc
from app.drafting import drafting, parts
from app.drafting.drafting import ChangedMeanwhile, Finished, set_aside
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.queries import revision_of
from tests.at_once import Act, at_once
from tests.cast import Cast
from tests.factories.modules import plain_module

ROUNDS = range(3)


@pytest.fixture
def draft_id(app: Flask, cast: Cast) -> int:
    """A committed draft with one revision."""
    with app.app_context():
        draft = drafting.start(
            plain_module(), force_id=cast.north, by=cast.trainer, at=now_utc(), what="Began."
        )
        db.session.commit()
        return draft.id


def saving(draft_id: int, by: int, item: str, text: str) -> Act:
    """Return the act of typing into one item that was opened at the first revision."""

    def act(meet: Callable[[], None]) -> None:
        draft = db.session.get_one(ModuleDraft, draft_id)
        part = parts.part_of(revision_of(draft_id, 1).document, f"item.{item}") | {"text": text}
        meet()
        drafting.save_part(draft, f"item.{item}", part, base=1, by=by, at=now_utc(), what="Edited.")

    return act


def numbers_and_texts(app: Flask, draft_id: int) -> tuple[list[int], dict[str, str]]:
    """Return the numbers of all revisions, and the texts of the newest."""
    with app.app_context():
        query = sa.select(DraftRevision.number).where(DraftRevision.draft_id == draft_id)
        numbers = list(db.session.scalars(query.order_by(DraftRevision.number)))
        head = db.session.get_one(ModuleDraft, draft_id).head
        items = revision_of(draft_id, head).document["stages"][0]["items"]
        return numbers, {item["id"]: item["text"] for item in items if "text" in item}


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_parts_saved_at_once_are_both_kept(
    app: Flask, cast: Cast, draft_id: int, _round: int
) -> None:
    raised = at_once(
        app,
        saving(draft_id, cast.trainer, "t1", "Hers"),
        saving(draft_id, cast.officer, "t2", "His"),
        saving(draft_id, cast.manager, "t3", "Theirs"),
    )
    assert raised == [None, None, None]
    numbers, texts = numbers_and_texts(app, draft_id)
    assert numbers == [1, 2, 3, 4]
    assert texts == {"t1": "Hers", "t2": "His", "t3": "Theirs"}


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_part_saved_by_two_at_once_tells_the_second(
    app: Flask, cast: Cast, draft_id: int, _round: int
) -> None:
    raised = at_once(
        app,
        saving(draft_id, cast.trainer, "t1", "Hers"),
        saving(draft_id, cast.officer, "t1", "His"),
    )
    told = [error for error in raised if error is not None]
    assert [type(error) for error in told] == [ChangedMeanwhile]
    numbers, texts = numbers_and_texts(app, draft_id)
    assert numbers == [1, 2]
    assert isinstance(told[0], ChangedMeanwhile)
    assert told[0].theirs["text"] == texts["t1"]
    assert texts["t1"] == ("His" if raised[0] else "Hers")


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_draft_set_aside_while_somebody_saves_ends_one_way_or_the_other(
    app: Flask, cast: Cast, draft_id: int, _round: int
) -> None:
    def setting_aside(meet: Callable[[], None]) -> None:
        draft = db.session.get_one(ModuleDraft, draft_id)
        meet()
        set_aside(draft, by=cast.trainer, at=now_utc())

    raised = at_once(app, setting_aside, saving(draft_id, cast.trainer, "t1", "Hers"))
    assert raised[0] is None
    numbers, texts = numbers_and_texts(app, draft_id)
    saved = (numbers, texts["t1"])
    if raised[1] is None:
        assert saved == ([1, 2], "Hers")
    else:
        assert isinstance(raised[1], Finished)
        assert saved == ([1], "The beginning.")
