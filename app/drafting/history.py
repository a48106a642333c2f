"""Reads of a draft's history: who saved what, and when; the document of a save is not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts.models import Person
from app.db import db
from app.drafting.models import DraftRevision, SignOff
from app.ui.paging import Page, page_of

# Saves of one person are one row of the history while so little time parts each from the next,
# the first from the last, and while they are no more than a page can list.
GAP, SPAN, MOST_IN_A_RUN = timedelta(minutes=10), timedelta(minutes=30), 100
# So many saves are told to whoever goes back to an earlier one; the history has them all.
MOST_TOLD = 20


Row = tuple[int, int | None, str, str | None, datetime, int | None, str | None, bool]


@dataclass(frozen=True)
class Saved:
    """One revision in the history of a draft."""

    number: int
    parent: int | None
    what: str
    part: str | None
    saved_at: datetime
    by: int | None
    saved_by: str | None
    # Somebody signed off exactly this one.
    approved: bool = False


def _approved() -> sa.ColumnElement[bool]:
    """Return whether a revision was signed off."""
    return sa.exists().where(
        SignOff.draft_id == DraftRevision.draft_id, SignOff.revision == DraftRevision.number,
        SignOff.approved,
    )  # fmt: skip


def _saves(draft_id: int) -> sa.Select[*Row]:
    """Return the query of the saves of a draft, the newest first."""
    return (
        sa.select(
            DraftRevision.number, DraftRevision.parent, DraftRevision.what, DraftRevision.part,
            DraftRevision.saved_at, DraftRevision.saved_by, Person.name, _approved(),
        )
        .outerjoin(Person, Person.id == DraftRevision.saved_by)
        .where(DraftRevision.draft_id == draft_id)
        .order_by(DraftRevision.number.desc())
    )  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Saves of one person that follow each other within minutes, the newest first."""

    saves: tuple[Saved, ...]

    @property
    def newest(self) -> Saved:
        """Return the last of them."""
        return self.saves[0]

    @property
    def oldest(self) -> Saved:
        """Return the first of them."""
        return self.saves[-1]

    @property
    def whats(self) -> tuple[str, ...]:
        """Return what was done, as last said of each part."""
        return tuple({save.part: save.what for save in reversed(self.saves)}.values())


@dataclass(frozen=True)
class _Mark:
    """As much of a save as tells which run it belongs to."""

    number: int
    part: str | None
    saved_at: datetime
    by: int | None
    approved: bool


def _runs(marks: Iterable[_Mark]) -> Iterator[tuple[int, int]]:
    """Give the first and the last number of each run, of marks that come the newest first."""
    run: list[_Mark] = []
    for mark in marks:
        if run and not _goes_on(run, mark):
            yield run[-1].number, run[0].number
            run = []
        run.append(mark)
    if run:
        yield run[-1].number, run[0].number


def _goes_on(run: list[_Mark], mark: _Mark) -> bool:
    """Tell whether a save belongs to the run.

    What changed the whole draft stands alone, and what was approved ends the run that led to it.
    """
    return (
        not mark.approved
        and mark.by == run[-1].by
        and mark.part is not None
        and run[-1].part is not None
        and run[-1].saved_at - mark.saved_at <= GAP
        and run[0].saved_at - mark.saved_at <= SPAN
        and len(run) < MOST_IN_A_RUN
    )


def runs_of(draft_id: int, wanted: int) -> tuple[Page, list[Run]]:
    """Return one page of the history of a draft, the newest first."""
    rows = db.session.execute(
        sa.select(
            DraftRevision.number, DraftRevision.part, DraftRevision.saved_at,
            DraftRevision.saved_by, _approved(),
        )
        .where(DraftRevision.draft_id == draft_id)
        .order_by(DraftRevision.number.desc())
    )  # fmt: skip
    bounds = list(_runs(_Mark(*row) for row in rows))
    page = page_of(wanted, len(bounds))
    shown = bounds[page.start : page.last]
    between = DraftRevision.number.between(shown[-1][0], shown[0][1])
    saves = {row[0]: Saved(*row) for row in db.session.execute(_saves(draft_id).where(between))}
    return page, [
        Run(tuple(saves[number] for number in range(last, first - 1, -1))) for first, last in shown
    ]


def saved_since(draft_id: int, number: int) -> list[Saved]:
    """Return the newest of the saves after a revision."""
    rows = _saves(draft_id).where(DraftRevision.number > number).limit(MOST_TOLD)
    return [Saved(*row) for row in db.session.execute(rows)]
