"""A part as its page shows it: each field with its value, choices and what is said of it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.catalogue.module_files import Finding, Severity
from app.drafting.filling.arranging import fresh_row
from app.drafting.filling.fields import PART, Entry, Field, Group, Spec, Widget, rows_of, text_of
from app.drafting.outline import KIND_WORDS, WHOLE_WORDS, first_words, words_of
from app.drafting.parts import Document, address_at, field_at

Choices = tuple[tuple[str, str], ...]
# What checks say of a part, by the name of the field that it is about; "" is the part itself.
Notes = Mapping[str, Sequence[Finding]]
# More letters than a line of the form shows.
LONG_PLACE = 60
# Of all that is said of an option, its summary shows the gravest.
GRAVEST = (Severity.REFUSE, Severity.TODO, Severity.WARN)


@dataclass(frozen=True)
class ShownField:
    """One field as it stands on the page."""

    field: Field
    name: str
    value: str
    ticked: tuple[str, ...] = ()
    choices: Choices = ()
    notes: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """Return the id of its control; checks and the outline lead to it."""
        return id_of(self.name)

    @property
    def long_place(self) -> bool:
        """Tell whether it names more places than a line shows."""
        return self.field.widget is Widget.PLACE and len(self.value) > LONG_PLACE

    @property
    def partial(self) -> str:
        """Return a fraction of credit as typed."""
        return "" if self.value in ("", "0", "1", PART) else self.value

    @property
    def credit(self) -> str:
        """Return which of right, partly right and not right is chosen."""
        return self.value if self.value in ("", "0", "1") else PART


@dataclass(frozen=True)
class ShownRow:
    """One row of a list, folded under its own words."""

    name: str
    number: int
    title: str
    mark: str
    made: str
    entries: tuple[Shown, ...]
    notes: tuple[Finding, ...]
    open: bool
    first: bool
    last: bool

    @property
    def id(self) -> str:
        """Return the id of the row."""
        return id_of(self.name)

    @property
    def gravest(self) -> Severity | None:
        """Return the gravest of what is said in this row."""
        found = {finding.severity for finding in (*self.notes, *_within(self.entries))}
        return next((severity for severity in GRAVEST if severity in found), None)


@dataclass(frozen=True)
class ShownGroup:
    """A group of fields, or a list of rows."""

    group: Group
    name: str
    entries: tuple[Shown, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    notes: tuple[Finding, ...] = ()
    open: bool = False

    @property
    def id(self) -> str:
        """Return the id of the group."""
        return id_of(self.name)

    @property
    def full(self) -> bool:
        """Tell whether the document allows no further row."""
        return len(self.rows) >= self.group.most


Shown = ShownField | ShownGroup


@dataclass(frozen=True)
class Around:
    """What a page knows beside the part: choices by name, notes by field, the rows to open."""

    choices: Mapping[str, Choices] = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    # The names of rows with commas between, or “all”.
    open: str = ""

    def opens(self, row: str) -> bool:
        """Tell whether a row stands open."""
        return self.open == "all" or row in self.open.split(",")


def id_of(name: str) -> str:
    """Return the id of the element of a field, a row or a group."""
    return "field-" + name.replace(".", "-")


def _within(entries: Iterable[Shown]) -> Iterator[Finding]:
    for entry in entries:
        yield from entry.notes
        if isinstance(entry, ShownGroup):
            yield from _within(entry.entries)


def shown(spec: Spec, part: Document, around: Around, prefix: str = "") -> tuple[Shown, ...]:
    """Return the fields and groups of a part in order."""
    return tuple(
        _shown(entry, f"{prefix}{entry.key}", part.get(entry.key), around) for entry in spec
    )


def _shown(entry: Entry, name: str, value: Any, around: Around) -> Shown:
    notes = tuple(around.notes.get(name, ()))
    if isinstance(entry, Field):
        return _shown_field(entry, name, value, around, notes)
    if entry.many:
        # Where a list must hold something, the first row stands there to be filled.
        rows = rows_of(value) or ([fresh_row(entry, ())] if entry.required else [])
        told = tuple(_row(entry, name, n, rows, around) for n in range(len(rows)))
        return ShownGroup(entry, name, rows=told, notes=notes)
    below = value if isinstance(value, dict) else {}
    entries = shown(entry.rows, below, around, f"{name}.")
    opened = bool(below) or any(True for _note in _within(entries))
    return ShownGroup(entry, name, entries, notes=notes, open=opened or entry.required)


def _shown_field(
    entry: Field, name: str, value: Any, around: Around, notes: tuple[Finding, ...]
) -> ShownField:
    ticked = tuple(str(v) for v in value) if isinstance(value, list) else ()
    choices = entry.choices or tuple(around.choices.get(entry.among, ()))
    standing = ticked if entry.widget is Widget.CHECKS else (text_of(value),)
    known = {key for key, _words in choices}
    if entry.widget in (Widget.CHOICE, Widget.CHECKS):
        # What stands there and is no choice any more is shown, so that saving keeps it.
        choices += tuple((s, f"{s} (not to be had any more)") for s in standing if s not in known)
        choices = tuple((key, words) for key, words in choices if key)
    return ShownField(entry, name, text_of(value), ticked, choices, notes)


def _row(
    group: Group, name: str, number: int, rows: Sequence[Document], around: Around
) -> ShownRow:
    row, here = rows[number], f"{name}.{number}"
    entries = shown(group.rows, row, around, f"{here}.")
    title = first_words(text_of(row.get(group.named_by)), 24)
    notes = tuple(around.notes.get(here, ()))
    grave = {finding.severity for finding in (*notes, *_within(entries))}
    opened = around.opens(here) or not title or Severity.REFUSE in grave
    return ShownRow(
        here, number + 1, title, mark_of(row), str(row.get("id", "")), entries, notes, opened,
        number == 0, number == len(rows) - 1,
    )  # fmt: skip


def mark_of(row: Document) -> str:
    """Say in a word what an option is worth; nothing where it is not marked."""
    if "credit" not in row:
        return ""
    credit = str(row["credit"])
    return {"1": "Right", "0": "Not right", PART: "Partly right"}.get(credit, f"Partly: {credit}")


def names(entries: Iterable[Shown]) -> Iterator[str]:
    """Give the names of all fields, rows and groups that the page shows."""
    for entry in entries:
        yield entry.name
        if isinstance(entry, ShownGroup):
            yield from names(entry.entries)
            for row in entry.rows:
                yield row.name
                yield from names(row.entries)


def notes_of(
    document: Document, address: str, findings: Iterable[Finding], known: set[str]
) -> dict[str, list[Finding]]:
    """Sort what checks say of one part by the field that shows it, or the nearest above it."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if _address(document, finding) != address:
            continue
        steps = [str(step) for step in field_at(finding.path)]
        while steps and ".".join(steps) not in known:
            steps.pop()
        found.setdefault(".".join(steps), []).append(finding)
    return found


