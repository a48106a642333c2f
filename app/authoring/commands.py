"""The `debrief content` commands: check, format, schema, sync and export of module files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.authoring.filing.bringing import bring_in
from app.authoring.filing.exporting import draft_text, refuse_loss, version_text
from app.authoring.filing.fates import Filed
from app.authoring.filing.publishing_filed import publish_filed
from app.authoring.filing.queries import Trainer, trainer_by_email
from app.authoring.publishing import digest_of
from app.catalogue.document import json_schema
from app.catalogue.module_files import (
    BEGUN_FROM,
    ModuleFile,
    Severity,
    read_module,
    write_module,
)
from app.checking.checking import check_file, check_together, is_refused
from app.checking.source_texts import source_texts_in
from app.config import ROOT
from app.db import now_utc, unit_of_work

SCHEMA_NAME = "module.schema.json"
FILES = click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
FOLDER = click.option(
    "--content", "folder", type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "content", envvar="DEBRIEF_CONTENT", show_default="content/",
    help="The folder of module files, when no file is named.",
)  # fmt: skip
SOURCES = click.option(
    "--sources", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None,
    help="A folder with the text of the sources; then places and wording are checked too.",
)  # fmt: skip


def chosen_files(files: tuple[Path, ...], folder: Path) -> list[Path]:
    """Return the files named, or every module file of the folder."""
    found = sorted(files or folder.glob("*.yaml"))
    if not found:
        raise click.UsageError(f"There is no .yaml file in {folder}.")
    return found


def shown_name(path: Path) -> str:
    """Return the path as a person would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def checked_files(paths: list[Path], sources: Path | None) -> list[ModuleFile]:
    """Read and check files, alone and together."""
    texts = source_texts_in(sources) if sources else None
    return check_together(check_file(shown_name(p), p.read_bytes(), texts) for p in paths)


def schema_text() -> str:
    """Return the JSON Schema of a module file as it stands in content/."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def say_findings(files: list[ModuleFile]) -> None:
    """Print every finding, one line each, and then the sum."""
    for file in files:
        for finding in file.findings:
            click.echo(file.written(finding))
    every = [finding.severity for file in files for finding in file.findings]
    warned = every.count(Severity.WARN)
    refused = len(every) - warned
    click.echo(
        f"{_counted(len(files), 'file')} checked: "
        f"{_counted(refused, 'fault')} to mend, {_counted(warned, 'warning')} to look at."
    )


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@click.group(name="content")
def cli() -> None:
    """The modules in content/: check, format, bring in, write back."""


@cli.command()
@FILES
@FOLDER
@SOURCES
def check(files: tuple[Path, ...], folder: Path, sources: Path | None) -> None:
    """Check module FILES against every rule.

    Each finding is one line: file, line, where in the module, and what is wrong. A fault stops
    publishing, and the command then ends with exit code 1; a warning is for a person to judge.
    """
    found = checked_files(chosen_files(files, folder), sources)
    say_findings(found)
    if any(is_refused(file) for file in found):
        sys.exit(1)


@cli.command(name="format")
@FILES
@FOLDER
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if one would.")
@click.option("--drop-comments", is_flag=True, help="Format files that hold comments, losing them.")
def format_files(
    files: tuple[Path, ...], folder: Path, only_check: bool, drop_comments: bool
) -> None:
    """Put module FILES into canonical form, so that a diff shows only what changed."""
    faults = changes = 0
    for path in chosen_files(files, folder):
        data = path.read_bytes()
        file = read_module(shown_name(path), data)
        reasons = [file.written(finding) for finding in file.findings]
        if file.module and not drop_comments:
            reasons += _comments(file)
        for reason in reasons:
            click.echo(reason)
        faults += bool(reasons)
        if file.module is None or reasons:
            continue
        text = write_module(file.module, file.begun_from).encode()
        if text != data:
            changes += 1
            click.echo(f"{file.name}: {'would be changed' if only_check else 'formatted'}")
            if not only_check:
                path.write_bytes(text)
    click.echo(f"{_counted(changes, 'file')} {'to format' if only_check else 'formatted'}.")
    if faults or (only_check and changes):
        sys.exit(1)


def _comments(file: ModuleFile) -> list[str]:
    """Say which comments formatting would lose; the lines at the head are the file's own."""
    return [
        f"{file.name}:{line}: this comment would be lost: remove it, or use --drop-comments"
        for line in file.comments()
    ]


@cli.command()
@click.option("--write", is_flag=True, help="Write it to content/module.schema.json.")
@FOLDER
def schema(write: bool, folder: Path) -> None:
    """Print the JSON Schema by which an editor completes and checks module files."""
    if not write:
        click.echo(schema_text(), nl=False)
        return
    path = folder / SCHEMA_NAME
    path.write_text(schema_text(), encoding="utf-8")
    click.echo(f"{shown_name(path)} is current.")


