"""Reads a CSV of people from bytes: rows, and refusals with line and reason; no database."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.db import Refusal

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
REQUIRED = ("personnel_number", "name", "email", "unit")
OPTIONAL = ("active", "force")
LONGEST = {"personnel_number": 40, "name": 200, "email": 254, "unit": 120}
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
CALLED = {
    "personnel_number": "personnel number",
    "name": "name",
    "email": "e-mail address",
    "unit": "unit",
}


class FileRefused(Refusal):
    """The file as a whole cannot be read; nothing of it was used."""


@dataclass(frozen=True)
class PersonRow:
    """One person as the file has her; `line` is where her row begins."""

    line: int
    number: str
    name: str
    email: str
    unit: str
    force: str
    # None where the file does not say.
    active: bool | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot be taken, with the reason in words."""

    line: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What a file holds."""

    header: tuple[str, ...]
    rows: tuple[PersonRow, ...]
    refused: tuple[RefusedRow, ...]
    # How the file was read, in one sentence.
    said: str


def read_people(data: bytes) -> Sheet:
    """Read a file of people, or raise FileRefused saying why it cannot be read."""
    text, encoding = _decoded(data)
    separator = _separator(text)
    records = _records(text, separator)
    header_line = next(records, None)
    if header_line is None:
        raise FileRefused("The file is empty.")
    header = tuple(cell.strip() for cell in header_line[1])
    columns = _columns(header)
    rows: list[PersonRow] = []
    refused: list[RefusedRow] = []
    for line, cells in records:
        judged = _row(line, cells, columns)
        (rows if isinstance(judged, PersonRow) else refused).append(judged)  # type: ignore[arg-type]
        if len(rows) + len(refused) > MOST_ROWS:
            raise FileRefused(
                f"The file has more than {MOST_ROWS:,} rows. Split it into several files."
            )
    if not rows and not refused:
        raise FileRefused("The file has a header and no people below it.")
    said = f"Read as {encoding}, with the columns separated by {SEPARATORS[separator]}."
    return Sheet(header, tuple(rows), tuple(refused), said)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    if len(data) > MOST_BYTES:
        raise FileRefused("The file is larger than 20 MB. Split it into several files.")
    if not data.strip():
        raise FileRefused("The file is empty.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileRefused(
            "This is an Excel workbook, not a CSV file. "
            "Open it in Excel, choose Save As and then “CSV UTF-8”, and use that file."
        )
    codec, called = _encoding(data)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"The file begins like {called} text and cannot be read as that. "
            "Save it again as “CSV UTF-8”."
        ) from error
    if "\0" in text:
        raise FileRefused(
            "The file holds NUL bytes, so it is not a text file. Save it again as “CSV UTF-8”."
        )
    if not text.strip():
        raise FileRefused("The file is empty.")
    return text, called


def _encoding(data: bytes) -> tuple[str, str]:
    """Tell the encoding from a mark at the beginning, from NUL bytes, or by trying."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", "UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "UTF-16"
    start = data[:4000]
    for codec, letters, blanks in (
        ("utf-16-le", start[0::2], start[1::2]),
        ("utf-16-be", start[1::2], start[0::2]),
    ):
        if blanks.count(0) * 2 > len(blanks) and not letters.count(0):
            return codec, "UTF-16"
    for codec, called in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec, called
    return "cp1252", "Windows-1252"


def _separator(text: str) -> str:
    """Return the separator that makes most known columns out of the first line."""
    first = text.lstrip().splitlines()[0]

    def known(separator: str) -> int:
        names = {_folded_name(cell.strip('" ')) for cell in first.split(separator)}
        return len(names & {*REQUIRED, *OPTIONAL})

    return max(SEPARATORS, key=lambda separator: (known(separator), first.count(separator)))


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the line on which it begins."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(
                f"The row that begins on line {line} cannot be read: a quotation mark is not "
                "closed, or stands in the middle of a cell."
            ) from error
        if any(cell.strip() for cell in cells):
            yield line, cells


def _folded_name(name: str) -> str:
    folded = re.sub(r"[\s_-]+", "_", name.strip().lower())
    return "email" if folded == "e_mail" else folded


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:10])


def _columns(header: tuple[str, ...]) -> dict[str, int]:
    """Return where each column stands; unknown, doubled and missing ones are refused by name."""
    known = (*REQUIRED, *OPTIONAL)
    columns: dict[str, int] = {}
    unknown: list[str] = []
    for place, name in enumerate(header):
        folded = _folded_name(name)
        if folded in columns:
            raise FileRefused(f"The column {_named([folded])} stands twice in the header.")
        if folded in known:
            columns[folded] = place
        elif name or any(header[place:]):
            unknown.append(name or f"column {place + 1}, which has no name")
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise FileRefused(
            f"The header does not name the column {_named(missing)}. "
            f"Its columns are: {_named(header) or 'none'}."
        )
    if unknown:
        raise FileRefused(
            f"The file has columns that Debrief does not know: {_named(unknown)}. "
            f"Take them out; known are {_named(known)}."
        )
    return columns


def _row(line: int, cells: list[str], columns: dict[str, int]) -> PersonRow | RefusedRow:
    """Return the person of one record, or why it cannot be taken."""
    whole, width = tuple(cells), max(columns.values()) + 1
    if any(cell.strip() for cell in cells[width:]):
        return RefusedRow(
            line, f"The row has {len(cells)} cells and the header has {width}.", whole
        )
    values = {
        name: unicodedata.normalize("NFC", " ".join(cells[place].split()))
        for name, place in columns.items()
        if place < len(cells)
    }
    values["email"] = values.get("email", "").lower()
    said = values.get("active", "").lower()
    reasons = [*_faults(values), *_active_faults(said)]
    if reasons:
        return RefusedRow(line, " ".join(reasons), whole)
    return PersonRow(
        line, values["personnel_number"], values["name"], values["email"], values["unit"],
        values.get("force", ""), None if not said else said in YES, whole,
    )  # fmt: skip


def _active_faults(said: str) -> Iterator[str]:
    if said and said not in YES | NO:
        yield f"“{said[:40]}” in the column active is neither yes nor no."


def _faults(values: dict[str, str]) -> Iterator[str]:
    """Yield a sentence for each value that is missing, too long or not what it should be."""
    for name in REQUIRED:
        value = values.get(name, "")
        if not value:
            yield f"The {CALLED[name]} is missing."
        elif len(value) > LONGEST[name]:
            yield f"The {CALLED[name]} is longer than {LONGEST[name]} characters."
        elif not value.isprintable():
            yield f"The {CALLED[name]} has a character in it that cannot be seen."
        elif name == "email" and not is_email(value):
            yield f"“{value}” is not an e-mail address."


def is_email(value: str) -> bool:
    """Tell whether a lower-case value has the form of an e-mail address."""
    return EMAIL.fullmatch(value) is not None
