"""A case document as JSON with its source lines, and back again without loss."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from enum import Enum
from functools import cache
from typing import Any

from app.cases.document import CaseDocument


def as_json(case: CaseDocument) -> str:
    """Return the whole document as JSON, with its places and the lines of its source."""
    return json.dumps(_packed(case), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> CaseDocument:
    """Return the document that `as_json` wrote."""
    found = _unpacked(CaseDocument, json.loads(text))
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
def _kinds(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _unpacked(kind: Any, value: Any) -> Any:
    """Return the plain value as one of this kind: a dataclass, an enum, a tuple or plain."""
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        kind = next(part for part in kind.__args__ if part is not types.NoneType)
    if typing.get_origin(kind) is tuple:
        parts = typing.get_args(kind)
        if parts[-1] is Ellipsis:
            return tuple(_unpacked(parts[0], one) for one in value)
        return tuple(_unpacked(part, one) for part, one in zip(parts, value, strict=True))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        kinds = _kinds(kind)
        return kind(**{name: _unpacked(kinds[name], one) for name, one in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value
