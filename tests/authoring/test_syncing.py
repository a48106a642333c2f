"""Changed modules become versions together or not at all; attempts under way keep theirs."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.attempts.models import Attempt
from app.authoring.owning import NoSuchOwner
from app.authoring.syncing import NotPublishable, Synced, modules_in, sync_modules
from app.catalogue.models import Version
from app.catalogue.module_files import write_module
from app.db import db, unit_of_work
from app.records.models import Completion
from tests.cast import Cast
from tests.factories.modules import made_up

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def attempt(person_id: int, version: Version, *, complete: bool = False) -> Attempt:
    """Add an attempt at a version."""
    made = Attempt(
        learner_id=person_id, module_id=version.module_id, version_id=version.id, seed=1,
        place="first", started_at=AT, touched_at=AT, active_seconds=0,
    )  # fmt: skip
    if complete:
        completion = Completion(
            key=f"attempt:{person_id}", person_id=person_id, module_id=version.module_id,
            version_id=version.id, completed_on=AT.date(), recorded_at=AT,
        )  # fmt: skip
        db.session.add(completion)
        db.session.flush()
        made.completion_id = completion.id
    db.session.add(made)
    db.session.flush()
    return made


def newest(slug: str) -> Version:
    return db.session.scalars(
        sa.select(Version).where(Version.title == f"Title of {slug}").order_by(Version.id)
    ).all()[-1]


def test_only_changed_modules_become_versions(session, cast: Cast) -> None:
    first = sync_modules([made_up("one"), made_up("two")], by=None, at=AT)
    assert first == [Synced("one", 1, True, 0), Synced("two", 1, True, 0)]
    again = sync_modules([made_up("one"), made_up("two", minutes=9)], by=None, at=AT)
    assert again == [Synced("one", 1, False, 0), Synced("two", 2, True, 0)]


def test_attempts_under_way_stay_on_their_version_and_are_counted(session, cast: Cast) -> None:
    sync_modules([made_up("one"), made_up("two")], by=None, at=AT)
    one, two = newest("one"), newest("two")
    running = [attempt(cast.officer, one), attempt(cast.colleague, one)]
    attempt(cast.responder, one, complete=True)
    attempt(cast.officer, two)
    done = sync_modules([made_up("one", minutes=9), made_up("two")], by=None, at=AT)
    assert done == [Synced("one", 2, True, 2), Synced("two", 1, False, 0)]
    assert {session.get_one(Attempt, a.id).version_id for a in running} == {one.id}


def test_one_that_cannot_be_published_stops_all(app, cast: Cast) -> None:
    with app.app_context():
        with pytest.raises(NoSuchOwner), unit_of_work():
            sync_modules([made_up("one"), made_up("two", owner="nowhere")], by=None, at=AT)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Version)) == 0


def test_an_alternative_must_exist(session, cast: Cast) -> None:
    note = {"text": "Words.", "alternative": "two"}
    with pytest.raises(NotPublishable, match="“two”, which does not exist"):
        sync_modules([made_up("one", content_note=note)], by=None, at=AT)
    sync_modules([made_up("one", content_note=note), made_up("two")], by=None, at=AT)
    changed = made_up("one", content_note=note, minutes=9)
    assert sync_modules([changed], by=None, at=AT)[0].number == 2


def test_a_folder_is_read_and_its_first_fault_is_told(tmp_path) -> None:
    (tmp_path / "one.yaml").write_text(write_module(made_up("one")), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a module", encoding="utf-8")
    assert modules_in(tmp_path) == [made_up("one")]
    (tmp_path / "two.yaml").write_text("slug: two\nminutes: 22:40\n", encoding="utf-8")
    with pytest.raises(NotPublishable, match=r"two\.yaml:2: some readers take 22:40"):
        modules_in(tmp_path)


def test_publisher_is_kept(session, cast: Cast) -> None:
    sync_modules([made_up("one")], by=cast.trainer, at=AT)
    publisher = session.get_one(Person, newest("one").published_by)
    assert publisher.id == cast.trainer
