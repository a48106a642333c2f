"""Two trainers at the same moment: one version, one word, and a sentence for who came second."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from app.authoring import reviewing
from app.authoring.publishing import NotApproved, SlugTaken, Stale, publish, publish_draft
from app.authoring.reviewing import ChangedSince
from app.catalogue.models import Module, Version
from app.db import Base, db
from app.drafting.drafting import Finished, revise
from app.drafting.models import DraftComment, ModuleDraft, SignOff
from app.drafting.queries import Standing, newest_sign_off, standing_of
from tests.at_once import Act, at_once
from tests.authoring.reviewed import (
    AT,
    LATER,
    approved,
    draft_of,
    next_draft,
    path_of,
    second_trainer,
)
from tests.cast import Cast
from tests.factories.modules import made_up

ROUNDS = range(3)
Meet = Callable[[], None]


def count(app: Flask, kind: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0


def draft(draft_id: int, meet: Meet) -> ModuleDraft:
    """Read the draft, and wait for the other."""
    found = db.session.get_one(ModuleDraft, draft_id)
    meet()
    return found


def publishes(draft_id: int, cast: Cast, revision: int) -> Act:
    def act(meet: Meet) -> None:
        publish_draft(
            draft(draft_id, meet), revision=revision, by=cast.trainer,
            paths=[path_of(cast.north)], at=LATER,
        )  # fmt: skip

    return act


def edits(draft_id: int, cast: Cast) -> Act:
    def act(meet: Meet) -> None:
        revise(
            draft(draft_id, meet), lambda d: d | {"title": "Else"}, by=cast.trainer, at=LATER,
            what="Edited.",
        )  # fmt: skip

    return act


def kinds(raised: list[Exception | None]) -> set[type[Exception] | None]:
    return {type(error) if error else None for error in raised}


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_draft_published_twice_is_one_version(app: Flask, cast: Cast, _round: int) -> None:
    with app.app_context():
        found = approved(draft_of(cast), cast, second_trainer(cast)).id
        db.session.commit()
    assert at_once(app, *[publishes(found, cast, 1)] * 3) == [None] * 3
    assert (count(app, Version), count(app, Module)) == (1, 1)


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_drafts_of_one_version_do_not_both_follow_it(
    app: Flask, cast: Cast, _round: int
) -> None:
    with app.app_context():
        first, second = publish(made_up(), by=None, at=AT), second_trainer(cast)
        found = [approved(next_draft(cast, first, title=title), cast, second).id
                 for title in ("One", "Other")]  # fmt: skip
        db.session.commit()
    raised = at_once(app, *(publishes(each, cast, 2) for each in found))
    assert kinds(raised) == {None, Stale}
    assert count(app, Version) == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_short_name_goes_to_one_of_two_new_modules(app: Flask, cast: Cast, _round: int) -> None:
    with app.app_context():
        second = second_trainer(cast)
        found = [approved(draft_of(cast, title=title), cast, second).id
                 for title in ("One", "Other")]  # fmt: skip
        db.session.commit()
    raised = at_once(app, *(publishes(each, cast, 1) for each in found))
    assert kinds(raised) == {None, SlugTaken}
    assert (count(app, Version), count(app, Module)) == (1, 1)


@pytest.mark.parametrize("_round", ROUNDS)
def test_what_is_edited_while_it_is_published_is_not_half_of_both(
    app: Flask, cast: Cast, _round: int
) -> None:
    with app.app_context():
        found = approved(draft_of(cast), cast, second_trainer(cast)).id
        db.session.commit()
    published, edited = at_once(app, publishes(found, cast, 1), edits(found, cast))
    with app.app_context():
        title = db.session.scalar(sa.select(Version.title))
    if published is None:
        assert isinstance(edited, Finished)
        assert title == "Title of made-up"
    else:
        assert isinstance(published, (ChangedSince, NotApproved))
        assert (edited, title) == (None, None)


@pytest.mark.parametrize("_round", ROUNDS)
def test_an_edit_at_the_moment_of_approval_is_not_approved(
    app: Flask, cast: Cast, _round: int
) -> None:
    with app.app_context():
        second, made = second_trainer(cast), draft_of(cast)
        reviewing.ask_for_review(made, by=cast.trainer, at=AT)
        found = made.id
        db.session.commit()

    def signs(meet: Meet) -> None:
        reviewing.sign_off(
            draft(found, meet), revision=1, approved=True, note="", by=second, at=LATER
        )

    signed, edited = at_once(app, signs, edits(found, cast))
    assert edited is None
    assert signed is None or isinstance(signed, ChangedSince)
    with app.app_context():
        made = db.session.get_one(ModuleDraft, found)
        standing = standing_of(made, newest_sign_off(found, made.head))
        assert (made.head, standing) == (2, Standing.IN_REVIEW)


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_same_word_and_the_same_remark_sent_twice_are_kept_once(
    app: Flask, cast: Cast, _round: int
) -> None:
    with app.app_context():
        second, made = second_trainer(cast), draft_of(cast)
        reviewing.ask_for_review(made, by=cast.trainer, at=AT)
        found = made.id
        db.session.commit()

    def signs(meet: Meet) -> None:
        reviewing.sign_off(
            draft(found, meet), revision=1, approved=True, note="", by=second, at=LATER
        )

    def remarks(meet: Meet) -> None:
        reviewing.comment(draft(found, meet), "item.q1", "Is it so?", by=second, at=LATER)

    assert at_once(app, signs, signs) == [None, None]
    assert at_once(app, remarks, remarks) == [None, None]
    assert (count(app, SignOff), count(app, DraftComment)) == (1, 1)
