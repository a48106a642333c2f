"""Reading in a child: what it gives back, and that no file can hang, fill or crash the server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest

from app.cases import bounded
from app.cases.bounded import read_bounded
from app.cases.document import CaseRefusal
from app.cases.formats.refusals import LARGEST, Busy, Damaged, Encrypted, TooBig, TooHeavy
from app.cases.reading import read_case
from tests.cases.making_files import FILES
from tests.cases.small_files import locked_pdf, pdf, zipped

NAME = "missed-call-back.two-columns.tagged.pdf"


def test_a_child_reads_what_we_would_read() -> None:
    data = (FILES / NAME).read_bytes()
    assert read_bounded(data, NAME) == read_case(data, NAME)
    assert read_bounded(data, NAME).source == read_case(data, NAME).source


def test_odd_names_do_no_harm() -> None:
    for name in ("", "-c", "--help.txt", "é" * 5000 + ".txt", "a\nb.txt", "$(date).txt"):
        assert read_bounded(b"<html><p>A bin was full.", name).blocks


def test_a_name_with_a_zero_is_read_without_it() -> None:
    assert read_bounded(b"A bin was full.", "a\x00b.txt").blocks


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (locked_pdf(), "a.pdf", str(Encrypted())),
        (b"%PDF-1.4 nothing", "a.pdf", str(Damaged("PDF"))),
        (zipped({"word/document.xml": b" " * 25_000_000}), "a.docx", "far too large"),
    ],
)
def test_a_refusal_comes_back_as_its_sentence(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(CaseRefusal, match=sentence[:30]):
        read_bounded(data, name)


def test_a_file_that_is_too_big_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(TooBig):
        read_bounded(b"a" * (LARGEST + 1), "a.txt")


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(TooHeavy):
        read_bounded(b"<div>" * 400_000, "a.html")
    assert time.monotonic() - started < 5
    assert not _children()


def test_a_bomb_inside_a_pdf_meets_the_limit_of_memory() -> None:
    packer, grain = zlib.compressobj(1), bytes(1_000_000)
    squeezed = zlib.compress(
        b"".join(packer.compress(grain) for _ in range(600)) + packer.flush(), 9
    )
    made = pdf(b"@@").replace(
        b"<< /Length 2 >>\nstream\n@@",
        b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s"
        % (len(squeezed), squeezed),
    )
    assert len(made) < 100_000
    with pytest.raises(CaseRefusal, match="too much memory"):
        read_bounded(made, "a.pdf")


def test_the_child_is_bound_and_given_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "never to be told")
    monkeypatch.setattr(bounded, "PROGRAM", PROBE)
    with pytest.raises(CaseRefusal) as caught:
        read_bounded(b"", "a.txt")
    limits, environment, room = str(caught.value).strip().split("|")
    assert limits == f"{bounded.MEMORY} {bounded.SECONDS} 0 32"
    assert "SECRET" not in environment
    assert room == "False"


PROBE = """
import os, sys; sys.path.append(sys.argv[1])
import resource as r
from app.cases import bounded
bounded._limit()
asked = (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE)
said = " ".join(str(r.getrlimit(what)[0]) for what in asked)
print("refused", "|".join([said, " ".join(os.environ), str("flask" in sys.modules)]), sep="\\n")
"""


def test_a_reader_that_fails_is_a_sentence_and_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bounded, "PROGRAM", "raise KeyError('unforeseen')")
    with pytest.raises(Damaged):
        read_bounded(b"a", "a.txt")
    assert "unforeseen" in caplog.text


@pytest.mark.parametrize("program", ["pass", "print('read'); print('[')", "import os; os.abort()"])
def test_an_answer_that_is_none_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(bounded, "PROGRAM", program)
    with pytest.raises(TooHeavy):
        read_bounded(b"a", "a.txt")


def test_without_limits_of_the_system_the_clock_still_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "resource", None)
    bounded._limit()
    assert read_bounded(b"A bin was full.", "a.txt").blocks


def test_several_are_read_at_once() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(read_bounded(b"A bin.", "a.txt").blocks)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]


def test_a_file_waits_for_others_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.1)
    held = [bounded.AT_ONCE.acquire() for _ in range(3)]
    try:
        with pytest.raises(Busy, match="in a minute"):
            read_bounded(b"A bin was full.", "a.txt")
    finally:
        for _ in held:
            bounded.AT_ONCE.release()


def test_a_few_may_wait_and_the_rest_are_told_at_once() -> None:
    held = [bounded.PLACES.acquire() for _ in range(5)]
    begun = time.monotonic()
    try:
        with pytest.raises(Busy, match="in a minute"):
            read_bounded(b"A bin was full.", "a.txt")
    finally:
        for _ in held:
            bounded.PLACES.release()
    assert time.monotonic() - begun < 1, "a thread of the server is not held by a queue"
    assert read_bounded(b"A bin was full.", "a.txt").blocks


def test_a_name_that_no_system_can_write_is_no_failure() -> None:
    assert read_bounded(b"A bin was full.", "a\ud800.txt").blocks


def test_a_refused_file_gives_its_place_to_the_next() -> None:
    for _ in range(4):
        with pytest.raises(CaseRefusal):
            read_bounded(b"MZ", "a.exe")
    assert read_bounded(b"A bin was full.", "a.txt").blocks


def test_the_module_runs_by_its_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.cases.bounded", "a.txt"],
        input=b"A bin was full.", capture_output=True, check=True, cwd=bounded.ROOT,
    )  # fmt: skip
    assert done.stdout.startswith(b"read\n{")


def _children() -> list[str]:
    """Return the processes that this one started and that still run."""
    mine = str(os.getpid())
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[-1].split()
        except OSError:
            continue
        if fields[1] == mine and fields[0] != "Z":
            found.append(status.parent.name)
    return found
