"""The server and the browser of the journeys.

Where no chromium is installed the journeys are left out and the summary says so; in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
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
def address(app: Flask) -> str:
    """Serve the suite's app, on the suite's database, and return where."""
    app.config["TESTING"] = False
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    port = server.socket.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return f"http://127.0.0.1:{port}"


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(cast: Cast, address: str, new_context: Callable[..., BrowserContext]) -> Iterator[Visit]:
    """Return how to open a browser of somebody's own; at the end none may have complained."""
    visitors: list[Visitor] = []

    def open_browser(*, viewport: dict[str, int] | None = None, **context: Any) -> Visitor:
        browser = new_context(
            base_url=address, viewport=viewport or LAPTOP, locale="en-GB", **context
        )
        scripted = context.get("java_script_enabled", True)
        visitors.append(Visitor(browser, address, javascript=scripted))
        return visitors[-1]

    yield open_browser
    for visitor in visitors:
        visitor.leave()
