"""A draft becomes a version: exactly what was approved, once, for whom the publisher may."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.accounts.audit import history_of
from app.accounts.models import Unit, UnitKind
from app.authoring import publishing
from app.authoring.comparing.change import Change
from app.authoring.models import PublishedChange
from app.authoring.owning import NoSuchOwner, NotHers
from app.authoring.publishing import publish, publish_draft
from app.authoring.reviewing import ChangedSince, ToMend
from app.catalogue.models import Module, Version
from app.db import db
from app.drafting.drafting import Finished, revise, slug_of
from app.drafting.models import ModuleDraft
from app.drafting.queries import Standing, standing_of
from tests.authoring.reviewed import (
    AT,
    LATER,
    approved,
    canonical,
    draft_of,
    next_draft,
    path_of,
    says,
    second_trainer,
)
from tests.authoring.test_syncing import attempt
from tests.cast import Cast, make_unit
from tests.factories.modules import made_up, plain_module


def put_out(draft: ModuleDraft, cast: Cast, **more: Any) -> Version:
    """Publish the newest revision as a trainer of the whole force."""
    values: dict[str, Any] = {
        "revision": draft.head, "by": cast.trainer, "paths": [path_of(cast.north)], "at": LATER,
    } | more  # fmt: skip
    return publish_draft(draft, **values)


def count(kind: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0


def decided(version: Version) -> PublishedChange:
    return db.session.get_one(PublishedChange, version.id)


def test_a_first_version_is_exactly_what_was_approved(session, cast: Cast) -> None:
    second = second_trainer(cast)
    draft = approved(draft_of(cast), cast, second)
    version = put_out(draft, cast, review_by=date(2027, 3, 1), ask_again_from=date(2026, 5, 1))
    assert (version.number, version.published_by, version.published_at) == (1, cast.trainer, LATER)
    assert says(version) == canonical()
    row = session.get_one(Module, version.module_id)
    assert (row.slug, row.owner_id, row.review_by) == ("made-up", None, date(2027, 3, 1))
    assert (draft.version_id, draft.module_id) == (version.id, row.id)
    assert standing_of(draft, None) is Standing.PUBLISHED
    what = decided(version)
    assert (what.change, what.draft_id, what.revision) == (None, draft.id, 1)
    assert (what.approved_by, what.decided_by) == (second, cast.trainer)
    assert what.ask_again_from is None, "nobody completed an earlier one"
    assert "version 1" in history_of(f"module:{row.id}")[0].sentence


def test_sent_twice_it_is_published_once(session, cast: Cast) -> None:
    draft = approved(draft_of(cast), cast, second_trainer(cast))
    version = put_out(draft, cast)
    assert put_out(draft, cast, revision=99) is version
    assert (count(Version), count(PublishedChange)) == (1, 1)


def test_the_next_version_says_how_grave_its_change_is(session, cast: Cast) -> None:
    first, second = publish(made_up(), by=None, at=AT), second_trainer(cast)
    running = attempt(cast.officer, first)
    draft = approved(next_draft(cast, first, title="Another title"), cast, second)
    version = put_out(draft, cast, ask_again_from=date(2026, 5, 1))
    assert (version.number, version.module_id) == (2, first.module_id)
    assert decided(version).change is Change.WORDING
    assert decided(version).ask_again_from is None, "a wording is no reason to ask again"
    assert running.version_id == first.id
    assert decided(first).change is None


def test_a_change_of_scoring_keeps_from_when_it_is_to_be_done_again(session, cast: Cast) -> None:
    first, second = publish(made_up(), by=None, at=AT), second_trainer(cast)
    stages = plain_module()["stages"]
    stages[0]["items"][1]["options"][2]["credit"] = "1/3"
    draft = approved(next_draft(cast, first, stages=stages), cast, second)
    version = put_out(draft, cast, ask_again_from=date(2026, 5, 1))
    assert decided(version).change is Change.SCORING
    assert decided(version).ask_again_from == date(2026, 5, 1)


def test_without_an_approval_of_this_revision_nothing_is_published(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    with pytest.raises(publishing.NotApproved):
        put_out(draft, cast)
    approved(draft, cast, second)
    with pytest.raises(ChangedSince):
        put_out(draft, cast, revision=2)
    revise(draft, lambda d: d | {"title": "Else"}, by=second, at=LATER, what="Changed.")
    with pytest.raises(ChangedSince, match="revision 2"):
        put_out(draft, cast, revision=1)
    with pytest.raises(publishing.NotApproved):
        put_out(draft, cast)
    assert (count(Version), count(Module)) == (0, 0)


def test_rules_that_came_after_the_approval_hold(
    session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = approved(draft_of(cast), cast, second_trainer(cast))
    monkeypatch.setattr(publishing, "is_publishable", lambda _findings: False)
    with pytest.raises(ToMend):
        put_out(draft, cast)


def test_what_was_set_aside_is_not_published(session, cast: Cast) -> None:
    draft = approved(draft_of(cast), cast, second_trainer(cast))
    draft.set_aside_at = LATER
    session.flush()
    with pytest.raises(Finished):
        put_out(draft, cast)


def test_a_newer_version_is_never_overwritten(session, cast: Cast) -> None:
    first, second = publish(made_up(), by=None, at=AT), second_trainer(cast)
    one = approved(next_draft(cast, first, title="One"), cast, second)
    other = approved(next_draft(cast, first, title="Other"), cast, second)
    assert put_out(one, cast).number == 2
    with pytest.raises(publishing.Stale, match="Version 2"):
        put_out(other, cast)
    assert (count(Version), other.version_id) == (2, None)


def test_a_draft_that_changes_nothing_is_no_version(session, cast: Cast) -> None:
    first = publish(made_up(), by=None, at=AT)
    draft = approved(next_draft(cast, first), cast, second_trainer(cast))
    with pytest.raises(publishing.NothingNew, match="version 1"):
        put_out(draft, cast)


def test_a_short_name_belongs_to_one_module_for_ever(session, cast: Cast) -> None:
    first, second = publish(made_up(), by=None, at=AT), second_trainer(cast)
    with pytest.raises(publishing.SlugTaken, match="“made-up”"):
        put_out(approved(draft_of(cast), cast, second), cast)
    renamed = approved(next_draft(cast, first, slug="another"), cast, second)
    with pytest.raises(publishing.SlugChanged, match="“made-up”"):
        put_out(renamed, cast)


def test_an_alternative_must_exist(session, cast: Cast) -> None:
    note = {"text": "Words.", "alternative": "another"}
    draft = approved(draft_of(cast, content_note=note), cast, second_trainer(cast))
    with pytest.raises(publishing.NoSuchAlternative, match="“another”"):
        put_out(draft, cast)
    publish(made_up("another"), by=None, at=AT)
    assert put_out(draft, cast).number == 1


def test_only_a_trainer_of_a_whole_force_offers_to_everyone(session, cast: Cast) -> None:
    draft = approved(draft_of(cast), cast, second_trainer(cast))
    with pytest.raises(NotHers, match="offer a module to everyone"):
        put_out(draft, cast, paths=[path_of(cast.operations)])
    assert put_out(draft, cast).number == 1


@pytest.mark.parametrize(("owner", "hers"), [("operations", True), ("contact-centre", True),
                                             ("crime", False), ("northshire", False)])  # fmt: skip
def test_an_owner_must_be_covered(session, cast: Cast, owner: str, hers: bool) -> None:
    draft = approved(draft_of(cast, owner=owner), cast, second_trainer(cast))
    if not hers:
        with pytest.raises(NotHers, match="is not a unit in which you may publish"):
            put_out(draft, cast, paths=[path_of(cast.operations)])
        return
    version = put_out(draft, cast, paths=[path_of(cast.operations)])
    found = session.get_one(Unit, session.get_one(Module, version.module_id).owner_id)
    assert found.name.lower().replace(" ", "-") == owner


def test_an_owner_is_looked_for_in_the_force_of_the_draft(session, cast: Cast) -> None:
    second = second_trainer(cast)
    elsewhere = session.get_one(Unit, cast.south)
    make_unit("Operations", UnitKind.DEPARTMENT, elsewhere)
    version = put_out(approved(draft_of(cast, owner="operations"), cast, second), cast)
    assert session.get_one(Module, version.module_id).owner_id == cast.operations
    with pytest.raises(NoSuchOwner):
        put_out(approved(draft_of(cast, owner="southshire"), cast, second), cast)


def test_an_owner_with_an_apostrophe_is_found_as_the_settings_name_it(session, cast: Cast) -> None:
    unit = make_unit("St John’s", UnitKind.DEPARTMENT, session.get_one(Unit, cast.north))
    draft = approved(draft_of(cast, owner=slug_of(unit.name)), cast, second_trainer(cast))
    version = put_out(draft, cast)
    assert session.get_one(Module, version.module_id).owner_id == unit.id


def test_what_others_have_is_not_taken_away(session, cast: Cast) -> None:
    second = second_trainer(cast)
    everyones = publish(made_up(), by=None, at=AT)
    mine = approved(next_draft(cast, everyones, owner="northshire"), cast, second)
    with pytest.raises(NotHers, match="take it away from the others"):
        put_out(mine, cast)
    with pytest.raises(NotHers, match="only a trainer of a whole force may publish it"):
        put_out(mine, cast, paths=[path_of(cast.operations)])
    assert put_out(mine, cast, paths=[path_of(cast.north), path_of(cast.south)]).number == 2
    theirs = publish(made_up("theirs", owner="southshire"), by=None, at=AT)
    draft = approved(next_draft(cast, theirs, owner="northshire"), cast, second)
    with pytest.raises(NotHers, match="belongs to a unit"):
        put_out(draft, cast)
