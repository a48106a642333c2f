"""The demonstration's trainers are at work: a next version waits for its review."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Person
from app.authoring.comparing.modules import compare_documents, tidy
from app.authoring.signing import why_not
from app.checking.checking import is_publishable
from app.checking.drafts import check_draft
from app.db import db
from app.demo.organisation import SERGEANT, TRAINER
from app.drafting.models import ModuleDraft
from app.drafting.queries import Standing, drafts_in, open_comments, revision_of


def test_a_next_version_is_in_review_with_a_remark(told: Flask) -> None:
    with told.app_context():
        draft = db.session.scalars(sa.select(ModuleDraft)).one()
        line = drafts_in(draft.force_id)[0]
        assert line.standing is Standing.IN_REVIEW
        assert [remark.part for remark in open_comments(draft.id)] == ["stage.before-he-leaves"]
        head = revision_of(draft.id, draft.head)
        people = {name: key for name, key in db.session.execute(sa.select(Person.name, Person.id))}
        assert not why_not(draft, head, people[SERGEANT.name])
        assert why_not(draft, head, people[TRAINER.name])


def test_it_could_be_published_and_changes_something(told: Flask) -> None:
    with told.app_context():
        draft = db.session.scalars(sa.select(ModuleDraft)).one()
        begun, head = (revision_of(draft.id, number).document for number in (1, draft.head))
        assert is_publishable(check_draft(head, {}))
        assert len(compare_documents(tidy(begun), tidy(head)).differences) == 2
