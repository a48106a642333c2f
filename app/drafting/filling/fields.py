"""What a form of a part is made of, and how it is read: all that was typed is kept; pure.

A name in a form is the path inside the part joined by dots, such as `options.0.then.text`. A
field that a form does not send keeps what stands: nothing is ever deleted by leaving it out.
Which rows a list has is said by `options.rows`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from app.catalogue.strict_yaml import Path
from app.db import Refusal
from app.drafting.parts import Document

Sent = Mapping[str, Sequence[str]]
# A row is sent under its number; more than any list of a module may have.
MOST_ROWS = 60
MOST_LETTERS = 200_000
# What a choice “partly right” is called until its fraction is typed.
PART = "part"


class TooMuch(Refusal):
    """More was sent than any part of a module holds."""


class Widget(Enum):
    """How a field is filled in."""

    LINE = "line"
    SENTENCE = "sentence"
    MARKDOWN = "markdown"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    CREDIT = "credit"
    CHECKS = "checks"
    PLACE = "place"


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `among` names choices that depend on the draft, such as its stages."""

    key: str
    label: str
    widget: Widget = Widget.LINE
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    among: str = ""
    # What choosing nothing means.
    nothing: str = "None"
    required: bool = False
    height: int = 3


@dataclass(frozen=True)
class Group:
    """Fields that belong together: once, or as the rows of a list where `one` names a row."""

    key: str
    label: str
    rows: tuple[Entry, ...]
    hint: str = ""
    # What a row is called; empty: the group stands once.
    one: str = ""
    # The field whose text names a row, and the kind of its id: made once, never changed.
    named_by: str = ""
    ids: str = ""
    # The key of the rows' own number, where they are numbered.
    numbered: str = ""
    required: bool = False
    most: int = MOST_ROWS

    @property
    def many(self) -> bool:
        """Tell whether it is a list of rows."""
        return bool(self.one)


Entry = Field | Group
Spec = tuple[Entry, ...]


def one_line(values: Sequence[str]) -> str | None:
    """Read words on one line."""
    return " ".join(values[0].replace("\r\n", "\n").split("\n")).strip() or None


def _markdown(values: Sequence[str]) -> str | None:
    """Read a text as it was typed; a browser sends its own line breaks."""
    text = values[0].replace("\r\n", "\n").replace("\r", "\n")
    return text if text.strip() else None


def _place(values: Sequence[str]) -> str | None:
    """Read places; each may stand on a line of its own."""
    lines = values[0].replace("\r\n", "\n").split("\n")
    if len(lines) > 1:
        # A semicolon at the end of a line parts it from the next, as the line's end does.
        parted = (line.strip().rstrip(";").strip() for line in lines)
        return "; ".join(line for line in parted if line) or None
    return one_line(lines)


def _lines(values: Sequence[str]) -> list[str] | None:
    lines = (line.strip() for line in values[0].replace("\r\n", "\n").split("\n"))
    return [line for line in lines if line] or None


def _number(values: Sequence[str]) -> int | str | None:
    typed = values[0].strip()
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else typed or None


def _checks(values: Sequence[str]) -> list[str] | None:
    return [value for value in values if value] or None


def _choice(values: Sequence[str]) -> str | None:
    return next((value for value in values if value), None)


READERS: dict[Widget, Callable[[Sequence[str]], Any]] = {
    Widget.LINE: one_line,
    Widget.SENTENCE: one_line,
    Widget.PLACE: _place,
    Widget.MARKDOWN: _markdown,
    Widget.LINES: _lines,
    Widget.NUMBER: _number,
    Widget.CHOICE: _choice,
    Widget.CREDIT: _choice,
    Widget.CHECKS: _checks,
}


def read_form(spec: Spec, form: Sent, stored: Document | None = None) -> Document:
    """Return the part that a form holds, valid or not; raises TooMuch.

    `stored` is the part as it was when the form was opened: its keys that the form does not
    know, and fields that were not sent, stay as they are.
    """
    if sum(len(value) for values in form.values() for value in values) > MOST_LETTERS:
        raise TooMuch(
            "That is more than one part can hold. Nothing of it was saved: shorten it, or put "
            "some of it in another part."
        )
    return _read(spec, form, "", stored or {})


