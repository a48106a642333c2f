"""A web page as lines: what a reader sees, in its order; what she does not see is listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from app.cases.document import LeftOut, LineKind, Place, SourceLine
from app.cases.formats.html_lists import ListOfItems
from app.cases.formats.spacing import tidy

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# The elements that begin and end a line of their own.
BLOCKS = set(HEADINGS) | {
    "html", "body", "main", "article", "section", "header", "footer", "nav", "aside", "div", "p",
    "blockquote", "pre", "ul", "ol", "menu", "dl", "dt", "dd", "li", "table", "caption", "thead",
    "tbody", "tfoot", "tr", "td", "th", "figure", "figcaption", "address", "details", "summary",
    "form", "fieldset", "legend", "hr", "search", "hgroup", "center", "dir",
}  # fmt: skip
OUTSIDE = "stands outside the main part of the web page"
SPACES = re.compile(r"\s+")


@dataclass
class Item:
    """A list item while it is read; its marker goes before its first words."""

    marker: str
    level: int
    fresh: bool = True


@dataclass
class Anchor:
    """A link while it is read: its address and where in the buffer its words begin."""

    url: str
    start: int


@dataclass
class PageOfLines:
    """The lines so far and where in the page the walk stands."""

    numbered: bool
    main: int | None = None
    lines: list[SourceLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    lists: list[ListOfItems] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    # Whether each open table names its columns or rows; such a table is read by rows, each a line.
    tables: list[bool] = field(default_factory=list)
    rows: int = 0
    pre: int = 0
    inside_main: bool = False
    # The element whose words are not seen, and the words gathered from it.
    unseen: LexborNode | None = None
    unseen_words: list[str] = field(default_factory=list)

    def leave_out(self, text: str, reason: str) -> None:
        """List words that the reader does not see on the page."""
        plain = tidy(text)
        if plain:
            line = max(1, len(self.lines))
            self.left_out.append(LeftOut(plain, reason, Place(line, line)))

    def say(self, text: str) -> None:
        """Take up the words of a text node."""
        if self.unseen is not None:
            self.unseen_words.append(text)
            return
        if self.pre:
            self.buffer.append(text.replace("\r\n", "\n").replace("\r", "\n"))
            return
        self.buffer.append(SPACES.sub(" ", text))

    def end_of_block(self) -> None:
        """Make lines of what was gathered; inside a row of a table, only part the words."""
        if self.rows:
            self.buffer.append(" ")
            return
        for anchor in self.anchors:
            self._take_link(anchor)
            anchor.start = 0
        text, links = "".join(self.buffer), tuple(self.links)
        self.buffer.clear()
        self.links.clear()
        if not tidy(text):
            return
        if self.main is not None and not self.inside_main and 1 not in self.headings:
            self.leave_out(text, OUTSIDE)
            return
        self._add(text, links)

    def close_link(self) -> None:
        """Keep the words and the address of the link that ends here."""
        if self.anchors:
            self._take_link(self.anchors.pop())

    def _take_link(self, anchor: Anchor) -> None:
        words = tidy("".join(self.buffer[anchor.start :]))
        if words and anchor.url:
            self.links.append((words, anchor.url))

    def _add(self, text: str, links: tuple[tuple[str, str], ...]) -> None:
        kind, level, marker = self._what_it_is()
        parts = [tidy(part) for part in text.split("\n")]
        if kind is LineKind.HEADING or sum(1 for part in parts if part) == 1:
            self._line(marker + tidy(text), kind, level, True, True, links)
            return
        blank, first = True, True
        for part in parts:
            if not part:
                blank = True
                continue
            here = tuple(link for link in links if link[0] in part)
            links = tuple(link for link in links if link not in here)
            shown = kind if first and kind is LineKind.ITEM else LineKind.UNKNOWN
            words = marker + part if first else part
            self._line(words, shown, level if first else None, False, blank, here)
            blank = first = False
        if links:
            last = self.lines[-1]
            self.lines[-1] = SourceLine(**{**vars(last), "links": last.links + links})

    def _what_it_is(self) -> tuple[LineKind, int | None, str]:
        marker, item = "", self.items[-1] if self.items else None
        fresh = item is not None and item.fresh
        if item is not None:
            marker, item.marker, item.fresh = item.marker, "", False
        if self.headings:
            return LineKind.HEADING, self.headings[-1], marker
        if item is not None and fresh:
            return LineKind.ITEM, item.level, marker
        return LineKind.PARAGRAPH, None, marker

    def _line(
        self,
        text: str,
        kind: LineKind,
        level: int | None,
        whole: bool,
        blank: bool,
        links: tuple[tuple[str, str], ...],
    ) -> None:
        number = len(self.lines) + 1
        self.lines.append(
            SourceLine(
                text, number, kind=kind, level=level, whole=whole, blank_before=blank, links=links
            )
        )
