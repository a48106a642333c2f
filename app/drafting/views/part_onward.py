"""Where the page of a part leads once it was saved: back to where she was, or to what is next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.catalogue.module_files import Finding, Severity
from app.drafting import parts
from app.drafting.filling import showing
from app.drafting.filling.fields import Group, rows_of
from app.drafting.links import link_to
from app.drafting.models import DraftRevision
from app.drafting.parts import Document
from app.drafting.views.part_page import looked, opened, to_mend
from app.drafting.views.part_sent import Typed
from app.ui.filters import london_time


@dataclass(frozen=True)
class Saved:
    """What a save made, and whose approval it undid; nobody's: empty."""

    revision: DraftRevision
    undone: str = ""

    @property
    def undone_words(self) -> str:
        """Say that an approval is undone."""
        return f"The approval by {self.undone} is undone." if self.undone else ""


def rows_left_open(typed: Typed, read: Document, mine: Document) -> str:
    """Return the rows to show unfolded again: those that stood open, and those that she changed.

    `read` is the part as it was sent, `mine` the same after a button moved its rows.
    """
    names = {*filter(None, typed.left_open.split(",")), *_changed(typed, read)}
    return ",".join(sorted(filter(None, (_now_called(name, read, mine) for name in names))))


def _changed(typed: Typed, read: Document) -> list[str]:
    """Return the rows that differ from what stood there when the page was opened."""
    lists = [entry.key for entry in typed.spec if isinstance(entry, Group) and entry.many]
    return [
        f"{key}.{number}"
        for key in lists
        for number, row in enumerate(rows_of(read.get(key)))
        if row not in rows_of(typed.stored.get(key))
    ]


def _now_called(name: str, read: Document, mine: Document) -> str:
    """Return the name of a row after rows were moved; nothing for one that is gone."""
    key, _, at = name.partition(".")
    rows = rows_of(read.get(key))
    row = rows[int(at)] if re.fullmatch(r"[0-9]{1,3}", at) and int(at) < len(rows) else None
    found = (f"{key}.{n}" for n, each in enumerate(rows_of(mine.get(key))) if each is row)
    return next(found, "")


def onward(typed: Typed, saved: Saved, row: str, left_open: str) -> Response:
    """Lead back to where she was, or on to the next part."""
    if saved.undone:
        flash(saved.undone_words, "notice")
    if typed.does == "next":
        return _to(typed, _following(typed, saved.revision.document))
    if typed.does == "todo":
        return _to_next_to_do(typed, saved.revision)
    if typed.does in ("comment", "settle"):
        return _to(typed, typed.address, "comments", open=left_open)
    if typed.does == "preview":
        # A text inside a row is seen only where the row is open.
        steps = typed.about.split(".")
        within = ".".join(steps[:2]) if len(steps) > 2 else ""
        return _to(typed, typed.address, showing.id_of(typed.about), preview=typed.about,
                   open=_joined(left_open, within))  # fmt: skip
    if row:
        return _to(typed, typed.address, showing.id_of(row), open=_joined(left_open, row))
    return _stay(typed, saved.revision, left_open)


def _to(typed: Typed, part: str, anchor: str = "", **more: str) -> Response:
    asked: dict[str, Any] = {key: value for key, value in more.items() if value}
    return redirect(
        url_for("parts.edit", draft_id=typed.draft.id, part=part, _anchor=anchor or None, **asked),
        code=303,
    )


def _joined(*names: str) -> str:
    return ",".join(dict.fromkeys(filter(None, ",".join(names).split(","))))


def _following(typed: Typed, document: Document) -> str:
    order = list(parts.addresses(document))
    following = order[order.index(typed.address) + 1 :]
    return following[0] if following else typed.address


def _stay(typed: Typed, revision: DraftRevision, left_open: str) -> Response:
    """Lead back to the part: the summary of what is to mend says there that it was saved."""
    at = opened(typed.draft, revision, typed.address)
    if not to_mend(looked(at)):
        flash(f"Saved at {london_time(revision.saved_at)}.", "success")
    return _to(typed, typed.address, open=left_open, check="1")


def _to_next_to_do(typed: Typed, revision: DraftRevision) -> Response:
    """Lead to the next thing to do in the draft, behind this part or from its beginning."""
    document = revision.document
    found = looked(opened(typed.draft, revision, typed.address)).findings
    following = next_to_do(document, typed.address, found)
    if following is None:
        flash("Saved. Nothing is to do in this draft any more.", "success")
        return redirect(url_for("editor.checks", draft_id=typed.draft.id), code=303)
    address, anchor = following
    if not address:
        to = url_for("editor.outline", draft_id=typed.draft.id, _anchor=anchor)
        return redirect(to, code=303)
    row = re.match(r"field-([a-z_]+)-([0-9]+)", anchor)
    return _to(typed, address, anchor, open=f"{row[1]}.{row[2]}" if row else "")


def next_to_do(
    document: Document, address: str, findings: Sequence[Finding]
) -> tuple[str, str] | None:
    """Return the part and the field of the next thing to do after a part, round the whole draft."""
    order = {each: at for at, each in enumerate(parts.addresses(document))}
    here = order.get(address, -1)

    def distance(to: tuple[str, str]) -> int:
        # What is done on the outline itself stands where its stage does.
        at = order.get(to[0] or to[1].replace("-", ".", 1), len(order))
        return (at - here - 1) % (len(order) + 1)

    found = [link_to(document, f.path) for f in findings if f.severity is Severity.TODO]
    return min(found, key=distance, default=None)
