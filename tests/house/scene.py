"""Who visits, and which things in the world are her own, a colleague's, another force's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from tests.factories.world import FORCES, World

NEVER = 999_999
Args = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """One visitor in the world; somebody who is nobody stands where an officer would."""

    app: Flask
    world: World
    who: str | None
    force: str

    @property
    def other(self) -> str:
        """Return the other force."""
        return FORCES[1 - FORCES.index(self.force)]

    def things(self, thing: str) -> dict[str, Args]:
        """Return the arguments of an address by whose thing they name."""
        if not thing:
            return {"own": {}}
        kind, _, which = thing.partition(":")
        return KINDS[kind](self, which)


def _attempt(scene: Scene, state: str) -> dict[str, Args]:
    attempts = scene.world.attempts
    own = attempts.get((scene.who or "", state), attempts[f"{scene.force}_officer", state])
    return {
        "own": {"attempt_id": own},
        "a colleague's": {"attempt_id": attempts[f"{scene.force}_colleague", state]},
        "another force's": {"attempt_id": attempts[f"{scene.other}_officer", state]},
        "nobody's": {"attempt_id": NEVER},
    }


def _module(scene: Scene, _which: str) -> dict[str, Args]:
    return {
        "own": {"slug": f"{scene.force}-first"},
        "a colleague's": {"slug": f"{scene.force}-second"},
        "another force's": {"slug": f"{scene.other}-first"},
        "nobody's": {"slug": "no-such-module"},
    }


def _version(scene: Scene, which: str) -> dict[str, Args]:
    return {whose: {**args, "number": 1} for whose, args in _module(scene, which).items()}


def _person(scene: Scene, which: str) -> dict[str, Args]:
    people = scene.world.people
    return {
        "own": {"person_id": people[f"{scene.force}_{which}"]},
        "a colleague's": {"person_id": people[f"{scene.force}_peer"]},
        "another force's": {"person_id": people[f"{scene.other}_{which}"]},
        "nobody's": {"person_id": NEVER},
    }


def _unit(scene: Scene, which: str) -> dict[str, Args]:
    units = scene.world.units
    return {
        "own": {"unit_id": units[f"{scene.force}_{which}"]},
        "a colleague's": {"unit_id": units[f"{scene.force}_second"]},
        "the force above": {"unit_id": units[scene.force]},
        "another force's": {"unit_id": units[f"{scene.other}_{which}"]},
        "nobody's": {"unit_id": NEVER},
    }


def _grant(scene: Scene, _which: str) -> dict[str, Args]:
    world = scene.world

    def of(person: str, grant: str) -> Args:
        return {"person_id": world.people[person], "grant_id": world.grants[grant]}

    own, peer = f"{scene.force}_other_trainer", f"{scene.force}_peer"
    elsewhere = f"{scene.other}_other_trainer"
    return {
        "own": of(own, own),
        "a colleague's": of(peer, peer),
        "a colleague's under an own name": of(own, peer),
        "another force's": of(elsewhere, elsewhere),
        "another force's under an own name": of(own, elsewhere),
        "nobody's": {"person_id": NEVER, "grant_id": NEVER},
    }


def _named(name: str, table: str, own: str, colleague: str) -> Callable[[Scene, str], Any]:
    """Return the kind of things that stand in the world under a name of their force."""

    def things(scene: Scene, _which: str) -> dict[str, Args]:
        known: dict[str, int] = getattr(scene.world, table)
        return {
            "own": {name: known[f"{scene.force}_{own}"]},
            "a colleague's": {name: known[f"{scene.force}_{colleague}"]},
            "another force's": {name: known[f"{scene.other}_{own}"]},
            "nobody's": {name: NEVER},
        }

    return things


def _link(scene: Scene, _which: str) -> dict[str, Args]:
    # Whoever holds the token holds the link: there is no other owner.
    return {"own": {"token": scene.world.links[scene.force]}, "nobody's": {"token": "no-such"}}


def _kept(scene: Scene, _which: str) -> dict[str, Args]:
    """Return what trainers typed and could not save, each at another part of the same draft."""

    def of(force: str, part: str, base: int = 1) -> Args:
        return {"draft_id": scene.world.drafts[force], "part": part, "number": base}

    return {
        "own": of(scene.force, "item.t1"),
        "a colleague's": of(scene.force, "item.t2"),
        "another force's": of(scene.other, "item.t1"),
        "nobody's": of(scene.force, "item.t1", NEVER),
    }


def _of_force(name: str, table: str) -> Callable[[Scene, str], dict[str, Args]]:
    """Return the kind of things that all trainers of a force share, by the state they are in."""

    def things(scene: Scene, which: str) -> dict[str, Args]:
        known: dict[str, int] = getattr(scene.world, table)
        state = f"_{which}" if which else ""
        return {
            "own": {name: known[f"{scene.force}{state}"]},
            "another force's": {name: known[f"{scene.other}{state}"]},
            "nobody's": {name: NEVER},
        }

    return things


KINDS: dict[str, Callable[[Scene, str], dict[str, Args]]] = {
    "attempt": _attempt,
    "module": _module,
    "version": _version,
    "person": _person,
    "unit": _unit,
    "grant": _grant,
    "assignment": _named("assignment_id", "assignments", "first", "second"),
    "session": _named("session_id", "sessions", "trainer", "other_trainer"),
    "upload": _named("upload_id", "uploads", "administrator", "other_administrator"),
    "link": _link,
    "draft": _of_force("draft_id", "drafts"),
    "kept": _kept,
    "case": _of_force("case_id", "cases"),
}
