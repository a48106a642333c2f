"""Reads a web page: what a reader sees of it, in its order; no script runs, nothing is fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.cases.document import Extracted, Form, LeftOut, SourceLine
from app.cases.formats.html_blocks import BLOCKS, HEADINGS, Anchor, Item, PageOfLines
from app.cases.formats.html_lists import ListOfItems, whole_number
from app.cases.formats.refusals import LARGEST, Empty, TooBig
from app.cases.formats.spacing import address

LISTS = frozenset({"ul", "ol", "menu", "dir"})
# What these hold is read by machines; it is no word of the page.
SILENT = frozenset({"script", "style", "template"})
UNSEEN = {
    "noscript": "shown only where scripts are switched off",
    "nav": "leads to other pages of the website",
    "button": "a button of the page",
    "select": "a choice in a form of the page",
    "textarea": "a field in a form of the page",
    "datalist": "a choice in a form of the page",
    "svg": "words inside a picture",
    "canvas": "words inside a picture",
    "audio": "shown only where sound cannot be played",
    "video": "shown only where film cannot be played",
    "object": "shown only where something else cannot be",
    "iframe": "shown only where another page cannot be",
    "title": "the title of the web page, which a browser shows in its tab",
}
PICTURE = "the description of a picture"
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
# Names of encodings that pages of the web are written in; others stand for no alphabet at all.
ALPHABETS = re.compile(
    r"utf-?8|utf-?16.*|us-ascii|iso-?8859.*|windows-?125\d|cp125\d|macintosh|koi8.*"
)


def extract_html(data: bytes) -> Extracted:
    """Return the lines of a web page; refuse one that is too big or holds no word."""
    if len(data) > LARGEST:
        raise TooBig
    lines, left_out = lines_of_html(decoded(data))
    if not lines:
        raise Empty
    return Extracted(Form.HTML, lines, left_out)


def decoded(data: bytes) -> str:
    """Return the characters of a web page, by its mark, by what it says, else by what fits."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                       (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = CHARSET.search(data[:4096])
        return data.decode(_alphabet(said.group(1).decode() if said else ""), "replace")


def _alphabet(said: str) -> str:
    # Browsers read Latin-1 as Windows-1252, which holds it.
    if not ALPHABETS.fullmatch(said.lower()) or said.lower() in {"iso-8859-1", "us-ascii"}:
        return "cp1252"
    try:
        return codecs.lookup(said).name
    except LookupError:
        return "cp1252"


def lines_of_html(
    text: str, *, numbered: bool = True
) -> tuple[tuple[SourceLine, ...], tuple[LeftOut, ...]]:
    """Return the lines of a web page and what of it is not seen.

    `numbered` tells whether numbers of list items are still to be written, as a browser would.
    """
    parser = LexborHTMLParser(text)
    if parser.root is None:
        return (), ()
    page = PageOfLines(numbered, _main_part(parser))
    for node, done in _steps(parser.root):
        if node.is_text_node:
            if not done:
                page.say(node.text_content or "")
        elif done:
            _leave(page, node)
        else:
            _enter(page, node)
    page.rows = 0
    page.end_of_block()
    return tuple(page.lines), _not_said_elsewhere(page)


def _not_said_elsewhere(page: PageOfLines) -> tuple[LeftOut, ...]:
    """Return what was left out, without a title that the page itself says too."""
    said = {line.text for line in page.lines}
    return tuple(
        left for left in page.left_out if left.reason != UNSEEN["title"] or left.text not in said
    )


def _steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield each node when it begins and, marked True, when it ends; without recursion."""
    waiting = [(root, False)]
    while waiting:
        node, done = waiting.pop()
        yield node, done
        if done or node.is_text_node or node.tag in SILENT:
            continue
        waiting.append((node, True))
        inner = list(node.iter(include_text=True))
        waiting.extend((child, False) for child in reversed(inner))


def _main_part(parser: LexborHTMLParser) -> int | None:
    """Return the one main part of the page, if it holds most of the words."""
    found = parser.css("main, [role=main]")
    if len(found) != 1 or parser.body is None:
        return None
    inside, all_of_it = len(found[0].text().split()), len(parser.body.text().split())
    return found[0].mem_id if inside * 2 >= all_of_it else None


def _unseen(node: LexborNode) -> str | None:
    """Return why what this element holds is not seen as part of the page's text."""
    attributes = node.attributes
    if "hidden" in attributes or HIDDEN.search(attributes.get("style") or ""):
        return "hidden on the page"
    if node.tag == "dialog" and "open" not in attributes:
        return "hidden on the page"
    if (attributes.get("role") or "") == "navigation":
        return UNSEEN["nav"]
    return UNSEEN.get(node.tag or "")