@cli.command()
@FILES
@FOLDER
@SOURCES
@click.option("--by", metavar="EMAIL", help="The trainer whose force the drafts belong to.")
@click.option("--publish", "publishing", is_flag=True, help="Publish the drafts, too.")
@click.option("--approved-by", metavar="EMAIL", help="The second trainer, who approves them.")
@click.option("--new-draft", is_flag=True, help="Begin another draft where there is a conflict.")
@with_appcontext
def sync(
    files: tuple[Path, ...], folder: Path, sources: Path | None, by: str | None, publishing: bool,
    approved_by: str | None, new_draft: bool,
) -> None:  # fmt: skip
    """Make a draft of each changed module FILE; unchanged ones are left.

    Everything is checked before anything is written, and all is written or nothing. A file that
    was exported says in its second line what it began from: what it changed since goes into what
    was edited or published meanwhile. Where both changed the same, or where a file does not say
    what it began from and another draft or version is in its way, nothing is done for that file
    and the exit code is 1. That second line is kept current; nothing else in a file is touched.

    With --publish the drafts become versions at once, in the names of two trainers; attempts that
    are under way go on with the version that they began. The review date of a module stays. To
    ask those who completed it to do it again, publish the draft on its page.
    """
    trainer = _trainer(by, "--by")
    if approved_by and not publishing:
        raise click.UsageError("--approved-by goes with --publish.")
    approver = _approver(approved_by, trainer) if publishing else None
    paths = chosen_files(files, folder)
    found = checked_files(paths, sources)
    if any(is_refused(file) for file in found):
        say_findings(found)
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    done = _brought_in(found, trainer, approver, new_draft)
    for one in done:
        click.echo(one.said())
    for name in _not_marked(zip(paths, found, done, strict=True)):
        click.echo(f"{name} cannot be written, so its line on what it began from is out of date.")
    if any(one.is_conflict for one in done):
        sys.exit(1)


def _brought_in(
    files: list[ModuleFile], trainer: Trainer, approver: Trainer | None, new_draft: bool
) -> list[Filed]:
    """Bring files in, and publish them when somebody approves; all or nothing."""
    at, read = now_utc(), [(file, file.module) for file in files if file.module]
    slugs = frozenset(module.slug for _file, module in read)
    with unit_of_work():
        done = [
            bring_in(module, trainer, at=at, begun_from=file.begun_from, new_draft=new_draft)
            for file, module in read
        ]
        if approver:
            done = [
                publish_filed(one, module, trainer, approver, at=at, along_with=slugs)
                for one, (_file, module) in zip(done, read, strict=True)
            ]
    return done


def _not_marked(brought: Iterable[tuple[Path, ModuleFile, Filed]]) -> list[str]:
    """Write into files that say what they began from what they go on from; name those that fail."""
    failed = []
    for path, file, one in brought:
        assert file.module is not None
        digest = digest_of(file.module)
        if not one.is_held or file.begun_from in ("", digest):
            continue
        try:
            was, now = (f"{BEGUN_FROM}{each}".encode() for each in (file.begun_from, digest))
            path.write_bytes(path.read_bytes().replace(was, now, 1))
        except OSError:
            failed.append(file.name)
    return failed


def _trainer(email: str | None, option: str) -> Trainer:
    if email is None:
        raise click.UsageError(f"Say who does it: {option} EMAIL, the address of a trainer.")
    trainer = trainer_by_email(email)
    if trainer is None:
        raise click.UsageError(f"There is no active trainer with the e-mail address {email}.")
    return trainer


def _approver(email: str | None, trainer: Trainer) -> Trainer:
    """Return the second trainer, who could also have signed the draft off in the browser."""
    approver = _trainer(email, "--approved-by")
    if approver.id == trainer.id:
        raise click.UsageError("--approved-by must be another trainer than --by.")
    if approver.force_id != trainer.force_id:
        raise click.UsageError("--approved-by must be a trainer of the same force as --by.")
    return approver


@cli.command()
@click.argument("slug")
@click.option("--version", "number", type=click.IntRange(1), help="Which version; else the newest.")
@click.option("--draft", "draft_id", type=click.IntRange(1), help="A draft instead of a version.")
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT / "content", envvar="DEBRIEF_CONTENT", show_default="content/",
    help="Where the file is written.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Write over a file whose changes are kept nowhere.")
@with_appcontext
def export(
    slug: str, number: int | None, draft_id: int | None, folder: Path, overwrite: bool
) -> None:
    """Write the module SLUG as its file, in canonical form, so that it can go back to git.

    Its second line says what it begins from: leave it as it is, and what you change can be told
    from what came meanwhile when you bring the file in.
    """
    if number and draft_id:
        raise click.UsageError("Choose either --version or --draft.")
    text = draft_text(slug, draft_id) if draft_id else version_text(slug, number)
    path = folder / f"{slug}.yaml"
    if path.exists() and path.read_bytes() == text.encode():
        click.echo(f"{shown_name(path)} says the same already.")
        return
    if not overwrite:
        refuse_loss(path, text)
    path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{shown_name(path)} was written.")
