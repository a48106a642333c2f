"""What is measured: one line for each thing that people do, and what its users send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from tests.performance.load import Ask, User
from tests.performance.module_of_ten import module_of_ten, right_form
from tests.performance.seeding import PLAYED, Seeded, Somebody

MODULE = module_of_ten()
BROWSER = "Host: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (benchmark)\r\nAccept: text/html\r\n"
ENCODING = "Accept-Encoding: gzip, deflate, br\r\n"
REPORT = "/completions?module=ten-questions"
CSV = "/completions/download.csv?module=ten-questions"
TEXT = "I would ask him for his date of birth before the call ends, and write down why. " * 5
# Fields of an answer that earns less than full credit, so that its question comes back once.
MISSED, MISSED_FIELDS = "q3", [("choice", "q3-c")]


def get(path: str, cookie: str = "") -> bytes:
    """Return a GET request as a browser sends it."""
    return f"GET {path} HTTP/1.1\r\n{BROWSER}{ENCODING}Cookie: {cookie}\r\n\r\n".encode()


def post(path: str, cookie: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """Return a form as a browser sends it."""
    body = urlencode(list(fields))
    return (
        f"POST {path} HTTP/1.1\r\n{BROWSER}{ENCODING}Cookie: {cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        f"{body}"
    ).encode()


def _reading(request: bytes) -> User:
    while True:
        yield Ask(request, b"200")


def _page(path: str) -> Callable[[Seeded, int], User]:
    """Return users who open the same page of their own again and again."""

    def users(seeded: Seeded, at: int) -> User:
        who = seeded.readers[at]
        return _reading(get(path.format(attempt=who.attempt_id), who.cookie))

    return users


def _managing(path: str) -> Callable[[Seeded, int], User]:
    return lambda seeded, _at: _reading(get(path, seeded.manager.cookie))


class Pool:
    """Learners of whom each is used once, by whichever client is free."""

    def __init__(self, people: Sequence[Somebody]) -> None:
        self.left: Iterator[Somebody] = iter(people)


def committing(pool: Pool, csrf: str) -> User:
    """Commit the questions before the first reflection, one learner after the other."""
    questions = [gate for gate in tuple(MODULE.gates())[:8] if gate.kind != "reflection"]
    forms = {q.id: [("csrf_token", csrf), ("sequence", "0"), *right_form(q)] for q in questions}
    for who in pool.left:
        for item, form in forms.items():
            path = f"/attempts/{who.attempt_id}/items/{item}/answer"
            yield Ask(post(path, who.cookie, form), b"303")


def drafting(who: Somebody, csrf: str, numbers: Iterator[int]) -> User:
    """Save what is being typed into a reflection, again and again."""
    path = f"/attempts/{who.attempt_id}/items/r1/draft?look=first"
    for number in numbers:
        form = [("csrf_token", csrf), ("sequence", str(number)), ("text", f"{number} {TEXT}")]
        yield Ask(post(path, who.cookie, form), b"200")


def finishing(pool: Pool, csrf: str) -> User:
    """Finish with a commitment, one learner after the other."""
    form = [("csrf_token", csrf), ("commitment", "Ask for the date of birth.")]
    for who in pool.left:
        yield Ask(post(f"/attempts/{who.attempt_id}/finish", who.cookie, form), b"303")


def playing(who: Somebody, csrf: str) -> User:
    """Play whole modules, opening each page as a browser does; see ASKS_A_MODULE."""
    while True:
        yield from _one_module(who, csrf)


def _send(who: Somebody, csrf: str, path: str, fields: Iterable[tuple[str, str]]) -> User:
    """Send a form and open the page that it leads to."""
    reply = yield Ask(post(path, who.cookie, [("csrf_token", csrf), *fields]), b"303")
    yield Ask(get(reply.location().split("#")[0], who.cookie), b"200")


def _one_module(who: Somebody, csrf: str) -> User:
    start = post(f"/modules/{PLAYED}/start", who.cookie, [("csrf_token", csrf)])
    reply = yield Ask(start, b"303")
    base = reply.location()
    reply = yield Ask(get(base, who.cookie), b"303")
    yield Ask(get(reply.location().split("#")[0], who.cookie), b"200")
    for at, stage in enumerate(MODULE.stages):
        if at:
            yield from _send(who, csrf, f"{base}/stages/{stage.id}", [])
        for item in stage.items:
            if item.kind == "reflection":
                words = [("skip", "1"), ("text", "")] if item.id == "r2" else [("text", TEXT)]
                yield from _send(who, csrf, f"{base}/items/{item.id}/reflection", words)
            elif item.kind not in ("text", "extract"):
                form = MISSED_FIELDS if item.id == MISSED else right_form(item)
                yield from _send(who, csrf, f"{base}/items/{item.id}/answer", form)
    yield Ask(get(f"{base}/decisions", who.cookie), b"200")
    yield Ask(get(f"{base}/again/{MISSED}", who.cookie), b"200")
    yield from _send(who, csrf, f"{base}/again/{MISSED}", right_form(MODULE.questions()[2]))
    yield Ask(get(f"{base}/finish", who.cookie), b"200")
    yield from _send(who, csrf, f"{base}/finish", [("commitment", "Ask for the date.")])


# 3 to start, 2 for each of 4 stages gone on to, 12 gates and 1 second look, then the decisions,
# the question missed, the page of the end, the end itself and the page of the completion.
ASKS_A_MODULE = 3 + 4 * 2 + 12 * 2 + 1 + 1 + 2 + 1 + 2


@dataclass(frozen=True)
class Line:
    """One thing measured. `moodle` is Moodle's rate, ten times which is the target."""

    key: str
    title: str
    # Makes the user of one client. The lines that write keep their pools in `Users`.
    path: str = ""
    proof: bytes = b""
    users: Callable[[Seeded, int], User] | None = None
    moodle: int | None = None
    # The floor that it is held against; for commit and draft, half of it may be the target.
    floor: str = "page"
    half_floor_will_do: bool = False


