"""The sheet of role and permission: who may do what, readable without knowing the code."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """What a grant makes a person in its unit and in every unit below."""

    TRAINER = "trainer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Permission(Enum):
    """One thing that some people may do and others not."""

    LEARN = "take modules, keep a record of one's own"
    PREVIEW_MODULES = "walk through any module without leaving a trace"
    WRITE_MODULES = "import cases; write, review and publish modules"
    SEE_QUESTIONS = "see how questions work, never who answered"
    RECORD_SESSIONS = "record that people went through a module together"
    ASSIGN = "ask a unit to complete a module, and withdraw that"
    SEE_COMPLETIONS = "see who has completed what"
    MANAGE_PEOPLE = "add, move and deactivate people, and import them"
    MANAGE_UNITS = "add, rename and move units"
    MANAGE_GRANTS = "give and end roles"


# Everyone who may sign in may learn: the role of learner needs no grant.
EVERYONE = frozenset({Permission.LEARN})

SHEET: dict[Role, frozenset[Permission]] = {
    Role.TRAINER: frozenset(
        {
            Permission.PREVIEW_MODULES,
            Permission.WRITE_MODULES,
            Permission.SEE_QUESTIONS,
            Permission.RECORD_SESSIONS,
        }
    ),
    Role.MANAGER: frozenset({Permission.ASSIGN, Permission.SEE_COMPLETIONS}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.MANAGE_PEOPLE, Permission.MANAGE_UNITS, Permission.MANAGE_GRANTS}
    ),
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles whose grant carries `permission`."""
    return frozenset(role for role, held in SHEET.items() if permission in held)