def _read(spec: Spec, form: Sent, prefix: str, stored: Document) -> Document:
    known = {entry.key for entry in spec}
    found = {key: value for key, value in stored.items() if key not in known}
    for entry in spec:
        name = f"{prefix}{entry.key}"
        value = _value(entry, form, name, stored.get(entry.key))
        if value is not None:
            found[entry.key] = value
        elif entry.key in stored and stored[entry.key] in (None, "", [], {}):
            # Nothing was there and nothing is: the document need not change for it.
            found[entry.key] = stored[entry.key]
    return found


def _value(entry: Entry, form: Sent, name: str, stored: Any) -> Any:
    if isinstance(entry, Field):
        return stored if name not in form else _typed(entry, form, name, stored)
    if not entry.many:
        below = stored if isinstance(stored, dict) else {}
        return _read(entry.rows, form, f"{name}.", below) or None
    if f"{name}.rows" not in form:
        return stored
    return _rows(entry, form, name, stored if isinstance(stored, list) else []) or None


def _typed(field: Field, form: Sent, name: str, stored: Any) -> Any:
    value = READERS[field.widget](form[name] or ("",))
    if field.widget is Widget.CREDIT and value in (PART, None):
        return one_line(form.get(f"{name}.{PART}") or ("",)) or value
    if field.widget is Widget.CHECKS and value and isinstance(stored, list):
        # Ticks have no order of their own: what was there stays in its order.
        return [v for v in stored if v in value] + [v for v in value if v not in stored]
    return value


def _rows(group: Group, form: Sent, name: str, stored: list[Any]) -> list[Document]:
    numbers = [n for n in form[f"{name}.rows"] if re.fullmatch(r"[0-9]{1,3}", n)]
    if len(numbers) > MOST_ROWS:
        raise TooMuch(f"That is more than {MOST_ROWS} rows in “{group.label}”.")
    found = []
    for number in dict.fromkeys(numbers):
        prefix = f"{name}.{number}."
        made = (form.get(f"{prefix}id") or ("",))[0] if group.ids else ""
        before = _row_before(stored, made, int(number))
        row = _read(group.rows, form, prefix, before)
        found.append({"id": made, **row} if made else row)
    return found


def _row_before(stored: list[Any], made: str, number: int) -> Document:
    rows = [row for row in stored if isinstance(row, dict)]
    if made:
        return next((row for row in rows if row.get("id") == made), {})
    return rows[number] if number < len(rows) else {}


def form_of(spec: Spec, part: Document, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give the names and values that a browser sends for a part that nobody changes."""
    for entry in spec:
        name, value = f"{prefix}{entry.key}", part.get(entry.key)
        if isinstance(entry, Field):
            yield from sent_as(entry, name, value)
        elif not entry.many:
            yield from form_of(entry.rows, value if isinstance(value, dict) else {}, f"{name}.")
        else:
            yield f"{name}.rows", ""
            for number, row in enumerate(rows_of(value)):
                yield f"{name}.rows", str(number)
                if entry.ids:
                    yield f"{name}.{number}.id", str(row.get("id", ""))
                yield from form_of(entry.rows, row, f"{name}.{number}.")


def rows_of(value: Any) -> list[Document]:
    """Return the rows of a list, however unfinished it is."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def sent_as(field: Field, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Give what a browser sends for one field."""
    shown = text_of(value)
    if field.widget is Widget.CHECKS:
        yield name, ""
        for each in value if isinstance(value, list) else ():
            yield name, str(each)
    elif field.widget is Widget.CREDIT:
        whole = shown in ("", "0", "1")
        yield name, shown if whole else PART
        yield f"{name}.{PART}", "" if whole or shown == PART else shown
    else:
        yield name, shown


def text_of(value: Any) -> str:
    """Write a value as it stands in a box; the entries of a list stand on lines of their own."""
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def shown_path(spec: Spec, path: Path) -> Path:
    """Return as much of a path inside a part as its form shows: a field, a row or a group."""
    entry = next((each for each in spec if path and each.key == path[0]), None)
    if entry is None:
        return ()
    if isinstance(entry, Field):
        return path[:1]
    to = 2 if entry.many else 1
    return path[:to] + shown_path(entry.rows, path[to:])