LINES = (
    Line("home", "Home", "/", b"An evening in the control room", _page("/")),
    Line("module", "Module page", f"/modules/{PLAYED}", b"Deciding what to ask",
         _page(f"/modules/{PLAYED}")),
    Line("stage", "Stage page", "/attempts/{attempt}/stages/three", b"about question 6",
         _page("/attempts/{attempt}/stages/three"), moodle=19),
    Line("commit", "Commit of an answer", moodle=37, floor="insert", half_floor_will_do=True),
    Line("draft", "Saving of a draft", moodle=37, floor="insert", half_floor_will_do=True),
    Line("finish", "Finish", moodle=23, floor="insert"),
    Line("report", "Completion report", REPORT, b"1,000 of 1,000", _managing(REPORT), moodle=12),
    Line("csv", "Its CSV (1,000 rows)", CSV, b"Northshire team 12", _managing(CSV), moodle=4),
)  # fmt: skip
MODULES = Line("modules", "Whole modules a minute", moodle=39)


class Users:
    """Makes the users of a line; learners whom one cell used up are not used by the next."""

    def __init__(self, seeded: Seeded) -> None:
        self.seeded = seeded
        self.committers, self.finishers = Pool(seeded.committers), Pool(seeded.finishers)
        self.numbers = count(1)

    def of(self, line: Line, clients: int) -> list[User]:
        """Return that many users."""
        seeded, csrf = self.seeded, self.seeded.csrf
        if line.users:
            return [line.users(seeded, at) for at in range(clients)]
        if line.key == "commit":
            return [committing(self.committers, csrf) for _ in range(clients)]
        if line.key == "draft":
            return [drafting(seeded.writers[at], csrf, self.numbers) for at in range(clients)]
        if line.key == "finish":
            return [finishing(self.finishers, csrf) for _ in range(clients)]
        return [playing(seeded.players[at], csrf) for at in range(clients)]
