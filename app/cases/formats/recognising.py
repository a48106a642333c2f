"""What kind of file some bytes are: by what they hold first, by their name second."""

from __future__ import annotations

import re
from pathlib import PurePath

from app.cases.document import Form
from app.cases.formats.refusals import LARGEST, Damaged, Empty, TooBig, WrongKind

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What begins like this is no case, whatever it is called.
KNOWN_BEGINNINGS = {
    b"MZ": "A program",
    b"\x7fELF": "A program",
    b"\x89PNG": "A picture",
    b"\xff\xd8\xff": "A picture",
    b"GIF8": "A picture",
    b"BM": "A picture",
    b"II*\x00": "A picture",
    b"MM\x00*": "A picture",
    b"RIFF": "A picture, a sound or a film",
    b"{\\rtf": "A rich text file (.rtf)",
    b"\x1f\x8b": "A packed file",
    b"7z\xbc\xaf": "A packed file",
    b"Rar!": "A packed file",
    b"%!PS": "A PostScript file",
}
LOOKS_LIKE_HTML = re.compile(
    rb"\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|main|article)\b",
    re.IGNORECASE | re.DOTALL,
)
BY_NAME = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.TEXT,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".xhtml": Form.HTML,
}


def form_of(data: bytes, name: str) -> Form:
    """Tell which reader a file needs; refuse what none can read."""
    if len(data) > LARGEST:
        raise TooBig
    if not data.strip():
        raise Empty
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    if data.startswith(OLD_WORD):
        raise WrongKind("An old Word document (.doc), or a document with a password,")
    if data.startswith(PACKED):
        return _packed(data, suffix)
    if b"%PDF-" in data[:1024]:
        return Form.PDF
    return _words(data, suffix)


def _packed(data: bytes, suffix: str) -> Form:
    # The directory of a zip file stands at its end; its names are not packed.
    if b"word/" in data[:4096] or b"word/" in data[-65536:]:
        return Form.DOCX
    if suffix == ".odt" or b"opendocument.text" in data[:4096]:
        raise WrongKind("An OpenDocument text (.odt)")
    if suffix == ".docx":
        raise Damaged("Word document")
    raise WrongKind("A packed file or a file of another program")


def _words(data: bytes, suffix: str) -> Form:
    for beginning, what in KNOWN_BEGINNINGS.items():
        # Two letters may begin a sentence: only a name that is no text's makes them a kind.
        if data.startswith(beginning) and (len(beginning) > 2 or suffix not in BY_NAME):
            raise WrongKind(what)
    if suffix in {".pdf", ".docx"}:
        raise Damaged("PDF" if suffix == ".pdf" else "Word document")
    if LOOKS_LIKE_HTML.match(data[:4096]):
        return Form.HTML
    if suffix in BY_NAME:
        form = BY_NAME[suffix]
        _refuse_bytes_that_are_no_text(data)
        return form
    raise WrongKind


def _refuse_bytes_that_are_no_text(data: bytes) -> None:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\x00" in data[:8192]:
        raise WrongKind
