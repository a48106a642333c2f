"""What no request of a person holds, refused before any view or database sees it."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

# Ids are PostgreSQL integers: a greater number is nobody's, and no fault of the server.
LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """A number in an address that a column of ids can hold; beyond it there is nothing."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": LARGEST_ID, **options})


def _refuse_nul() -> None:
    """Refuse the character NUL, which no keyboard sends and PostgreSQL cannot store."""
    if "\0" in request.path:
        abort(404)
    for values in (request.args, request.form):
        if any("\0" in name or "\0" in value for name, value in values.items(multi=True)):
            abort(400)


def init_app(app: Flask) -> None:
    """Put both before every view of `app`."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(_refuse_nul)
