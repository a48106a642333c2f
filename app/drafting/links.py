"""From a path in a draft's document to the page and the field where it is mended."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import url_for

from app.catalogue.strict_yaml import Path
from app.drafting.filling.fields import shown_path
from app.drafting.filling.part_forms import form_for
from app.drafting.parts import WHOLE, Document, address_at, field_at

# The outline itself has no part address: stages and items are added and moved there.
OUTLINE = ""


def link_to(document: Document, path: Path) -> tuple[str, str]:
    """Return the address of the part that a path leads into, and the id of the element there.

    The address is empty for the outline: an empty list of stages or items is filled there. A
    path that leads nowhere (any more) leads to the top of the outline.
    """
    keys = {key for found in WHOLE.values() for key in found}
    if path and path[0] in keys:
        return _in_part(document, path)
    stage = _step(document.get("stages"), path[1]) if len(path) > 1 else None
    if path[:1] != ("stages",) or stage is None:
        return OUTLINE, "stages"
    if path[2:3] != ("items",):
        return _in_part(document, path)
    if len(path) < 4 or _step(stage.get("items"), path[3]) is None:
        return OUTLINE, anchor_of(address_at(document, path[:2]))
    return _in_part(document, path)


def _in_part(document: Document, path: Path) -> tuple[str, str]:
    """Return a part and the nearest thing that its form shows: one line of a list is its field."""
    address = address_at(document, path)
    kind = ""
    if address.startswith("item."):
        kind = str(document["stages"][path[1]]["items"][path[3]].get("kind", ""))
    return address, _field(shown_path(form_for(address, kind), field_at(path)))


def _step(among: Any, at: str | int) -> Document | None:
    found = among[at] if isinstance(among, list) and isinstance(at, int) and at < len(among) else 0
    return found if isinstance(found, dict) else None


def _field(path: Path) -> str:
    """Return the id of a field's element; the part itself begins at the top of its page."""
    return "-".join(("field", *map(str, path))) if path else "main"


def anchor_of(address: str) -> str:
    """Return the id that a part has on the outline, such as item-q-age."""
    return address.replace(".", "-")


def part_url(draft_id: int, document: Document, path: Path) -> str:
    """Return where a finding at `path` is mended: a page of this draft with its anchor."""
    address, anchor = link_to(document, path)
    return f"{address_url(draft_id, address)}#{anchor}"


def address_url(draft_id: int, address: str) -> str:
    """Return the page on which one part is edited; the outline for no part."""
    outline = url_for("editor.outline", draft_id=draft_id)
    return f"{outline}/parts/{quote(address)}" if address else outline
