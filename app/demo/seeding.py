"""Tells the story of the demonstration: what was asked, who did what, over ten weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import Person
from app.assigning.assignments import assign, withdraw
from app.assigning.models import Assignment, Earlier
from app.assigning.planning import Order
from app.authoring.syncing import Synced, sync_modules
from app.catalogue import document
from app.catalogue.models import Version
from app.catalogue.queries import latest_versions
from app.db import LONDON, london_date, unit_of_work
from app.demo import drafting
from app.demo.learner import Learner, play
from app.demo.organisation import (
    ADMINISTRATOR,
    JOINERS,
    MANAGER,
    MANAGER_ELSEWHERE,
    OFFICER,
    PASSWORD,
    SERGEANT,
    TRAINER,
    Somebody,
)
from app.demo.peopling import Organisation, add, make_organisation
from app.demo.watching import watch
from app.drafting.queries import modules_published_from_drafts
from app.learning.facilitating import record_session
from app.people.administering import deactivate_person, move_person
from app.sign_in.demo_people import demo_people
from app.sign_in.passwords import hashed

SEED = 2026
LONG_AGO = 400
PUBLISHED = 70
# Nobody does anything later than this, so that no act follows one of today.
LATEST = 2


@dataclass(frozen=True)
class Request:
    """What a manager asked of a unit, and how far its people came; days count back from today."""

    slug: str
    unit: str
    by: Somebody
    asked: int
    due: int
    done: float
    half: float


# Due in the past, so that some are overdue; and due soon. Nobody asks Custody for anything. The
# first call is asked of many: of fewer than 30 people it is not said how questions tell them apart.
REQUESTS = (
    Request("a-friend-rings-in", "contact", MANAGER, 63, 14, done=0.78, half=0.1),
    Request("the-first-call", "response", MANAGER, 56, 20, done=0.6, half=0.15),
    Request("the-first-call", "parishes", MANAGER, 56, 20, done=0.9, half=0.0),
    Request("the-first-call", "late", MANAGER, 49, 15, done=0.9, half=0.0),
    Request("the-first-call", "protection", SERGEANT, 42, 12, done=0.85, half=0.1),
    Request("support-after-a-report", "crime", SERGEANT, 35, -3, done=0.55, half=0.2),
    Request("a-detective-on-your-team", "response", MANAGER, 30, -9, done=0.6, half=0.2),
    Request("the-first-call", "control", MANAGER_ELSEWHERE, 28, -5, done=0.5, half=0.2),
    Request("enquiries-in-hand", "contact", MANAGER, 12, -10, done=0.5, half=0.25),
)
WITHDRAWN = Request("enquiries-in-hand", "response", MANAGER, 26, -30, done=0, half=0)


@dataclass
class Story:
    """What the telling needs at hand: the organisation, the luck, today, who did what."""

    now: datetime
    luck: Random
    made: Organisation
    versions: dict[str, Version]
    begun: set[tuple[int, str]] = field(default_factory=set)
    # Whoever is good at one question is good at others, or no question could tell people apart.
    skills: dict[int, float] = field(default_factory=dict)

    def on_shift(self, days: int) -> datetime:
        """Return some time in working hours, so many days ago."""
        return at(self.now, days, self.luck.randint(7, 20), self.luck.randint(0, 59))

    def plays(self, person: Person, slug: str, days: int, gates: int | None = None) -> None:
        """Let a person go through a module, once, on that day."""
        if (person.id, slug) in self.begun or slug not in self.versions:
            return
        self.begun.add((person.id, slug))
        skill = self.skills.setdefault(person.id, 0.35 + self.luck.random() * 0.6)
        path = self.made.homes[person.id].path
        learner = Learner(person.id, path, self.luck, self.on_shift(days), skill)
        play(learner, slug, gates=gates)


def at(now: datetime, days: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return that time of day, so many days before `now`, in London."""
    day = now.astimezone(LONDON) - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def is_seeded() -> bool:
    """Tell whether the demonstration's people are there."""
    return bool(demo_people())


def seed(modules: Sequence[document.Module], *, now: datetime) -> None:
    """Make the organisation and tell its story, whole or not at all."""
    password_hash = hashed(PASSWORD)
    with unit_of_work():
        made = make_organisation(password_hash, now=at(now, LONG_AGO))
        sync_modules(modules, by=made.id_of(TRAINER), at=at(now, PUBLISHED))
        versions = {v.module.slug: v for v in latest_versions(made.units["northmoor"].path)}
        luck = Random(SEED)  # noqa: S311 it is to be the same each time
        story = Story(now, luck, made, versions)
        _move(story)
        _officer(story)
        _unasked(story)
        _session(story)
        told = [request for request in REQUESTS if request.slug in versions]
        for request in watch(told, "Playing modules"):
            _ask(story, request)
            _answer(story, request)
        _second_thoughts(story)
        _come_and_go(story, password_hash)
        _write(story)


