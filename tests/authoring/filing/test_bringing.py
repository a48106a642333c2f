"""What becomes of a file, by what it began from, what it changed, and what came meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from app.authoring.filing.fates import Fate, Filed
from app.authoring.filing.publishing_filed import publish_filed
from app.authoring.publishing import digest_of
from app.catalogue.models import Version
from app.db import db
from app.drafting.drafting import begin_from_version, revise, set_aside, start
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of
from tests.authoring.filing.brought import CAME, MINE, bring, everything, head, put_out, trainer
from tests.authoring.reviewed import AT, LATER, approved, second_trainer
from tests.cast import Cast
from tests.factories.modules import made_up, plain_module


@pytest.fixture
def colleague(session, cast: Cast) -> int:
    return second_trainer(cast)


def test_nothing_came_meanwhile(session, cast: Cast) -> None:
    first = put_out()
    assert bring(cast, {}, first.digest).fate is Fate.STANDS
    done = bring(cast, MINE, first.digest)
    assert (done.fate, done.said()) == (
        Fate.BEGUN, "one: draft 1 begun; nothing is published before it is signed off."
    )  # fmt: skip
    assert bring(cast, MINE, first.digest).fate is Fate.WAITS


FROM_A_VERSION = [
    # What version 2 changed, what the file changed, what is done.
    ("other", {}, Fate.UNTOUCHED),
    ("same", {}, Fate.UNTOUCHED),
    ("other", MINE, Fate.FOLLOWS),
    ("same", MINE, Fate.CROSSED),
    ("other", MINE | {"summary": "My own."}, Fate.CROSSED),
    ("same", {"title": "Theirs", "summary": "My own."}, Fate.FOLLOWS),
    ("same", {"title": "Theirs"}, Fate.STANDS),
]  # fmt: skip


@pytest.mark.parametrize(("came", "mine", "fate"), FROM_A_VERSION)
def test_a_newer_version_came_since_the_export(
    session, cast: Cast, came: str, mine: dict[str, Any], fate: Fate
) -> None:
    first, second = put_out(), put_out(**CAME[came])
    done = bring(cast, mine, first.digest)
    assert done.fate is fate
    if fate is not Fate.FOLLOWS:
        assert everything() == []
        return
    assert head(done.draft_id) == plain_module("one", **(CAME[came] | mine))
    assert session.get_one(ModuleDraft, done.draft_id).based_on_id == second.id
    assert revision_of(done.draft_id, 1).document == plain_module("one", **mine)
    assert done.is_held, "the file goes on from its own revision"
    assert "version 2 came since the file was exported, and the draft has both" in done.said()


def test_what_both_changed_is_named(session, cast: Cast) -> None:
    first = put_out()
    put_out(title="Theirs")
    assert bring(cast, MINE, first.digest).said() == (
        "one: nothing done, for version 2 came since the file was exported and changed the same "
        "(both changed the title); export that one and bring your changes over, or use "
        "--new-draft if the file is right as it is."
    )


# Who began a draft from version 1 and how; what the draft changed; what is done about the file.
BESIDE_A_DRAFT = [
    ("browser", "", Fate.REVISED),
    ("browser", "other", Fate.JOINED),
    ("browser", "same", Fate.DIFFERS),
    ("own file", "other", Fate.JOINED),
    ("own file", "same", Fate.DIFFERS),
    ("their file", "other", Fate.JOINED),
    ("their file", "same", Fate.ANOTHERS),
]
# The same, where the file does not say what it began from.
UNKNOWN_BESIDE_A_DRAFT = [
    ("browser", "other", Fate.DIFFERS),
    ("browser", "same", Fate.DIFFERS),
    ("own file", "other", Fate.REVISED),
    ("own file", "same", Fate.REVISED),
    ("their file", "other", Fate.ANOTHERS),
    ("their file", "same", Fate.ANOTHERS),
]


def begin(cast: Cast, colleague: int, how: str, came: str, first: Version) -> ModuleDraft:
    """Let somebody begin a draft from version 1 and change it."""
    by = cast.trainer if how == "own file" else colleague
    if how != "browser":
        bring(cast, CAME[came], first.digest, by=by)
        return db.session.scalars(sa.select(ModuleDraft)).one()
    draft = begin_from_version(first, force_id=cast.north, by=by, at=AT)
    revise(draft, lambda d: d | CAME[came], by=by, at=AT, what="Edited.")
    return draft


@pytest.mark.parametrize(("how", "came", "fate"), BESIDE_A_DRAFT)
def test_a_draft_is_under_way(
    session, cast: Cast, colleague: int, how: str, came: str, fate: Fate
) -> None:
    first = put_out()
    draft = begin(cast, colleague, how, came, first)
    before = everything()
    done = bring(cast, MINE, first.digest)
    assert (done.fate, done.draft_id) == (fate, draft.id)
    assert everything()[: len(before)] == before
    if done.is_conflict:
        assert everything() == before
        assert "(both changed the title)" in done.said()
    else:
        assert head(draft.id) == plain_module("one", **(CAME[came] | MINE))
        assert bring(cast, CAME[came] | MINE, "").fate is Fate.WAITS


@pytest.mark.parametrize(("how", "came", "fate"), UNKNOWN_BESIDE_A_DRAFT)
def test_a_draft_is_under_way_and_the_file_says_nothing(
    session, cast: Cast, colleague: int, how: str, came: str, fate: Fate
) -> None:
    draft = begin(cast, colleague, how, came, put_out())
    before = everything()
    for begun_from in ("", "ab" * 32):
        done = bring(cast, MINE, begun_from)
        assert (done.fate, done.draft_id) == (fate if not begun_from else done.fate, draft.id)
        if fate is not Fate.REVISED:
            assert (done.fate, everything()) == (fate, before)


@pytest.mark.parametrize(("came", "mine", "fate"), [
    ("", MINE, Fate.BEGUN),
    ("other", {}, Fate.BEHIND),
    ("same", {}, Fate.BEHIND),
    ("other", MINE, Fate.BEHIND),
    ("same", MINE, Fate.BEHIND),
    # It has what version 2 changed, so it began from that.
    ("other", MINE | {"summary": "Theirs."}, Fate.BEGUN),
    ("same", {"title": "Theirs", "summary": "My own."}, Fate.BEGUN),
])  # fmt: skip
def test_a_file_that_says_nothing_takes_nothing_back(
    session, cast: Cast, came: str, mine: dict[str, Any], fate: Fate
) -> None:
    put_out()
    put_out(**CAME[came])
    done = bring(cast, mine)
    assert done.fate is fate
    assert (fate is Fate.BEHIND) == done.is_conflict == (everything() == [])


def test_a_version_that_says_what_an_earlier_one_said_is_the_newest(session, cast: Cast) -> None:
    put_out()
    put_out(title="Wrong")
    put_out()
    assert bring(cast, {"minutes": 9}).fate is Fate.BEGUN


# What the draft changed since it was exported, what the file changed, what is done.
FROM_A_DRAFT = [
    ("", {}, Fate.WAITS),
    ("", MINE, Fate.REVISED),
    ("other", {}, Fate.UNTOUCHED),
    ("same", {}, Fate.UNTOUCHED),
    ("other", MINE, Fate.JOINED),
    ("same", MINE, Fate.DIFFERS),
    ("other", CAME["other"], Fate.WAITS),
]


@pytest.mark.parametrize(("came", "mine", "fate"), FROM_A_DRAFT)
@pytest.mark.parametrize("whose", ["own", "another’s"])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_file_that_was_exported_from_a_draft(
    session, cast: Cast, colleague: int, came: str, mine: dict[str, Any], fate: Fate, whose: str,
    is_new: bool,
) -> None:  # fmt: skip
    begun = {"minutes": 9}
    if is_new:
        draft = start(plain_module("one", **begun), force_id=cast.north, by=colleague, at=AT,
                      what="Began.")  # fmt: skip
    else:
        draft = begin_from_version(put_out(), force_id=cast.north, by=colleague, at=AT)
        revise(draft, lambda d: d | begun, by=colleague, at=AT, what="Edited.")
    exported = digest_of(made_up("one", **begun))
    revise(draft, lambda d: d | CAME[came], by=colleague, at=AT, what="Edited.")
    before = everything()
    done = bring(cast, begun | mine, exported, by=cast.trainer if whose == "own" else colleague)
    assert (done.fate, done.draft_id) == (fate, draft.id)
    if fate in (Fate.REVISED, Fate.JOINED):
        assert head(draft.id) == plain_module("one", **(begun | CAME[came] | mine))
    else:
        assert everything() == before


@pytest.mark.parametrize(("came", "fate"), [
    ("", Fate.BEGUN), ("other", Fate.FOLLOWS), ("same", Fate.CROSSED),
])  # fmt: skip
def test_the_draft_that_a_file_was_exported_from_was_published_since(
    session, cast: Cast, colleague: int, came: str, fate: Fate
) -> None:
    draft = start(plain_module("one"), force_id=cast.north, by=cast.trainer, at=AT, what="Began.")
    revise(draft, lambda d: d | CAME[came], by=cast.trainer, at=AT, what="Edited.")
    published(draft, cast, colleague)
    done = bring(cast, MINE, digest_of(made_up("one")))
    assert done.fate is fate
    if not done.is_conflict:
        assert head(done.draft_id) == plain_module("one", **(CAME[came] | MINE))


def published(draft: ModuleDraft, cast: Cast, second: int) -> Filed:
    approved(draft, cast, second)
    module = made_up("one", **{k: v for k, v in head(draft.id).items() if k != "slug"})
    filed = Filed("one", Fate.WAITS, draft_id=draft.id)
    return publish_filed(
        filed, module, trainer(cast, cast.trainer), trainer(cast, second), at=LATER
    )  # fmt: skip


def test_a_draft_that_was_set_aside_takes_no_file(session, cast: Cast) -> None:
    draft = start(plain_module("one"), force_id=cast.north, by=cast.trainer, at=AT, what="Began.")
    set_aside(draft, by=cast.trainer, at=AT)
    done = bring(cast, MINE, digest_of(made_up("one")))
    assert (done.fate, done.draft_id) == (Fate.BEGUN, draft.id + 1)


def test_a_draft_of_another_force_is_not_what_a_file_began_from(session, cast: Cast) -> None:
    start(plain_module("one"), force_id=cast.south, by=None, at=AT, what="Began.")
    assert bring(cast, MINE, digest_of(made_up("one"))).fate is Fate.BEGUN


def test_a_file_of_an_earlier_version_meets_a_draft_of_a_later_one(session, cast: Cast) -> None:
    first, second = put_out(), put_out(summary="Theirs.")
    draft = begin_from_version(second, force_id=cast.north, by=cast.trainer, at=AT)
    revise(draft, lambda d: d | {"minutes": 9}, by=cast.trainer, at=AT, what="Edited.")
    before = everything()
    assert bring(cast, {}, first.digest).fate is Fate.UNTOUCHED
    done = bring(cast, MINE, first.digest)
    assert (done.fate, done.draft_id, everything()) == (Fate.BESIDE, draft.id, before)
    assert "draft 1 follows version 2; export it" in done.said()
