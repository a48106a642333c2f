"""Every command: help that a stranger understands, sentences instead of tracebacks, exit codes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from app.config import ROOT, from_environment

DEBRIEF = Path(sys.executable).with_name("debrief")
SETTINGS = ("DEBRIEF_", "DATABASE_URL", "FLASK_")


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the words of every command and of every group."""
    yield path
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from walk(below, (*path, name))


EVERY = list(walk(cli))


def clean(**settings: str) -> dict[str, str | None]:
    """Return an environment without any setting but these."""
    found = {name: None for name in os.environ if name.startswith(SETTINGS)}
    return {**found, **settings}


def keys() -> dict[str, str]:
    lines = run("keys").stdout.splitlines()
    return dict(line.split("=", 1) for line in lines)


def run(*words: str, **settings: str) -> Result:
    """Run a command with these settings only."""
    return CliRunner().invoke(cli, list(words), env=clean(**settings), prog_name="debrief")


def refused(result: Result) -> str:
    """Return the one sentence of a command that ended as it should when refusing."""
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert result.stderr.startswith("debrief: ")
    return result.stderr.removeprefix("debrief: ").strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _heed_interrupts() -> None:
    """Let a child hear Ctrl and C, which a suite in the background is deaf to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def served(port: int, *words: str, **settings: str) -> Iterator[str]:
    """Start a server in a process of its own, give its first page, and stop it."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(SETTINGS)}
    command = [str(DEBRIEF), *words, "--port", str(port)]
    with subprocess.Popen(
        command,
        env={**environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_heed_interrupts,
    ) as process:
        try:
            yield first_page(process, f"http://127.0.0.1:{port}/sign-in")
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0


def first_page(process: subprocess.Popen[bytes], url: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                return str(response.read().decode())
        except OSError:
            assert process.poll() is None, process.stdout and process.stdout.read().decode()
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_needs_no_setting(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Usage: debrief")
    lines = [line.strip() for line in result.output.splitlines()]
    after = lines[lines.index("") + 1]
    assert len(after.split()) >= 3, after


def test_the_list_of_commands_is_whole_and_each_has_its_line() -> None:
    output = run("--help").output
    listed = dict(
        line.split(None, 1) for line in output.split("Commands:")[1].splitlines() if line.strip()
    )
    assert set(listed) >= {"content", "db", "demo", "keys", "people", "report", "run"}
    assert not [name for name, words in listed.items() if words.endswith("...")]


def test_a_real_process_needs_no_setting_for_help() -> None:
    found = subprocess.run([DEBRIEF, "--help"], env={}, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert "debrief demo" in found.stdout


def test_a_real_process_says_a_sentence_and_fails() -> None:
    found = subprocess.run([DEBRIEF, "run"], env={}, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert found.stderr.startswith("debrief: DEBRIEF_PRIVATE_KEYS is not set")


def test_unknown_words_are_refused() -> None:
    for words in (["no-such-command"], ["people", "no-such"], ["demo", "--port", "many"]):
        result = run(*words)
        assert result.exit_code == 2
        assert "Error: " in result.output


def test_keys_are_new_and_fit() -> None:
    first, second = keys(), keys()
    assert set(first) == {"DEBRIEF_SECRET_KEY", "DEBRIEF_PRIVATE_KEYS"}
    assert all(first[name] != second[name] for name in first)
    assert from_environment(first).secret_key == first["DEBRIEF_SECRET_KEY"]


NEEDS_APP = [
    ("run",), ("db", "upgrade"), ("db", "current"), ("db", "check"), ("mail", "send"),
    ("people", "forget-uploads"), ("content", "sync"),
    ("report", "completions", "--as", "nobody@example.test"),
]  # fmt: skip


@pytest.mark.parametrize("words", NEEDS_APP, ids=" ".join)
def test_a_missing_setting_is_named(words: tuple[str, ...]) -> None:
    assert refused(run(*words)).startswith("DEBRIEF_PRIVATE_KEYS is not set")
    only = {"DEBRIEF_PRIVATE_KEYS": keys()["DEBRIEF_PRIVATE_KEYS"]}
    said = refused(run(*words, **only))
    assert said.startswith("DEBRIEF_SECRET_KEY is not set")
    assert "debrief keys" in said
    assert only["DEBRIEF_PRIVATE_KEYS"] not in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBRIEF_PRIVATE_KEYS", "not-a-key-at-all", "number 1 of 1 is not a key"),
        ("DEBRIEF_TRUSTED_PROXIES", "two", "must be a whole number"),
        ("DEBRIEF_IDLE_HOURS", "-1", "must be a whole number"),
        ("DEBRIEF_SECURE_COOKIES", "perhaps", "must be true or false"),
        ("DATABASE_URL", "no address", "DATABASE_URL is not the address"),
        ("DATABASE_URL", "oracle9://x/y", "DATABASE_URL is not the address"),
        ("DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/x", "cannot be used: "),
        ("DATABASE_URL", "sqlite:////no/such/folder/x.db", "unable to open database file"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    name: str, value: str, said: str, tmp_path: Path
) -> None:
    settings = {**keys(), "DEBRIEF_INSTANCE": str(tmp_path), name: value}
    sentence = refused(run("report", "completions", "--as", "x@example.test", **settings))
    assert said in sentence
    assert name in sentence
    assert not {"secret", "not-a-key-at-all"} & set(sentence.replace(":", " ").split())


def test_a_database_without_tables_is_said(tmp_path: Path) -> None:
    settings = {**keys(), "DEBRIEF_INSTANCE": str(tmp_path / "new")}
    for words in (
        ("run",),
        ("content", "sync", "--by", "a@b.test"),
        ("report", "completions", "--as", "a@b.test"),
    ):
        assert "Run: debrief db upgrade" in refused(run(*words, **settings))


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("demo", "--instance", str(tmp_path), "--port", str(port))
    said = refused(result)
    assert f"Port {port} is in use" in said
    assert f"--port {port + 1}" in said
    assert not (tmp_path / "demo.db").exists()


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    where = ("--instance", str(tmp_path), "--port", str(free_port()))
    assert "192.0.2.1" in refused(run("demo", *where, "--host", "192.0.2.1"))
    assert "no.such.host.invalid" in refused(run("demo", *where, "--host", "no.such.host.invalid"))


def test_a_module_that_cannot_be_published_stops_the_first_start(tmp_path: Path) -> None:
    content, instance = tmp_path / "content", tmp_path / "instance"
    content.mkdir()
    (content / "broken.yaml").write_text("slug: broken\nslug: twice\n")
    where = ("--no-serve", "--instance", str(instance), "--content", str(content))
    result = run("demo", *where)
    assert result.exit_code == 2
    assert "debrief: broken.yaml:2:" in result.stderr
    assert "Traceback" not in result.output


def test_the_demonstration_starts_and_keeps_what_was_done(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    source = (ROOT / "content" / "a-friend-rings-in.yaml").read_text(encoding="utf-8")
    (content / "a-friend-rings-in.yaml").write_text(source, encoding="utf-8")
    where = ("--instance", str(tmp_path / "instance"), "--content", str(content))
    first = run("demo", "--no-serve", *where)
    assert first.exit_code == 0, first.output
    assert "First start" in first.output
    assert "aisha.rahman@demo.invalid" in first.output
    second = run("demo", "--no-serve", *where)
    assert second.exit_code == 0, second.output
    assert "First start" not in second.output
    assert "published" not in second.output
    (content / "a-friend-rings-in.yaml").write_text(
        source.replace("title: A friend rings in", "title: A friend rings in again"),
        encoding="utf-8",
    )
    assert "a-friend-rings-in: version 2 published" in run("demo", "--no-serve", *where).output
    (content / "a-friend-rings-in.yaml").write_text("slug: [", encoding="utf-8")
    fourth = run("demo", "--no-serve", *where)
    assert fourth.exit_code == 0
    assert "The modules were left as they are: a-friend-rings-in.yaml:" in fourth.stderr
    with served(free_port(), "demo", *where) as page:
        assert "Sign in as Aisha Rahman" in page


def test_run_serves_with_the_settings_of_the_environment(tmp_path: Path) -> None:
    settings = {**keys(), "DEBRIEF_INSTANCE": str(tmp_path)}
    assert run("db", "upgrade", **settings).exit_code == 0
    assert run("db", "check", **settings).exit_code == 0
    with served(free_port(), "run", **settings) as page:
        assert "<h1" in page
        assert "Sign in as " not in page


def test_a_revision_that_does_not_exist_fails(tmp_path: Path) -> None:
    settings = {**keys(), "DEBRIEF_INSTANCE": str(tmp_path)}
    result = run("db", "upgrade", "no-such-revision", **settings)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
