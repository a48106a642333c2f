"""`debrief people …`: what a stranger types, what is printed, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from app.accounts.models import AuditEntry, Grant, Person, Unit
from app.accounts.permissions import Role
from app.db import Refusal, db
from app.people.commands import cli
from tests.cast import Cast

HEAD = "personnel_number,name,email,unit\n"
NEW = HEAD + "X1,Nia Rees,nia@example.test,Crime\n"


def run(app: Flask, *arguments: str, typed: str | None = None) -> Result:
    return app.test_cli_runner().invoke(cli, arguments, input=typed)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one new person."""
    path = tmp_path / "staff.csv"
    path.write_text(NEW)
    return path


def number_of(app: Flask, number: str) -> int:
    with app.app_context():
        counted = sa.select(sa.func.count()).where(Person.personnel_number == number)
        return db.session.scalar(counted) or 0


@pytest.mark.usefixtures("cast")
def test_a_dry_run_shows_the_difference_and_changes_nothing(app: Flask, file: Path) -> None:
    result = run(app, "import", str(file), "--force", "Northshire", "--dry-run")
    assert result.exit_code == 0
    assert "1 new" in result.output
    assert "X1 Nia Rees, Crime" in result.output
    assert "nothing was changed" in result.output
    assert number_of(app, "X1") == 0


@pytest.mark.usefixtures("cast")
def test_an_import_is_applied_and_a_second_time_changes_nothing(app: Flask, file: Path) -> None:
    first = run(app, "import", str(file), "--force", "northshire")
    assert (first.exit_code, number_of(app, "X1")) == (0, 1)
    assert "Applied: 1 person of Northshire." in first.output
    second = run(app, "import", str(file), "--force", "Northshire")
    assert "1 unchanged" in second.output
    assert "Applied: 0 people of Northshire." in second.output


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("extra", [(), ("--dry-run",)])
def test_a_refused_row_is_named_and_nothing_applied(
    app: Flask, file: Path, extra: tuple[str, ...]
) -> None:
    file.write_text(NEW + "X2,Bo,bo@example.test,Nowhere\n")
    result = run(app, "import", str(file), "--force", "Northshire", *extra)
    assert result.exit_code != 0
    assert "line 3: There is no unit called “Nowhere” in Northshire." in result.output
    assert "all or nothing" in result.output
    assert number_of(app, "X1") == 0


@pytest.mark.usefixtures("cast")
def test_touching_many_stops_and_says_how_to_go_on(app: Flask, file: Path) -> None:
    file.write_text(HEAD + "Nofficer,Sam,officer@example.test,Crime\n")
    arguments = ("import", str(file), "--force", "Northshire", "--limit-share", "10")
    stopped = run(app, *arguments)
    assert stopped.exit_code != 0
    assert "1 of 6 active people" in stopped.output
    assert "--yes-change-many" in stopped.output
    assert run(app, *arguments, "--yes-change-many").exit_code == 0


@pytest.mark.usefixtures("cast")
def test_missing_people_are_touched_only_when_asked(app: Flask, file: Path) -> None:
    assert "0 deactivated" in run(app, "import", str(file), "--force", "Northshire").output
    asked = run(app, "import", str(file), "--force", "Northshire", "--deactivate-missing",
                "--dry-run")  # fmt: skip
    assert "5 deactivated" in asked.output


@pytest.mark.usefixtures("cast")
def test_the_force_may_stand_in_the_file(app: Flask, file: Path) -> None:
    file.write_text(NEW.replace("unit\n", "unit,force\n").replace("Crime\n", "Crime,Northshire\n"))
    assert run(app, "import", str(file)).exit_code == 0


def test_bad_input_is_refused_without_a_traceback(app: Flask, cast: Cast, file: Path) -> None:
    assert cast.north
    nameless = run(app, "import", str(file))
    assert nameless.exit_code != 0
    assert "--force NAME" in nameless.output
    unknown = run(app, "import", str(file), "--force", "Nowhere")
    assert isinstance(unknown.exception, Refusal)
    assert "no force called “Nowhere”" in str(unknown.exception)
    file.write_bytes(b"PK\x03\x04")
    assert isinstance(run(app, "import", str(file), "--force", "x").exception, Refusal)
    assert run(app, "import", "not-there.csv", "--force", "Northshire").exit_code == 2


def make(app: Flask, *more: str, typed: str | None = None) -> Result:
    return run(
        app, "create-administrator", "--email", "First@Example.test", "--name", "First  One",
        "--force", "Eastshire", *more, typed=typed,
    )  # fmt: skip


def test_the_first_administrator_is_made_with_her_force(app: Flask) -> None:
    result = make(app, typed="y\n")
    assert result.exit_code == 0
    assert "There is no force called Eastshire. Make it?" in result.output
    assert "/set-password/" in result.output
    with app.app_context():
        person = db.session.scalars(sa.select(Person)).one()
        force = db.session.scalars(sa.select(Unit)).one()
        grant = db.session.scalars(sa.select(Grant)).one()
        assert (person.name, person.email, person.personnel_number) == (
            "First One", "first@example.test", "ADMIN-1",
        )  # fmt: skip
        assert (grant.role, grant.unit_id) == (Role.ADMINISTRATOR, force.id)
        acts = db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)).all()
        assert acts == ["unit-added", "person-added", "grant-given", "link-issued"]


def test_no_force_is_made_without_a_yes(app: Flask) -> None:
    assert make(app, typed="n\n").exit_code != 0
    with app.app_context():
        assert db.session.scalars(sa.select(Unit)).all() == []


def test_an_address_is_used_once(app: Flask) -> None:
    assert make(app, "--yes").exit_code == 0
    again = make(app)
    assert isinstance(again.exception, Refusal)
    assert "already has this e-mail address" in str(again.exception)


@pytest.mark.parametrize("name", ["import", "create-administrator", "forget-uploads"])
def test_every_command_explains_itself(app: Flask, name: str) -> None:
    result = run(app, name, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


def test_forgetting_uploads_says_how_many(app: Flask) -> None:
    assert "Deleted 0 uploaded files." in run(app, "forget-uploads").output
