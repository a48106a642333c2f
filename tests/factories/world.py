"""Two forces alike, with everything in them: what the tests of the whole house go through.

Each force has two departments. Its people of work stand in the first, and their roles reach
no further; the second is a colleague's; the other force is somebody else's altogether.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from app.accounts.access import digest_of
from app.accounts.models import Grant, LinkPurpose, Person, SignIn, Unit, UnitKind
from app.accounts.permissions import Role
from app.assigning.assignments import assign
from app.assigning.models import Earlier
from app.assigning.planning import Order
from app.authoring import reviewing
from app.authoring.publishing import publish
from app.catalogue.models import Module, Version
from app.db import db, london_date, now_utc
from app.drafting.drafting import slug_of, start
from app.drafting.models import KeptPart, packed
from app.importing.reshaping import drop
from app.importing.reviewing import act
from app.learning.facilitating import record_session
from app.people.import_upload import keep_upload, work_out
from app.sign_in import passwords
from tests.cast import make_person, make_unit
from tests.factories.attempts import SLUGS, Sitter
from tests.factories.cases import imported, text_case
from tests.factories.modules import made_up, plain_module

FORCES = ("north", "south")
# Who works in the first department of each force, with the role held there.
WORKING = {
    "officer": None,
    "colleague": None,
    "trainer": Role.TRAINER,
    "other_trainer": Role.TRAINER,
    "manager": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
    "other_administrator": Role.ADMINISTRATOR,
}
VIEWERS = ("officer", "trainer", "manager", "administrator")


@dataclass
class World:
    """Ids by name; a name begins with the force that the thing belongs to."""

    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    grants: dict[str, int] = field(default_factory=dict)
    assignments: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)
    uploads: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    # A draft a force, and one asked to be reviewed, one approved, one offered (north_asked, …).
    drafts: dict[str, int] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    # By person and state of the attempt.
    attempts: dict[tuple[str, str], int] = field(default_factory=dict)

    def token(self, person: str) -> str:
        """Return the token of a person's open session."""
        return f"session-of-{person}"


def canary(person: str, what: str) -> str:
    """Return the word that stands in one private text of a person, and nowhere else."""
    return f"kestrel-{what}-of-{person}-kestrel"


def build_world() -> World:
    """Make both forces; flushes, does not commit."""
    world = World()
    now = now_utc() - timedelta(hours=3)
    roots = {force: _units(world, force) for force in FORCES}
    for force in FORCES:
        _people(world, force, roots[force])
    _modules(world, now)
    for force in FORCES:
        _asked(world, force, now)
        _attempts(world, force, now)
        _sessions(world, force, now)
        _uploads(world, force, now)
        _links(world, force, now)
        _drafts(world, force, now)
        _cases(world, force, now)
    _signed_in(world)
    db.session.flush()
    return world


def _drafts(world: World, force: str, now: datetime) -> None:
    draft = start(
        plain_module(f"{force}-draft"),
        force_id=world.units[force],
        by=world.people[f"{force}_trainer"],
        at=now,
        what="Began the draft.",
    )
    world.drafts[force] = draft.id
    remark = reviewing.comment(
        draft, "item.q1", "Is this fair?", by=world.people[f"{force}_other_trainer"], at=now
    )
    world.comments[force] = remark.id
    for person, item in (("trainer", "t1"), ("other_trainer", "t2")):
        by, part = world.people[f"{force}_{person}"], {"id": item, "kind": "text", "text": "Typed."}
        db.session.add(
            KeptPart(draft_id=draft.id, part=f"item.{item}", person_id=by, base=1, kept_at=now,
                     packed=packed(part))
        )  # fmt: skip
    for state in ("asked", "approved", "offered"):
        _reviewed(world, force, state, now)


def _reviewed(world: World, force: str, state: str, now: datetime) -> None:
    """Let one trainer ask for a review, and another approve where it is to be approved.

    What is offered is the first trainer's own, so that she may take it back.
    """
    unit = db.session.get_one(Unit, world.units[f"{force}_first"])
    author = world.people[f"{force}_{'trainer' if state == 'offered' else 'other_trainer'}"]
    draft = start(
        plain_module(f"{force}-{state}", owner=slug_of(unit.name)),
        force_id=world.units[force], by=author, at=now, what="Began the draft.",
    )  # fmt: skip
    reviewing.ask_for_review(draft, by=author, at=now)
    if state == "approved":
        reviewing.sign_off(
            draft, revision=1, approved=True, note="Good.",
            by=world.people[f"{force}_trainer"], at=now,
        )  # fmt: skip
    world.drafts[f"{force}_{state}"] = draft.id


def _cases(world: World, force: str, now: datetime) -> None:
    trainer = world.people[f"{force}_trainer"]
    case = imported(text_case(f"curlew-{force}"), force_id=world.units[force], by=trainer, at=now)
    act(
        case, lambda review: drop(review, "b5", "Said before."), base=1, touches=("b5",),
        what="Dropped “she had rung twice before”", by=trainer, at=now,
    )  # fmt: skip
    world.cases[force] = case.id


def _keep(world: World, name: str, unit: Unit) -> Unit:
    world.units[name], world.paths[name] = unit.id, unit.path
    return unit


