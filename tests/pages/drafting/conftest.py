"""A draft of the plain module, and a trainer of its force at her browser."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser import PageClient
from tests.cast import Cast
from tests.pages.drafting.desk import begun


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """A draft that begins as the plain module does."""
    return begun(app, cast)


@pytest.fixture
def trainer(client: PageClient, cast: Cast, draft: int) -> PageClient:
    """A trainer, signed in."""
    client.sign_in(cast.emails["trainer"])
    return client
