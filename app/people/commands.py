"""`debrief people …`: import a list of people, make the first administrator, forget uploads."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from tqdm import tqdm

from app.accounts.models import Unit
from app.accounts.permissions import Role
from app.accounts.queries import force_named, free_number
from app.db import Refusal, now_utc, unit_of_work
from app.people.administering import Identity, add_person, hand_over_link
from app.people.arranging import add_force
from app.people.granting import give_grant
from app.people.import_bulk import By
from app.people.import_file import PersonRow, is_email, read_people
from app.people.import_plan import Outcome, Plan, make_plan
from app.people.import_upload import forget_old
from app.people.importing import apply_plan, check, load_state
from app.sign_in.passwords import link_address
from app.ui.filters import counted, london_date

cli = AppGroup("people", help="People: import a list, make the first administrator.")
SHOWN = 20


class UnknownForce(Refusal):
    """There is no force of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no force called “{name}”. "
            "Make it with its first administrator: debrief people create-administrator"
        )


def _on_terminal(rows: Iterable[PersonRow]) -> Iterable[PersonRow]:
    return tqdm(rows, desc="Comparing", unit=" rows", disable=not sys.stderr.isatty())


def _force_of(named: str | None, rows: Iterable[PersonRow]) -> Unit:
    """Return the force that the option or, without it, the file names."""
    name = named or next((row.force for row in rows if row.force), None)
    if not name:
        raise click.UsageError(
            "Say which force the people belong to: --force NAME, or a column called force."
        )
    force = force_named(name)
    if force is None:
        raise UnknownForce(name)
    return force


def _show(plan: Plan) -> None:
    """Print the difference: counts, the first of each class, every refused row."""
    for outcome in Outcome:
        found = plan.of(outcome)
        click.echo(f"{len(found):>8,} {outcome.value}")
        for one in found[:SHOWN] if outcome is not Outcome.UNCHANGED else []:
            details = f": {' '.join(one.details)}" if one.details else ""
            click.echo(f"           {one.number} {one.name}, {one.unit_name}{details}")
        if len(found) > SHOWN and outcome is not Outcome.UNCHANGED:
            click.echo(f"           and {len(found) - SHOWN:,} more")
    click.echo(f"{len(plan.refused):>8,} refused")
    for row in plan.refused:
        click.echo(f"           line {row.line}: {row.reason}")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", "force_name", help="The force that the people belong to, by its name.")
@click.option("--dry-run", is_flag=True, help="Show the difference and change nothing.")
@click.option(
    "--deactivate-missing",
    is_flag=True,
    help="Take the file as the list of everybody: whoever is in it is active, and whoever is not "
    "is deactivated, except administrators. Without this nobody is touched because a row is "
    "missing.",
)
@click.option(
    "--limit-share",
    type=click.IntRange(0, 100),
    default=20,
    show_default=True,
    metavar="N",
    help="Stop when more than N per cent of the active people would be changed, moved or "
    "deactivated.",
)
@click.option("--yes-change-many", is_flag=True, help="Go on although more would be touched.")
def import_people(
    file: Path, force_name: str | None, dry_run: bool, deactivate_missing: bool,
    limit_share: int, yes_change_many: bool,
) -> None:  # fmt: skip
    """Import people from the CSV file FILE, all of it or nothing.

    FILE has the columns personnel_number, name, email and unit, and may have active (yes or no)
    and force. A person is known by force and personnel number; units are named as in Debrief.
    The difference is printed first. Importing the same file twice changes nothing.
    """
    sheet = read_people(file.read_bytes())
    click.echo(sheet.said)
    force = _force_of(force_name, sheet.rows)
    state = load_state(force, [force.path])
    plan = make_plan(sheet, state, deactivate_missing=deactivate_missing, watch=_on_terminal)
    _show(plan)
    refusal = _refusal(plan, limit_share, yes_change_many)
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")
    if refusal is not None:
        raise click.ClickException(refusal)
    if dry_run:
        return
    quiet = not sys.stderr.isatty()
    with unit_of_work(), tqdm(desc="Applying", unit=" people", disable=quiet) as bar:
        by = By(None, file.name, now_utc())
        done = apply_plan(plan, state, force, [force.path], by, bar.update)
    click.echo(f"Applied: {counted(done, 'person', 'people')} of {force.name}.")


def _refusal(plan: Plan, share: int, change_many: bool) -> str | None:
    """Return the sentence that stops the plan from being applied, with the way to go on."""
    try:
        check(plan, share=share, change_many=change_many)
    except Refusal as refusal:
        way = "" if plan.refused else " To go on all the same, add --yes-change-many."
        return f"{refusal}{way}"
    return None


@cli.command("create-administrator")
@click.option("--email", required=True, help="The address with which the person signs in.")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--force", "force_name", required=True, help="The force, made if it is not there.")
@click.option("--number", help="The personnel number; without it, the first free ADMIN-n.")
@click.option("--yes", is_flag=True, help="Make the force without asking, if it is not there.")
def create_administrator(
    email: str, name: str, force_name: str, number: str | None, yes: bool
) -> None:
    """Make the first administrator of a force and print a link to set a password.

    The link works once and is shown only here. Further administrators are made on the pages.
    """
    email, name, force_name = email.strip().lower(), " ".join(name.split()), force_name.strip()
    if not is_email(email):
        raise click.BadParameter(f"“{email}” is not an e-mail address.", param_hint="--email")
    if not name or not force_name:
        raise click.UsageError("The name and the force must not be empty.")
    force = force_named(force_name)
    if force is None and not yes:
        click.confirm(f"There is no force called {force_name}. Make it?", abort=True)
    now = now_utc()
    with unit_of_work():
        force = force or _new_force(force_name, now)
        identity = Identity(number or free_number(force.id), name, email)
        person = add_person(identity, force, by=None, now=now)
        give_grant(person, Role.ADMINISTRATOR, force, by=None, now=now)
        token = hand_over_link(person, by=None, now=now)
    click.echo(
        f"{name} ({identity.number}) is an administrator of {force.name} from "
        f"{london_date(now)}.\n"
        f"Open this link to set a password; it works once:\n{link_address(token)}"
    )


def _new_force(name: str, now: datetime) -> Unit:
    click.echo(f"Making the force {name}.")
    return add_force(name, now=now)


@cli.command("forget-uploads")
def forget_uploads() -> None:
    """Delete files that were uploaded on the import page over a day ago.

    The page refuses to use them in any case; run this once a day so that they are gone as well.
    """
    with unit_of_work():
        count = forget_old(now_utc())
    click.echo(f"Deleted {counted(count, 'uploaded file')}.")
