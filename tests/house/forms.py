"""A good form for each route that writes: what a person who may would send."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from app.accounts.models import Unit
from app.assigning.assignments import plan_assignment, plan_joined
from app.assigning.models import Assignment, Earlier
from app.assigning.planning import Order
from app.catalogue.models import Version
from app.db import db, london_date, now_utc
from tests.cast import PASSWORD
from tests.factories.modules import RIGHT
from tests.factories.world import csv_of
from tests.house.scene import Scene

Fields = dict[str, Any]
NEW_PASSWORD = "seven quiet lanterns"


def _day(name: str, day: date) -> Fields:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def _today() -> date:
    return london_date(now_utc())


def nothing(_scene: Scene) -> Fields:
    """Send a button alone."""
    return {}


def sign_in(scene: Scene) -> Fields:
    """Give an address and its password."""
    return {"email": f"{scene.force}_officer@example.test", "password": PASSWORD}


def demo(scene: Scene) -> Fields:
    """Choose a person from a list that only a demonstration has."""
    return {"person": scene.world.people[f"{scene.force}_officer"]}


def forgotten(scene: Scene) -> Fields:
    """Give an address for a link."""
    return {"email": f"{scene.force}_officer@example.test"}


def set_password(_scene: Scene) -> Fields:
    """Choose a first password."""
    return {"password": NEW_PASSWORD}


def change_password(_scene: Scene) -> Fields:
    """Choose another password."""
    return {"current_password": PASSWORD, "new_password": NEW_PASSWORD}


def answer(_scene: Scene) -> Fields:
    """Answer a question."""
    return dict(RIGHT["q1"])


def answer_again(_scene: Scene) -> Fields:
    """Answer a missed question once more."""
    return dict(RIGHT["q4"])


def draft(_scene: Scene) -> Fields:
    """Save what was chosen so far."""
    return {"choice": "q1-c", "sequence": 2}


def reflection(_scene: Scene) -> Fields:
    """Write a few words."""
    return {"text": "I would have asked once more."}


def points(_scene: Scene) -> Fields:
    """Hold one's text against the points."""
    ticks = {"tick-0": "covered", "tick-1": "missed", "words-1": "I did not see it."}
    return {**ticks, "sequence": "9"}


def commitment(_scene: Scene) -> Fields:
    """Say what one will do on the next shift."""
    return {"commitment": "Read the log before I answer.", "sequence": "9"}


def session(scene: Scene) -> Fields:
    """Record that an officer went through a module with the trainer."""
    people = [scene.world.people[f"{scene.force}_officer"]]
    version = scene.world.versions["untouched"]
    unit = scene.world.units[f"{scene.force}_first"]
    return {"step": "record", "version": version, "people": people, "unit": unit,
            **_day("held_on", _today())}  # fmt: skip


def _order(scene: Scene, slug: str) -> Order:
    version = db.session.get_one(Version, scene.world.versions[slug])
    unit = db.session.get_one(Unit, scene.world.units[f"{scene.force}_first"])
    due = _today() + timedelta(days=20)
    return Order(version.module_id, slug, version.title, unit.id, unit.name, unit.path, due,
                 Earlier.AGAIN)  # fmt: skip


def assignment(scene: Scene) -> Fields:
    """Confirm the list of those who are asked."""
    with scene.app.app_context():
        order = _order(scene, "untouched")
        people = plan_assignment(order).digest
    return {"module": order.slug,
            "unit": order.unit_id, "earlier": "again", "people": people,
            "key": f"key-of-{scene.who}", **_day("due", order.due_on)}  # fmt: skip


def list_of(scene: Scene, slug: str) -> Fields:
    """Confirm the list of those who would be asked another module, whoever completed it before."""
    with scene.app.app_context():
        order = replace(_order(scene, slug), earlier=Earlier.COUNTS)
        return {"module": slug, "earlier": "counts", "people": plan_assignment(order).digest}


def ask_more(scene: Scene) -> Fields:
    """Confirm the list of those who joined."""
    with scene.app.app_context():
        made = db.session.get_one(Assignment, scene.world.assignments[f"{scene.force}_first"])
        people = plan_joined(_order(scene, "begun"), made).digest
    return {"people": people, **_day("due", _today() + timedelta(days=40))}


def withdrawal(_scene: Scene) -> Fields:
    """Say why it is withdrawn."""
    return {"reason": "Another module takes its place."}


