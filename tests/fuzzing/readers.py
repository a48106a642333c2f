"""What is fed, and what counts as a finding: any error that is no refusal."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import FrameType

from app.cases.carrying import as_json, from_json
from app.cases.document import CaseRefusal
from app.cases.docx_reading import extract_docx
from app.cases.html_reading import extract_html
from app.cases.pdf_reading import extract_pdf
from app.cases.reading import read_case, read_pasted
from app.cases.text_reading import extract_text

SECONDS = 20
NAMES = ("case.pdf", "case.docx", "case.html", "case.txt", "case")


def _read_and_carry(data: bytes, name: str) -> None:
    case = read_case(data, name)
    assert from_json(as_json(case)) == case


READERS: dict[str, Callable[[bytes], object]] = {
    "html": extract_html,
    "docx": extract_docx,
    "pdf": extract_pdf,
    "text": extract_text,
    "pasted": lambda data: read_pasted(data.decode("utf-8", "replace")),
    **{name: (lambda data, name=name: _read_and_carry(data, name)) for name in NAMES},
}


class TooSlow(BaseException):
    """The time of one reading is over; no reader may catch it."""


@dataclass
class Tally:
    """How often was read, refused and stopped, and what was found."""

    folder: Path
    runs: int = 0
    refused: int = 0
    stopped: int = 0
    found: dict[str, int] = field(default_factory=dict)

    def feed(self, reader: str, data: bytes) -> None:
        """Let one reader read; keep what makes it fail, once for each place of failure."""
        self.runs += 1
        signal.signal(signal.SIGALRM, _too_slow)
        # Again each second: an alarm inside the collector of rubbish is lost.
        signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)
        try:
            READERS[reader](data)
        except CaseRefusal:
            self.refused += 1
        except (TooSlow, MemoryError):
            self.stopped += 1
        except Exception as error:
            self._keep(reader, data, error)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _keep(self, reader: str, data: bytes, error: Exception) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} by {reader}"
        self.found[place] = self.found.get(place, 0) + 1
        if self.found[place] == 1:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = sha256(place.encode()).hexdigest()[:12]
            (self.folder / f"{name}.file").write_bytes(data)
            (self.folder / f"{name}.why").write_text(
                f"{place}\n\n{''.join(traceback.format_exception(error))}", encoding="utf-8"
            )

    def told(self) -> str:
        """Return the figures in a line, and each finding in one more."""
        lines = [
            f"{self.runs:,} readings: {self.refused:,} refused, {self.stopped:,} stopped by time "
            f"or memory, {len(self.found)} findings"
        ]
        return "\n".join(lines + [f"  {count:,} × {place}" for place, count in self.found.items()])


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow
