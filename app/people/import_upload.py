"""An uploaded list of people, from its preview until it is applied or given up."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.access import within
from app.accounts.models import Person, Unit
from app.db import Refusal, db
from app.people.import_bulk import By
from app.people.import_file import Sheet, read_people
from app.people.import_plan import Difference, Outcome, Plan, State, make_plan
from app.people.importing import PeopleChanged, apply_plan, check, load_state
from app.people.models import PeopleImport
from app.ui.downloads import Cell, csv_text

KEPT_FOR = timedelta(days=1)
SHOWN = 50
SHARE = 20
HEADER = ("what", "line", "personnel_number", "name", "email", "unit", "details")


class UploadGone(Refusal):
    """The upload was applied, given up or is older than a day."""

    def __init__(self) -> None:
        super().__init__(
            "This upload is no longer kept: it was applied or discarded, or is over a day old. "
            "Upload the file again."
        )


@dataclass(frozen=True)
class Worked:
    """A file worked out against the people there are."""

    data: bytes
    sheet: Sheet
    state: State
    plan: Plan


@dataclass(frozen=True)
class UploadRow:
    """An earlier upload, for the list on the import page."""

    id: int
    file_name: str
    uploaded_at: datetime
    uploaded_by: str
    applied_at: datetime | None
    open: bool
    own: bool


def work_out(data: bytes, force: Unit, paths: Sequence[str], *, deactivate_missing: bool) -> Worked:
    """Read a file and compare it with the people there are; writes nothing."""
    sheet = read_people(data)
    state = load_state(force, paths)
    return Worked(
        data, sheet, state, make_plan(sheet, state, deactivate_missing=deactivate_missing)
    )


def keep_upload(
    worked: Worked, force: Unit, *, file_name: str, deactivate_missing: bool, by: int, now: datetime
) -> PeopleImport:
    """Keep an upload with its difference, and drop those that are older than a day."""
    forget_old(now)
    upload = PeopleImport(
        force_id=force.id,
        uploaded_by=by,
        uploaded_at=now,
        file_name=(file_name or "a file without a name")[:200],
        deactivate_missing=deactivate_missing,
        body=zlib.compress(worked.data),
    )
    show_again(upload, worked)
    db.session.add(upload)
    db.session.flush()
    return upload


def show_again(upload: PeopleImport, worked: Worked) -> None:
    """Put the difference that was worked out now in the place of the one shown before."""
    plan = worked.plan
    upload.summary = json.dumps(_summary(worked))
    upload.plan_digest = plan.digest()
    both = [
        csv_text(HEADER, (_cells(one) for one in plan.differences if _tells(one))),
        csv_text(
            ("line", "reason", *worked.sheet.header),
            ((row.line, row.reason, *row.cells) for row in plan.refused),
        ),
    ]
    upload.difference = zlib.compress(json.dumps(both).encode())


def _tells(found: Difference) -> bool:
    return found.outcome is not Outcome.UNCHANGED


def _cells(found: Difference) -> tuple[Cell, ...]:
    return (
        found.outcome.value, found.line, found.number, found.name, found.email,
        found.unit_name, " ".join(found.details),
    )  # fmt: skip


def _summary(worked: Worked) -> dict[str, Any]:
    plan = worked.plan
    return {
        "said": worked.sheet.said,
        "active": plan.active,
        "touched": plan.touched,
        "many": plan.exceeds(SHARE),
        "counts": {outcome.value: plan.counts.get(outcome, 0) for outcome in Outcome},
        "refused": len(plan.refused),
        "first": {
            outcome.value: [
                {
                    "line": one.line, "number": one.number, "name": one.name,
                    "unit": one.unit_name, "details": " ".join(one.details),
                }
                for one in plan.of(outcome)[:SHOWN]
            ]
            for outcome in Outcome
            if outcome is not Outcome.UNCHANGED
        },
        "first_refused": [
            {"line": row.line, "reason": row.reason} for row in plan.refused[:SHOWN]
        ],
    }  # fmt: skip


def upload_within(paths: Sequence[str], upload_id: int, by: int) -> PeopleImport | None:
    """Return one's own upload into a force in which one still looks after people."""
    upload = db.session.scalars(
        sa.select(PeopleImport).where(PeopleImport.id == upload_id, PeopleImport.uploaded_by == by)
    ).one_or_none()
    if upload is None or not forces_of(paths).get(upload.force_id):
        return None
    return upload


