"""What somebody typed when her session was over: carried through sign-in, sealed and bound."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Request

from app.accounts.sealing import Unsealable, seal, unseal

# A tab may stay open over the days between two runs of shifts.
KEPT_FOR = timedelta(days=7)
LONGEST_FIELD = 60_000
LONGEST_IN_ALL = 200_000
# Fields whose names say little.
LABELS = {"text": "Your text", "words": "Your words"}
NEVER_CARRIED = frozenset({"csrf_token", "carried", "next"})


@dataclass(frozen=True)
class Carried:
    """A form that was posted without a session, to be sent again by the same person.

    Without a person nobody knows whose it is: then it is only shown, to be copied.
    """

    person_id: int | None
    path: str
    back: str
    fields: tuple[tuple[str, str], ...]
    # Names of what is not carried: files, and texts that are too long.
    left_out: tuple[str, ...] = ()

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return what a person wrote, with a label made from the name of its field."""
        return [(label_of(name), value) for name, value in self.fields if is_words(value)]

    @property
    def others(self) -> list[tuple[str, str]]:
        """Return the rest: choices, numbers and marks."""
        return [
            (label_of(name), value)
            for name, value in self.fields
            if value.strip() and not is_words(value)
        ]


def is_words(value: str) -> bool:
    """Tell whether a value was written rather than chosen."""
    return len(value.split()) > 1 or len(value.strip()) > 40


def label_of(name: str) -> str:
    """Return the name of a field as a person may read it."""
    # A row of a list is numbered from 0 in a name, from 1 for people.
    counted = re.sub(r"\.(\d{1,4})\.", lambda found: f" {int(found[1]) + 1} ", name)
    spaced = " ".join(re.sub(r"[_.-]", " ", counted).split()).capitalize()
    return LABELS.get(name, spaced)


def local_path(address: str | None, host: str = "") -> str:
    """Return the path of an address on this site, or nothing if it leads anywhere else."""
    if not address or any(ord(letter) < 33 or letter == "\\" for letter in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if (parts.netloc or parts.scheme) and (not host or parts.netloc != host):
        return ""
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    if parts.path.split("/")[1] in ("sign-in", "sign-out"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _sorted_out(
    fields: Iterable[tuple[str, str]],
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Part the fields into those carried and the names of those too long to carry."""
    kept: list[tuple[str, str]] = []
    left_out: list[str] = []
    room = LONGEST_IN_ALL
    for name, value in fields:
        if name in NEVER_CARRIED or "password" in name.lower():
            continue
        size = len(name) + len(value.encode())
        if len(value) > LONGEST_FIELD or size > room:
            left_out.append(label_of(name))
            continue
        room -= size
        kept.append((name, value))
    return tuple(kept), tuple(left_out)


def gather(request: Request, person_id: int | None) -> Carried:
    """Take from a request what is worth carrying; never tokens, passwords or files."""
    kept, left_out = _sorted_out(request.form.items(multi=True))
    files = tuple(file.filename for file in request.files.values() if file.filename)
    return Carried(
        person_id=person_id,
        path=request.script_root + request.full_path.rstrip("?"),
        back=local_path(request.referrer, request.host),
        fields=kept,
        left_out=left_out + files,
    )


def pack(carried: Carried, *, now: datetime) -> str:
    """Seal it for a hidden field, with the time."""
    return seal(json.dumps({"kind": "carried", "at": now.isoformat(), **asdict(carried)}))


def unpack(sealed: str, *, now: datetime) -> Carried | None:
    """Open what `pack` gave; nothing if it was changed, made up or kept too long."""
    try:
        found = json.loads(unseal(sealed))
    except (Unsealable, ValueError):
        return None
    if not isinstance(found, dict) or found.get("kind") != "carried":
        return None
    if now - datetime.fromisoformat(found["at"]) > KEPT_FOR:
        return None
    return Carried(
        person_id=found["person_id"],
        path=found["path"],
        back=found["back"],
        fields=tuple((name, value) for name, value in found["fields"]),
        left_out=tuple(found["left_out"]),
    )
