"""Who is told of which draft: the second trainer, then the author, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Unit
from app.accounts.permissions import Role
from app.authoring import publishing, reviewing
from app.authoring.waiting import Wanted, waiting_for
from app.db import db
from app.drafting.drafting import revise, set_aside
from app.drafting.models import ModuleDraft
from app.drafting.queries import Standing, last_word, standing_of
from tests.authoring.reviewed import AT, LATER, draft_of, path_of, second_trainer
from tests.cast import Cast, make_person
from tests.counting import counted_queries


def told(cast: Cast, person: int, force: str = "north") -> list[tuple[str, str | None]]:
    """Return what a person of a force is told."""
    found = waiting_for(cast.units[force], person)
    return [(each.wanted.value, each.who) for each in found]


@pytest.fixture
def second(session, cast: Cast) -> int:
    return second_trainer(cast)


@pytest.fixture
def draft(session, cast: Cast, second: int) -> ModuleDraft:
    """A draft asked to be reviewed, in the noise of one that is not and of a finished one."""
    draft_of(cast, slug="noise")
    gone = draft_of(cast, slug="gone")
    found = draft_of(cast)
    for each in (gone, found):
        reviewing.ask_for_review(each, by=cast.trainer, at=AT)
    set_aside(gone, by=cast.trainer, at=AT)
    return found


def sign(draft: ModuleDraft, by: int, *, approved: bool) -> None:
    reviewing.sign_off(draft, revision=draft.head, approved=approved, note="N.", by=by, at=LATER)


def test_a_draft_that_is_asked_for_waits_for_everybody_who_may_sign_it(
    cast: Cast, draft: ModuleDraft, second: int
) -> None:
    assert told(cast, second) == [(Wanted.SIGN_OFF.value, "Trainer")]
    assert told(cast, cast.trainer) == []
    assert told(cast, second, "south") == []
    revise(draft, lambda d: d | {"title": "Hers"}, by=second, at=LATER, what="Changed.")
    assert told(cast, second) == [], "she saved it last, so she does not sign it"


def test_whoever_wrote_some_of_it_is_told_only_where_nobody_else_could_sign(
    cast: Cast, draft: ModuleDraft, second: int
) -> None:
    for by in (second, cast.trainer):
        revise(draft, lambda d, by=by: d | {"title": f"By {by}"}, by=by, at=LATER, what="Changed.")
    assert told(cast, second) == [(Wanted.SIGN_OFF.value, "Trainer")], "there is nobody else"
    third = make_person(
        "third", db.session.get_one(Unit, cast.north),
        roles=((Role.TRAINER, db.session.get_one(Unit, cast.north)),),
    )  # fmt: skip
    assert told(cast, second) == []
    assert told(cast, third.id) == [(Wanted.SIGN_OFF.value, "Trainer")]


def test_changes_asked_for_wait_for_the_author_until_she_asks_again(
    cast: Cast, draft: ModuleDraft, second: int
) -> None:
    sign(draft, second, approved=False)
    assert told(cast, cast.trainer) == [(Wanted.CHANGES.value, "Second Trainer")]
    assert told(cast, second) == []
    revise(draft, lambda d: d | {"title": "Mended"}, by=cast.trainer, at=LATER, what="Changed.")
    assert told(cast, cast.trainer) == [(Wanted.CHANGES.value, "Second Trainer")]
    again = LATER + timedelta(hours=1)
    reviewing.ask_for_review(draft, by=cast.trainer, at=again)
    assert told(cast, cast.trainer) == []
    assert told(cast, second) == [(Wanted.SIGN_OFF.value, "Trainer")]
    assert draft.asked_revision == 2


def test_one_may_ask_again_without_a_change(cast: Cast, draft: ModuleDraft, second: int) -> None:
    sign(draft, second, approved=False)
    reviewing.ask_for_review(draft, by=cast.trainer, at=LATER + timedelta(hours=1))
    assert standing_of(draft, last_word(draft.id)) is Standing.IN_REVIEW


def test_what_is_approved_waits_for_the_author_until_it_is_published(
    cast: Cast, draft: ModuleDraft, second: int
) -> None:
    sign(draft, second, approved=True)
    assert told(cast, cast.trainer) == [(Wanted.PUBLISH.value, "Second Trainer")]
    assert told(cast, second) == []
    publishing.publish_draft(
        draft, revision=1, by=cast.trainer, paths=[path_of(cast.north)], at=LATER
    )
    assert told(cast, cast.trainer) == []


def test_an_approval_that_an_edit_undid_waits_for_the_second_trainer_again(
    cast: Cast, draft: ModuleDraft, second: int
) -> None:
    sign(draft, second, approved=True)
    revise(draft, lambda d: d | {"title": "Later"}, by=cast.trainer, at=LATER, what="Changed.")
    assert told(cast, second) == [(Wanted.SIGN_OFF.value, "Trainer")]
    assert told(cast, cast.trainer) == []


def test_an_erased_name_and_no_title_are_no_obstacle(
    cast: Cast, draft: ModuleDraft, second: int
) -> None:
    db.session.execute(sa.update(ModuleDraft).values(asked_by=None))
    db.session.refresh(draft)
    revise(draft, lambda d: d | {"title": ""}, by=cast.trainer, at=LATER, what="Changed.")
    found = waiting_for(cast.north, second)
    assert [(each.title, each.who) for each in found] == [("Untitled", None)]


def test_many_drafts_ask_the_database_no_more_often(
    app: Flask, cast: Cast, draft: ModuleDraft, second: int
) -> None:
    def asked() -> int:
        db.session.expire_all()
        with counted_queries(app) as statements:
            told(cast, second)
        return len(statements)

    revise(draft, lambda d: d | {"title": "Hers"}, by=second, at=LATER, what="Changed.")
    revise(draft, lambda d: d | {"title": "Mine"}, by=cast.trainer, at=LATER, what="Changed.")
    few = asked()
    for number in range(5):
        each = draft_of(cast, slug=f"more-{number}")
        revise(each, lambda d: d | {"title": "Hers"}, by=second, at=LATER, what="Changed.")
        revise(each, lambda d: d | {"title": "Mine"}, by=cast.trainer, at=LATER, what="Changed.")
        reviewing.ask_for_review(each, by=cast.trainer, at=AT)
    assert asked() == few
