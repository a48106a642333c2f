"""`debrief report completions`: bounded by a manager, plain in its refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.db import Refusal, db
from tests.cast import Cast
from tests.factories.assigning import make_assignment, make_completion, make_version

MANAGER = "manager@example.test"


@pytest.fixture
def asked(app: Flask, cast: Cast) -> Cast:
    """Two units elsewhere and one's own, asked and committed."""
    with app.app_context():
        version = make_version()
        make_assignment(version, cast.operations, by=cast.manager)
        make_assignment(version, cast.south, by=cast.manager_elsewhere)
        make_completion(version, cast.officer)
        db.session.commit()
    return cast


def _run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["report", "completions", *arguments])


def test_it_prints_the_rows_of_the_managers_units(app: Flask, asked: Cast) -> None:
    result = _run(app, "--as", MANAGER)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Name")
    assert len(lines) == 6
    assert "Elsewhere" not in result.stdout
    assert "5 rows: all units, all modules, every status. As at" in result.stderr


def test_it_narrows_by_unit_module_and_status(app: Flask, asked: Cast) -> None:
    narrow = ("--unit", "Contact centre", "--module", "made-up", "--status", "completed")
    result = _run(app, "--as", MANAGER, *narrow)
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["Name", "Officer"]


def test_it_writes_files(app: Flask, asked: Cast, tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    assert _run(app, "--as", MANAGER, "--csv", str(target)).exit_code == 0
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 6
    workbook = tmp_path / "report.xlsx"
    assert _run(app, "--as", MANAGER, "--xlsx", str(workbook)).exit_code == 0
    assert workbook.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--as", "officer@example.test"), "is not the address of an active manager"),
        (("--as", MANAGER, "--unit", "Control room"), "There is no unit “Control room”"),
        (("--as", MANAGER, "--module", "none"), "There is no module “none”"),
        (("--as", MANAGER, "--csv", "/nowhere/x.csv"), "cannot be written"),
        (("--as", MANAGER, "--csv", "a.csv", "--xlsx", "a.xlsx"), "not both"),
    ],
)
def test_it_refuses_in_a_sentence(
    app: Flask, asked: Cast, arguments: tuple[str, ...], sentence: str
) -> None:
    result = _run(app, *arguments)
    assert result.exit_code != 0
    assert isinstance(result.exception, Refusal)
    assert sentence in str(result.exception)
