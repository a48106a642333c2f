"""A case document as JSON with its source lines, and back again without loss."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any

from app.cases.document import CaseDocument


def as_json(case: CaseDocument) -> str:
    """Return the whole document as JSON, with its places and the lines of its source."""
    return json.dumps(_packed(case), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> CaseDocument:
    """Return the document that `as_json` wrote."""
    found = _reader(CaseDocument)(json.loads(text))
    if not isinstance(found, CaseDocument):
        raise TypeError("not a case document")
    return found


def _packed(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_packed(part) for part in value]
    if dataclasses.is_dataclass(value):
        return {part.name: _packed(getattr(value, part.name)) for part in dataclasses.fields(value)}
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a plain value as this kind: a dataclass, an enum, a tuple or plain.

    It is made once for each kind: a case has thousands of values.
    """
    if isinstance(kind, types.UnionType):
        one = _reader(next(part for part in kind.__args__ if part is not types.NoneType))
        return lambda value: None if value is None else one(value)
    if typing.get_origin(kind) is tuple:
        return _tuple_reader(typing.get_args(kind))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _plain


def _plain(value: Any) -> Any:
    return value


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    readers = [_reader(part) for part in parts if part is not Ellipsis]
    if parts[-1] is Ellipsis:
        return lambda value: tuple(map(readers[0], value))
    return lambda value: tuple(read(one) for read, one in zip(readers, value, strict=True))


def _record_reader(kind: type) -> Callable[[Any], Any]:
    readers = {name: _reader(part) for name, part in typing.get_type_hints(kind).items()}
    told = {name: read for name, read in readers.items() if read is not _plain}

    def read_record(value: dict[str, Any]) -> Any:
        return kind(**{**value, **{n: read(value[n]) for n, read in told.items() if n in value}})

    return read_record
