"""The blueprint of the shared pages, and what a person reads when something cannot be done."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, render_template, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

blueprint = Blueprint("ui", __name__, template_folder="templates")

# By status: the heading and what to do. The words name no cause that a stranger could use.
ERRORS: dict[int, tuple[str, tuple[str, ...]]] = {
    400: (
        "That could not be read",
        ("Something in the request was missing or damaged.", "Go back and try once more."),
    ),
    403: (
        "You cannot open this page",
        ("Your account does not cover it. If it should, ask whoever looks after Debrief for you.",),
    ),
    404: (
        "Page not found",
        (
            "There is nothing at this address, or nothing that your account covers.",
            "If you typed it, check the spelling. If you followed a link, the page may have moved.",
        ),
    ),
    405: (
        "That cannot be done here",
        ("This page was asked for in a way that it does not answer.",),
    ),
    409: (
        "This has changed in the meantime",
        (
            "Somebody, or another tab of yours, was here first.",
            "Open the page again to see it as it is now.",
        ),
    ),
    410: (
        "This link has been used",
        ("It worked once, or its time has passed. Ask for a new one.",),
    ),
    413: (
        "That is too large",
        ("Files can be up to 12 MB and texts up to 1 MB. Nothing was changed.",),
    ),
    415: ("That kind of file cannot be read", ("Nothing was changed.",)),
    429: (
        "Too many tries",
        ("Wait a few minutes, then try again. Nothing that you saved is affected.",),
    ),
    500: (
        "Something went wrong on our side",
        (
            "What you had saved before is safe. This last step may not have been kept.",
            "Go back and try once more. If it happens again, tell whoever looks after Debrief.",
        ),
    ),
    503: ("Debrief is busy", ("Try again in a minute. What you had saved is safe.",)),
}


def _home() -> tuple[str, str] | None:
    """Return the way home, if the application has told where home is."""
    endpoint = current_app.config.get("HOME_ENDPOINT", "")
    try:
        return ("Go to your home page", url_for(endpoint)) if endpoint else None
    except BuildError:
        return None


def error_page(
    status: int, heading: str, *sentences: str, way_out: tuple[str, str] | None = None
) -> tuple[str, int]:
    """Render a page that says what could not be done and offers a way out."""
    page = render_template(
        "ui/error.html", heading=heading, sentences=sentences, way_out=way_out or _home()
    )
    return page, status


def _refused(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    heading, sentences = ERRORS[status]
    return error_page(status, heading, *sentences)


def _broken(_error: HTTPException) -> tuple[str, int]:
    """Answer a failure without asking anything that may have failed with it."""
    # What the request was going to say that it did, it did not do.
    session.pop("_flashes", None)
    heading, sentences = ERRORS[500]
    template = current_app.jinja_env.get_template("ui/error.html")
    page = template.render(bare=True, heading=heading, sentences=sentences, way_out=_home())
    return page, 500


def register_error_pages(app: Flask) -> None:
    """Give each refusal of the web server itself a page in the product's own words."""
    for status in ERRORS:
        app.register_error_handler(status, _broken if status == 500 else _refused)