def _address(document: Document, finding: Finding) -> str:
    try:
        return address_at(document, finding.path)
    except (IndexError, KeyError, TypeError, AttributeError):
        return ""


def title_of(address: str, part: Document) -> str:
    """Name a part as its page does, such as “Choose one: Before ending this call”."""
    if address in WHOLE_WORDS:
        return WHOLE_WORDS[address]
    if address.startswith("stage."):
        return f"Stage: {first_words(text_of(part.get('title')), 10) or 'without a title'}"
    kind = KIND_WORDS.get(str(part.get("kind", "")), "Item")
    return f"{kind}: {first_words(words_of(part), 9)}"


def stages_in(document: Document) -> Choices:
    """Return the stages to choose from."""
    return tuple(
        (text_of(stage.get("id")), _stage_words(stage, number))
        for number, stage in enumerate(rows_of(document.get("stages")), start=1)
    )


def _stage_words(stage: Document, number: int) -> str:
    """Name a stage to choose from; what has no title is told from others by its number."""
    title, when = text_of(stage.get("title")), text_of(stage.get("when"))
    return (title or f"Stage {number}, without a title") + (f" ({when})" if when else "")


def items_before(document: Document, item: str) -> Choices:
    """Return the items that stand before one, to choose from."""
    found: list[tuple[str, str]] = []
    for stage in rows_of(document.get("stages")):
        for each in rows_of(stage.get("items")):
            if each.get("id") == item:
                return tuple(found)
            kind = KIND_WORDS.get(text_of(each.get("kind")), "Item")
            found.append((text_of(each.get("id")), f"{kind}: {first_words(words_of(each), 12)}"))
    return tuple(found)


def targets_in(part: Document) -> Choices:
    """Return what the options of a question may be matched with."""
    return tuple(
        (text_of(row.get("id")), text_of(row.get("text")) or f"Target {number}, still empty")
        for number, row in enumerate(rows_of(part.get("targets")), start=1)
    )


def label_of(spec: Spec, name: str) -> str:
    """Return how a field of a form is called, such as “Option 2: Why”; empty for no field."""
    key, _, rest = name.partition(".")
    entry = next((each for each in spec if each.key == key), None)
    if not rest or entry is None:
        return entry.label if isinstance(entry, Field) else ""
    if isinstance(entry, Field):
        return ""
    if not entry.many:
        below = label_of(entry.rows, rest)
        return f"{entry.label}: {below}" if below else ""
    number, _, rest = rest.partition(".")
    below = label_of(entry.rows, rest) if number.isdecimal() else ""
    return f"{entry.one.capitalize()} {int(number) + 1}: {below}" if below else ""
