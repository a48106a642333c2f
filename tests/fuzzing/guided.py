"""Fuzzing that follows the paths of the code, with atheris: `python -m tests.fuzzing` runs it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.cases", "pdfminer", "mammoth"]):
    from tests.fuzzing.readers import READERS, Tally

from tests.fuzzing.files import LARGEST, whole_files

# What the engine begins with is short: it runs it over and over.
LONGEST_SEED = 44_000
SUFFIXES = ((b"%PDF", "pdf"), (b"PK", "docx"), (b"<", "html"))


def main(folder: Path, seconds: int) -> None:
    """Feed every reader for so many seconds; tell the figures at the end."""
    tally = Tally(folder)
    names = sorted(READERS)
    until = time.monotonic() + seconds

    def one(data: bytes) -> None:
        # The engine ends without a word: the figures are told before.
        if time.monotonic() > until:
            print(f"atheris: {tally.told()}", flush=True)
            os._exit(0)
        # The first byte chooses the reader, the others are the file.
        if data:
            tally.feed(names[data[0] % len(names)], data[1:])

    with tempfile.TemporaryDirectory() as corpus:
        short = [data for data in whole_files() if len(data) < LONGEST_SEED]
        for number, data in enumerate(short):
            for at, name in enumerate(names):
                if name in {_reader_of(data), "case"}:
                    (Path(corpus) / f"{number}-{at}").write_bytes(bytes([at]) + data)
        atheris.Setup(
            [sys.argv[0], corpus, f"-max_total_time={seconds + 60}", f"-max_len={LARGEST}",
             "-timeout=60", "-rss_limit_mb=3000", "-print_final_stats=0", "-verbosity=0"],
            one,
        )  # fmt: skip
        atheris.Fuzz()


def _reader_of(data: bytes) -> str:
    return next((name for start, name in SUFFIXES if data.startswith(start)), "text")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
