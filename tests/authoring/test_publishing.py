"""A version is final; a change makes the next one; unchanged content writes nothing."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry, UnitKind
from app.authoring.owning import NoSuchOwner
from app.authoring.publishing import canonical_json, publish
from app.catalogue import document
from app.catalogue.models import Module, Version
from app.catalogue.queries import document_of
from app.db import db
from tests.cast import Cast, make_unit
from tests.factories.modules import made_up

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def versions() -> list[tuple[str, int]]:
    rows = db.session.execute(
        sa.select(Module.slug, Version.number).join(Module).order_by(Module.slug, Version.number)
    )
    return [(slug, number) for slug, number in rows]


def test_the_first_is_version_one_with_its_document_and_digest(session, cast: Cast) -> None:
    module = made_up()
    version = publish(module, by=cast.trainer, at=AT)
    assert (version.number, version.title, version.minutes) == (1, module.title, module.minutes)
    assert (version.published_at, version.published_by) == (AT, cast.trainer)
    assert version.document == canonical_json(module)
    assert len(version.digest) == 64
    assert document_of(version.id, version.digest) == module


def test_unchanged_content_writes_nothing(session, cast: Cast) -> None:
    publish(made_up("another"), by=None, at=AT)
    first = publish(made_up(), by=None, at=AT)
    again = publish(made_up(), by=cast.trainer, at=LATER)
    assert again is first
    assert versions() == [("another", 1), ("made-up", 1)]
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == 2


def test_a_change_is_the_next_version_and_the_first_stands(session, cast: Cast) -> None:
    publish(made_up("another"), by=None, at=AT)
    first = publish(made_up(), by=None, at=AT)
    second = publish(made_up(title="A better title"), by=cast.trainer, at=LATER)
    assert (second.number, second.module_id) == (2, first.module_id)
    assert first.title == "Title of made-up"
    assert versions() == [("another", 1), ("made-up", 1), ("made-up", 2)]
    # Going back to the first content is a third version: history is never rewound.
    assert publish(made_up(), by=None, at=LATER).number == 3


def test_publishing_leaves_a_sentence_in_the_record(session, cast: Cast) -> None:
    version = publish(made_up(), by=cast.trainer, at=AT)
    entry = session.scalars(sa.select(AuditEntry)).one()
    session.flush()
    assert (entry.act, entry.subject) == ("module-published", f"module:{version.module_id}")
    assert (entry.actor_id, entry.at) == (cast.trainer, AT)
    assert "version 1" in entry.sentence


def test_an_owner_is_a_unit_and_an_unknown_one_is_refused(session, cast: Cast) -> None:
    owned = publish(made_up(owner="contact-centre"), by=None, at=AT)
    assert session.get_one(Module, owned.module_id).owner_id == cast.contact
    with pytest.raises(NoSuchOwner, match="no unit called “nowhere”"):
        publish(made_up("another", owner="nowhere"), by=None, at=AT)
    assert versions() == [("made-up", 1)]


def test_an_owner_that_two_units_are_called_is_refused(session, cast: Cast) -> None:
    make_unit("Contact Centre!", UnitKind.FORCE)
    with pytest.raises(NoSuchOwner, match="2 units are called"):
        publish(made_up(owner="contact-centre"), by=None, at=AT)


def test_an_owner_follows_the_newest_version(session, cast: Cast) -> None:
    version = publish(made_up(owner="contact-centre"), by=None, at=AT)
    publish(made_up(), by=None, at=LATER)
    assert session.get_one(Module, version.module_id).owner_id is None


def test_the_json_of_a_version_reads_back_as_the_same_document() -> None:
    module = made_up()
    assert document.Module.model_validate_json(canonical_json(module)) == module
