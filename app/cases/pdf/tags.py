"""What a tagged PDF says of its own content: headings, paragraphs and list items in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from app.cases.document import LineKind

# A piece of marked content: the page's name in the file, and the number of the mark on it.
Key = tuple[object, int]

HEADINGS = {"H": 1, "Title": 1} | {f"H{level}": level for level in range(1, 7)}
# These run on inside a paragraph; every other tag begins a block of its own.
INLINE = frozenset({
    "Span", "Link", "Reference", "NonStruct", "Private", "Em", "Strong", "Code", "Quote",
    "BibEntry", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Lbl", "LBody", "Sub",
})  # fmt: skip
MOST_ELEMENTS = 200_000


@dataclass
class TaggedBlock:
    """One block of the file's own order: the marks of its words, and of the label before them."""

    kind: LineKind
    level: int | None
    label: list[Key] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)


@dataclass
class _Walk:
    """Where the walk through the tree stands."""

    blocks: list[TaggedBlock] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    # One for each list item that is open: whether its first block is still to come.
    fresh: list[bool] = field(default_factory=list)
    open: TaggedBlock | None = None

    def enter(self, tag: str) -> None:
        """Begin an element."""
        # A label stays with the paragraph that comes after it.
        if tag not in INLINE and not (self.open and self.open.label and not self.open.keys):
            self.open = None
        self.tags.append(tag)
        if tag == "LI":
            self.fresh.append(True)

    def leave(self) -> None:
        """End an element."""
        tag = self.tags.pop()
        if tag not in INLINE:
            self.open = None
        if tag == "LI":
            self.fresh.pop()

    def take(self, key: Key) -> None:
        """Take up a piece of content, into the block that is open or a new one."""
        block = self.open
        if block is None:
            block = self.open = TaggedBlock(*self._kind())
            self.blocks.append(block)
        (block.label if "Lbl" in self.tags[-3:] and not block.keys else block.keys).append(key)

    def _kind(self) -> tuple[LineKind, int | None]:
        for tag in reversed(self.tags):
            if tag in HEADINGS:
                return LineKind.HEADING, HEADINGS[tag]
        if self.fresh and self.fresh[-1]:
            self.fresh[-1] = False
            return LineKind.ITEM, max(1, self.tags.count("L"))
        return LineKind.PARAGRAPH, None


def resolved(found: Any) -> Any:
    """Return what a reference stands for; None where that part of the file is damaged."""
    try:
        return resolve1(found)
    # The parser fails in as many ways as a file can be damaged.
    except Exception:
        return None


def tagged_blocks(catalog: Mapping[str, Any]) -> list[TaggedBlock]:
    """Return the blocks of the file's structure tree in order; none where it has no tree."""
    root = resolved(catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return []
    roles = resolved(root.get("RoleMap"))
    walk = _Walk()
    for step, found in _steps(root, roles if isinstance(roles, dict) else {}):
        if step == "enter":
            walk.enter(str(found))
        elif step == "leave":
            walk.leave()
        else:
            walk.take(found)
    return walk.blocks


Step = tuple[str, Any]


def _steps(root: dict[str, Any], roles: Mapping[str, Any]) -> Iterator[Step]:
    """Yield "enter" with a tag, "take" with a key and "leave", depth first, each element once."""
    seen = set[int]()
    waiting: list[tuple[Any, object]] = [(kid, None) for kid in reversed(_kids(root))]
    while waiting:
        kid, page = waiting.pop()
        if kid is None:
            yield "leave", None
            continue
        if isinstance(kid, PDFObjRef):
            if kid.objid in seen or len(seen) > MOST_ELEMENTS:
                continue
            seen.add(kid.objid)
        found = resolved(kid)
        said = found if isinstance(found, dict) else {}
        page = _page(said) or page
        number = resolved(said.get("MCID")) if said else found
        # A mark inside another stream than the page's is counted there: it is not looked for.
        if isinstance(number, int) and page is not None and "Stm" not in said:
            yield "take", (page, number)
        elif "S" in said:
            yield "enter", _tag(said, roles)
            waiting.append((None, None))
            waiting.extend((inner, page) for inner in reversed(_kids(said)))


def _kids(found: dict[str, Any]) -> list[Any]:
    kids = found.get("K")
    several = resolved(kids)
    if isinstance(several, list):
        return [kid for kid in several if kid is not None]
    return [] if several is None or isinstance(several, PDFStream) else [kids]


def _page(found: dict[str, Any]) -> object:
    page = found.get("Pg")
    return page.objid if isinstance(page, PDFObjRef) else None


def _tag(found: dict[str, Any], roles: Mapping[str, Any]) -> str:
    """Return the element's tag, or the one that the file says its own tag stands for."""
    name = resolved(found.get("S"))
    tag = name.name if isinstance(name, PSLiteral) else ""
    for _ in range(10):
        role = resolved(roles.get(tag)) if isinstance(tag, str) else None
        if tag in HEADINGS or not isinstance(role, PSLiteral) or role.name == tag:
            break
        tag = role.name
    return tag if isinstance(tag, str) else ""