def bring_up_to_date(modules: Sequence[document.Module], *, now: datetime) -> list[Synced]:
    """Publish what changed in the module files since; what was published in the browser stays."""
    with unit_of_work():
        theirs = modules_published_from_drafts()
        return sync_modules([m for m in modules if m.slug not in theirs], by=None, at=now)


def _ask(story: Story, request: Request) -> Assignment:
    """Let the manager ask, as her page does."""
    unit, version = story.made.units[request.unit], story.versions[request.slug]
    order = Order(
        module_id=version.module_id,
        slug=request.slug,
        title=version.title,
        unit_id=unit.id,
        unit_name=unit.name,
        unit_path=unit.path,
        due_on=london_date(at(story.now, request.due)),
        earlier=Earlier.COUNTS,
    )
    when = at(story.now, request.asked, 10, 15)
    key = f"demo:{unit.id}:{request.slug}"[:40]
    return assign(order, by=story.made.id_of(request.by), now=when, key=key)


def _answer(story: Story, request: Request) -> None:
    """Let a share of those who were asked complete it and another come half-way."""
    others = [p for p in story.made.members(request.unit) if p.name != OFFICER.name]
    for person in others:
        chance = story.luck.random()
        if chance < request.done:
            days = story.luck.randint(max(request.due, LATEST), request.asked - 1)
            story.plays(person, request.slug, days)
        elif chance < request.done + request.half:
            days = story.luck.randint(LATEST, 9)
            story.plays(person, request.slug, days, gates=story.luck.randint(1, 4))


def _officer(story: Story) -> None:
    """Give the first officer one module completed and one in progress; one will be asked."""
    officer = story.made.people[OFFICER.name]
    story.plays(officer, "a-friend-rings-in", 41)
    story.plays(officer, "the-first-call", LATEST, gates=2)


def _unasked(story: Story) -> None:
    """Let some complete a module before anybody is asked for it, or without being asked."""
    for unit, slug in (("response-b", "a-friend-rings-in"), ("custody", "the-first-call")):
        for person in story.made.members(unit)[:2]:
            story.plays(person, slug, 25)
    story.plays(story.made.members("late")[0], "a-friend-rings-in", 66)


def _session(story: Story) -> None:
    """Let the trainer record that some of a team went through a module together."""
    slug = "the-first-call"
    if slug not in story.versions:
        return
    people = [person.id for person in story.made.members("response-a")[:6]]
    record_session(
        trainer_id=story.made.id_of(TRAINER),
        paths=(story.made.units["northmoor"].path,),
        version_id=story.versions[slug].id,
        held_on=london_date(at(story.now, 34)),
        person_ids=people,
        now=at(story.now, 34, 16, 40),
    )
    story.begun |= {(person_id, slug) for person_id in people}


def _move(story: Story) -> None:
    """Let the administrator move somebody from one team to another."""
    moment = at(story.now, 62, 9, 30)
    move_person(
        story.made.people["Jack Thornley"],
        story.made.units["response-b"],
        london_date(moment),
        by=story.made.id_of(ADMINISTRATOR),
        now=moment,
    )


def _second_thoughts(story: Story) -> None:
    """Let the manager withdraw what she asked of the wrong people."""
    if WITHDRAWN.slug in story.versions:
        withdraw(
            _ask(story, WITHDRAWN),
            reason="Asked by mistake: this one is for the contact centre.",
            by=story.made.id_of(WITHDRAWN.by),
            now=at(story.now, WITHDRAWN.asked - 1, 11, 30),
        )


def _write(story: Story) -> None:
    """Let a trainer work on a next version, and another one look at it."""
    if drafting.SLUG in story.versions:
        people = story.made.people
        drafting.write_next_version(
            story.versions[drafting.SLUG],
            people[TRAINER.name],
            people[SERGEANT.name],
            at=at(story.now, 4, 9, 20),
        )


def _come_and_go(story: Story, password_hash: str) -> None:
    """Let some join after their units were asked, and one leave."""
    for somebody in JOINERS:
        add(somebody, story.made, password_hash, now=at(story.now, 6))
    leaving = story.made.people["Liam Corrigan"]
    by = story.made.id_of(ADMINISTRATOR)
    deactivate_person(leaving, by=by, now=at(story.now, 1, 17, 5))
