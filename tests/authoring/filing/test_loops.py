"""Browser to git to browser, and two people with one file, as somebody types the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.authoring.filing.exporting import WouldLose
from app.catalogue.module_files import read_module
from app.db import db
from app.drafting.drafting import set_aside
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of
from tests.authoring.filing.test_commands import (
    BY,
    PUBLISH,
    Run,
    change,
    drafts,
    edit,
    run,
    sync,
    versions,
    written,
)
from tests.authoring.reviewed import AT

__all__ = ["run", "sync", "written"]
SECOND = ("--by", "second_trainer@example.test")


def digest_in(path: Path) -> str:
    return read_module(path.name, path.read_bytes()).begun_from


def said(app: Flask, draft_id: int) -> str:
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        return str(revision_of(draft.id, draft.head).document)


def test_a_stale_file_does_not_take_back_a_correction(
    app: Flask, run: Run, sync: Run, written: Path
) -> None:
    path = written / "one.yaml"
    sync(*PUBLISH, path)
    plain = path.read_text(encoding="utf-8")
    run("export", "one", "--folder", written)
    begun = path.read_text(encoding="utf-8")
    change(written, "one.yaml", "The beginning.", "The second version corrects this.")
    sync(*PUBLISH, path)
    for text in (plain, begun):
        path.write_text(text.replace("The beginning.", "My own words."), encoding="utf-8")
        done = sync(*PUBLISH, path)
        assert done.exit_code == 1
        assert "version 2 came since" in done.output
        assert "(both changed the words of the text “The second version corrects this.”" in (
            done.output
        )
        assert "--new-draft" in done.output
    assert (versions(app), drafts(app)) == ([("one", 1), ("one", 2)], [(1, 1), (2, 1)])


def test_a_second_trainer_does_not_replace_the_file_of_the_first(
    app: Flask, sync: Run, written: Path
) -> None:
    sync(*BY)
    change(written, "one.yaml", "The beginning.", "Hers.")
    assert "draft 1 brought up to date" in sync(*BY).output
    change(written, "one.yaml", "Hers.", "His.")
    done = sync(*SECOND)
    assert done.exit_code == 1
    assert "another trainer brought draft 1 in from a file and it differs" in done.output
    assert "Hers." in said(app, 1)


def test_the_ordinary_loop_between_browser_and_git(app: Flask, run: Run, sync: Run, written: Path,
                                                   tmp_path: Path) -> None:  # fmt: skip
    sync(*BY, written / "one.yaml")
    git = tmp_path / "git"
    git.mkdir()
    out, path = ("export", "one", "--draft", "1", "--folder", git), git / "one.yaml"
    for words in ("Edited.", "Edited again.", "And again."):
        edit(app, 1, summary=words)
        assert "was written" in run(*out).output
    edit(app, 1, minutes=9)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The beginning.", "Changed in git."), encoding="utf-8")
    done = run("sync", path, *BY)
    assert done.exit_code == 0
    assert "one: draft 1 was edited since the file was exported; both changes" in done.output
    assert all(words in said(app, 1) for words in ("Changed in git.", "And again.", "9"))
    # The file has only its own, and nothing of it is lost when the draft is written over it.
    assert "was written" in run(*out).output
    assert "Changed in git." in path.read_text(encoding="utf-8")
    assert "minutes: 9" in path.read_text(encoding="utf-8")
    assert "says the same and waits" in run("sync", path, *BY).output
    path.write_text(path.read_text().replace("Changed in git.", "Once more."), encoding="utf-8")
    with pytest.raises(WouldLose):
        run(*out)
    assert "brought up to date" in run("sync", path, *BY).output


def test_a_file_published_twice_changes_the_same_words_twice(
    app: Flask, run: Run, sync: Run, written: Path
) -> None:
    """Bringing a file in keeps its line current, so the next change is told from the last."""
    path = written / "one.yaml"
    sync(*PUBLISH, path)
    run("export", "one", "--folder", written)
    before = digest_in(path)
    for minutes in (9, 8, 7):
        change(written, "one.yaml", f"minutes: {minutes + 1}\n", f"minutes: {minutes}\n")
        assert "published (wording)" in sync(*PUBLISH, path).output
        assert digest_in(path) != before
        before = digest_in(path)
    assert len(versions(app)) == 4
    assert "says the same already" in run("export", "one", "--folder", written).output


def test_a_file_in_conflict_keeps_its_line(run: Run, sync: Run, written: Path) -> None:
    path = written / "one.yaml"
    sync(*PUBLISH, path)
    run("export", "one", "--folder", written)
    begun = path.read_bytes()
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    sync(*PUBLISH, path)
    path.write_bytes(begun)
    change(written, "one.yaml", "minutes: 10", "minutes: 8")
    mine = path.read_bytes()
    assert sync(*BY, path).exit_code == 1
    assert path.read_bytes() == mine


def test_a_file_that_cannot_be_written_is_brought_in_all_the_same(
    app: Flask, run: Run, sync: Run, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(*PUBLISH)
    run("export", "one", "--folder", written)
    change(written, "one.yaml", "minutes: 10", "minutes: 9")

    def refuse(_path: Path, _data: bytes) -> int:
        raise OSError("read-only")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    done = sync(*BY, written / "one.yaml")
    assert (done.exit_code, "draft 3 begun" in done.output) == (0, True)
    assert "one.yaml cannot be written, so its line on what it began from is out" in done.output


def test_a_file_without_the_line_is_not_touched(sync: Run, written: Path) -> None:
    before = (written / "one.yaml").read_bytes()
    sync(*PUBLISH)
    assert (written / "one.yaml").read_bytes() == before


def test_what_a_draft_held_that_was_set_aside_is_not_lost_either(
    app: Flask, run: Run, sync: Run, written: Path
) -> None:
    sync(*PUBLISH)
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    sync(*BY)
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, 3)
        set_aside(draft, by=draft.created_by, at=AT)
        db.session.commit()
    assert "was written" in run("export", "one", "--folder", written).output


def test_a_change_that_was_made_by_hand_in_the_browser_too_is_not_lost(
    app: Flask, run: Run, sync: Run, written: Path
) -> None:
    path = written / "one.yaml"
    sync(*BY, path)
    out = ("export", "one", "--draft", "1", "--folder", written)
    run(*out)
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    edit(app, 1, minutes=9, summary="And more.")
    assert "was written" in run(*out).output, "the draft holds all that the file changed"
    change(written, "one.yaml", "minutes: 9", "minutes: 8")
    edit(app, 1, minutes=7)
    with pytest.raises(WouldLose):
        run(*out)
