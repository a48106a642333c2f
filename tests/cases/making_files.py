"""Sets each fictional case as HTML, DOCX and PDF: `python -m tests.cases.making_files`.

The master of a case is its text, tests/cases/files/*.txt. The files made of it are committed: the
tests read them and need no browser.
"""

from __future__ import annotations

import html
import itertools
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from playwright.sync_api import Browser, Playwright, sync_playwright

FILES = Path(__file__).parent / "files"
LESSONS = (
    ("This case is relevant if you work in:", 2),
    ("Overview of incident", 2),
    ("Type of investigation", 2),
    ("Findings and recommendations", 2),
    ("Response to the recommendations", 2),
    ("Outcomes for officers and staff", 2),
    ("Questions to consider", 2),
)
SMALLER = re.compile(
    r"(Local|National) recommendations?( \d)?|Finding \d|Enquiry Officer [DF]|Call Handler H"
    r"|Team Leader J|(Key q|Q)uestions for police .*|(Key q|Q)uestions for policy .*"
    r"|Westmarch Police Control Room Manual – .*"
)
SUMMARY = ("Investigation", "IOPC reference", "Recommendations", "Tags")


@dataclass(frozen=True)
class Case:
    """A case to be set: its name, title, headings, and what stands on each printed page."""

    name: str
    title: str
    headings: tuple[str, ...]
    marking: str
    footer: str


CASES = (
    Case(
        "lost-wallet",
        "Found wallet returned to the wrong person",
        tuple(text for text, _ in LESSONS),
        "NOT PROTECTIVELY MARKED",
        "© Fictional Learning 2013. Page %s of %s",
    ),
    Case(
        "missed-call-back",
        "Call-back promised to a student and not made",
        tuple(text for text, _ in LESSONS),
        "OFFICIAL",
        "© Fictional Office for Learning. Page %s of %s",
    ),
    Case(
        "custody-property",
        "Loss of a detained man's belongings after a custody suite moved – Eastvale Constabulary, "
        "May 2017",
        SUMMARY,
        "",
        "Page %s of %s",
    ),
)
LAYOUTS = tuple(itertools.product(("one-column", "two-columns", "narrow"), ("tagged", "untagged")))


# How the text is set, and the size of the page. In narrow columns set to both edges
# each line has few words far apart, and a title takes several lines.
COLUMNS = {
    "one-column": ("", "A4; margin: 24mm 20mm"),
    "two-columns": ("columns: 2; column-gap: 9mm; font-size: 10pt;", "A4; margin: 24mm 20mm"),
    "narrow": (
        "columns: 2; column-gap: 8mm; font: 9.5pt/1.35 Liberation Serif, serif; "
        "text-align: justify;",
        "A5; margin: 20mm 12mm",
    ),
}


@dataclass(frozen=True)
class Piece:
    """One paragraph of a case: heading (level 1 to 3), item of a list, link or plain."""

    text: str
    level: int = 0
    # The bullet or number before an item; the number is that of the item.
    marker: str = ""


def pieces(case: Case) -> Iterator[Piece]:
    """Yield the paragraphs of a case's master."""
    for line in (FILES / f"{case.name}.txt").read_text(encoding="utf-8").splitlines():
        text = line.strip()
        item = re.match(r"(•|-|\d+\.) (.*)", text)
        if not text:
            continue
        if item:
            yield Piece(item[2], marker=item[1])
        elif text == case.title:
            yield Piece(text, 1)
        elif text in case.headings:
            yield Piece(text, 2)
        else:
            yield Piece(text, 3 if SMALLER.fullmatch(text) else 0)


def as_html(case: Case, style: str = "") -> str:
    """Return the case as a web page."""
    body = []
    for marker, run in itertools.groupby(pieces(case), lambda piece: _sort(piece.marker)):
        if not marker:
            body += [_element(piece) for piece in run]
            continue
        items = list(run)
        start = f' start="{items[0].marker[:-1]}"' if marker == "ol" else ""
        rows = "\n".join(f"<li>{html.escape(item.text)}</li>" for item in items)
        body.append(f"<{marker}{start}>\n{rows}\n</{marker}>")
    inner = "\n".join(body)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(case.title)}</title>\n{style}</head>\n<body>\n<main>\n{inner}\n"
        "</main>\n</body>\n</html>\n"
    )


