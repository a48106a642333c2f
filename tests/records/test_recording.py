"""A completion is recorded once, with the unit of that day, and stands for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from app.accounts.models import Membership
from app.db import db
from app.records.models import Completion
from app.records.queries import completions_of, latest_completions
from app.records.recording import record_completion
from tests.cast import Cast
from tests.factories.assigning import make_completion, make_version

pytestmark = pytest.mark.usefixtures("session")
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_the_same_key_is_recorded_once(cast: Cast) -> None:
    version = make_version()
    found = [
        record_completion(
            key="attempt:7", person_id=cast.officer, module_id=version.module_id,
            version_id=version.id, completed_on=NOW.date(), now=NOW,
        ).id
        for _ in range(2)
    ]  # fmt: skip
    assert found[0] == found[1]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Completion)) == 1


def test_the_unit_is_that_of_the_day_and_keeps_its_name(cast: Cast) -> None:
    membership = db.session.get_one(Membership, (cast.officer, date(2026, 1, 5)))
    membership.until_on = date(2026, 3, 1)
    db.session.flush()
    db.session.add(
        Membership(person_id=cast.officer, unit_id=cast.response, from_on=date(2026, 3, 1))
    )
    db.session.flush()
    version = make_version()
    before = make_completion(version, cast.officer, on=date(2026, 2, 28))
    after = make_completion(version, cast.officer, on=date(2026, 3, 1))
    assert (before.unit_id, before.unit_name) == (cast.contact, "Contact centre")
    assert (after.unit_id, after.unit_name) == (cast.response, "Response A")
    nowhere = make_completion(version, cast.officer, on=date(2025, 1, 1))
    assert (nowhere.unit_id, nowhere.unit_name) == (None, None)


def test_completions_are_ones_own_and_the_newest_first(cast: Cast) -> None:
    version, other = make_version(), make_version("another")
    make_completion(version, cast.officer, on=date(2026, 2, 1))
    make_completion(other, cast.officer, on=date(2026, 2, 3))
    make_completion(version, cast.colleague, on=date(2026, 2, 2))
    rows = completions_of(cast.officer)
    assert [(row.slug, row.version_number) for row in rows] == [("another", 1), ("made-up", 1)]
    assert {row.unit_name for row in rows} == {"Contact centre"}


def test_the_latest_completion_is_by_date_and_of_that_module(cast: Cast) -> None:
    version, other = make_version(), make_version("another")
    newest = make_completion(version, cast.officer, on=date(2026, 2, 9))
    make_completion(version, cast.officer, on=date(2026, 2, 1))
    make_completion(other, cast.officer, on=date(2026, 3, 1))
    make_completion(version, cast.responder, on=date(2026, 3, 1))
    found = latest_completions(version.module_id, {cast.officer, cast.colleague})
    assert found == {cast.officer: (newest.id, date(2026, 2, 9))}


@pytest.mark.parametrize("statement", ["UPDATE completion SET person_id = person_id + 1",
                                       "DELETE FROM completion"])  # fmt: skip
def test_the_database_refuses_to_alter_a_completion(cast: Cast, statement: str) -> None:
    make_completion(make_version(), cast.officer)
    with pytest.raises(sa.exc.DBAPIError, match="final"):
        db.session.execute(sa.text(statement))