def forces_of(paths: Sequence[str]) -> dict[int, Unit]:
    """Return the forces in which the units at `paths` stand, by id."""
    roots = {int(path.split("/")[1]) for path in paths}
    found = db.session.scalars(sa.select(Unit).where(Unit.id.in_(roots)).order_by(Unit.name))
    return {force.id: force for force in found}


def read_again(upload: PeopleImport) -> None:
    """Read the upload as it is now, held so that it is applied only once."""
    kept = ["applied_at", "body", "difference", "summary", "plan_digest"]
    db.session.refresh(upload, kept, with_for_update=True)


def is_open(upload: PeopleImport, now: datetime) -> bool:
    """Tell whether the upload can still be applied."""
    return upload.applied_at is None and upload.uploaded_at > now - KEPT_FOR


def body_of(upload: PeopleImport, now: datetime) -> bytes:
    """Return the file that was uploaded, or raise UploadGone."""
    if not is_open(upload, now) or upload.body is None:
        raise UploadGone
    return zlib.decompress(upload.body)


def downloads_of(upload: PeopleImport, now: datetime) -> tuple[str, str]:
    """Return the whole difference and the refused rows, each as CSV."""
    if not is_open(upload, now) or upload.difference is None:
        raise UploadGone
    difference, refused = json.loads(zlib.decompress(upload.difference))
    return difference, refused


def apply_upload(
    upload: PeopleImport, worked: Worked, force: Unit, paths: Sequence[str], *,
    change_many: bool, by: int, now: datetime,
) -> int:  # fmt: skip
    """Apply what was previewed, and only that; then drop the file."""
    check(worked.plan, share=SHARE, change_many=change_many)
    try:
        with db.session.begin_nested():
            done = apply_plan(
                worked.plan, worked.state, force, paths, By(by, upload.file_name, now)
            )
    except sa.exc.IntegrityError as clash:
        # Somebody else changed the same people since the file was worked out.
        raise PeopleChanged from clash
    upload.applied_at = now
    upload.body = upload.difference = None
    db.session.flush()
    return done


def discard(upload: PeopleImport) -> None:
    """Drop an upload without applying it."""
    upload.body = upload.difference = None
    upload.summary = "{}"
    db.session.flush()


def forget_old(now: datetime) -> int:
    """Drop the files of uploads that are older than a day; return how many."""
    done = db.session.execute(
        sa.update(PeopleImport)
        .where(
            PeopleImport.uploaded_at <= now - KEPT_FOR,
            sa.or_(PeopleImport.body.is_not(None), PeopleImport.difference.is_not(None)),
        )
        .values(body=None, difference=None, summary="{}")
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def uploads_within(paths: Sequence[str], by: int, now: datetime) -> list[UploadRow]:
    """Return the latest twenty uploads into the forces of `paths`."""
    rows = db.session.execute(
        sa.select(
            PeopleImport.id, PeopleImport.file_name, PeopleImport.uploaded_at, Person.name,
            PeopleImport.applied_at, PeopleImport.body.is_not(None), PeopleImport.uploaded_by == by,
        )
        .join(Person, Person.id == PeopleImport.uploaded_by)
        .join(Unit, Unit.id == PeopleImport.force_id)
        .where(within(paths))
        .order_by(PeopleImport.uploaded_at.desc(), PeopleImport.id.desc())
        .limit(20)
    )  # fmt: skip
    return [
        UploadRow(key, file, at, name or "", applied, bool(kept) and at > now - KEPT_FOR, bool(own))
        for key, file, at, name, applied, kept, own in rows
    ]
