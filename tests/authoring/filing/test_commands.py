"""`debrief content sync` and `export` as somebody types them: what they do, say and refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from app.authoring.commands import cli
from app.authoring.filing.exporting import NothingToExport, Unfinished, WouldLose, exported
from app.authoring.filing.publishing_filed import NotPublished
from app.authoring.publishing import publish
from app.catalogue.models import Module, Version
from app.catalogue.module_files import read_module, write_module
from app.db import db
from app.drafting.drafting import revise
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of
from tests.authoring.reviewed import AT, second_trainer
from tests.authoring.test_syncing import attempt
from tests.cast import Cast
from tests.content.shipped import FOLDER, SLUGS
from tests.factories.modules import made_up, plain_module

Run = Callable[..., Result]
BY = ("--by", "Trainer@Example.test")
PUBLISH = (*BY, "--publish", "--approved-by", "second_trainer@example.test")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder with two sound module files."""
    for slug in ("one", "two"):
        (tmp_path / f"{slug}.yaml").write_text(write_module(made_up(slug)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(app: Flask, cast: Cast) -> Run:
    """Run `debrief content` with these arguments; there is a second trainer."""
    with app.app_context():
        second_trainer(cast)
        db.session.commit()
    info = ScriptInfo(create_app=lambda: app)
    return lambda *args: CliRunner().invoke(
        cli, [str(arg) for arg in args], obj=info, catch_exceptions=False
    )


@pytest.fixture
def sync(run: Run, written: Path) -> Run:
    """Run `debrief content sync` over the folder."""
    return lambda *args: run("sync", "--content", written, *args)


def change(written: Path, name: str, old: str, new: str) -> None:
    path = written / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def versions(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        rows = db.session.execute(
            sa.select(Module.slug, Version.number)
            .join(Module)
            .order_by(Module.slug, Version.number)
        )
        return [tuple(row) for row in rows]


def drafts(app: Flask) -> list[tuple[int, int]]:
    """Return the id and the newest revision of every draft."""
    with app.app_context():
        rows = db.session.execute(
            sa.select(ModuleDraft.id, ModuleDraft.head).order_by(ModuleDraft.id)
        )
        return [tuple(row) for row in rows]


def edit(app: Flask, draft_id: int, **changes: object) -> None:
    """Let somebody save the draft in the browser."""
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, draft_id)
        revise(draft, lambda d: d | changes, by=draft.created_by, at=AT, what="Edited.")
        db.session.commit()


def test_a_changed_file_becomes_a_draft_and_nothing_is_published(app: Flask, sync: Run) -> None:
    done = sync(*BY)
    assert (done.exit_code, done.output) == (0, (
        "one: draft 1 begun; nothing is published before it is signed off.\n"
        "two: draft 2 begun; nothing is published before it is signed off.\n"
    ))  # fmt: skip
    assert versions(app) == []
    assert sync(*BY).output == (
        "one: unchanged, draft 1 says the same and waits to be published.\n"
        "two: unchanged, draft 2 says the same and waits to be published.\n"
    )
    assert drafts(app) == [(1, 1), (2, 1)]


def test_it_belongs_to_the_force_of_whoever_brings_it(app: Flask, sync: Run, cast: Cast) -> None:
    sync("--by", "trainer_elsewhere@example.test")
    with app.app_context():
        draft = db.session.get_one(ModuleDraft, 1)
        assert (draft.force_id, draft.created_by) == (cast.south, cast.trainer_elsewhere)
        assert revision_of(1, 1).document == plain_module("one")


def test_the_file_goes_on_in_its_own_draft(app: Flask, sync: Run, written: Path) -> None:
    sync(*BY)
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    assert "one: draft 1 brought up to date with the file." in sync(*BY).output
    assert drafts(app) == [(1, 2), (2, 1)]


def test_a_draft_edited_in_the_browser_is_not_written_over(
    app: Flask, sync: Run, written: Path
) -> None:
    sync(*BY)
    edit(app, 1, minutes=8)
    done = sync(*BY)
    assert done.exit_code == 1
    assert "one: nothing done, for draft 1 was edited in the browser and differs" in done.output
    assert "two: unchanged" in done.output
    assert drafts(app) == [(1, 2), (2, 1)]
    beside = sync(*BY, "--new-draft")
    assert beside.exit_code == 0
    assert "one: draft 3 begun" in beside.output
    with app.app_context():
        assert revision_of(1, 2).document["minutes"] == 8


def test_a_file_that_is_behind_takes_nothing_back(app: Flask, sync: Run, written: Path) -> None:
    with app.app_context():
        publish(made_up("one"), by=None, at=AT)
        publish(made_up("one", title="A better title", summary="Better."), by=None, at=AT)
        db.session.commit()
    done = sync(*BY, written / "one.yaml")
    assert done.exit_code == 1
    assert "seems to have begun from version 1 and version 2 came since" in done.output
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    assert sync(*PUBLISH, written / "one.yaml").exit_code == 1
    assert (drafts(app), versions(app)) == ([], [("one", 1), ("one", 2)])
    assert "draft 1 begun" in sync(*BY, "--new-draft", written / "one.yaml").output


def test_two_trainers_publish_from_the_command(
    app: Flask, sync: Run, written: Path, cast: Cast
) -> None:
    done = sync(*PUBLISH)
    assert (done.exit_code, done.output) == (
        0, "one: version 1 published.\ntwo: version 1 published.\n"
    )  # fmt: skip
    with app.app_context():
        version = db.session.scalars(sa.select(Version).order_by(Version.id)).first()
        attempt(cast.officer, version)
        db.session.commit()
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    assert sync(*PUBLISH).output == (
        "one: version 2 published (wording); 1 attempt goes on with the version it began.\n"
        "two: unchanged, version 1 stands.\n"
    )
    assert versions(app) == [("one", 1), ("one", 2), ("two", 1)]


def test_a_draft_that_waits_can_be_published_from_the_command(app: Flask, sync: Run) -> None:
    sync(*BY)
    assert "one: version 1 published" in sync(*PUBLISH).output
    assert versions(app) == [("one", 1), ("two", 1)]


def test_modules_that_name_each_other_come_together(app: Flask, sync: Run, written: Path) -> None:
    for slug, other in (("one", "two"), ("two", "one")):
        module = made_up(slug, content_note={"text": "Words.", "alternative": other})
        (written / f"{slug}.yaml").write_text(write_module(module), encoding="utf-8")
    assert sync(*PUBLISH).exit_code == 0
    assert versions(app) == [("one", 1), ("two", 1)]


def test_what_cannot_be_published_leaves_all_as_it_was(
    app: Flask, sync: Run, written: Path
) -> None:
    module = made_up("two", owner="nowhere")
    (written / "two.yaml").write_text(write_module(module), encoding="utf-8")
    with pytest.raises(NotPublished, match=r"two: .*no unit called “nowhere”"):
        sync(*PUBLISH)
    assert (drafts(app), versions(app)) == ([], [])


def test_nothing_is_written_when_one_file_has_a_fault(app: Flask, sync: Run, written: Path) -> None:
    change(written, "two.yaml", "minutes: 10", "minutes: 22:40")
    done = sync(*BY)
    assert done.exit_code == 1
    assert "two.yaml:" in done.output
    assert "Nothing was written." in done.output
    assert drafts(app) == []


@pytest.mark.parametrize(("args", "said"), [
    ((), "Say who does it: --by EMAIL"),
    (("--by", "nobody@example.test"), "no active trainer with the e-mail address nobody@"),
    (("--by", "left@example.test"), "no active trainer"),
    (("--by", "officer@example.test"), "no active trainer"),
    ((*BY, "--publish"), "Say who does it: --approved-by EMAIL"),
    ((*BY, "--approved-by", "second_trainer@example.test"), "goes with --publish"),
    ((*BY, "--publish", "--approved-by", "trainer@example.test"), "must be another trainer"),
    ((*BY, "--publish", "--approved-by", "officer@example.test"), "no active trainer"),
    ((*BY, "--publish", "--approved-by", "trainer_elsewhere@example.test"), "of the same force"),
])  # fmt: skip
def test_who_is_nobody_or_no_trainer_is_refused(
    app: Flask, sync: Run, args: tuple[str, ...], said: str
) -> None:
    done = sync(*args)
    assert done.exit_code == 2
    assert said in done.output
    assert drafts(app) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_export_then_sync_then_export_is_the_same_byte_for_byte(
    app: Flask, run: Run, tmp_path: Path, slug: str
) -> None:
    found = read_module(slug, (FOLDER / f"{slug}.yaml").read_bytes()).module
    assert found is not None
    shipped = exported(found).encode()
    path = tmp_path / f"{slug}.yaml"
    path.write_bytes(shipped)
    # Its owner is everyone, so that no unit of the files need be there.
    run("sync", *BY, path)
    run("export", slug, "--draft", "1", "--folder", tmp_path, "--overwrite")
    assert path.read_bytes() == shipped
    path.unlink()
    run("export", slug, "--draft", "1", "--folder", tmp_path)
    assert path.read_bytes() == shipped
    with app.app_context():
        publish(read_module(path.name, shipped).module, by=None, at=AT)
        db.session.commit()
    path.unlink()
    run("export", slug, "--folder", tmp_path)
    assert path.read_bytes() == shipped
    assert "unchanged, version 1 stands" in run("sync", *BY, path).output


def test_a_module_edited_in_the_browser_goes_back_to_git_and_the_other_way_round(
    app: Flask, run: Run, sync: Run, written: Path
) -> None:
    sync(*PUBLISH)
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    sync(*BY)
    edit(app, 3, title="Edited in the browser")
    done = run("export", "one", "--draft", "3", "--folder", written, "--overwrite")
    assert "was written" in done.output
    text = (written / "one.yaml").read_text(encoding="utf-8")
    assert "title: Edited in the browser" in text
    assert "minutes: 9" in text
    assert "one: unchanged, draft 3 says the same" in sync(*BY).output
    # What was saved in the browser and then exported is the file's: it goes on from there.
    change(written, "one.yaml", "minutes: 9", "minutes: 8")
    assert "one: draft 3 brought up to date with the file." in sync(*BY).output
    assert "one: version 2 published (wording)." in sync(*PUBLISH).output


def test_export_loses_nothing_that_stands_in_the_file(
    app: Flask, run: Run, sync: Run, written: Path
) -> None:
    sync(*PUBLISH)
    out = ("export", "one", "--folder", written)
    assert "was written" in run(*out).output, "it says now what it begins from"
    assert "says the same already" in run(*out).output
    path = written / "one.yaml"
    change(written, "one.yaml", "minutes: 10", "minutes: 9")
    mine = path.read_bytes()
    with pytest.raises(WouldLose, match="--overwrite"):
        run(*out)
    assert path.read_bytes() == mine
    sync(*BY)
    assert "was written" in run(*out).output, "the draft holds it now"
    assert "minutes: 10" in path.read_text(encoding="utf-8")
    change(written, "one.yaml", "minutes: 10", "minutes: 10  # ask Sam")
    with pytest.raises(WouldLose):
        run(*out, "--version", "1")
    assert "was written" in run(*out, "--overwrite").output
    path.write_text("slug: [", encoding="utf-8")
    with pytest.raises(WouldLose):
        run(*out)


def test_what_there_is_not_cannot_be_exported(
    app: Flask, run: Run, sync: Run, tmp_path: Path
) -> None:
    sync(*PUBLISH)
    for args, said in (
        (("none",), "no module called “none”"),
        (("one", "--version", "2"), "no version 2"),
        (("one", "--draft", "2"), "no draft 2 of a module called “one”"),
        (("one", "--draft", "99"), "no draft 99"),
    ):
        with pytest.raises(NothingToExport, match=said):
            run("export", *args, "--folder", tmp_path)
    both = run("export", "one", "--draft", "1", "--version", "1", "--folder", tmp_path)
    assert (both.exit_code, "Choose either" in both.output) == (2, True)


def test_an_unfinished_draft_has_no_file(app: Flask, run: Run, sync: Run, tmp_path: Path) -> None:
    sync(*BY)
    edit(app, 1, title="", summary="")
    with pytest.raises(Unfinished, match="2 things are missing or wrong"):
        run("export", "one", "--draft", "1", "--folder", tmp_path / "..")
