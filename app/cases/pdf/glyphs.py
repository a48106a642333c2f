"""The letters of a PDF, each with its place on the page, its size and its mark."""

from __future__ import annotations

import io
import itertools
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, apply_matrix_pt, decode_text

from app.cases.formats.refusals import MOST_PAGES, Damaged, Encrypted, TooHeavy, TooManyPages
from app.cases.pdf.annotations import Link, links_of_page, notes_of_page

# A PDF of many million letters is no case; reading it would take all the memory there is.
MOST_GLYPHS = 3_000_000
UNKNOWN = "\ufffd"
# In points, more than any page is long.
FARTHEST = 100_000.0
SOFT_HYPHEN = "\u00ad"
# How wide a bullet is, in points, and how many corners the path of one has.
BULLET = (1.2, 9.0)
MOST_CORNERS = 20
HEAVY = ("bold", "black", "heavy", "semibold", "demi")


class Glyph(NamedTuple):
    """One letter: where it stands (from the top left of the page), how large, in which mark."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    upright: bool
    # The number of the marked content that it stands in, where the file marks its content.
    mark: int | None
    artifact: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A small round or square shape, which may be the bullet of a list."""

    x0: float
    x1: float
    # The height of its middle.
    y: float


@dataclass
class Page:
    """The letters of one page in the order in which they are painted, and its links."""

    number: int
    # The name of the page inside the file.
    key: object
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    pictures: int = 0
    # What somebody wrote on the page or into its fields, beside the text of the page.
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """A PDF whose letters are read; `catalog` is the root of what the file says of itself."""

    catalog: dict[str, Any]
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int | None
    artifact: bool
    # The hyphen inside stands only because a line ends there.
    broken: bool = False


class _Device(PDFTextDevice):
    """Takes down each letter that the page paints."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.page = Page(0, None)
        self.height = 0.0
        self.marks: list[_Mark] = []
        self.count = 0
        self.bold: dict[str, bool] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Forget the marks of the page before, which it may have left open."""
        self.marks = []
        x0, y0, x1, y1 = page.mediabox
        self.height = abs(x1 - x0) if page.rotate in {90, 270} else abs(y1 - y0)

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """Open a mark; inside another without a number it has that one's."""
        outer = self.marks[-1] if self.marks else _Mark(None, False)
        said = props if isinstance(props, dict) else {}
        number, actual = resolve1(said.get("MCID")), resolve1(said.get("ActualText"))
        self.marks.append(
            _Mark(
                number if isinstance(number, int) else outer.number,
                outer.artifact or tag.name == "Artifact",
                isinstance(actual, bytes) and decode_text(actual) == SOFT_HYPHEN,
            )
        )

    def end_tag(self) -> None:
        """Close the mark opened last."""
        if self.marks:
            self.marks.pop()

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Count the pictures: a page of pictures alone is a scanned one."""
        self.page.pictures += 1

    def paint_path(
        self,
        graphicstate: object,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[tuple[Any, ...]],
    ) -> None:
        """Take down a shape of the size of a bullet."""
        ends = [part[-2:] for part in path if len(part) >= 3]
        if self.ctm is None or not 3 <= len(ends) <= MOST_CORNERS:
            return
        points = [apply_matrix_pt(self.ctm, (float(x), float(y))) for x, y in ends]
        x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
        y0, y1 = min(y for _, y in points), max(y for _, y in points)
        wide, high = x1 - x0, y1 - y0
        if BULLET[0] < wide < BULLET[1] and 0.7 < wide / max(high, 0.01) < 1.4:
            self.page.dots.append(Dot(x0, x1, self.height - (y0 + y1) / 2))

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: object,
        graphicstate: object,
    ) -> float:
        """Take down one letter and return how far it moves the pen."""
        self.count += 1
        if self.count > MOST_GLYPHS:
            raise TooHeavy
        advance = float(font.char_width(cid) * fontsize * scaling)
        a, b, c, d, e, f = matrix
        mark = self.marks[-1] if self.marks else _Mark(None, False)
        x, y = e + rise * c, self.height - (f + rise * d)
        self.page.glyphs.append(
            Glyph(
                SOFT_HYPHEN if mark.broken else _text_of(font, cid),
                _finite(min(x, x + advance * a)),
                _finite(max(x, x + advance * a)),
                _finite(y),
                _finite(abs(fontsize) * math.hypot(c, d)),
                self._is_bold(font),
                a > 0 and abs(b) < abs(a) / 4 and not font.is_vertical(),
                mark.number,
                mark.artifact,
            )
        )
        return advance

    def _is_bold(self, font: PDFFont) -> bool:
        name = str(font.fontname)
        if name not in self.bold:
            self.bold[name] = any(word in name.lower() for word in HEAVY)
        return self.bold[name]


class _Interpreter(PDFPageInterpreter):
    """Follows a page's orders; knows marks whose properties stand in the page's resources."""

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 the name of the order
        """Open a mark with its properties, which may be given by name."""
        if isinstance(props, PSLiteral):
            named = resolve1(self.resources.get("Properties"))
            props = resolve1(named.get(props.name)) if isinstance(named, dict) else None
        super().do_BDC(tag, props)


def open_pdf(data: bytes) -> Opened:
    """Return the letters of each page; refuse what is locked, damaged or too long."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        found = list(itertools.islice(PDFPage.create_pages(document), MOST_PAGES + 1))
        if len(found) > MOST_PAGES:
            raise TooManyPages
        pages = tuple(_pages(found))
        return Opened(document.catalog, pages)
    except PDFEncryptionError as error:
        raise Encrypted from error
    except (TooManyPages, TooHeavy):
        raise
    except MemoryError as error:
        raise TooHeavy from error
    # The parser fails in as many ways as a file can be damaged.
    except Exception as error:
        raise Damaged("PDF") from error


def _pages(found: list[PDFPage]) -> Iterator[Page]:
    manager = PDFResourceManager()
    device = _Device(manager)
    interpreter = _Interpreter(manager, device)
    for number, page in enumerate(found, 1):
        device.page = Page(number, page.pageid)
        interpreter.process_page(page)
        device.page.height = device.height
        device.page.links = list(links_of_page(page, device.height))
        device.page.notes = list(notes_of_page(page))
        yield device.page


def _finite(number: float) -> float:
    """Return a length that can be reckoned with: a damaged file may place a letter nowhere."""
    return 0.0 if math.isnan(number) else max(-FARTHEST, min(FARTHEST, number))


def _text_of(font: PDFFont, cid: int) -> str:
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        return UNKNOWN
    if len(text) == 1 and "\ufb00" <= text <= "\ufb06":
        # Letters cast together, such as “fi”, are two letters of a word.
        return unicodedata.normalize("NFKC", text)
    return text.replace("\x00", UNKNOWN)
