"""Who may sign a draft off, by who wrote what and who else there is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.accounts.models import Grant, Unit
from app.accounts.permissions import Role
from app.authoring import reviewing, signing
from app.authoring.publishing import publish
from app.db import db
from app.drafting.drafting import begin_from_version, revise
from app.drafting.models import MadeFrom, ModuleDraft
from app.drafting.queries import revision_of
from app.importing.models import ImportedCase
from tests.authoring.reviewed import AT, LATER, draft_of, second_trainer
from tests.cast import Cast, make_person
from tests.factories.modules import made_up


def trainer_called(cast: Cast, name: str, unit: int | None = None, active: bool = True) -> int:
    where = db.session.get_one(Unit, unit or cast.north)
    return make_person(name, where, roles=((Role.TRAINER, where),), active=active).id


def save(draft: ModuleDraft, by: int, title: str) -> None:
    revise(draft, lambda d: d | {"title": title}, by=by, at=AT, what="Changed.")


def why_not(draft: ModuleDraft, person: int) -> str:
    return signing.why_not(draft, revision_of(draft.id, draft.head), person)


@pytest.fixture
def touched(session, cast: Cast) -> ModuleDraft:
    """A draft that the trainer wrote; a colleague changed one thing and asked for the review."""
    second, draft = second_trainer(cast), draft_of(cast)
    save(draft, cast.trainer, "Another")
    save(draft, second, "Another title")
    reviewing.ask_for_review(draft, by=second, at=AT)
    return draft


def test_an_author_does_not_approve_her_own_work_after_a_colleagues_touch(
    cast: Cast, touched: ModuleDraft
) -> None:
    third = trainer_called(cast, "third_trainer")
    with pytest.raises(reviewing.OwnWork) as refused:
        reviewing.sign_off(touched, revision=3, approved=True, note="", by=cast.trainer, at=LATER)
    assert str(refused.value) == (
        "Somebody else must sign this off. You wrote 2 of 3 revisions, so another trainer of your "
        "force must sign it off: one who wrote none of it."
    )
    assert reviewing.sign_off(
        touched, revision=3, approved=True, note="", by=third, at=LATER
    ).approved


def test_where_everybody_wrote_it_is_not_whoever_saved_last_or_asked(
    cast: Cast, touched: ModuleDraft
) -> None:
    assert why_not(touched, cast.trainer) == ""
    assert why_not(touched, touched.asked_by or 0).startswith("You asked for the review, so")
    third = trainer_called(cast, "third_trainer")
    save(touched, third, "A third title")
    assert why_not(touched, cast.trainer) == ""
    assert why_not(touched, third).startswith("You saved the newest revision, so another trainer")


@pytest.mark.parametrize("kind", ["of another force", "not active", "without a grant", "asked"])
def test_only_a_trainer_who_could_sign_counts(cast: Cast, touched: ModuleDraft, kind: str) -> None:
    unit = cast.south if kind == "of another force" else cast.north
    third = trainer_called(cast, "third_trainer", unit, active=kind != "not active")
    if kind == "without a grant":
        db.session.execute(sa.update(Grant).where(Grant.person_id == third).values(ended_at=AT))
    if kind == "asked":
        touched.asked_by = third
    db.session.flush()
    assert why_not(touched, cast.trainer) == ""


def test_whoever_imported_the_case_or_began_the_draft_did_not_only_read_it(
    session, cast: Cast
) -> None:
    importer, reader = trainer_called(cast, "importer"), trainer_called(cast, "reader")
    draft = draft_of(cast)
    assert why_not(draft, importer) == ""
    case = ImportedCase(
        force_id=cast.north, sha256="ab" * 32, file_name="a.txt", form="text", title="A case",
        imported_by=importer, imported_at=AT, packed=b"", head=1,
    )  # fmt: skip
    session.add(case)
    session.flush()
    session.add(MadeFrom(draft_id=draft.id, case_id=case.id, review=1))
    session.flush()
    assert why_not(draft, importer).startswith("You brought its case in, so another trainer")
    assert why_not(draft, reader) == ""
    begun = begin_from_version(
        publish(made_up(), by=None, at=AT), force_id=cast.north, by=importer, at=AT
    )
    save(begun, cast.trainer, "Another")
    assert why_not(begun, importer).startswith("You wrote 1 of 2 revisions, so another trainer")


def test_it_is_said_how_much_the_signer_wrote(session, cast: Cast, touched: ModuleDraft) -> None:
    written = signing.wrote(touched.id, touched.head)
    assert written.share(cast.trainer) == "wrote 2 of 3 revisions"
    assert written.share(cast.officer) == written.share(None) == "wrote none of it"
    assert signing.wrote(touched.id, 1).share(cast.trainer) == "wrote 1 of 1 revision"
