"""Reads a case document, whatever kind of file it comes in."""

from __future__ import annotations

from collections.abc import Callable

from app.cases.document import CaseDocument, Extracted, Form
from app.cases.docx_reading import extract_docx
from app.cases.formats.recognising import form_of
from app.cases.formats.refusals import LARGEST, TooBig
from app.cases.html_reading import extract_html
from app.cases.layouts.understanding import understand
from app.cases.mending import mended
from app.cases.pdf_reading import extract_pdf
from app.cases.text_reading import extract_lines, extract_text

READERS: dict[Form, Callable[[bytes], Extracted]] = {
    Form.TEXT: extract_text,
    Form.HTML: extract_html,
    Form.DOCX: extract_docx,
    Form.PDF: extract_pdf,
}


def read_case(data: bytes, name: str) -> CaseDocument:
    """Read a case from the bytes of a file; what cannot be read raises a CaseRefusal."""
    return case_from(READERS[form_of(data, name)](data))


def read_pasted(text: str) -> CaseDocument:
    """Read a case from text that somebody pasted."""
    if len(text) > LARGEST:
        raise TooBig
    return case_from(extract_lines(text))


def case_from(extracted: Extracted) -> CaseDocument:
    """Return the case that the extracted lines of a file tell."""
    paragraphs, left_out = mended(extracted)
    return understand(paragraphs, left_out, extracted.form, extracted.lines)
