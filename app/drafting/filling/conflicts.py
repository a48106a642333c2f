"""Two people changed one part: what goes together, and what only she can decide; pure.

Fields that one of them changed go together by themselves. Where both changed a field, or both a
list whose rows have no ids, the two stand beside each other and hers is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.drafting.filling.fields import Entry, Field, Group, Sent, Spec, form_of, rows_of, text_of
from app.drafting.parts import Document

# The choice that the page of a conflict offers for each name.
TAKE = "take."
THEIRS = "theirs"


@dataclass(frozen=True)
class Clash:
    """One thing that both changed; of a whole list, the words of its rows."""

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    whole_list: bool = False


@dataclass(frozen=True)
class Change:
    """One thing that only one of them changed, and that goes in as it is."""

    label: str
    before: str
    after: str


@dataclass
class Merged:
    """The part with both their changes, her own where they clash."""

    part: Document = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    from_them: list[Change] = field(default_factory=list)
    from_her: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class _Three:
    """The same thing as it was, as she has it and as it stands."""

    base: Any
    mine: Any
    theirs: Any

    def below(self, key: str) -> _Three:
        """Return the three values of a key."""
        return _Three(*(_get(each, key) for each in (self.base, self.mine, self.theirs)))

    def rows(self) -> tuple[list[Document], list[Document], list[Document]]:
        """Return the three lists of rows."""
        return rows_of(self.base), rows_of(self.mine), rows_of(self.theirs)


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def merged(spec: Spec, base: Document, mine: Document, theirs: Document) -> Merged:
    """Bring two changes of one part together."""
    found = Merged()
    found.part = _part(spec, _Three(base, mine, theirs), "", "", found)
    return found


def _part(spec: Spec, three: _Three, prefix: str, where: str, found: Merged) -> Document:
    known = {entry.key for entry in spec}
    newest = three.theirs if isinstance(three.theirs, dict) else three.mine
    part = {k: v for k, v in (newest or {}).items() if k not in known}
    for entry in spec:
        value = _value(entry, three.below(entry.key), f"{prefix}{entry.key}", where, found)
        if value not in (None, {}, []):
            part[entry.key] = value
    return part


def _value(entry: Entry, three: _Three, name: str, where: str, found: Merged) -> Any:
    label = f"{where}{entry.label}"
    if isinstance(entry, Field):
        return _decided(three, name, label, found, entry)
    if not entry.many:
        return _part(entry.rows, three, f"{name}.", f"{label}: ", found)
    lists = three.rows()
    if entry.ids and all(_have_ids(rows) for rows in lists):
        return list(_by_id(entry, lists, name, found))
    if len({len(rows) for rows in lists}) == 1:
        return [
            _part(entry.rows, _Three(*rows), f"{name}.{n}.", _of_row(entry, n), found)
            for n, rows in enumerate(zip(*lists, strict=True))
        ]
    return _decided(three, name, label, found, entry)


def _of_row(group: Group, number: int) -> str:
    return f"{group.one.capitalize()} {number + 1}: "


def _have_ids(rows: Sequence[Document]) -> bool:
    ids = [row.get("id") for row in rows]
    return all(isinstance(each, str) for each in ids) and len(set(ids)) == len(ids)


def _decided(three: _Three, name: str, label: str, found: Merged, entry: Entry) -> Any:
    """Take what one of them changed; where both did, propose hers and ask."""
    if three.mine == three.theirs:
        return three.theirs
    base, mine, theirs = (_words(each, entry) for each in (three.base, three.mine, three.theirs))
    if three.mine == three.base:
        found.from_them.append(_changed(label, entry, base, theirs))
        return three.theirs
    if three.theirs == three.base:
        found.from_her.append(_changed(label, entry, base, mine))
    elif mine != theirs:
        found.clashes.append(
            Clash(name, label, base, mine, theirs, whole_list=isinstance(entry, Group))
        )
    return three.mine


def _changed(label: str, entry: Entry, before: str, after: str) -> Change:
    """Return a change as a person reads it."""
    if isinstance(entry, Group):
        return Change(label, before, after)
    return Change(label, _chosen(entry, before), _chosen(entry, after))


def _chosen(field: Entry, value: str) -> str:
    """Write the words of a choice, not its key; other words stand as they are."""
    words = dict(field.choices) if isinstance(field, Field) else {}
    return "\n".join(words.get(line, line) for line in value.split("\n"))


def _words(value: Any, entry: Entry) -> str:
    """Write a value as its box has it; a list of rows one row after the other, to be read."""
    if isinstance(entry, Field):
        return text_of(value)
    fields = {each.key: each for each in entry.rows}
    return "\n\n".join(
        "\n".join(
            _chosen(fields.get(name, entry), text)
            for name, text in form_of(entry.rows, row) if text
        )
        for row in rows_of(value)
    )  # fmt: skip


def _by_id(
    group: Group, lists: tuple[list[Document], list[Document], list[Document]], name: str,
    found: Merged,
) -> Iterator[Document]:  # fmt: skip
    base, mine, theirs = ({row["id"]: row for row in rows} for rows in lists)
    order = mine if list(mine) != list(base) else theirs
    number = 0
    for made in dict.fromkeys([*order, *mine, *theirs]):
        rows = _Three(base.get(made), mine.get(made), theirs.get(made))
        if _is_gone(rows):
            _tell_row(group, rows, list(base).index(made), found)
            continue
        where = _of_row(group, number)
        # A row that one of them removed and the other changed is kept, as it was changed.
        kept = _Three(rows.base, rows.mine or rows.theirs, rows.theirs or rows.mine)
        if rows.base is None:
            _tell_row(group, rows, number, found)
        yield {"id": made, **_part(group.rows, kept, f"{name}.{number}.", where, found)}
        number += 1


def _tell_row(group: Group, rows: _Three, number: int, found: Merged) -> None:
    """Note a row that one of them alone added or removed."""
    there, added = [row for row in (rows.mine, rows.theirs) if row], rows.base is None
    if len(there) != 1:
        return
    label, words = _of_row(group, number).removesuffix(": "), _words(there, group)
    change = Change(label, "", words) if added else Change(label, words, "")
    (found.from_her if bool(rows.mine) is added else found.from_them).append(change)


def _is_gone(rows: _Three) -> bool:
    """Tell whether one of them removed a row that the other left as it was."""
    return rows.base is not None and (
        (rows.mine is None and rows.theirs in (None, rows.base))
        or (rows.theirs is None and rows.mine == rows.base)
    )


def hidden_fields(spec: Spec, result: Merged) -> list[tuple[str, str]]:
    """Return what the page of a conflict sends unseen: all but the fields that both changed."""
    asked = [clash.name for clash in result.clashes if not clash.whole_list]
    return [
        (name, value)
        for name, value in form_of(spec, result.part)
        if not any(name == each or name.startswith(f"{each}.") for each in asked)
    ]


def without_refused(form: Sent) -> dict[str, list[str]]:
    """Return a form without her own of the fields of which she took theirs.

    What a form does not send stays as it stands, which is theirs.
    """
    left = [
        name.removeprefix(TAKE)
        for name, values in form.items()
        if name.startswith(TAKE) and list(values) == [THEIRS]
    ]
    return {
        name: list(values)
        for name, values in form.items()
        if not name.startswith(TAKE)
        and not any(name == each or name.startswith(f"{each}.") for each in left)
    }