def new_person(scene: Scene) -> Fields:
    """Give a new person."""
    return {"name": "Sam Okoro", "number": "77", "email": "sam.okoro@example.test",
            "unit": scene.world.units[f"{scene.force}_team"]}  # fmt: skip


def identity(_scene: Scene) -> Fields:
    """Give a person another name."""
    return {"name": "Sam Okoro", "number": "77", "email": "sam.okoro@example.test"}


def move_person(scene: Scene) -> Fields:
    """Choose another unit."""
    return {"unit": scene.world.units[f"{scene.force}_desk"], **_day("from_on", _today())}


def grant(scene: Scene) -> Fields:
    """Choose a role and a unit."""
    return {"role": "manager", "unit": scene.world.units[f"{scene.force}_team"]}


def upload(scene: Scene) -> Fields:
    """Choose a file of people."""
    return {"file": (BytesIO(csv_of(scene.force)), "people.csv"),
            "force": scene.world.units[scene.force]}  # fmt: skip


def apply(_scene: Scene) -> Fields:
    """Agree to change this many."""
    return {"change_many": "y"}


def new_unit(_scene: Scene) -> Fields:
    """Name a new unit."""
    return {"name": "A new desk", "kind": "team"}


def unit_name(_scene: Scene) -> Fields:
    """Name a unit anew."""
    return {"name": "Another name"}


def move_unit(scene: Scene) -> Fields:
    """Choose the unit to stand below."""
    return {"unit": scene.world.units[f"{scene.force}_desk"]}


def part(_scene: Scene) -> Fields:
    """Write the prompt of a question anew."""
    return {"base": 1, "do": "save", "prompt": "What would you do first?"}


def structure(_scene: Scene) -> Fields:
    """Move an item of the outline down."""
    return {"do": "down", "part": "item.t1", "base": 1}


def revision(_scene: Scene) -> Fields:
    """Name the first revision of a draft."""
    return {"revision": 1}


def restored(_scene: Scene) -> Fields:
    """Go back to a revision with the newest before one's eyes."""
    return {"base": 1}


def sign_off(_scene: Scene) -> Fields:
    """Ask for changes, which whoever did not write the draft may do."""
    return {"verdict": "changes", "note": "Say who decided.", "revision": "1"}


def comment(_scene: Scene) -> Fields:
    """Remark on a question."""
    return {"part": "item.q1", "text": "Is this fair?"}


def settle(scene: Scene) -> Fields:
    """Settle the comment that stands there."""
    return {"comment": scene.world.comments[scene.force]}


def publish(_scene: Scene) -> Fields:
    """Tick the box."""
    return {"revision": "1", "sure": "y", "earlier": "stand"}


def review_by(_scene: Scene) -> Fields:
    """Choose a day."""
    return _day("review_by", _today() + timedelta(days=200))


def new_case(_scene: Scene) -> Fields:
    """Paste the text of a case."""
    return {"way": "text", "text": "A short case\n\nMs G rang 101 at 6pm. Nobody came."}


def block(_scene: Scene) -> Fields:
    """Say that a doubtful block is right."""
    return {"block": "b7", "base": 2, "act": "confirm"}


def uses(_scene: Scene) -> Fields:
    """Say what a block is from the list."""
    return {"base": 2, "use-b6": "finding", "at": "b6"}


def left_out(_scene: Scene) -> Fields:
    """Bring in the first of what was left out."""
    return {"base": 2, "left": 0}


def review_state(_scene: Scene) -> Fields:
    """Name the newest state of a review."""
    return {"base": 2}


def facts(_scene: Scene) -> Fields:
    """Say what a case is called."""
    return {"base": 2, "title": "Another title", "published": "March 2021"}


def marks(_scene: Scene) -> Fields:
    """Mark one event of a case."""
    return {"base": 2, "known-b4": "then", "when-b4": "At about 7.15pm"}


def make_draft(_scene: Scene) -> Fields:
    """Make a draft from the newest state of a review."""
    return {"review": 2}


def blank_draft(_scene: Scene) -> Fields:
    """Give a draft a title."""
    return {"title": "A door that stays shut"}


def from_version(scene: Scene) -> Fields:
    """Choose a module that everybody sees."""
    return {"version": scene.world.versions["untouched"], "also": "y"}
