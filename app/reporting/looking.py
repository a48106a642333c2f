"""From the address of the report to what is wanted of it, or to sentences of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from werkzeug.datastructures import MultiDict

from app.reporting.completions import COLUMNS, Wanted
from app.reporting.forms import ReportForm
from app.reporting.scope import ModuleRow, UnitRow, modules_of, units_of
from app.reporting.status import Status


@dataclass(frozen=True)
class Looking:
    """The report as one manager looks at it."""

    form: ReportForm
    units: Sequence[UnitRow]
    modules: Sequence[ModuleRow]
    unit: UnitRow | None
    module: ModuleRow | None
    wanted: Wanted
    page: int

    @property
    def sound(self) -> bool:
        """Tell whether everything in the address could be understood."""
        return not self.form.errors

    @cached_property
    def arguments(self) -> dict[str, str]:
        """Return the address's arguments that say anything, for links to the same rows."""
        found = {
            "unit": str(self.unit.id) if self.unit else "",
            "module": self.module.slug if self.module else "",
            "status": self.wanted.status.value if self.wanted.status else "",
            "q": self.wanted.words,
            "sort": ("-" if self.wanted.descending else "") + self.wanted.sort,
        }
        if found["sort"] == "name":
            found["sort"] = ""
        return {name: value for name, value in found.items() if value}

    @property
    def sentence(self) -> str:
        """Say in words what is shown."""
        parts = [
            f"{self.unit.name} and below" if self.unit else "all units",
            f"“{self.module.title}”" if self.module else "all modules",
            f"status {self.wanted.status.words.lower()}" if self.wanted.status else "every status",
        ]
        if self.wanted.words:
            parts.append(f"name or number with “{self.wanted.words}”")
        return ", ".join(parts)


def look(arguments: Mapping[str, Any], paths: tuple[str, ...]) -> Looking:
    """Read the address of the report within the units of `paths`."""
    units, modules = units_of(paths), modules_of(paths)
    form = ReportForm(MultiDict(arguments), meta={"csrf": False})
    form.offer(units, modules)
    form.validate()
    sort = str(arguments.get("sort") or "name")
    if sort.removeprefix("-") not in COLUMNS:
        form.refuse("", f"The rows cannot be sorted by “{sort[:40]}”")
        sort = "name"
    page = str(arguments.get("page") or "1")
    if not (page.isascii() and page.isdecimal() and int(page[:9]) > 0 and len(page) < 9):
        form.refuse("", f"There is no page “{page[:40]}”")
        page = "1"
    unit = next((found for found in units if str(found.id) == form.unit.data), None)
    module = next((found for found in modules if found.slug == form.module.data), None)
    status = form.status.data if form.status.data in {s.value for s in Status} else None
    wanted = Wanted(
        paths=(unit.path,) if unit else paths,
        module_id=module.id if module else None,
        status=Status(status) if status else None,
        words=form.q.data or "",
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
    )
    return Looking(form, units, modules, unit, module, wanted, int(page))
