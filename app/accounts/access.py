"""Who is signed in, what she may do and where, and the guard before every view."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from flask import Flask, abort, current_app, request
from flask_login import LoginManager, current_user
from sqlalchemy.orm import aliased
from werkzeug.wrappers import Response

from app.accounts.models import Grant, Membership, Person, SignIn, Unit
from app.accounts.permissions import EVERYONE, SHEET, Permission, Role
from app.db import now_utc, own_transaction, run

View = TypeVar("View", bound=Callable[..., Any])
login_manager = LoginManager()  # type: ignore[no-untyped-call]
# Sessions stand in a table; a phone that changes its address stays signed in.
login_manager.session_protection = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Held:
    """A role that holds in the unit at the end of `path` and in all below."""

    role: Role
    unit_id: int
    path: str


@dataclass(frozen=True)
class SignedIn:
    """The person of this request, with her unit and roles."""

    person_id: int
    name: str
    email: str
    force_id: int
    unit_id: int | None
    unit_path: str
    unit_name: str
    held: tuple[Held, ...]
    token_digest: str
    token: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what the cookie carries."""
        return self.token

    def may(self, permission: Permission) -> bool:
        """Tell whether she may do this anywhere at all."""
        return permission in EVERYONE or any(permission in SHEET[h.role] for h in self.held)

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """Return the paths of the units in which, and below which, she may do this."""
        found = sorted({h.path for h in self.held if permission in SHEET[h.role]})
        return tuple(p for p in found if not any(p != o and p.startswith(o) for o in found))

    def covers(self, permission: Permission, path: str) -> bool:
        """Tell whether she may do this in the unit at `path`."""
        return any(path.startswith(prefix) for prefix in self.paths(permission))


def signed_in() -> bool:
    """Tell whether somebody is signed in."""
    return bool(current_user.is_authenticated)  # type: ignore[attr-defined]


def me() -> SignedIn:
    """Return the signed-in person; only for views that the guard let through."""
    return cast(SignedIn, current_user)


def within(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a unit stands at or below one of `paths`."""
    return sa.or_(sa.false(), *(Unit.path.like(f"{path}%") for path in paths))


def digest_of(token: str) -> str:
    """Return what the database keeps of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def requires(permission: Permission) -> Callable[[View], View]:
    """Say which permission a view needs; the guard enforces it before the view is called."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Say that a view is open to everyone, signed in or not."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def _guard() -> Response | None:
    """Refuse what is not allowed; a view that names no permission is closed to all."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    permission = getattr(view, "permission", "unnamed")
    # Asked of public views too: `last_seen` is noted before a write lock is taken, not under it.
    known = me().is_authenticated
    if permission is None:
        return None
    if not known:
        answer = login_manager.unauthorized()  # type: ignore[no-untyped-call]
        return cast(Response, current_app.make_response(answer))
    if not isinstance(permission, Permission) or not me().may(permission):
        abort(403)
    return None


_own_unit, _granted_unit = aliased(Unit), aliased(Unit)
# Built once: who a session belongs to, with a row for each role held.
_WHO = (
    sa.select(
        Person.id,
        Person.name,
        Person.email,
        Person.force_id,
        SignIn.last_seen,
        _own_unit.id,
        _own_unit.path,
        _own_unit.name,
        Grant.role,
        _granted_unit.id,
        _granted_unit.path,
    )
    .select_from(SignIn)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(
        Membership, sa.and_(Membership.person_id == Person.id, Membership.until_on.is_(None))
    )
    .outerjoin(_own_unit, _own_unit.id == Membership.unit_id)
    .outerjoin(Grant, sa.and_(Grant.person_id == Person.id, Grant.ended_at.is_(None)))
    .outerjoin(_granted_unit, _granted_unit.id == Grant.unit_id)
    .where(
        SignIn.token_digest == sa.bindparam("digest"),
        SignIn.ended_at.is_(None),
        Person.deactivated_at.is_(None),
    )
    .order_by(_granted_unit.path, Grant.role)
)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedIn | None:
    """Return the person whose session this is, unless it ended, idled out or she is inactive."""
    digest, now = digest_of(token), now_utc()
    rows = run(_WHO, {"digest": digest}).all()
    if not rows:
        return None
    row = rows[0]
    if now - row[4] > timedelta(hours=current_app.config["IDLE_HOURS"]):
        return None
    if now - row[4] >= timedelta(minutes=1):
        _touch(digest, now)
    return SignedIn(
        person_id=row[0],
        name=row[1] or "",
        email=row[2] or "",
        force_id=row[3],
        unit_id=row[5],
        unit_path=row[6] or "",
        unit_name=row[7] or "",
        held=tuple(Held(each[8], each[9], each[10]) for each in rows if each[8] is not None),
        token_digest=digest,
        token=token,
    )


def _touch(digest: str, now: datetime) -> None:
    """Note that the session is in use, in a transaction of its own, at most once a minute."""
    with own_transaction() as connection:
        connection.execute(
            sa.update(SignIn)
            .where(SignIn.token_digest == digest, SignIn.last_seen < now)
            .values(last_seen=now)
        )


def init_app(app: Flask) -> None:
    """Put the guard before every view of `app`."""
    login_manager.init_app(app)  # type: ignore[no-untyped-call]
    app.before_request(_guard)
