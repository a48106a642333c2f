"""The packed parts of a Word document, weighed before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree

from app.cases.formats.refusals import Damaged, Encrypted, Unpacked

MOST_PARTS = 3000
LARGEST_PART = 30_000_000
LARGEST_TOTAL = 120_000_000
# Plain XML packs at about 1 to 20; one part that packs far better than that is a trap.
GREATEST_RATIO = 200
SMALL = 1_000_000
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, NotImplementedError,
    RuntimeError,
)  # fmt: skip


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the XML parts of a Word document by name; refuse one too large to unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _weigh(archive.infolist())
            return {
                found.filename: archive.read(found)
                for found in archive.infolist()
                if found.filename.endswith((".xml", ".rels"))
            }
    except BROKEN as error:
        raise Damaged("Word document") from error


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return a Word document of these parts, as a file in memory."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def tree(part: bytes) -> ElementTree.Element:
    """Return the root of an XML part; one that defines entities of its own is refused."""
    # Word writes no document type; with one, a few bytes can stand for gigabytes.
    if b"<!DOCTYPE" in part or "<!DOCTYPE".encode("utf-16-le") in part:
        raise Damaged("Word document")
    try:
        return ElementTree.fromstring(part)  # noqa: S314 no document type, hence no entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Damaged("Word document") from error


def _weigh(found: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in found):
        raise Encrypted
    if len(found) > MOST_PARTS or sum(part.file_size for part in found) > LARGEST_TOTAL:
        raise Unpacked
    for part in found:
        ratio = part.file_size / max(1, part.compress_size)
        if part.file_size > LARGEST_PART or (part.file_size > SMALL and ratio > GREATEST_RATIO):
            raise Unpacked