def _sort(marker: str) -> str:
    return "" if not marker else "ul" if marker in "•-" else "ol"


def _element(piece: Piece) -> str:
    text = html.escape(piece.text)
    if piece.level:
        return f"<h{piece.level}>{text}</h{piece.level}>"
    if piece.text.startswith("https://"):
        return f'<p><a href="{text}">{text}</a></p>'
    return f"<p>{text}</p>"


def as_docx(case: Case) -> Document:
    """Return the case as a Word document whose lists are numbered by Word."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = case.marking
    section.footer.paragraphs[0].text = case.footer % (1, 3)
    list_before, coming = "", 0
    for piece in pieces(case):
        if piece.level:
            document.add_heading(piece.text, piece.level - 1)
        elif _sort(piece.marker) == "ul":
            document.add_paragraph(piece.text, style="List Bullet")
        elif piece.marker:
            number = int(piece.marker[:-1])
            paragraph = document.add_paragraph(piece.text, style="List Number")
            if number != coming or not list_before:
                list_before = _new_list(document, paragraph, number)
            _number(paragraph, list_before)
            coming = number + 1
        elif piece.text.startswith("https://"):
            _link(document.add_paragraph(), piece.text)
        else:
            document.add_paragraph(piece.text)
    return document


def _new_list(document: Document, paragraph: Paragraph, start: int) -> str:
    """Begin a list at this number, as Word does with “Set numbering value”."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return str(made.numId)


def _number(paragraph: Paragraph, number_id: str) -> None:
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = int(number_id)


def _link(paragraph: Paragraph, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, True))
    link.append(paragraph.add_run(url)._r)
    paragraph._p.append(link)


def page_style(case: Case, columns: str) -> str:
    """Return the style sheet of a printed case."""
    footer = case.footer.replace("%s", '" counter(page) "', 1).replace("%s", '" counter(pages) "')
    body, size = COLUMNS[columns]
    return (
        "<style>\n"
        f"@page {{ size: {size};\n"
        f'  @top-center {{ content: "{case.marking}"; font-size: 9pt; }}\n'
        f'  @bottom-left {{ content: "{footer}"; font-size: 9pt; }} }}\n'
        f"body {{ font: 11pt/1.4 Liberation Sans, Arial, sans-serif; margin: 0; }}\n"
        f"main {{ {body} }}\n"
        "h1 { font-size: 20pt; line-height: 1.2; column-span: all; } h2 { font-size: 15pt; }\n"
        "h3 { font-size: 11pt; } h2, h3 { break-after: avoid; } h1, h2, h3 { text-align: left; }\n"
        "a { overflow-wrap: anywhere; }\n"
        "</style>\n"
    )


def as_pdf(browser: Browser, case: Case, columns: str, tagged: bool) -> bytes:
    """Return the case as a printed PDF."""
    page = browser.new_page()
    page.set_content(as_html(case, page_style(case, columns)))
    made = page.pdf(prefer_css_page_size=True, tagged=tagged)
    page.close()
    return made


def printing_browser(playwright: Playwright) -> Browser:
    """Start the system's own chromium."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )


def make() -> None:
    """Write all files."""
    with sync_playwright() as playwright:
        browser = printing_browser(playwright)
        for case in CASES:
            (FILES / f"{case.name}.html").write_text(as_html(case), encoding="utf-8")
            as_docx(case).save(str(FILES / f"{case.name}.docx"))
            for columns, tags in LAYOUTS:
                made = as_pdf(browser, case, columns, tags == "tagged")
                (FILES / f"{case.name}.{columns}.{tags}.pdf").write_bytes(made)
        browser.close()


if __name__ == "__main__":
    make()
