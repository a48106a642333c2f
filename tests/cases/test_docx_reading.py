"""Reading Word documents: the body in order, numbers as shown, nothing unpacked unweighed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.document import CaseRefusal, LineKind, SourceLine
from app.cases.docx_reading import UNREAD, extract_docx
from app.cases.formats.refusals import Damaged, Empty, Encrypted, Unpacked
from app.cases.html_reading import extract_html
from tests.cases.small_files import OFFICE, RELATIONS, W, docx, paragraph, zipped

NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Numbered"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="M"><w:name w:val="More"/><w:basedOn w:val="N"/></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Loop"/><w:basedOn w:val="L"/></w:style>
</w:styles>"""


def _item(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def _styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def _lines(body: str, **parts: str) -> tuple[SourceLine, ...]:
    return extract_docx(docx(body, **parts)).lines


def test_a_document_made_by_another_program_reads_right() -> None:
    made = python_docx.Document()
    made.add_heading("Bins", 0)
    made.add_heading("Left", 1)
    made.add_paragraph("Two were ").add_run("full").bold = True
    made.add_paragraph("one", style="List Bullet")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Monday", "2"
    file = BytesIO()
    made.save(file)
    found = extract_docx(file.getvalue())
    assert [(line.text, line.kind, line.level) for line in found.lines] == [
        ("Bins", LineKind.HEADING, 1),
        ("Left", LineKind.HEADING, 2),
        ("Two were full", LineKind.PARAGRAPH, None),
        ("one", LineKind.ITEM, 1),
        ("Monday", LineKind.PARAGRAPH, None),
        ("2", LineKind.PARAGRAPH, None),
    ]
    assert found.left_out == ()


def test_without_a_title_the_headings_keep_their_levels() -> None:
    assert _lines(_styled("Left", "H"), styles=STYLES)[0].level == 1


def test_lists_are_numbered_as_word_shows_them() -> None:
    body = "".join([
        _item("a"), _item("b"), _item("c", level=1), _item("d", level=1), _item("e", level=2),
        _item("f"), _item("g", level=1), paragraph("then"), _item("h"), _item("i", 2), _item("j"),
    ])  # fmt: skip
    assert [line.text for line in _lines(body, numbering=NUMBERING)] == [
        "1. a", "2. b", "2.a) c", "2.b) d", "e", "3. f", "3.a) g", "then", "4. h", "7. i", "8. j",
    ]  # fmt: skip


def test_numbers_may_come_from_a_style_or_be_taken_away() -> None:
    none = '<w:pStyle w:val="N"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = _styled("a", "N") + _styled("b", "M") + paragraph("c", none) + _styled("d", "L")
    found = _lines(body, numbering=NUMBERING, styles=STYLES)
    assert [line.text for line in found] == ["1. a", "2. b", "c", "d"]


def test_headers_footers_and_comments_are_left_out_with_the_reason() -> None:
    def part(kind: str, text: str) -> str:
        return f'<w:{kind} xmlns:w="{W}">{paragraph(text)}</w:{kind}>'

    found = extract_docx(
        docx(paragraph("a"), header1=part("hdr", "Top"), header2=part("hdr", "Top"),
             footer1=part("ftr", "Page 1"), comments=part("comments", "Why?"))
    )  # fmt: skip
    assert [(left.text, left.reason.split()[-1]) for left in found.left_out] == [
        ("Why?", "margin"),
        ("Page 1", "page"),
        ("Top", "page"),
    ]


def test_deleted_words_are_gone_and_inserted_ones_stand() -> None:
    body = (
        "<w:p><w:r><w:t>a </w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>c</w:t></w:r></w:ins></w:p>"
    )
    found = extract_docx(docx(body))
    assert [line.text for line in found.lines] == ["a c"]
    assert found.left_out == ()


def test_words_that_no_reader_places_are_listed() -> None:
    body = f"{paragraph('a')}<w:p><w:odd>{paragraph('lost words')}</w:odd></w:p>"
    found = extract_docx(docx(body))
    assert [(left.text, left.reason) for left in found.left_out] == [("lost words", UNREAD)]


def test_a_text_box_is_read_once() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>"
        f"{paragraph('boxed')}</w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = extract_docx(docx(paragraph("a") + box))
    assert [line.text for line in found.lines] == ["a", "boxed"]
    assert found.left_out == ()


def test_links_keep_their_address() -> None:
    body = '<w:p><w:hyperlink r:id="r9"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    relation = (
        f'<Relationship Id="r9" Type="{OFFICE}/hyperlink" Target="https://example.org/x" '
        'TargetMode="External"/>'
    )
    made = docx(body, **{"_rels/document.xml": ""})
    with zipfile.ZipFile(BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if "_rels/doc" not in name}
    files["word/_rels/document.xml.rels"] = RELATIONS.format(relation).encode()
    assert extract_docx(zipped(files)).lines[0].links == (("here", "https://example.org/x"),)


