"""A person at a real browser, who looks at every page and hears every complaint of the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.cast import PASSWORD

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """
tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found =>
  found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | ')))
"""
OVERFLOW = """
() => {
  const root = document.scrollingElement, width = root.clientWidth
  if (root.scrollWidth <= width) return []
  const wide = [...document.querySelectorAll('body *')].filter(element =>
    !element.closest('.dense') && (element.getBoundingClientRect().right > width + 1 ||
    element.scrollWidth > element.clientWidth + 1 && !element.children.length))
  return [root.scrollWidth + ' > ' + width].concat(
    wide.slice(-4).map(element => element.outerHTML.slice(0, 120)))
}
"""


class Visitor:
    """One browser of one person, with JavaScript or without."""

    def __init__(self, context: BrowserContext, address: str, *, javascript: bool = True) -> None:
        self.context, self.address, self.javascript = context, address, javascript
        # A hurried person looks only at whether pages fit: the rules were held elsewhere.
        self.hurried = False
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self._reader: Page | None = None
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        """Open another tab of the same browser and go on in it."""
        page = self.page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def close(self) -> None:
        """Close the browser."""
        if self._reader is not None:
            self._reader.context.close()
        self.context.close()

    @property
    def unexpected(self) -> list[str]:
        """Return what the browser complained of, without what was to be expected."""
        return [said for said in self.complaints if not any(e in said for e in self.expected)]

    def look(self) -> None:
        """Hold the page against the accessibility rules; nothing may scroll sideways."""
        self.fits()
        if self.hurried:
            return
        page = self.page if self.javascript else self._as_seen()
        page.evaluate(AXE)
        wrong = page.evaluate(RUN_AXE, RULES)
        assert not wrong, "\n".join([self.page.url, *wrong])

    def _as_seen(self) -> Page:
        """Show the page as it stands to the rules, which themselves are a script."""
        if self._reader is None:
            browser = self.context.browser
            assert browser is not None
            self._reader = browser.new_context(viewport=self.page.viewport_size).new_page()
            self._reader.route("**/*.js", lambda route: route.abort())
        url, content = self.page.url.partition("#")[0], self.page.content()
        self._reader.route(url, lambda route: route.fulfill(body=content, content_type="text/html"))
        self._reader.goto(url)
        self._reader.unroute(url)
        return self._reader

    def fits(self) -> None:
        """Refuse a page that scrolls sideways."""
        wide = self.page.evaluate(OVERFLOW)
        assert not wide, "\n".join([self.page.url, *wide])

    def go(self, path: str) -> None:
        """Open an address of the site."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button, or a link that looks like one, and wait for the page it leads to."""
        where = within if within is not None else self.page
        button = where.get_by_role("button", name=name, exact=True)
        with self.page.expect_navigation():
            button.click()

    def follow(self, name: str) -> None:
        """Follow the first link with these words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, words: str) -> None:
        """Expect words on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def sign_in(self, email: str) -> None:
        """Sign in through the page."""
        self.go("/sign-in")
        self.type_sign_in(email)

    def type_sign_in(self, email: str) -> None:
        """Fill in the sign-in page that stands there."""
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in", self.page.locator("main"))

    def focused(self, script: str = "element => element.id") -> Any:
        """Return what a script says of the element that has the focus."""
        return self.page.evaluate(f"({script})(document.activeElement)")
