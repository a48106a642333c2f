"""Reads a Word document: its body by way of HTML; what stands outside the body is listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import mammoth

from app.cases.document import Extracted, Form, LeftOut, Place, SourceLine
from app.cases.formats.docx_archive import packed, parts_of, tree
from app.cases.formats.docx_numbers import CHOICE, namespace, number_the_items
from app.cases.formats.refusals import LARGEST, Damaged, Empty, TooBig, TooHeavy
from app.cases.formats.spacing import tidy
from app.cases.html_reading import lines_of_html

DOCUMENT = "word/document.xml"
BESIDE = (
    (re.compile(r"word/header\d*\.xml"), "stands in the header of each page"),
    (re.compile(r"word/footer\d*\.xml"), "stands in the footer of each page"),
    (re.compile(r"word/comments\.xml"), "a comment in the margin"),
)
UNREAD = "stands in a part of the Word document that has no place in its text"
WORDS = re.compile(r"\w+")
# Where a style is called Title, it is the one heading above all others.
WITH_TITLE = "\n".join(
    ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"]
    + [f"p[style-name='{'Heading'} {n}'] => h{min(6, n + 1)}:fresh" for n in range(1, 7)]
    + [f"p[style-name='heading {n}'] => h{min(6, n + 1)}:fresh" for n in range(1, 7)]
)

_NO_PICTURES: Any = mammoth.images.img_element(lambda image: {})  # type: ignore[no-untyped-call]


def extract_docx(data: bytes) -> Extracted:
    """Return the lines of a Word document; refuse one that is damaged or would unpack too large."""
    if len(data) > LARGEST:
        raise TooBig
    parts = parts_of(data)
    if DOCUMENT not in parts:
        raise Damaged("Word document")
    # Each part is looked at for a document type before anybody else reads it.
    trees = {name: tree(part) for name, part in parts.items()}
    document = trees[DOCUMENT]
    said = _words_of(document)
    number_the_items(document, trees.get("word/numbering.xml"), trees.get("word/styles.xml"))
    html = _html({**parts, DOCUMENT: ElementTree.tostring(document)}, _has_title(trees))
    lines, left_out = lines_of_html(html, numbered=False)
    if not lines:
        raise Empty
    left_out += tuple(_beside(trees)) + tuple(_not_read(said, lines, left_out))
    return Extracted(Form.DOCX, lines, left_out)


def _html(parts: dict[str, bytes], with_title: bool) -> str:
    try:
        # Mammoth has no types of its own.
        made: Any = mammoth.convert_to_html(  # type: ignore[no-untyped-call]
            packed(parts),
            style_map=WITH_TITLE if with_title else None,
            convert_image=_NO_PICTURES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except MemoryError as error:
        raise TooHeavy from error
    # Mammoth names no errors of its own: a file that it cannot follow is a damaged one.
    except Exception as error:
        raise Damaged("Word document") from error
    return str(made.value)


def _has_title(trees: dict[str, Element]) -> bool:
    """Tell whether a paragraph of the document has the style called Title."""
    document, styles = trees[DOCUMENT], trees.get("word/styles.xml")
    if styles is None:
        return False
    w = namespace(styles)
    titles = {
        style.get(w + "styleId")
        for style in styles.findall(w + "style")
        if (name := style.find(w + "name")) is not None and name.get(w + "val") == "Title"
    }
    v = namespace(document)
    return any(found.get(v + "val") in titles for found in document.iter(v + "pStyle"))


def _beside(trees: dict[str, Element]) -> Iterator[LeftOut]:
    """Yield what stands in headers, footers and comments, each once."""
    seen = set()
    for name, found in sorted(trees.items()):
        for pattern, reason in BESIDE:
            text = tidy(" ".join(_paragraphs(found))) if pattern.fullmatch(name) else ""
            if text and (text, reason) not in seen:
                seen.add((text, reason))
                yield LeftOut(text, reason, Place(1, 1))


def _paragraphs(root: Element) -> Iterator[str]:
    """Yield the words of each paragraph that is seen, in order."""
    w = namespace(root)
    breaks, unseen = {w + "tab", w + "br", w + "cr"}, {w + "del", w + "moveFrom", CHOICE}
    waiting, words = [root], list[str]()
    while waiting:
        found = waiting.pop()
        if found.tag == w + "p":
            yield "".join(words)
            words = []
        elif found.tag == w + "t":
            words.append(found.text or "")
        elif found.tag in breaks:
            words.append(" ")
        if found.tag not in unseen:
            waiting.extend(reversed(found))
    yield "".join(words)


def _words_of(document: Element) -> list[str]:
    return [word for text in _paragraphs(document) for word in WORDS.findall(tidy(text))]


def _not_read(
    said: list[str], lines: Iterable[SourceLine], left_out: Iterable[LeftOut]
) -> Iterator[LeftOut]:
    """Yield the words of the document that came out nowhere, in their order."""
    found: Counter[str] = Counter()
    for text in [line.text for line in lines] + [left.text for left in left_out]:
        found.update(WORDS.findall(text))
    missing = []
    for word in said:
        found[word] -= 1
        if found[word] < 0:
            missing.append(word)
    if missing:
        yield LeftOut(" ".join(missing), UNREAD, Place(1, 1))
