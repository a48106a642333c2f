"""What the buttons of a list do: its rows are added, moved and removed; pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from app.drafting.filling.fields import MOST_ROWS, Group, Spec, rows_of
from app.drafting.parts import Document

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def fresh_row(group: Group, rows: Sequence[Document]) -> Document:
    """Return a new row, with an id that no other row has, or the next number."""
    if group.numbered:
        numbers = [row.get(group.numbered) for row in rows]
        return {group.numbered: max((n for n in numbers if isinstance(n, int)), default=0) + 1}
    if not group.ids:
        return {}
    taken = {row.get("id") for row in rows}
    while True:
        made = f"{group.ids}-" + "".join(secrets.choice(_ALPHABET) for _ in range(4))
        if made not in taken:
            return {"id": made}


def without_unfilled(spec: Spec, part: Document, stored: Document) -> Document:
    """Leave out rows that only the page offered: nobody wrote anything in them."""
    kept = dict(part)
    for group in spec:
        if not isinstance(group, Group) or not group.many or rows_of(stored.get(group.key)):
            continue
        rows = [row for row in rows_of(part.get(group.key)) if _is_filled(group, row)]
        if rows or not rows_of(part.get(group.key)):
            continue
        kept.pop(group.key)
        if group.key in stored:
            kept[group.key] = stored[group.key]
    return kept


def _is_filled(group: Group, row: Document) -> bool:
    return any(value for key, value in row.items() if key not in ("id", group.numbered))


def group_of(spec: Spec, key: str) -> Group | None:
    """Return the list of a part that has this key."""
    return next((e for e in spec if isinstance(e, Group) and e.many and e.key == key), None)


def arranged(spec: Spec, part: Document, act: str) -> tuple[Document, str]:
    """Do what a button of a list asks, such as `up:options.1`; return the part and the row's name.

    What cannot be done, such as moving the first row up, leaves the part as it is.
    """
    does, _, name = act.partition(":")
    key, _, at = name.partition(".")
    group = group_of(spec, key)
    if group is None:
        return part, ""
    rows = rows_of(part.get(key))
    number = int(at) if re.fullmatch(r"[0-9]{1,3}", at) else len(rows)
    to = _arrange(group, rows, does, number)
    return {**{k: v for k, v in part.items() if k != key}, **({key: rows} if rows else {})}, to


def _arrange(group: Group, rows: list[Document], does: str, number: int) -> str:
    """Change the rows in place; return the name of the row, or of the list, to go to."""
    if does == "add" and len(rows) < MOST_ROWS:
        rows.append(fresh_row(group, rows))
        return f"{group.key}.{len(rows) - 1}"
    if number >= len(rows):
        return group.key
    if does == "remove":
        del rows[number]
        return f"{group.key}.{min(number, len(rows) - 1)}" if rows else group.key
    to = number + {"up": -1, "down": 1}.get(does, 0)
    if 0 <= to < len(rows):
        rows[number], rows[to] = rows[to], rows[number]
        return f"{group.key}.{to}"
    return f"{group.key}.{number}"