def _enter(page: PageOfLines, node: LexborNode) -> None:
    tag = node.tag or ""
    if page.unseen is not None:
        page.unseen_words.append(" ")
        return
    if tag in BLOCKS:
        page.end_of_block()
    if _unseen(node):
        page.unseen = node
        return
    if page.main is not None and node.mem_id == page.main:
        page.inside_main = True
    begin = BEGINNINGS.get(tag)
    if begin is not None:
        begin(page, node)


def _leave(page: PageOfLines, node: LexborNode) -> None:
    tag = node.tag or ""
    if page.unseen is not None:
        page.unseen_words.append(" ")
        if node.mem_id == page.unseen.mem_id:
            page.leave_out("".join(page.unseen_words), _unseen(node) or "")
            page.unseen = None
            page.unseen_words.clear()
        return
    if tag == "tr" and page.rows:
        page.rows -= 1
    if tag in BLOCKS:
        page.end_of_block()
    if page.main is not None and node.mem_id == page.main:
        page.inside_main = False
    end = ENDINGS.get(tag)
    if end is not None:
        end(page)


def _begin_heading(page: PageOfLines, node: LexborNode) -> None:
    page.headings.append(HEADINGS[node.tag or ""])


def _begin_list(page: PageOfLines, node: LexborNode) -> None:
    said = node.attributes
    ordered = node.tag == "ol" and page.numbered
    step = -1 if "reversed" in said else 1
    first = whole_number(said.get("start"))
    if first is None:
        first = 1 if step == 1 else sum(1 for child in node.iter() if child.tag == "li")
    page.lists.append(ListOfItems(ordered, said.get("type") or "1", first, step))


def _begin_item(page: PageOfLines, node: LexborNode) -> None:
    marker = ""
    if page.lists:
        marker = page.lists[-1].marker(whole_number(node.attributes.get("value")))
    page.items.append(Item(marker, max(1, len(page.lists))))
    if page.rows:
        page.buffer.append(marker)
        page.items[-1].marker = ""


def _begin_link(page: PageOfLines, node: LexborNode) -> None:
    url = address(node.attributes.get("href"))
    page.anchors.append(Anchor(url or "", len(page.buffer)))


def _begin_table(page: PageOfLines, node: LexborNode) -> None:
    page.tables.append(node.css_first("th") is not None)


def _begin_row(page: PageOfLines, node: LexborNode) -> None:
    if page.rows or (page.tables and page.tables[-1]):
        page.rows += 1


def _begin_cell(page: PageOfLines, node: LexborNode) -> None:
    if page.rows == 1 and "".join(page.buffer).strip():
        page.buffer.append(" | ")


def _begin_picture(page: PageOfLines, node: LexborNode) -> None:
    page.leave_out(node.attributes.get("alt") or "", PICTURE)


def _begin_pre(page: PageOfLines, node: LexborNode) -> None:
    page.pre += 1


def _break(page: PageOfLines, node: LexborNode) -> None:
    page.buffer.append("\n")


def _quote(page: PageOfLines, node: LexborNode) -> None:
    page.buffer.append("“")


def _end_heading(page: PageOfLines) -> None:
    page.headings.pop()


def _end_list(page: PageOfLines) -> None:
    page.lists.pop()


def _end_item(page: PageOfLines) -> None:
    page.items.pop()


def _end_table(page: PageOfLines) -> None:
    page.tables.pop()


def _end_pre(page: PageOfLines) -> None:
    page.pre -= 1


def _end_quote(page: PageOfLines) -> None:
    page.buffer.append("”")


BEGINNINGS: dict[str, Callable[[PageOfLines, LexborNode], None]] = {
    **dict.fromkeys(HEADINGS, _begin_heading),
    **dict.fromkeys(LISTS, _begin_list),
    "li": _begin_item,
    "a": _begin_link,
    "table": _begin_table,
    "tr": _begin_row,
    "td": _begin_cell,
    "th": _begin_cell,
    "img": _begin_picture,
    "pre": _begin_pre,
    "br": _break,
    "q": _quote,
}
ENDINGS: dict[str, Callable[[PageOfLines], None]] = {
    **dict.fromkeys(HEADINGS, _end_heading),
    **dict.fromkeys(LISTS, _end_list),
    "li": _end_item,
    "a": PageOfLines.close_link,
    "table": _end_table,
    "pre": _end_pre,
    "q": _end_quote,
}
