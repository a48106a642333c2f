"""The numbers of list items, which a Word document counts only when it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from app.cases.formats.html_lists import letters, roman, whole_number

PLACEHOLDER = re.compile(r"%([1-9])")
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: its format, its pattern (“%1.%2”) and its start."""

    style: str = "decimal"
    pattern: str = ""
    start: int = 1


@dataclass
class Numbers:
    """The lists of a document: which numbering is which list, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> str:
        """Count one more item and return what stands before it; nothing for a bullet."""
        which = self.lists.get(number_id)
        if which is None:
            return ""
        level = self.levels[which].get(depth, Level())
        if level.style in {"bullet", "none"}:
            return ""
        counts = self.counts.setdefault(which, {})
        restart = self.restarts.get(number_id, {}).pop(depth, None)
        begin = level.start if restart is None else restart
        counts[depth] = counts[depth] + 1 if depth in counts and restart is None else begin
        for deeper in [found for found in counts if found > depth]:
            del counts[deeper]
        return self._written(which, counts, level)

    def _written(self, which: str, counts: dict[int, int], level: Level) -> str:
        def one(found: re.Match[str]) -> str:
            depth = int(found.group(1)) - 1
            here = self.levels[which].get(depth, Level())
            return _styled(counts.get(depth, here.start), here.style)

        return PLACEHOLDER.sub(one, level.pattern)


def _styled(number: int, style: str) -> str:
    shown = {
        "lowerLetter": letters(number),
        "upperLetter": letters(number).upper(),
        "lowerRoman": roman(number),
        "upperRoman": roman(number).upper(),
        "decimalZero": f"{number:02}",
    }
    return shown.get(style, str(number))


def namespace(root: Element) -> str:
    """Return the namespace of Word's elements in this part, in braces."""
    return root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""


def number_the_items(document: Element, numbering: Element | None, styles: Element | None) -> None:
    """Write each list item's number before its words, as Word would show it."""
    if numbering is None:
        return
    w = namespace(document)
    numbers, of_styles = _numbers(numbering), _numbers_of_styles(styles)
    for paragraph in _paragraphs(document, w):
        number_id, depth = _numbering_of(paragraph, w, of_styles)
        label = numbers.label(number_id, depth) if number_id else ""
        if label:
            _write(paragraph, w, label)


def _paragraphs(document: Element, w: str) -> Iterator[Element]:
    waiting = [document]
    while waiting:
        found = waiting.pop()
        if found.tag == w + "p":
            yield found
        # A choice is the same text once more, for newer programs.
        waiting.extend(child for child in reversed(found) if child.tag != CHOICE)


def _write(paragraph: Element, w: str, label: str) -> None:
    run = Element(w + "r")
    SubElement(run, w + "t").text = f"{label} "
    first = paragraph.find(w + "pPr")
    paragraph.insert(0 if first is None else 1, run)


def _value(found: Element | None, w: str) -> str | None:
    return None if found is None else found.get(w + "val")


def _numbering_of(
    paragraph: Element, w: str, of_styles: dict[str, tuple[str, int]]
) -> tuple[str, int]:
    said = paragraph.find(f"{w}pPr/{w}numPr")
    style = _value(paragraph.find(f"{w}pPr/{w}pStyle"), w)
    number_id, depth = of_styles.get(style or "", ("", 0))
    if said is not None:
        number_id = _value(said.find(w + "numId"), w) or number_id
        deeper = whole_number(_value(said.find(w + "ilvl"), w))
        depth = depth if deeper is None else deeper
    # Zero takes the numbering of the style away.
    return ("" if number_id == "0" else number_id), depth


def _numbers_of_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    if styles is None:
        return {}
    w = namespace(styles)
    by_name = {found.get(w + "styleId") or "": found for found in styles.findall(w + "style")}
    return {
        name: number
        for name in by_name
        if (number := _number_of_style(name, by_name, w)) is not None
    }


def _number_of_style(name: str, by_name: dict[str, Element], w: str) -> tuple[str, int] | None:
    for _ in range(20):
        style = by_name.get(name)
        if style is None:
            return None
        number_id = _value(style.find(f"{w}pPr/{w}numPr/{w}numId"), w)
        if number_id:
            depth = whole_number(_value(style.find(f"{w}pPr/{w}numPr/{w}ilvl"), w))
            return number_id, depth or 0
        name = _value(style.find(w + "basedOn"), w) or ""
    return None


def _numbers(numbering: Element) -> Numbers:
    w, numbers = namespace(numbering), Numbers()
    for found in numbering.findall(w + "abstractNum"):
        numbers.levels[found.get(w + "abstractNumId") or ""] = {
            whole_number(level.get(w + "ilvl")) or 0: Level(
                _value(level.find(w + "numFmt"), w) or "decimal",
                _value(level.find(w + "lvlText"), w) or "",
                _start(level.find(w + "start"), w),
            )
            for level in found.findall(w + "lvl")
        }
    for found in numbering.findall(w + "num"):
        which = _value(found.find(w + "abstractNumId"), w)
        number_id = found.get(w + "numId") or ""
        if which in numbers.levels:
            numbers.lists[number_id] = which
        numbers.restarts[number_id] = {
            whole_number(other.get(w + "ilvl")) or 0: _start(other.find(w + "startOverride"), w)
            for other in found.findall(w + "lvlOverride")
            if other.find(w + "startOverride") is not None
        }
    return numbers


def _start(found: Element | None, w: str) -> int:
    number = whole_number(_value(found, w))
    return 1 if number is None else number
