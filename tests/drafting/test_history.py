"""Saves that follow each other are one row of the history, and no save is in two or in none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.db import db
from app.drafting.drafting import start
from app.drafting.history import MOST_IN_A_RUN, runs_of, saved_since
from app.drafting.models import DraftRevision, ModuleDraft
from tests.cast import Cast
from tests.factories.modules import plain_module

BEGUN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def draft(session, cast: Cast) -> ModuleDraft:
    """A draft with its first revision, beside another that was saved at the same time."""
    for _each in range(2):
        made = start(plain_module(), force_id=cast.north, by=cast.trainer, at=BEGUN, what="Began.")
    return made


def saved(
    draft: ModuleDraft, minutes: float, by: int | None, part: str | None = "item.t1",
    what: str = "Edited.",
) -> None:  # fmt: skip
    """Add a save so many minutes after the draft was begun."""
    draft.head += 1
    db.session.add(
        DraftRevision(
            draft_id=draft.id, number=draft.head, parent=draft.head - 1, saved_by=by,
            saved_at=BEGUN + timedelta(minutes=minutes), what=what, part=part, title="T",
            packed=b"", digest="d",
        )
    )  # fmt: skip
    db.session.flush()


def numbers(draft: ModuleDraft) -> list[list[int]]:
    return [[save.number for save in run.saves] for run in runs_of(draft.id, 1)[1]]


def test_one_persons_saves_within_minutes_are_one_row(cast: Cast, draft: ModuleDraft) -> None:
    for minutes in (1, 5, 15):
        saved(draft, minutes, cast.trainer)
    saved(draft, 25.5, cast.trainer)
    saved(draft, 26, cast.colleague)
    saved(draft, 26.5, cast.trainer)
    assert numbers(draft) == [[7], [6], [5], [4, 3, 2], [1]]


def test_a_row_ends_after_half_an_hour_and_after_a_hundred(cast: Cast, draft: ModuleDraft) -> None:
    for minutes in (0, 9, 18, 27, 36):
        saved(draft, minutes, cast.trainer)
    assert numbers(draft) == [[6, 5, 4, 3], [2], [1]]
    for number in range(MOST_IN_A_RUN + 1):
        saved(draft, 100 + number / 100, cast.trainer)
    assert [len(run) for run in numbers(draft)] == [MOST_IN_A_RUN, 1, 4, 1, 1]


def test_what_changed_the_whole_draft_stands_alone(cast: Cast, draft: ModuleDraft) -> None:
    saved(draft, 1, cast.trainer)
    saved(draft, 2, cast.trainer, part=None, what="Restored revision 1.")
    saved(draft, 3, cast.trainer)
    assert numbers(draft) == [[4], [3], [2], [1]]


def test_a_row_says_of_each_part_what_was_last_done(cast: Cast, draft: ModuleDraft) -> None:
    saved(draft, 1, cast.trainer, what="Edited “W”.")
    saved(draft, 2, cast.trainer, part="item.t2", what="Edited “Other”.")
    saved(draft, 3, cast.trainer, what="Edited “Words”.")
    run = runs_of(draft.id, 1)[1][0]
    assert set(run.whats) == {"Edited “Words”.", "Edited “Other”."}
    assert (run.newest.number, run.oldest.number) == (4, 2)
    assert [save.number for save in saved_since(draft.id, 2)] == [4, 3]


def test_every_save_is_in_one_row_of_one_page(cast: Cast, draft: ModuleDraft) -> None:
    for number in range(80):
        saved(draft, number * 4, cast.trainer if number % 5 else cast.colleague)
    page = runs_of(draft.id, 1)[0]
    assert page.pages > 1
    met = [
        save.number
        for number in range(1, page.pages + 1)
        for run in runs_of(draft.id, number)[1]
        for save in run.saves
    ]
    assert met == list(range(81, 0, -1))