def test_nothing_outside_the_file_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.open", _no_file)
    monkeypatch.setattr("mammoth.docx.files.urlopen", _no_file)
    picture = (
        "<w:p><w:r><w:drawing><wp:inline xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/"
        "wordprocessingDrawing'><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/"
        "main' r:link='r9'/></wp:inline></w:drawing></w:r></w:p>"
    )
    files = {"word/_rels/document.xml.rels": RELATIONS.format(
        f'<Relationship Id="r9" Type="{OFFICE}/image" Target="file:///etc/passwd" '
        'TargetMode="External"/>'
    ).encode()}  # fmt: skip
    with zipfile.ZipFile(BytesIO(docx(paragraph("a") + picture))) as archive:
        files |= {name: archive.read(name) for name in archive.namelist()}
    assert [line.text for line in extract_docx(zipped(files)).lines] == ["a"]


def _no_file(*arguments: object, **options: object) -> None:
    raise AssertionError("something outside the document was asked for")


def _bomb() -> bytes:
    return zipped({"word/document.xml": b" " * 25_000_000})


def _many_bombs() -> bytes:
    return zipped({f"word/media/{n}.xml": bytes(range(256)) * 500 for n in range(1000)})


def _many_parts() -> bytes:
    return zipped({f"word/{n}.xml": b"" for n in range(3001)})


def _locked() -> bytes:
    made = bytearray(docx(paragraph("a")))
    at = made.index(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def _entities() -> bytes:
    with zipfile.ZipFile(BytesIO(docx(paragraph("&a;")))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    start = b'<?xml version="1.0"?>'
    body = files["word/document.xml"].removeprefix(start)
    files["word/document.xml"] = start + b'<!DOCTYPE d [<!ENTITY a "aaaa">]>' + body
    return zipped(files)


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (_bomb, Unpacked),
        (_many_bombs, Unpacked),
        (_many_parts, Unpacked),
        (_locked, Encrypted),
        (_entities, Damaged),
        (lambda: docx(paragraph("a"))[:-40], Damaged),
        (lambda: zipped({"word/other.xml": b"<a/>"}), Damaged),
        (lambda: zipped({"word/document.xml": b"<a"}), Damaged),
        (lambda: docx(""), Empty),
    ],
)
def test_what_cannot_be_read_is_refused(
    made: Callable[[], bytes], refusal: type[CaseRefusal]
) -> None:
    with pytest.raises(refusal):
        extract_docx(made())


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "read", _no_file)
    with pytest.raises(Unpacked):
        extract_docx(_bomb())


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["h1", "h2", "p", "item"]), st.text("abc é1", min_size=1).filter(str.strip)
    ),
    min_size=1,
    max_size=8,
)


@given(PIECES)
def test_a_web_page_and_a_word_document_give_the_same_lines(pieces: list[tuple[str, str]]) -> None:
    page, body = [], []
    for kind, text in pieces:
        page.append(f"<ul><li>{text}</ul>" if kind == "item" else f"<{kind}>{text}</{kind}>")
        body.append(
            _item(text, level=2) if kind == "item"
            else paragraph(text) if kind == "p" else _styled(text, kind.upper())
        )  # fmt: skip
    of_page = extract_html("".join(page).encode()).lines
    of_document = extract_docx(docx("".join(body), numbering=NUMBERING, styles=STYLES)).lines
    assert [(one.kind, one.text) for one in of_page] == [
        (one.kind, one.text) for one in of_document
    ]


BODIES = st.lists(
    st.tuples(st.text("abcé 12", max_size=8), st.sampled_from(["plain", "item", "H", "T", "N"])),
    min_size=1,
    max_size=8,
)


@given(BODIES)
def test_each_word_of_a_document_is_in_a_line_or_left_out(body: list[tuple[str, str]]) -> None:
    makers: dict[str, Callable[[str], str]] = {"plain": paragraph, "item": _item}
    made = "".join(makers[how](text) if how in makers else _styled(text, how) for text, how in body)
    if not any(text.strip() for text, _ in body):
        return
    found = extract_docx(docx(made, numbering=NUMBERING, styles=STYLES))
    out = [line.text for line in found.lines] + [left.text for left in found.left_out]
    for text, _ in body:
        for word in text.split():
            assert any(word in one.split() for one in out)
