"""The commands as somebody types them: their words, their exit codes, never a traceback."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo

from app.authoring.commands import cli
from app.catalogue.module_files import write_module
from app.config import ROOT
from tests.factories.modules import made_up


def run(*args: object, obj: ScriptInfo | None = None) -> Result:
    """Run `debrief content` with these arguments."""
    return CliRunner().invoke(cli, [str(arg) for arg in args], obj=obj, catch_exceptions=False)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder with two sound module files."""
    for slug in ("one", "two"):
        (tmp_path / f"{slug}.yaml").write_text(write_module(made_up(slug)), encoding="utf-8")
    return tmp_path


def change(written: Path, name: str, old: str, new: str) -> Path:
    path = written / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_help_names_every_command() -> None:
    told = run("--help").output
    assert all(name in told for name in ("check", "format", "schema", "sync", "export"))


def test_check_is_content_with_sound_files(written: Path) -> None:
    done = run("check", "--content", written)
    assert done.exit_code == 0
    assert "2 files checked: 0 faults to mend" in done.output


def test_check_refuses_with_file_line_and_reason(written: Path) -> None:
    path = change(written, "two.yaml", "minutes: 10", "minutes: 22:40")
    done = run("check", "--content", written)
    assert done.exit_code == 1
    line = path.read_text().split("minutes:")[0].count("\n") + 1
    assert f"{path}:{line}: some readers take 22:40 for a number of minutes" in done.output
    assert "1 fault to mend" in done.output


def test_check_of_one_file_leaves_the_others(written: Path) -> None:
    change(written, "two.yaml", "minutes: 10", "minutes: 22:40")
    assert run("check", written / "one.yaml").exit_code == 0


def test_check_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    done = run("check", "--content", tmp_path)
    assert done.exit_code == 2
    assert "There is no .yaml file" in done.output


def test_the_modules_of_content_are_sound() -> None:
    done = run("check", "--content", ROOT / "content")
    assert done.exit_code == 0, done.output


def test_format_makes_canonical_and_only_then_writes(written: Path) -> None:
    path = change(written, "one.yaml", "minutes: 10", "minutes:   10")
    before = path.read_bytes()
    asked = run("format", "--check", "--content", written)
    assert asked.exit_code == 1
    assert f"{path}: would be changed" in asked.output
    assert path.read_bytes() == before
    done = run("format", "--content", written)
    assert (done.exit_code, "1 file formatted." in done.output) == (0, True)
    assert path.read_text(encoding="utf-8") == write_module(made_up("one"))
    assert run("format", "--check", "--content", written).exit_code == 0


def test_format_does_not_lose_a_comment_unasked(written: Path) -> None:
    path = change(written, "one.yaml", "minutes: 10", "minutes: 10  # ask Sam")
    before = path.read_bytes()
    done = run("format", "--content", written)
    assert done.exit_code == 1
    assert "this comment would be lost" in done.output
    assert path.read_bytes() == before
    assert run("format", "--drop-comments", "--content", written).exit_code == 0
    assert path.read_text(encoding="utf-8") == write_module(made_up("one"))


def test_format_keeps_what_a_file_began_from(written: Path) -> None:
    path = written / "one.yaml"
    path.write_text(write_module(made_up("one"), "ab" * 32), encoding="utf-8")
    before = path.read_bytes()
    assert run("format", "--check", path).exit_code == 0
    change(written, "one.yaml", "minutes: 10", "minutes:   10")
    assert run("format", path).exit_code == 0
    assert path.read_bytes() == before
    assert run("check", path).exit_code == 0


def test_format_leaves_a_faulty_file_as_it_is(written: Path) -> None:
    path = change(written, "one.yaml", "minutes: 10", "minutes: 22:40")
    before = path.read_bytes()
    assert run("format", "--content", written).exit_code == 1
    assert path.read_bytes() == before


def test_schema_is_printed_or_written(tmp_path: Path) -> None:
    printed = run("schema").output
    assert '"$schema"' in printed
    run("schema", "--write", "--content", tmp_path)
    assert (tmp_path / "module.schema.json").read_text(encoding="utf-8") == printed
