"""Everything that is held of a person: nothing forgotten, nothing of anybody else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import sqlalchemy as sa

from app.accounts.audit import note
from app.accounts.models import Grant, LinkPurpose, PasswordLink
from app.accounts.permissions import Role
from app.assigning.models import Assignment, Occurrence
from app.attempts.marking import Response
from app.db import Base, db
from app.learning.export import HOLDINGS, everything_of, pointers
from tests.cast import Cast
from tests.factories.record import WHEN, add_private, make_attempt, make_version

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


def test_every_table_that_points_at_a_person_is_listed_with_every_column_that_does() -> None:
    assert {holding.table: frozenset(holding.by) for holding in HOLDINGS} == pointers()


def test_what_is_left_out_and_what_is_sealed_names_columns_that_exist() -> None:
    for holding in HOLDINGS:
        columns = set(Base.metadata.tables[holding.table].columns.keys())
        assert set(holding.left_out) | set(holding.sealed) <= columns, holding.table


def test_every_binary_column_is_sealed_or_left_out() -> None:
    for holding in HOLDINGS:
        for column in Base.metadata.tables[holding.table].columns:
            if isinstance(column.type, sa.LargeBinary):
                assert column.name in {*holding.sealed, *holding.left_out}, (
                    f"{holding.table}.{column.name}"
                )


def test_own_private_text_is_opened_and_nobody_elses_is_there(session, cast: Cast) -> None:
    version = make_version()
    own = make_attempt(cast.officer, version, first={"one": Response(chosen=("yes",))})
    add_private(own, "mine-4711")
    add_private(make_attempt(cast.colleague, version), "hers-0815")

    found = everything_of(cast.officer, now=NOW)

    text = json.dumps(found)
    assert found["reflection"][0]["text"] == "text mine-4711"
    assert found["reflection"][0]["points"]["0"]["words"] == "words mine-4711"
    assert found["commitment"][0]["text"] == "shift mine-4711"
    assert found["draft"][0]["body"] == {"text": ["draft mine-4711"]}
    assert found["answer"][0]["credit"] == "1"
    assert len(found["attempt"]) == len(found["completion"]) == 1
    assert "hers-0815" not in text


def test_each_part_is_described_and_counted_on_top(session, cast: Cast) -> None:
    found = everything_of(cast.officer, now=NOW)
    parts = {part["part"]: part for part in found["parts"]}
    assert list(found)[:4] == ["what_this_is", "as_at", "parts", "not_included"]
    assert parts["person"]["rows"] == 1
    assert "password_hash" in parts["person"]["left_out"]
    assert all(part["about"] for part in found["parts"])
    assert found["as_at"] == "2026-11-22T14:05:00+00:00"


def test_no_password_hash_and_no_token_leaves(session, cast: Cast) -> None:
    db.session.add(
        PasswordLink(token_digest="d" * 64, person_id=cast.officer, purpose=LinkPurpose.FIRST,
                     issued_at=WHEN, issued_by=cast.administrator, expires_at=WHEN)
    )  # fmt: skip
    db.session.flush()
    found = everything_of(cast.officer, now=NOW)
    text = json.dumps(found)
    assert found["password_link"][0]["issued_by"] == "another person"
    assert "argon2" not in text
    assert "d" * 64 not in text


def test_units_have_names_and_other_people_have_none(session, cast: Cast) -> None:
    db.session.add(
        Grant(person_id=cast.officer, role=Role.TRAINER, unit_id=cast.contact, granted_at=WHEN,
              granted_by=cast.administrator)
    )  # fmt: skip
    db.session.flush()
    found = everything_of(cast.officer, now=NOW)
    assert found["membership"][0]["unit_name"] == "Contact centre"
    assert found["role_grant"][0]["person_id"] == "you"
    assert found["role_grant"][0]["granted_by"] == "another person"
    assert found["role_grant"][0]["role"] == "trainer"


def test_what_was_asked_of_her_and_acts_about_her_are_there(session, cast: Cast) -> None:
    version = make_version()
    asked = Assignment(module_id=version.module_id, unit_id=cast.contact, due_on=date(2026, 12, 4),
                       assigned_at=WHEN, assigned_by=cast.manager, key="k")  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    for person in (cast.officer, cast.colleague):
        db.session.add(
            Occurrence(assignment_id=asked.id, person_id=person, module_id=version.module_id,
                       due_on=asked.due_on, asked_at=WHEN)
        )  # fmt: skip
        note("moved", f"person:{person}", f"Moved {person}.", actor_id=cast.administrator, at=WHEN)
    db.session.flush()

    hers = everything_of(cast.officer, now=NOW)
    managers = everything_of(cast.manager, now=NOW)
    administrators = everything_of(cast.administrator, now=NOW)

    assert [row["module_name"] for row in hers["occurrence"]] == ["a-module"]
    assert [row["sentence"] for row in hers["audit_entry"]] == [f"Moved {cast.officer}."]
    assert hers["assignment"] == []
    assert managers["assignment"][0]["assigned_by"] == "you"
    assert {row["subject"] for row in administrators["audit_entry"]} == {"another person"}
    assert "Moved" not in json.dumps(administrators["audit_entry"])


def test_a_text_whose_key_is_lost_says_so_instead_of_failing(session, cast: Cast) -> None:
    own = make_attempt(cast.officer, make_version())
    add_private(own, "x")
    db.session.execute(sa.text("UPDATE commitment SET text = :junk"), {"junk": b"not sealed"})
    found = everything_of(cast.officer, now=NOW)
    assert "could not be decrypted" in found["commitment"][0]["text"]


def test_no_seed_leaves_from_which_an_order_could_be_worked_out(session, cast: Cast) -> None:
    make_attempt(cast.officer, make_version())
    found = everything_of(cast.officer, now=NOW)
    assert "seed" not in found["attempt"][0]
    parts = {part["part"]: part for part in found["parts"]}
    assert "seed" in parts["attempt"]["left_out"]
