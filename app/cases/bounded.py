"""Reads a file in a child process of its own, bounded in time and memory, that cannot hang us."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from app.cases.carrying import as_json, from_json
from app.cases.document import CaseDocument, CaseRefusal
from app.cases.formats.refusals import LARGEST, Busy, Damaged, TooBig, TooHeavy
from app.cases.reading import read_case

try:
    import resource
except ImportError:  # Windows knows no such limits; the time on the clock still holds.
    resource = None  # type: ignore[assignment]

LOG = logging.getLogger(__name__)
SECONDS = 20
MEMORY = 500_000_000
# The first line of the child's answer; the document follows, or the sentence for the person.
READ, REFUSED = b"read", b"refused"
LONGEST_NAME = 300
AT_ONCE = threading.BoundedSemaphore(3)
# Each that waits holds a thread of the server: two may, so that threads are left for others.
PLACES = threading.BoundedSemaphore(5)
ROOT = Path(__file__).resolve().parents[2]
# The child is given the place of the program and of its packages, and no setting or secret.
PROGRAM = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from app.cases.bounded import main; main(sys.argv[2])"
)


def read_bounded(data: bytes, name: str) -> CaseDocument:
    """Return the case that a file holds, or refuse in a sentence within a bounded time."""
    if len(data) > LARGEST:
        raise TooBig
    if not PLACES.acquire(blocking=False):
        raise Busy
    try:
        return _in_turn(data, name)
    finally:
        PLACES.release()


def _in_turn(data: bytes, name: str) -> CaseDocument:
    """Read with few others at once, each with its memory; wait for a turn, but not for ever."""
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise Busy
    try:
        return _understood(_answer(data, name))
    finally:
        AT_ONCE.release()


def _answer(data: bytes, name: str) -> bytes:
    """Return what a child says of a file, or refuse when a limit or an error stopped it."""
    said = name.replace("\x00", "").encode(errors="replace").decode()[-LONGEST_NAME:]
    child = subprocess.Popen(  # noqa: S603 our own program and no shell
        [sys.executable, "-I", "-c", PROGRAM, str(ROOT), said],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    )
    try:
        answer, complaint = child.communicate(data, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TooHeavy from error
    finally:
        _end(child)
    if child.returncode > 0:
        # A reader failed in a way that nobody foresaw: the person is helped, the log says more.
        LOG.error("reading a case failed: %s", complaint[-2000:].decode("utf-8", "replace"))
        raise Damaged("file")
    return answer


def main(name: str) -> None:
    """Read a file from standard input, within limits, and answer on standard output."""
    _limit()
    # The parsers tell of each oddity of a file; there may be millions.
    logging.disable()
    try:
        kind, words = READ, as_json(read_case(sys.stdin.buffer.read(), name))
    except CaseRefusal as refusal:
        kind, words = REFUSED, str(refusal)
    except (MemoryError, RecursionError):
        kind, words = REFUSED, str(TooHeavy())
    sys.stdout.buffer.write(kind + b"\n" + words.encode())
    sys.stdout.buffer.flush()


def _understood(answer: bytes) -> CaseDocument:
    """Return the child's document; a child that did not answer was stopped by a limit."""
    kind, _, words = answer.partition(b"\n")
    if kind == REFUSED:
        raise CaseRefusal(words.decode())
    try:
        return from_json(words.decode())
    except (ValueError, KeyError, TypeError) as error:
        raise TooHeavy from error


def _environment() -> dict[str, str]:
    """Return the little that a program needs to start; Windows needs to know where it stands."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and all that it may have started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    with contextlib.suppress(ValueError, OSError):
        child.communicate()


def _limit() -> None:
    """Bind this process: memory, processor time, files; it writes none and starts nothing."""
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS refuses a limit of the address space; the others hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (allowed, allowed))


if __name__ == "__main__":
    main(sys.argv[1])
