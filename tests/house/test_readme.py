"""The README is true: it names every room, setting and command, and its commands are the ones."""

from __future__ import annotations

import re

import click
import pytest

from app.cli import cli
from app.config import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/debrief demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
ROOMS = sorted(
    f"app/{path.name}" + ("/" if path.is_dir() else "")
    for path in (ROOT / "app").iterdir()
    if (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
)
CONFIG = (ROOT / "app" / "config.py").read_text(encoding="utf-8")
SETTINGS = sorted(set(re.findall(r'"(DEBRIEF_[A-Z_]+|DATABASE_URL)"', CONFIG)))


def rows(heading: str) -> list[str]:
    """Return the first cells of the table that begins with this heading."""
    table = README.split(f"| {heading} |")[1].split("\n\n")[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.M)


@pytest.mark.parametrize("command", [RUN, TEST])
def test_each_command_stands_on_a_line_of_its_own(command: str) -> None:
    assert README.splitlines().count(command) == 1


def test_the_run_comes_before_the_tests() -> None:
    assert README.index(RUN) < README.index(TEST)


def test_every_room_has_its_line_and_no_other() -> None:
    assert len(ROOMS) > 10
    assert sorted(rows("room")) == ROOMS


def test_the_rooms_stand_in_the_order_of_the_arrows() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("layers = [")[1]
    layers = re.findall(r'"(\w+)"', contract.split("]")[0])
    named = [room.removeprefix("app/").removesuffix(".py").strip("/") for room in rows("room")]
    assert named == layers


def test_every_setting_has_its_line_and_no_other() -> None:
    assert len(SETTINGS) > 10
    assert sorted(rows("setting")) == SETTINGS


def test_every_command_is_named() -> None:
    section = README.split("## The commands")[1].split("\n## ")[0]
    for name, command in cli.commands.items():
        assert f"`debrief {name}" in section, name
        below = command.commands if isinstance(command, click.Group) else {}
        for word in below:
            assert f"`{word}`" in section or f"`debrief {name} {word}`" in section, (name, word)


def test_every_command_that_it_names_is_there() -> None:
    for group, word in re.findall(r"debrief (\w[\w-]*)(?: ([a-z][a-z-]+))?", README):
        command = cli.commands.get(group)
        assert command is not None, group
        if word and isinstance(command, click.Group):
            assert word in command.commands, (group, word)


def test_every_file_that_it_names_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 1
    assert (ROOT / pictures[0]).stat().st_size < 150_000
    for name in re.findall(r"`((?:app|content|tests|\.ci)/[\w./-]*)`", README):
        assert (ROOT / name).exists(), name


def test_every_extra_that_it_names_is_there() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    extras = set(re.findall(r"--extra (\w+)", README))
    for listed in re.findall(r"\.\[([\w,]+)\]", README):
        extras |= set(listed.split(","))
    assert extras == {"test", "postgres", "prod", "fuzz"}
    assert all(f"\n{extra} = [" in project for extra in extras)
