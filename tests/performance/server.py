"""Starts the production server in processes of its own, and ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """Which server, how many processes and threads in each."""

    name: str = "granian"
    processes: int = 2
    threads: int = 1

    @property
    def words(self) -> str:
        """Say which server it is."""
        if self.name == "waitress":
            return f"waitress, 1 process of {self.threads} threads"
        return f"granian, {self.processes} processes, threads in each: {self.threads}"

    def command(self, target: str, port: int) -> list[str]:
        """Return how the server is started for `target`, such as "app.factory:served_app"."""
        if self.name == "waitress":
            listen = f"--listen={HOST}:{port}"
            threads = f"--threads={self.threads}"
            return [sys.executable, "-m", "waitress", listen, threads, "--call", target]
        return [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST,
            "--port", str(port), "--workers", str(self.processes),
            "--blocking-threads", str(self.threads), "--no-ws", "--log-level", "warning",
            "--factory", target,
        ]  # fmt: skip


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at once with code {process.returncode}")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer within 30 seconds")


@contextmanager
def running(
    server: Server, target: str, port: int, environ: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server while the block runs; what it says goes into `folder`/server.log."""
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            server.command(target, port),
            env={**os.environ, **environ},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(port, process)
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _children(pid: int) -> list[int]:
    task = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in task.read_text().split()] if task.exists() else []


def processor_seconds(pid: int) -> float:
    """Return the processor time that a server and its processes have used so far."""
    total = 0
    for each in (pid, *_children(pid)):
        stat = Path(f"/proc/{each}/stat")
        if stat.exists():
            fields = stat.read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")