def _units(world: World, force: str) -> dict[str, Unit]:
    root = _keep(world, f"{force}", make_unit(f"{force.title()}shire", UnitKind.FORCE))
    first = make_unit(f"Operations of {force}", UnitKind.DEPARTMENT, root)
    second = make_unit(f"Crime of {force}", UnitKind.DEPARTMENT, root)
    return {
        "first": _keep(world, f"{force}_first", first),
        "team": _keep(
            world, f"{force}_team", make_unit(f"Contact of {force}", UnitKind.TEAM, first)
        ),
        "desk": _keep(
            world, f"{force}_desk", make_unit(f"Desk of {force}", UnitKind.DEPARTMENT, first)
        ),
        "second": _keep(world, f"{force}_second", second),
    }


def _people(world: World, force: str, units: dict[str, Unit]) -> None:
    def add(name: str, unit: Unit, role: Role | None, where: Unit, active: bool = True) -> Person:
        roles = ((role, where),) if role else ()
        person = make_person(f"{force}_{name}", unit, roles=roles, active=active)
        world.people[f"{force}_{name}"] = person.id
        return person

    first, second = units["first"], units["second"]
    for name, role in WORKING.items():
        add(name, units["team"], role, first)
    add("peer", second, Role.TRAINER, second)
    add("left", units["team"], None, first, active=False)
    add("newcomer", units["team"], None, first).password_hash = None
    rows = db.session.execute(sa.select(Grant.person_id, Grant.id)).all()
    by_person = {person_id: grant_id for person_id, grant_id in rows}
    for name, person_id in world.people.items():
        if person_id in by_person:
            world.grants[name] = by_person[person_id]


def _modules(world: World, now: datetime) -> None:
    for slug in SLUGS:
        world.versions[slug] = publish(made_up(slug), by=None, at=now).id
    for force in FORCES:
        for place in ("first", "second"):
            slug = f"{force}-{place}"
            version = publish(made_up(slug), by=None, at=now)
            world.versions[slug] = version.id
            owner = world.units[f"{force}_{place}"]
            db.session.get_one(Module, version.module_id).owner_id = owner


def _asked(world: World, force: str, now: datetime) -> None:
    for place, slug, by in (("first", "begun", "manager"), ("second", "ready", "peer"),
                            ("first", "finished", "manager")):  # fmt: skip
        unit = f"{force}_{place}"
        version = db.session.get_one(Version, world.versions[slug])
        order = Order(
            version.module_id, slug, version.title, world.units[unit], unit, world.paths[unit],
            london_date(now) + timedelta(days=30), Earlier.COUNTS,
        )  # fmt: skip
        key = f"{unit}-{slug}"
        made = assign(order, by=world.people[f"{force}_{by}"], now=now, key=key)
        world.assignments.setdefault(unit, made.id)


def _attempts(world: World, force: str, now: datetime) -> None:
    names = [*WORKING, "peer"]
    for name in names:
        person = f"{force}_{name}"
        path = world.paths[f"{force}_second" if name == "peer" else f"{force}_team"]
        sitter = Sitter(world.people[person], path, now, lambda what, p=person: canary(p, what))
        for state in SLUGS:
            attempt = sitter.sit(state)
            if attempt is not None:
                world.attempts[person, state] = attempt.id


def _sessions(world: World, force: str, now: datetime) -> None:
    for trainer, unit in (("trainer", "first"), ("other_trainer", "first")):
        person = f"{force}_{trainer}"
        session = record_session(
            trainer_id=world.people[person],
            paths=(world.paths[f"{force}_{unit}"],),
            version_id=world.versions["untouched"],
            held_on=london_date(now) - timedelta(days=2 if trainer == "trainer" else 3),
            person_ids=[world.people[f"{force}_colleague"]],
            now=now,
        )
        world.sessions[person] = session.id


def csv_of(force: str) -> bytes:
    """Return a list of people in which one is new and one row is refused."""
    return (
        "personnel_number,name,email,unit\n"
        f"X{force},Somebody New,new-{force}@example.test,Contact of {force}\n"
        f"Y{force},Nobody,nobody-{force}@example.test,No such unit\n"
    ).encode()


def _uploads(world: World, force: str, now: datetime) -> None:
    root = db.session.get_one(Unit, world.units[force])
    paths = (world.paths[f"{force}_first"],)
    good = csv_of(force).rsplit(b"Y", 1)[0]
    for name in ("administrator", "other_administrator"):
        person = f"{force}_{name}"
        worked = work_out(good, root, paths, deactivate_missing=False)
        upload = keep_upload(
            worked, root, file_name="people.csv", deactivate_missing=False,
            by=world.people[person], now=now,
        )  # fmt: skip
        world.uploads[person] = upload.id


def _links(world: World, force: str, now: datetime) -> None:
    person = f"{force}_newcomer"
    world.links[force] = passwords.issue_link(
        world.people[person], LinkPurpose.FIRST,
        issued_by=world.people[f"{force}_administrator"], now=now,
    )  # fmt: skip


def _signed_in(world: World) -> None:
    now = datetime.now(UTC)
    for name, person_id in world.people.items():
        db.session.add(
            SignIn(
                token_digest=digest_of(world.token(name)), person_id=person_id,
                begun_at=now - timedelta(hours=1), last_seen=now, browser="Firefox on Windows",
            )
        )  # fmt: skip
