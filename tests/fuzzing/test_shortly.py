"""A short run of what `python -m tests.fuzzing` does for an hour."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cases.document import CaseRefusal
from tests.fuzzing import readers
from tests.fuzzing.files import bent_files, whole_files
from tests.fuzzing.readers import READERS, Tally


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(bent_files(), st.sampled_from(sorted(READERS)))
def test_a_bent_file_is_read_or_refused(data: bytes, reader: str) -> None:
    try:
        READERS[reader](data)
    except CaseRefusal:
        return


def test_whole_files_are_read_or_refused(tmp_path: Path) -> None:
    tally = Tally(tmp_path)
    for data in whole_files():
        tally.feed("case", data)
    assert tally.found == {}
    assert tally.runs == len(whole_files())
    assert tally.refused < tally.runs / 3


def test_what_makes_a_reader_fail_is_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(data: bytes) -> None:
        raise KeyError("unforeseen")

    monkeypatch.setitem(readers.READERS, "text", failing)
    tally = Tally(tmp_path / "found")
    tally.feed("text", b"one")
    tally.feed("text", b"two")
    assert list(tally.found.values()) == [2]
    assert [path.read_bytes() for path in (tmp_path / "found").glob("*.file")] == [b"one"]
    assert "1 findings" in tally.told()


def test_a_reading_that_takes_too_long_is_stopped_and_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(data: bytes) -> None:
        while True:
            pass

    monkeypatch.setitem(readers.READERS, "text", endless)
    monkeypatch.setattr(readers, "SECONDS", 1)
    tally = Tally(tmp_path)
    tally.feed("text", b"one")
    assert (tally.stopped, tally.found) == (1, {})
