"""A case says the same however its text was wrapped, indented, set on pages or run together."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cases.document import CaseDocument
from app.cases.reading import read_case, read_pasted
from app.config import ROOT

SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
FILES = sorted((ROOT / "tests" / "cases" / "files").glob("*.txt"))
PATHS = [*FILES, *SEEDS]


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Break each line where the next word has no room."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(
            line, width, break_long_words=False, break_on_hyphens=bool(indent),
            subsequent_indent=indent,
        ) or [""]  # fmt: skip
    return "\n".join(lines)


def on_pages(text: str, lines: int, header: str, footer: str) -> str:
    """Set a text on pages with a running header and a footer, wherever the page then ends."""
    each = text.split("\n")
    pages = [each[at : at + lines] for at in range(0, len(each), lines)]
    return "\f".join(
        "\n".join([header, "", *page, "", footer.format(number)])
        for number, page in enumerate(pages, 1)
    )


DISTURBANCES: dict[str, Callable[[str], str]] = {
    "wrapped at 60": lambda text: wrapped(text, 60),
    "wrapped at 72": lambda text: wrapped(text, 72),
    "wrapped at 90 with hanging lines": lambda text: wrapped(text, 90, "  "),
    "on pages": lambda text: on_pages(text, 23, "Eastvale running header", "Eastvale, page {}"),
    "wrapped and on pages": lambda text: on_pages(
        wrapped(text, 76), 31, "OFFICIAL", "Page {} of 9"
    ),
    "indented": lambda text: textwrap.indent(text, "    "),
    "with spaces behind": lambda text: text.replace("\n", "   \n"),
    "with hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "from Windows": lambda text: text.replace("\n", "\r\n"),
    "without empty lines": lambda text: text.replace("\n\n", "\n"),
    "with more empty lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
}


def facts(case: CaseDocument) -> dict[str, object]:
    """Return what a case says, without where it stands."""
    return {
        name: value
        for name, value in vars(case).items()
        if name not in {"blocks", "left_out", "source", "coverage", "form"}
    }


@pytest.mark.parametrize("how", DISTURBANCES)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:16])
def test_a_case_says_the_same_however_its_text_is_set(path: Path, how: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert facts(read_pasted(DISTURBANCES[how](text))) == facts(read_pasted(text))


@pytest.mark.parametrize("alphabet", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:16])
def test_a_case_reads_alike_in_each_alphabet(path: Path, alphabet: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_case(text.encode(alphabet), "case.txt") == read_pasted(text)
