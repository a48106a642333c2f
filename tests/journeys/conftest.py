"""The server and the browser of the journeys.

Where no chromium is installed the journeys are left out and the summary says so; in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext
from waitress.server import create_server

from tests.cast import Cast
from tests.journeys.visitor import Visitor

MISSING = (
    "browser journeys left out: no chromium on the path. Install it (Debian: apt install chromium)"
)
LAPTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's own chromium, which asks nobody outside for anything."""
    found = shutil.which("chromium")
    if found is None:
        leave_out = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        leave_out(MISSING)
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": found, "args": quiet}


@pytest.fixture(scope="session")
def server(app: Flask) -> Any:
    """Serve the suite's app on the suite's database."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    with socket.create_connection(server.socket.getsockname(), timeout=5):
        return server


def _let_it_finish(server: Any) -> None:
    """Wait for what a closed browser sent last: the next test's database takes this one's place."""
    work, quiet = server.task_dispatcher, 0
    for _moment in range(200):
        quiet = 0 if work.active_count or work.queue else quiet + 1
        if quiet == 3:
            return
        time.sleep(0.03)
    raise AssertionError("the server does not come to rest")


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(cast: Cast, server: Any, new_context: Callable[..., BrowserContext]) -> Iterator[Visit]:
    """Return how to open a browser of somebody's own; at the end none may have complained."""
    visitors: list[Visitor] = []
    address = f"http://127.0.0.1:{server.socket.getsockname()[1]}"

    def open_browser(*, viewport: dict[str, int] | None = None, **context: Any) -> Visitor:
        browser = new_context(
            base_url=address, viewport=viewport or LAPTOP, locale="en-GB", **context
        )
        scripted = context.get("java_script_enabled", True)
        visitors.append(Visitor(browser, address, javascript=scripted))
        return visitors[-1]

    yield open_browser
    for visitor in visitors:
        visitor.close()
    _let_it_finish(server)
    assert [said for visitor in visitors for said in visitor.unexpected] == []
