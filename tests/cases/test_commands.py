"""`debrief import-case`: what is printed, what is refused, and that nothing else happens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cases.commands import cli
from app.config import ROOT

FILES = ROOT / "tests" / "cases" / "files"
KEYS = {
    "title", "publisher", "series", "issue", "case", "theme", "force", "published", "references",
    "tags", "raising_issues", "blocks", "questions", "findings", "recommendations", "outcomes",
    "guidance", "left_out", "coverage", "family", "form",
}  # fmt: skip
ROWS = {
    "blocks": {"kind", "text", "place", "under"},
    "questions": {"number", "audience", "text"},
    "findings": {"number", "text"},
    "recommendations": {"number", "scope", "text", "finding", "response"},
    "outcomes": {"person", "text"},
    "guidance": {"title", "text", "url"},
    "left_out": {"text", "reason", "place"},
}


def run(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, list(words))


def test_json_has_the_keys_that_the_help_says_and_no_other() -> None:
    result = run(str(FILES / "missed-call-back.txt"), "--json")
    assert result.exit_code == 0, result.output
    case = json.loads(result.stdout)
    assert set(case) == KEYS
    for name, keys in ROWS.items():
        assert case[name], name
        assert all(set(row) == keys for row in case[name]), name
    written = " ".join(run("--help").output.split())
    assert all(key in written for key in KEYS)


def test_json_gives_dates_places_and_what_is_absent() -> None:
    case = json.loads(run(str(FILES / "missed-call-back.txt"), "--json").stdout)
    assert (case["published"], case["force"], case["references"]) == ("2021-10", None, [])
    assert case["blocks"][0]["place"] == "line 3"
    # What is printed of a block has its number, as the source has it.
    asked = [block["text"] for block in case["blocks"] if block["kind"] == "question"]
    assert [text[:2] for text in asked] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert not case["questions"][0]["text"].startswith("1")


def test_a_person_reads_counts_and_what_was_left_out() -> None:
    result = run(str(FILES / "lost-wallet.docx"))
    assert result.exit_code == 0, result.output
    for line in (
        "Found wallet returned to the wrong person", "Family:     learning the lessons",
        "Published:  2013-03", "Questions: 5", "  3 for policy makers/managers",
        "Recommendations: 3 (2 joined to a finding, 2 with a response)", "Not placed: 0",
    ):  # fmt: skip
        assert line in result.output.splitlines(), line
    assert "A protective marking" in result.output or "stands in the header" in result.output


def test_what_no_layout_recognises_is_named(tmp_path: Path) -> None:
    path = tmp_path / "case.txt"
    path.write_text((FILES / "lost-wallet.txt").read_text("utf-8") + "\n\nWrite to the editor.\n")
    output = run(str(path)).output
    assert "Not placed: 1" in output
    assert "Write to the editor." in output.split("Not placed: 1")[1]


@pytest.mark.parametrize(("name", "data"), [
    ("case.txt", b""), ("case.txt", b"\n \n"), ("case.pdf", b"%PDF-1.7 nothing"),
    ("case.docx", b"PK\x03\x04"), ("case.exe", b"MZ\x90"), ("case.html", b"<html></html>"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_ends_with_a_sentence(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for words in ([str(path)], [str(path), "--json"]):
        result = run(*words)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert result.stdout == ""
        assert result.stderr.startswith("Error: ")
        assert result.stderr.rstrip().endswith(".")


def test_a_file_that_is_not_there_is_said() -> None:
    result = run("no-such-file.txt")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
