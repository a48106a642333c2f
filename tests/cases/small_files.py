"""Small files made by hand: PDF and DOCX, whole and broken, for the tests of reading."""

from __future__ import annotations

import io
import zipfile
import zlib

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
BOLD = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
PIXEL = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray " \
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"  # fmt: skip


def written(*lines: tuple[float, float, float, str], font: str = "F1") -> bytes:
    """Return the orders that write each line: from the left, from the top, size and words."""
    orders = []
    for x, y, size, text in lines:
        plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        orders.append(f"BT /{font} {size} Tf {x} {842 - y} Td ({plain}) Tj ET")
    return "\n".join(orders).encode("cp1252")


def pdf(
    *contents: bytes, catalog: bytes = b"", page: bytes = b"", more: tuple[bytes, ...] = (),
    trailer: bytes = b"", packed: bool = False,
) -> bytes:  # fmt: skip
    """Return a PDF with a page for each content; `more` are objects from number 6 on."""
    first = 6 + len(more)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(contents), b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))),
        FONT,
        BOLD,
        PIXEL,
        *more,
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Im1 5 0 R >> >> %s >>"
            % (first + 2 * number + 1, page)
        )
        data = zlib.compress(content, 9) if packed else content
        how = b"/Filter /FlateDecode " if packed else b""
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (how, len(data), data))
    return _whole(objects, trailer)


def _whole(objects: list[bytes], trailer: bytes) -> bytes:
    file, offsets = io.BytesIO(), []
    file.write(b"%PDF-1.7\n")
    for number, found in enumerate(objects, 1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, found))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        file.write(b"%010d 00000 n \n" % offset)
    file.write(
        b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, start)
    )
    return file.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF that opens only with a password that nobody knows."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
    return pdf(
        written((72, 72, 12, "Nobody can read this")),
        trailer=b"/Encrypt %s /ID [<00><00>]" % lock,
    )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document with this body; other parts by name, with _ for the dot."""
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:r="{OFFICE}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": part for name, part in parts.items()},
    }
    return zipped({name: part.encode() for name, part in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return the files as a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return file.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Return one paragraph of a Word document."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
