"""Whole files and what is done to them: cut, doubled, mixed, bent inside their packing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.cases.small_files import docx, locked_pdf, paragraph, pdf, written

FILES = Path(__file__).parents[1] / "cases" / "files"
LARGEST = 300_000
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# Words that mean something to a reader: bent files with them go further in.
WORDS = [
    b"/MCID", b" BDC ", b" EMC ", b" BT ", b" ET ", b" Tj ", b" TJ ", b" Tf ", b" Tm ", b" Do ",
    b"/Artifact", b"/K ", b"/Kids", b"/Pg ", b"/S ", b"/Type", b"/RoleMap", b"/Length ", b" 0 R",
    b"<<", b">>", b"[", b"]", b"(", b")", b"null", b"-1", b"99999999999", b"1e999", b"obj", b"xref",
    b"/FlateDecode", b"/LZWDecode", b"/ASCII85Decode", b"/Encrypt", b"/ObjStm", b"/Rotate 90",
    b"<ol start=-3>", b"<li value=x>", b"<table>", b"<tr><th>", b"</td>", b"<p>", b"</p>", b"<br>",
    b"<a href=http://a>", b"<main>", b"<svg>", b"<template>", b"<noscript>", b"<pre>", b"</ul>",
    b"<w:p>", b"</w:p>", b"<w:r>", b"<w:t>", b"<w:numPr>", b'w:val="9"', b'w:ilvl="-1"', b"&#0;",
    b"<mc:Choice>", b"<w:tbl>", b"<w:tr>", b"<w:hyperlink>", b"\xff\xfe", b"\x00", b"\xc2\xa0",
    b"\n\n", b"\n- ", b"\n\xe2\x80\xa2 ", b"\n1. ", b"Case 1 Issue 2 \xe2\x80\x93 ", b"Published ",
    b"Questions to consider\n", b"Finding 1\n", b"Local recommendation 1\n", b"Tags\n",
    b"3 apr\xc4\xb1l 2019", b"\xc5\xbfept 2019", b"\xd9\xa3 May 2019", b"The IOPC recommends that ",
    b"Do you accept the recommendation?\n", b"Accepted action: ",
    b"Page 1 of 2", b"https://", b"IOPC reference\n", b"Overview of incident\n", b"\x0c", b"\t",
]  # fmt: skip


@cache
def whole_files() -> tuple[bytes, ...]:
    """Return files that can be read: those of the tests and some made by hand."""
    fixtures = [path.read_bytes() for path in sorted(FILES.iterdir()) if path.suffix != ".md"]
    return (*small_files(), *fixtures)


@cache
def small_files() -> tuple[bytes, ...]:
    """Return files made by hand, which are read quickly."""
    marked = b"/P <</MCID 0>> BDC BT /F1 10 Tf 72 700 Td (A bin was full.) Tj ET EMC"
    tree = (
        b"<< /Type /StructTreeRoot /K [7 0 R] /RoleMap << /Big /H1 >> >>",
        b"<< /S /L /K [<< /S /LI /K [<< /S /LBody /Pg 9 0 R /K [0 1] >> 7 0 R] >>] >>",
        b"<< /S /Big /K 6 0 R >>",
    )
    return (
        pdf(written((72, 72, 12, "A bin was full."))),
        pdf(marked, catalog=b"/StructTreeRoot 6 0 R", more=tree),
        locked_pdf(),
        docx(paragraph("A bin was full.")),
        b"<html><body><ol><li>one<li>two</ol><table><tr><th>a<td>b</table>",
    )


@st.composite
def edits(draw: st.DrawFn, data: bytes, most: int = 12) -> bytes:
    """Draw the bytes with some of them changed, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, max(0, len(found) - 1)))
        length = draw(st.sampled_from([1, 1, 4, 30, 400, 5000]))
        what = draw(st.integers(0, 4))
        if what == 0:
            found[start : start + 1] = draw(st.binary(min_size=1, max_size=3))
        elif what == 1:
            del found[start : start + length]
        elif what == 2:
            found[start:start] = found[start : start + length]
        elif what == 3:
            found[start:start] = draw(st.sampled_from(WORDS)) * draw(st.sampled_from([1, 1, 1, 60]))
        else:
            other = draw(st.sampled_from(whole_files()))
            place = draw(st.integers(0, max(0, len(other) - 1)))
            found[start : start + length] = other[place : place + length]
    return bytes(found[:LARGEST])


@st.composite
def bent_files(draw: st.DrawFn) -> bytes:
    """Draw a file that was whole once, bent outside or inside its packing; or any bytes."""
    data = draw(st.sampled_from(small_files()) | st.sampled_from(whole_files()))
    how = draw(st.integers(0, 3))
    if how == 0 and data.startswith(b"PK"):
        return draw(_bent_inside(data))
    if how <= 1 and b"%PDF" in data[:10]:
        return draw(_bent_stream(data))
    if how == 2:
        return draw(st.binary(max_size=2000) | st.text(max_size=800).map(str.encode))
    return draw(edits(data))


@st.composite
def _bent_inside(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw a Word document with one of its parts bent."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    likely = [name for name in parts if name.startswith(("word/doc", "word/num", "word/st", "_"))]
    which = draw(st.sampled_from(likely))
    parts[which] = draw(edits(parts[which]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


@st.composite
def _bent_stream(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw a PDF with one of its streams unpacked, bent and packed again."""
    streams = list(STREAM.finditer(data))
    if not streams:
        return draw(edits(data))
    one = draw(st.sampled_from(streams))
    try:
        plain = zlib.decompress(one[1])
    except zlib.error:
        bent = draw(edits(one[1]))
    else:
        bent = zlib.compress(draw(edits(plain)))
    return data[: one.start(1)] + bent + data[one.end(1) :]
