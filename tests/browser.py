"""A test client that reads every page it opens, as a strict browser and a screen reader would."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_FIELD = re.compile(r"<input\b[^>]*>", re.S)


class PageFault(AssertionError):
    """A page that a person could not use well."""


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def read_page(html: str) -> Any:
    """Parse a page, or raise PageFault naming what is wrong with it."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html)
    faults = [str(error[1]) for error in parser.errors]
    if faults:
        raise PageFault(f"not valid HTML5: {faults[:5]}")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise PageFault(f"ids used twice: {sorted(twice)}")
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        raise PageFault(f"{len(headings)} h1 on the page")
    title = _text(tree.find(".//title")).removeprefix("Error: ")
    if not title.startswith(_text(headings[0])):
        raise PageFault(f"the title “{title}” does not begin with the h1 “{_text(headings[0])}”")
    _check_references(tree, set(ids))
    return tree


def _check_references(tree: Any, ids: set[str]) -> None:
    by_id = {element.get("id"): element for element in tree.iter() if element.get("id")}
    for element in tree.iter():
        named = (
            (element.get("aria-describedby") or "") + " " + (element.get("aria-labelledby") or "")
        )
        for name in named.split():
            if name not in ids or not _text(by_id[name]):
                raise PageFault(f"an aria attribute points at no text: {name}")
        inline = [a for a in element.attrib if a == "style" or str(a).startswith("on")]
        if inline:
            raise PageFault(f"inline style or script: {inline}")
        if element.tag == "label" and element.get("for") and element.get("for") not in ids:
            raise PageFault(f"a label for nothing: {element.get('for')}")


def without_tokens(response: TestResponse) -> str:
    """Return a page's text without its CSRF tokens, which differ at every opening."""
    return _FIELD.sub(
        lambda found: "" if 'name="csrf_token"' in found[0] else found[0],
        response.get_data(as_text=True),
    )


class PageClient(FlaskClient):
    """Opens pages, reads them, and posts forms with the CSRF token of the page last read."""

    token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Open a page; every HTML answer is read and must be sound."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (302, 303):
            html = response.get_data(as_text=True)
            read_page(html)
            for field in _FIELD.findall(html):
                if 'name="csrf_token"' in field:
                    found = re.search(r'value="([^"]*)"', field)
                    self.token = unescape(found[1]) if found else None
        return response

    def submit(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form with the token of the page last read."""
        if self.token is None:
            self.get("/account")
        fields = {**(data or {}), "csrf_token": self.token or ""}
        return self.post(url, data=fields, **kwargs)

    def sign_in(self, email: str, password: str = "correct horse battery") -> TestResponse:
        """Sign in through the page, as a person does."""
        self.get("/sign-in")
        return self.submit("/sign-in", {"email": email, "password": password})
