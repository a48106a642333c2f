"""Two people at the same moment: each reads first, as far as the database lets them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from app.db import db, lock_for_writing

Act = Callable[[Callable[[], None]], object]


def at_once(app: Flask, *acts: Act) -> list[Exception | None]:
    """Let each act read first, meet the others, and only then write; return what they raised."""
    gate = threading.Barrier(len(acts))
    raised: list[Exception | None] = [None] * len(acts)

    def meet() -> None:
        try:
            gate.wait(timeout=1)
        except threading.BrokenBarrierError:
            # SQLite lets one writer in at a time: nobody else comes.
            return

    def work(at: int) -> None:
        with app.app_context():
            try:
                lock_for_writing()
                acts[at](meet)
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                raised[at] = error

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
