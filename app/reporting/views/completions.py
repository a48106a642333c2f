"""The manager's report of completions, its downloads, and the pages of a person and a module."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.accounts.queries import person_within
from app.assigning.explaining import explain
from app.assigning.queries import asked_of, withdrawn_from
from app.catalogue.queries import document_of, latest_version_of
from app.db import london_date, now_utc
from app.learning.question_view import said_place
from app.records.queries import completions_of
from app.reporting.completions import (
    COLUMNS,
    Line,
    Wanted,
    counted,
    how_many,
    lines_of,
    lines_of_person,
)
from app.reporting.looking import Looking, look
from app.reporting.scope import heads_of, modules_of, rest_of, trail_of, units_of
from app.reporting.spreadsheets import XLSX_TYPE, attached, completions_csv, completions_xlsx
from app.reporting.tallies import Tally, by_module, by_unit, total
from app.ui.paging import Page, page_of

blueprint = Blueprint("completions", __name__, template_folder="../templates")

# A table of nine columns has no room for the names that the files give them.
SHORT = {"number": "Number", "completed": "Completed", "version": "Version"}


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.SEE_COMPLETIONS)


def _url(looking: Looking, **changes: str | int) -> str:
    """Return the address of the report with some of its arguments changed."""
    arguments: dict[str, Any] = {**looking.arguments, **changes}
    # A page has dozens of these: joining is a fifth of what `url_for` costs for each.
    query = _query(tuple(pair for pair in arguments.items() if pair[1] != ""))
    return f"{request.path}?{query}" if query else request.path


@lru_cache(maxsize=4096)
def _query(pairs: tuple[tuple[str, str | int], ...]) -> str:
    return urlencode(pairs)


@blueprint.get("/completions")
@requires(Permission.SEE_COMPLETIONS)
def index() -> str | tuple[str, int]:
    """Show how it stands by unit, by module and by person."""
    looking = look(request.args, _paths())
    now = now_utc()
    if not looking.sound:
        page = render_template("reporting/completions_refused.html", form=looking.form)
        return page, 422
    today = london_date(now)
    tallies = counted(looking.wanted, today)
    everything = total(tallies)
    page_ = _page(looking, everything)
    return render_template(
        "reporting/completions.html",
        form=looking.form,
        looking=looking,
        everything=everything,
        units=by_unit(tallies, looking.units, heads_of(looking.units, looking.unit)),
        modules=[] if looking.module else by_module(tallies, looking.modules),
        rest=rest_of(looking.units, looking.unit),
        trail=_trail(looking),
        lines=lines_of(looking.wanted, today, looking.modules, start=page_.start, most=25),
        page=page_,
        headers=_headers(looking),
        person_url=url_for("completions.person", person_id=0).removesuffix("0"),
        url=lambda **changes: _url(looking, **changes),
        page_url=lambda number: _url(looking, page=number),
        as_at=now,
    )


def _trail(looking: Looking) -> list[tuple[str, str | None]]:
    """Return the way down to the unit that is looked at."""
    above = trail_of(looking.units, looking.unit)
    if not above:
        return []
    steps = [(unit.name, _url(looking, unit=unit.id, page="")) for unit in above[:-1]]
    return [("All my units", _url(looking, unit="", page="")), *steps, (above[-1].name, None)]


def _page(looking: Looking, everything: Tally) -> Page:
    """Return the page asked for, or the last one; words alone cost a query to count."""
    if looking.wanted.words:
        rows = how_many(looking.wanted, london_date(now_utc()))
    else:
        rows = everything.of(looking.wanted.status)
    return page_of(looking.page, rows)


def _headers(looking: Looking) -> list[tuple[str, str, str | None]]:
    """Return, for each column, its name, the address that sorts by it, and how it is sorted."""
    headers: list[tuple[str, str, str | None]] = []
    for key, title in COLUMNS.items():
        chosen = looking.wanted.sort == key
        direction = "descending" if looking.wanted.descending else "ascending"
        sort = f"-{key}" if chosen and not looking.wanted.descending else key
        headers.append(
            (SHORT.get(key, title), _url(looking, sort=sort), direction if chosen else None)
        )
    return headers


def _all_lines() -> tuple[Looking, list[Line]]:
    looking = look(request.args, _paths())
    if not looking.sound:
        abort(400)
    return looking, lines_of(looking.wanted, london_date(now_utc()), looking.modules)


@blueprint.get("/completions/download.csv")
@requires(Permission.SEE_COMPLETIONS)
def csv() -> Response:
    """Download the rows of the report as CSV."""
    _looking, lines = _all_lines()
    return attached(completions_csv(lines), "text/csv; charset=utf-8", "csv", now_utc())


@blueprint.get("/completions/download.xlsx")
@requires(Permission.SEE_COMPLETIONS)
def xlsx() -> Response:
    """Download the rows of the report as a workbook."""
    looking, lines = _all_lines()
    now = now_utc()
    body = completions_xlsx(lines, shown=looking.sentence, as_at=now)
    return attached(body, XLSX_TYPE, "xlsx", now)


@blueprint.get("/completions/people/<int:person_id>")
@requires(Permission.SEE_COMPLETIONS)
def person(person_id: int) -> str:
    """Show what one person was asked, how it stands, and why, each in a sentence."""
    member = person_within(_paths(), person_id)
    if member is None:
        abort(404)
    today = london_date(now_utc())
    modules = modules_of(_paths())
    why = {asked.assignment_id: asked for asked in asked_of(person_id)}
    counted_ids = {asked.completion_id for asked in why.values()}
    lines = lines_of_person(person_id, today, modules)
    return render_template(
        "reporting/completions_person.html",
        member=member,
        lines=[(line, explain(why[line.assignment_id], "they were")) for line in lines],
        unasked=[done for done in completions_of(person_id) if done.id not in counted_ids],
        withdrawn=[
            (asked.title, explain(asked, "they were")) for asked in withdrawn_from(person_id)
        ],
        as_at=now_utc(),
    )


@blueprint.get("/completions/modules/<slug>")
@requires(Permission.SEE_COMPLETIONS)
def module(slug: str) -> str:
    """Show how a module stands in one's units, and the questions that it asks of managers."""
    paths = _paths()
    modules = modules_of(paths)
    found = next((row for row in modules if row.slug == slug and row.offered), None)
    version = latest_version_of(found.id) if found else None
    if found is None or version is None:
        abort(404)
    tallies = counted(Wanted(paths, found.id), london_date(now_utc()))
    units = units_of(paths)
    return render_template(
        "reporting/completions_module.html",
        module=found,
        version=version,
        document=document_of(version.id),
        said_place=said_place,
        everything=total(tallies),
        units=by_unit(tallies, units, heads_of(units, None)),
        rest=rest_of(units, None),
        module_url=lambda **changes: url_for(
            "completions.index", module=slug, unit=changes["unit"]
        ),
        as_at=now_utc(),
    )
