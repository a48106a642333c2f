"""Markdown to HTML: CommonMark without raw HTML, then sanitised; equal text is rendered once."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

INLINE_TAGS = {"a", "code", "em", "strong"}
HEADINGS = {"h3", "h4", "h5", "h6"}
BLOCKS = {"blockquote", "br", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
BLOCK_TAGS = INLINE_TAGS | HEADINGS | BLOCKS | TABLES
# The page has its h1 and its sections their h2: the text's own headings start below.
SHIFT = 2

_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _shifted(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + SHIFT, 6)}"
    return tokens


def _clean(html: str, tags: set[str]) -> Markup:
    # Everything that is left is from the sanitiser's own list of harmless tags.
    return Markup(  # noqa: S704
        nh3.clean(
            html,
            tags=tags,
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer",
        )
    )


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Render a text of paragraphs, lists and headings."""
    tokens = _shifted(_parser.parse(text))
    return _clean(_parser.renderer.render(tokens, _parser.options, {}), BLOCK_TAGS)


@lru_cache(maxsize=4096)
def markdown_inline(text: str) -> Markup:
    """Render one line: emphasis and links, no paragraph."""
    return _clean(_parser.renderInline(text), INLINE_TAGS)


def ledger(text: str) -> list[tuple[str, str]]:
    """Split the lines of a log or a record into (mark, words); the mark may be empty."""
    return [_entry(line.strip().removeprefix("- ")) for line in text.splitlines() if line.strip()]


def _entry(line: str) -> tuple[str, str]:
    for separator in (" | ", ": "):
        mark, found, words = line.partition(separator)
        if found and len(mark) <= 24:
            return mark.strip("* "), words.strip()
    return "", line
