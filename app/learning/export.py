"""Everything that Debrief holds of one person, read from the tables themselves.

HOLDINGS lists every table that points at a person or an attempt, with what it is in plain words.
A test compares it with the tables that exist: a new table cannot be forgotten.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.attempts.privacy import Unreadable, open_sealed
from app.db import Base, db
from app.ui.filters import iso

ANOTHER = "another person"
YOU = "you"


@dataclass(frozen=True)
class Holding:
    """One table of which some rows are about, or by, a person."""

    table: str
    # What it is, in plain words, and which of its columns point at the person or her attempt.
    about: str
    by: tuple[str, ...]
    # What is not given although it is held, each with the reason.
    left_out: Mapping[str, str] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()


_CODE = "A code that opens nothing by itself; giving it out would only weaken your account."
_MODULE = "The module itself, which says nothing of you."
_OTHERS = "It holds other people's names, which are theirs."

HOLDINGS: tuple[Holding, ...] = (
    Holding(
        "person", "Your account.", ("id",),
        {"password_hash": "Only a one-way code of your password is held; it is not given out."},
    ),
    Holding("membership", "The units that you belong or belonged to, from when to when.",
            ("person_id",)),
    Holding("role_grant", "Roles that you hold or held, and roles that you gave or ended.",
            ("person_id", "granted_by", "ended_by")),
    Holding("sign_in", "When you were signed in, and with which browser.", ("person_id",),
            {"token_digest": _CODE}),
    Holding("password_link", "Links to set a password that were issued to you or by you.",
            ("person_id", "issued_by"), {"token_digest": _CODE}),
    Holding("audit_entry", "The record of acts done to your account and of acts that you did.",
            ("actor_id",)),
    Holding("occurrence", "What you were asked to complete, and by when.", ("person_id",)),
    Holding("assignment", "Assignments that you made or withdrew as a manager.",
            ("assigned_by", "withdrawn_by")),
    Holding("attempt", "Modules that you began. Seconds are the time between your saves.",
            ("learner_id",),
            {"seed": "A random number that mixes the options; it would give away an order."}),
    Holding("answer", "What you committed to each question, with its credit.", ("attempt_id",)),
    Holding("draft", "What you typed and did not commit yet. Encrypted in the database.",
            ("attempt_id",), sealed=("body",)),
    Holding("reflection", "What you wrote to reflections, and your ticks on the model points. "
            "Encrypted in the database; nobody else in your force can read it here.",
            ("attempt_id",), sealed=("text", "points")),
    Holding("commitment", "What you meant to do on your next shift. Encrypted in the database.",
            ("attempt_id",), sealed=("text",)),
    Holding("completion", "Your completions: final, never altered.", ("person_id",)),
    Holding("facilitated_session", "Facilitated sessions that you recorded as a trainer.",
            ("recorded_by",)),
    Holding("people_import", "Lists of people that you uploaded as an administrator.",
            ("uploaded_by",), {name: _OTHERS for name in ("summary", "body", "difference")}),
    Holding("version", "Versions of modules that you published.", ("published_by",),
            {"document": _MODULE}),
    Holding("imported_case", "Case documents that you imported.", ("imported_by",),
            {"packed": "The case document itself, which says nothing of you."}),
    Holding("case_review", "Saves of the review of an imported case.", ("saved_by",),
            {"packed": "The case document itself, which says nothing of you."}),
    Holding("module_draft", "Drafts that you began or asked a review for.",
            ("created_by", "asked_by")),
    Holding("draft_revision", "Saves of drafts that you made.", ("saved_by",),
            {"packed": _MODULE}),
    Holding("kept_part", "What you typed into a draft and could not save yet.", ("person_id",),
            {"packed": _MODULE}),
    Holding("draft_comment", "Comments on drafts that you wrote or settled.",
            ("written_by", "settled_by")),
    Holding("sign_off", "Revisions of drafts that you signed off, or asked changes to.",
            ("signed_by",)),
    Holding("published_change", "What you decided when a version was published.",
            ("approved_by", "decided_by")),
)  # fmt: skip

NOT_INCLUDED = (
    "Failed sign-ins are counted under a code that names nobody, so they cannot be found by "
    "person. A list of people that an administrator uploads may name you; the file is emptied "
    "when it is used, and after a day at the latest."
)


def everything_of(person_id: int, *, now: datetime) -> dict[str, Any]:
    """Return all that is held of a person as plain values, with what each part is on top."""
    rows = {holding.table: _rows(holding, person_id) for holding in HOLDINGS}
    return {
        "what_this_is": "Everything that Debrief holds of you.",
        "as_at": iso(now),
        "parts": [_described(holding, len(rows[holding.table])) for holding in HOLDINGS],
        "not_included": NOT_INCLUDED,
        **rows,
    }


def _described(holding: Holding, count: int) -> dict[str, Any]:
    about: dict[str, Any] = {"part": holding.table, "about": holding.about, "rows": count}
    return {**about, "left_out": dict(holding.left_out)} if holding.left_out else about


def pointers() -> dict[str, frozenset[str]]:
    """Return, by table, the columns that point at a person or an attempt."""
    found: dict[str, set[str]] = {"person": {"id"}}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if _target(column) in ("person", "attempt"):
                found.setdefault(table.name, set()).add(column.name)
    return {name: frozenset(columns) for name, columns in found.items()}


def _target(column: sa.Column[Any]) -> str:
    return next((key.column.table.name for key in column.foreign_keys), "")


def _condition(table: sa.Table, holding: Holding, person_id: int) -> sa.ColumnElement[bool]:
    attempts = Base.metadata.tables["attempt"]
    own = sa.select(attempts.c.id).where(attempts.c.learner_id == person_id)
    parts = [
        table.c[name].in_(own)
        if _target(table.c[name]) == "attempt"
        else table.c[name] == person_id
        for name in holding.by
    ]
    if "subject" in table.c:
        parts.append(table.c.subject == f"person:{person_id}")
    return sa.or_(*parts)


# How a number that names a unit, a module or a version is written for a person.
_NAMES = {"unit": "name", "module": "slug", "version": "title"}


def _rows(holding: Holding, person_id: int) -> list[dict[str, Any]]:
    table = Base.metadata.tables[holding.table]
    columns = [column for column in table.columns if column.name not in holding.left_out]
    chosen: list[sa.ColumnElement[Any]] = []
    source: sa.FromClause = table
    for column in columns:
        chosen.append(column)
        if naming := _NAMES.get(_target(column)):
            named = Base.metadata.tables[_target(column)].alias(f"{column.name}_named")
            source = source.outerjoin(named, named.c.id == column)
            chosen.append(named.c[naming].label(f"{column.name.removesuffix('_id')}_name"))
    query = (
        sa.select(*chosen).select_from(source).where(_condition(table, holding, person_id))
        .order_by(*table.primary_key.columns)
    )  # fmt: skip
    people = {column.name for column in columns if _target(column) == "person"}
    return [
        _plain_row(row, holding, people, person_id) for row in db.session.execute(query).mappings()
    ]


def _plain_row(
    row: Mapping[Any, Any], holding: Holding, people: set[str], person_id: int
) -> dict[str, Any]:
    plain = {}
    for name, value in row.items():
        if name in holding.sealed:
            plain[name] = _opened(value)
        elif name in people and value is not None:
            plain[name] = YOU if value == person_id else ANOTHER
        else:
            plain[name] = _plain(value)
    return _without_others(plain, person_id)


def _without_others(plain: dict[str, Any], person_id: int) -> dict[str, Any]:
    """Leave out what an act of hers says about somebody else: it is that person's, not hers."""
    subject = str(plain.get("subject", ""))
    if subject.startswith("person:") and subject != f"person:{person_id}":
        return {**plain, "subject": ANOTHER, "sentence": "Left out: it is about another person."}
    return plain


def _opened(sealed: bytes | None) -> Any:
    if sealed is None:
        return None
    try:
        text = open_sealed(sealed)
    except Unreadable as refusal:
        return str(refusal)
    try:
        return json.loads(text) if text.startswith(("{", "[")) else text
    except ValueError:
        return text


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return iso(value)
    return value
