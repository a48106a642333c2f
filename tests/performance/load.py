"""A cheap load generator: many keep-alive connections, one thread, raw sockets.

A user is a generator: it yields an `Ask` and is sent the `Reply`. It runs in a process of its
own beside the server, so it does no more to an answer than it must: status, length, location.
"""

from __future__ import annotations

import gc
import selectors
import socket
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, the status that it must be answered with, and whether it is measured."""

    data: bytes
    want: bytes
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered."""

    status: bytes
    head: bytes
    body: bytes

    def location(self) -> str:
        """Return the path that the answer leads to."""
        at = self.head.lower().index(b"\r\nlocation:") + 11
        return self.head[at : self.head.index(b"\r\n", at)].decode().strip()


User = Generator[Ask, Reply, None]


@dataclass
class Measured:
    """What came of driving users at the server for a while."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    # All measured asks that were answered as wanted, also in warming up and after the end.
    acknowledged: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    used_up: bool = False

    @property
    def rate(self) -> float:
        """Return how many were answered as wanted in a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds within which that share was answered."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


class _Connection:
    """One browser's connection."""

    def __init__(self, address: tuple[str, int], user: User) -> None:
        self.address, self.user = address, user
        self.buffer = b""
        self.need = 0
        self.head_end = 0
        self.ask = next(user)
        self.sent_at = 0.0
        self.again = False
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(self.address, timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self) -> None:
        self.buffer, self.need = b"", 0
        self.sent_at = perf_counter()
        self.socket.sendall(self.ask.data)

    def receive(self) -> Reply | None:
        """Return the reply once it is whole; raises ConnectionError when the server went."""
        data = self.socket.recv(262144)
        if not data:
            raise ConnectionResetError
        self.buffer += data
        if not self.need:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return None
            head = self.buffer[:end].lower()
            at = head.index(b"content-length:") + 15
            self.head_end = end
            self.need = end + 4 + int(head[at:].split(b"\r", 1)[0])
        if len(self.buffer) < self.need:
            return None
        head = self.buffer[: self.head_end + 2]
        self.again = b"connection: close" in head.lower()
        return Reply(self.buffer[9:12], head, self.buffer[self.head_end + 4 : self.need])


class _Drive:
    def __init__(self, warm: float, seconds: float) -> None:
        self.selector = selectors.DefaultSelector()
        self.found = Measured()
        now = perf_counter()
        self.first, self.last, self.ended = now + warm, now + warm + seconds, 0.0

    def send(self, connection: _Connection) -> None:
        """Send the next request; a connection that the server closed is opened anew."""
        try:
            if not connection.again:
                connection.send()
                return
        except ConnectionError:
            pass
        self.reopen(connection)
        connection.send()

    def reopen(self, connection: _Connection) -> None:
        self.selector.unregister(connection.socket)
        connection.socket.close()
        connection.connect()
        connection.again = False
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)

    def drop(self, connection: _Connection) -> None:
        self.selector.unregister(connection.socket)
        connection.socket.close()

    def note(self, connection: _Connection, reply: Reply, now: float) -> None:
        if reply.status != connection.ask.want:
            self.found.wrong[reply.status.decode()] += 1
        elif connection.ask.counted:
            self.found.acknowledged += 1
            if self.first <= now <= self.last:
                self.found.times.append(now - connection.sent_at)

    def step(self, connection: _Connection) -> None:
        """Take what came; send the next request unless the time is over."""
        try:
            reply = connection.receive()
        except ConnectionError:
            if connection.buffer or perf_counter() - connection.sent_at > 0.5:
                self.found.wrong["connection lost"] += 1
            self.reopen(connection)
            connection.send()
            return
        if reply is None:
            return
        now = perf_counter()
        self.note(connection, reply, now)
        if now > self.last:
            self.drop(connection)
            return
        try:
            connection.ask = connection.user.send(reply)
        except StopIteration:
            self.found.used_up = True
            self.ended = now
            self.drop(connection)
            return
        self.send(connection)


def drive(
    address: tuple[str, int], users: Sequence[User], *, seconds: float, warm: float = 0.5
) -> Measured:
    """Let all users ask at once for `warm` + `seconds`; only the latter are measured."""
    gc.collect()
    gc.disable()
    try:
        run = _Drive(warm, seconds)
        for user in users:
            connection = _Connection(address, user)
            run.selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send()
        while run.selector.get_map():
            for key, _events in run.selector.select(30):
                run.step(key.data)
    finally:
        gc.enable()
    # Where what there was to do was used up early, the time until then counts.
    end = min(run.last, run.ended) if run.found.used_up else run.last
    run.found.seconds = max(end - run.first, 0.001)
    return run.found
