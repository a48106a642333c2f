"""Many more of everything in one force, so that a page that asks row by row is found out."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from app.accounts.audit import note
from app.accounts.models import Unit, UnitKind
from app.accounts.permissions import Role
from app.assigning.assignments import assign
from app.assigning.models import Earlier
from app.assigning.planning import Order
from app.authoring.publishing import publish
from app.catalogue.models import Version
from app.db import db, london_date, now_utc
from app.learning.facilitating import record_session
from app.people.import_upload import keep_upload, work_out
from tests.cast import make_person, make_unit
from tests.factories.attempts import Sitter
from tests.factories.cases import imported, text_case
from tests.factories.modules import made_up
from tests.factories.world import VIEWERS, World, csv_of


def crowd(world: World, many: int) -> None:
    """Add so many units, people with roles, modules, attempts, sessions, cases; flushes."""
    team = db.session.get_one(Unit, world.units["north_team"])
    first = db.session.get_one(Unit, world.units["north_first"])
    for number in range(many):
        tag = uuid4().hex[:8]
        unit = make_unit(f"Unit {tag}", UnitKind.TEAM, first)
        person = make_person(f"crowd_{tag}", unit, roles=((Role.TRAINER, first),))
        make_person(f"crowd_team_{tag}", team)
        slug = f"crowd-{tag}"
        version = publish(made_up(slug), by=None, at=now_utc())
        publish(made_up(slug, minutes=11), by=person.id, at=now_utc())
        _asked(world, version, slug, person.id, number)
        _sat(world, person.id, unit.path, slug)
        _noted(world, version, number)
        north = world.units["north"]
        imported(text_case(tag), force_id=north, by=person.id, at=now_utc())


def _asked(world: World, version: Version, slug: str, by: int, number: int) -> None:
    unit = db.session.get_one(Unit, world.units["north_first"])
    due = london_date(now_utc()) + timedelta(days=number + 1)
    order = Order(version.module_id, slug, version.title, unit.id, unit.name, unit.path, due,
                  Earlier.COUNTS)  # fmt: skip
    assign(order, by=by, now=now_utc(), key=uuid4().hex)


def _sat(world: World, person_id: int, path: str, slug: str) -> None:
    """Let a new person finish modules, and each viewer go through one module again."""
    now = now_utc() - timedelta(hours=1)
    stranger = Sitter(person_id, path, now, str)
    for state in ("halfway", "missed", "finished"):
        stranger.sit(state)
    for role in VIEWERS:
        viewer = Sitter(world.people[f"north_{role}"], world.paths["north_team"], now, str)
        viewer.sit("finished")
        viewer.sit_at(slug, "reflected")


def _noted(world: World, version: Version, number: int) -> None:
    now, paths = now_utc(), (world.paths["north_first"],)
    record_session(
        trainer_id=world.people["north_trainer"], paths=paths,
        version_id=version.id, held_on=london_date(now) - timedelta(days=10),
        person_ids=[world.people["north_colleague"], world.people["north_officer"]], now=now,
    )  # fmt: skip
    root = db.session.get_one(Unit, world.units["north"])
    worked = work_out(csv_of("north"), root, paths, deactivate_missing=False)
    by = world.people["north_administrator"]
    keep_upload(worked, root, file_name="p.csv", deactivate_missing=False, by=by, now=now)
    for subject in (
        f"person:{world.people['north_colleague']}",
        f"unit:{world.units['north_desk']}",
        f"assignment:{world.assignments['north_first']}",
    ):
        note("noise", subject, f"Noise {number}.", actor_id=by, at=now)
