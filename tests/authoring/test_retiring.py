"""What a trainer decides about a module reaches no further than her units, and is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.accounts.audit import history_of
from app.authoring import retiring
from app.authoring.owning import NotHers
from app.authoring.publishing import publish
from app.catalogue.models import Module
from app.catalogue.queries import latest_versions, module_for
from tests.authoring.reviewed import AT, LATER, path_of
from tests.cast import Cast
from tests.factories.modules import made_up


def acts(row: Module) -> list[str]:
    return [act.sentence for act in history_of(f"module:{row.id}")][:-1]


@pytest.fixture
def row(session, cast: Cast) -> Module:
    """A module of one department, among others."""
    publish(made_up("everyones"), by=None, at=AT)
    version = publish(made_up(owner="operations"), by=None, at=AT)
    return session.get_one(Module, version.module_id)


def test_it_leaves_the_library_and_comes_back(session, cast: Cast, row: Module) -> None:
    here = path_of(cast.contact)
    paths = [path_of(cast.operations)]
    retiring.retire(row, "The title", by=cast.trainer, paths=paths, at=AT)
    retiring.retire(row, "The title", by=cast.trainer, paths=paths, at=LATER)
    assert row.retired_at == AT
    assert [v.module.slug for v in latest_versions(here)] == ["everyones"]
    assert {v.module.slug for v in latest_versions(here, [row.id])} == {"everyones", "made-up"}
    assert module_for("made-up", here) is row, "its page says that it is not offered any more"
    retiring.bring_back(row, "The title", by=cast.trainer, paths=paths, at=LATER)
    retiring.bring_back(row, "The title", by=cast.trainer, paths=paths, at=LATER)
    assert row.retired_at is None
    assert {v.module.slug for v in latest_versions(here)} == {"everyones", "made-up"}
    assert acts(row) == ["Brought back “The title”.", "Retired “The title”."]


def test_a_review_date_is_set_and_taken_away(session, cast: Cast, row: Module) -> None:
    paths = [path_of(cast.north)]
    for day in (date(2027, 3, 4), date(2027, 3, 4), None, None):
        retiring.set_review_by(row, day, by=cast.trainer, paths=paths, at=LATER)
        assert row.review_by == day
    assert acts(row) == ["Took away its review date.", "Should be looked at again by 4 March 2027."]


VERBS: dict[str, Callable[..., None]] = {
    "retire": lambda row, **more: retiring.retire(row, "The title", **more),
    "bring back": lambda row, **more: retiring.bring_back(row, "The title", **more),
    "review by": lambda row, **more: retiring.set_review_by(row, date(2027, 3, 4), **more),
}


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("unit", ["contact", "crime", "south"])
def test_beyond_her_units_nothing_is_decided(
    session, cast: Cast, row: Module, name: str, unit: str
) -> None:
    paths = [path_of(cast.units[unit])]
    with pytest.raises(NotHers):
        VERBS[name](row, by=cast.trainer, paths=paths, at=LATER)
    assert (row.retired_at, row.review_by, acts(row)) == (None, None, [])


def test_what_everyone_has_is_for_the_trainer_of_a_force(session, cast: Cast) -> None:
    version = publish(made_up(), by=None, at=AT)
    row = session.get_one(Module, version.module_id)
    assert not retiring.may_tend(row, [path_of(cast.operations)])
    assert retiring.may_tend(row, [path_of(cast.south)])
