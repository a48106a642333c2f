"""Feeds broken files to every reader of cases: `python -m tests.fuzzing --minutes 60`.

Any error that is no refusal is a finding: the file and the way to it are kept in a folder. Two
engines run at once: hypothesis bends whole files inside and outside their packing; atheris, where
it is installed (`pip install debrief[fuzz]`), follows the paths of the code.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import random
import subprocess
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzzing.files import bent_files
from tests.fuzzing.readers import READERS, Tally

EXAMPLES = 200


def main() -> int:
    """Run both engines for the time asked for and tell what they found."""
    asked = _asked()
    logging.disable()
    guided = None
    if asked.engine != "hypothesis" and importlib.util.find_spec("atheris"):
        guided = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzzing.guided", str(asked.folder),
             str(int(asked.minutes * 60))],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    elif asked.engine != "hypothesis":
        print("atheris is not installed: hypothesis alone", flush=True)
    tally = Tally(asked.folder)
    if asked.engine != "atheris":
        _bend(tally, time.monotonic() + asked.minutes * 60)
        print(f"hypothesis: {tally.told()}", flush=True)
    failed = guided is not None and guided.wait() != 0
    return 1 if tally.found or failed or any(asked.folder.glob("*.why")) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--engine", choices=["both", "hypothesis", "atheris"], default="both")
    parser.add_argument("--folder", type=Path, default=Path("instance") / "fuzzing")
    return parser.parse_args()


def _bend(tally: Tally, until: float) -> None:
    """Feed bent files, round after round from a new beginning, until the time is over."""
    while time.monotonic() < until:
        begin = random.randrange(2**32)
        settled = settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )

        @seed(begin)
        @settled
        @given(bent_files(), st.sampled_from(sorted(READERS)))
        def one(data: bytes, reader: str) -> None:
            if time.monotonic() < until:
                tally.feed(_likely(data, reader), data)

        one()


def _likely(data: bytes, reader: str) -> str:
    """Return the reader that such a file is for, most of the time."""
    if len(data) % 4 == 0:
        return reader
    if b"%PDF" in data[:1024]:
        return "case.pdf"
    return "case.docx" if data.startswith(b"PK") else reader


if __name__ == "__main__":
    sys.exit(main())
