"""What kind of file some bytes are, and the sentence where none can read them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.document import CaseRefusal, Form
from app.cases.formats.recognising import OLD_WORD, form_of
from app.cases.formats.refusals import LARGEST, Damaged, Empty, TooBig, WrongKind
from tests.cases.small_files import docx, paragraph, pdf, written, zipped


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (pdf(written((72, 72, 12, "a"))), "case.pdf", Form.PDF),
        (pdf(written((72, 72, 12, "a"))), "case.txt", Form.PDF),
        (b"\n\n%PDF-1.4 and so on", "case", Form.PDF),
        (docx(paragraph("a")), "case.docx", Form.DOCX),
        (docx(paragraph("a")), "case.bin", Form.DOCX),
        (b"<!DOCTYPE html><p>a", "case", Form.HTML),
        (b" <html><p>a", "case.txt", Form.HTML),
        (b"<p>a", "case.HTM", Form.HTML),
        (b"A bin was full.", "case.txt", Form.TEXT),
        (b"A bin was full.", "C:\\cases\\case.TXT", Form.TEXT),
        (b"BMX bicycles were taken.", "case.txt", Form.TEXT),
        ("\ufeffbin".encode("utf-16"), "case.txt", Form.TEXT),
    ],
)
def test_the_bytes_decide_and_then_the_name(data: bytes, name: str, form: Form) -> None:
    assert form_of(data, name) is form


@pytest.mark.parametrize(
    ("data", "name", "refusal", "word"),
    [
        (b"MZ\x90\x00\x03", "case.exe", WrongKind, "A program"),
        (b"\x7fELF\x02", "case.txt", WrongKind, "A program"),
        (b"\x89PNG\r\n\x1a\n", "case.pdf", WrongKind, "A picture"),
        (b"\xff\xd8\xff\xe0", "case.jpg", WrongKind, "A picture"),
        (OLD_WORD + b"\x00" * 50, "case.doc", WrongKind, "An old Word document"),
        (OLD_WORD + b"\x00" * 50, "case.docx", WrongKind, "with a password"),
        (b"{\\rtf1 a}", "case.rtf", WrongKind, ".rtf"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "a.odt",
            WrongKind,
            "odt",
        ),
        (zipped({"xl/workbook.xml": b"<a/>"}), "case.xlsx", WrongKind, "another program"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "case.docx", Damaged, "damaged"),
        (b"not a PDF at all", "case.pdf", Damaged, "PDF"),
        (b"not a document", "case.docx", Damaged, "Word document"),
        (b"\x00\x01\x02\x03", "case.txt", WrongKind, "cannot be read"),
        (b"words", "case.xyz", WrongKind, "cannot be read"),
        (b"words", "case", WrongKind, "cannot be read"),
        (b" \n", "case.txt", Empty, "no words"),
        (b"a" * (LARGEST + 1), "case.txt", TooBig, "10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(
    data: bytes, name: str, refusal: type[CaseRefusal], word: str
) -> None:
    with pytest.raises(refusal) as caught:
        form_of(data, name)
    assert word in str(caught.value)
    assert any(out in str(caught.value) for out in ("paste", "Save", "Choose another"))


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.html", "a", ""]))
def test_any_bytes_have_a_form_or_a_refusal(data: bytes, name: str) -> None:
    with suppress(CaseRefusal):
        assert isinstance(form_of(data, name), Form)
