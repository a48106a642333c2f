"""A trainer at the desk in a real browser: follows each to-do to its field and writes there."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

from tests.journeys.visitor import Visitor

PLACE = "Overview of incident, 1"
CHOICES = {"known": "then", "standing": "stated", "asked_by": "Debrief", "basis": "stated fact"}
# What stands in fields that want more than a sentence of one's own.
TYPED = {
    "title": "At the front counter",
    "slug": "at-the-front-counter",
    "minutes": "9",
    "practice_as_at": "2013",
    "published": "2013-03",
    "publisher": "Fictional Learning",
    "licence": "Written for these tests",
    "content_note": "The case is about lost property. Nobody comes to harm.",
    "place": PLACE,
}
MOST_ROUNDS = 8
OPEN_FOLDS = """
e => { for (let at = e; at; at = at.parentElement) if (at.open === false) at.open = true }
"""


class Author:
    """Writes one draft until nothing is to do or to mend."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.written = 0

    def finish(self, draft: str) -> None:
        """Follow the checks until none blocks."""
        for _round in range(MOST_ROUNDS):
            found = self._to_do(draft)
            if not found:
                return
            for part, anchors in found.items():
                self._write_part(part, anchors)
        raise AssertionError(f"still to do: {self._to_do(draft)}")

    def _to_do(self, draft: str) -> dict[str, list[str]]:
        """Return the addresses of parts that the checks lead to, each with its fields."""
        self.visitor.go(f"{draft}/checks")
        found: dict[str, list[str]] = {}
        for link in self.page.locator("#todo .check-list a, #mend .check-list a").all():
            part, _, anchor = (link.get_attribute("href") or "").partition("#")
            found.setdefault(part, []).append(anchor)
        return found

    def _write_part(self, part: str, anchors: list[str]) -> None:
        self.visitor.go(part)
        for anchor in dict.fromkeys(anchors):
            for field in list(self._fields(anchor)):
                self._fill(field)
        self._save()

    def _save(self) -> None:
        """Press Save: with JavaScript the page stays, and says that it saved."""
        bar = self.page.locator(".save-bar")
        if not self.visitor.javascript:
            self.visitor.press("Save", bar)
            return
        with self.page.expect_response(
            lambda answer: "pressed=1" in (answer.request.post_data or "")
        ):
            bar.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.locator("[data-saved]")).to_contain_text("Saved")

    def _fields(self, anchor: str) -> Iterator[Locator]:
        """Give the field at an anchor; a list gets rows first, a group gives all that it holds."""
        target = self.page.locator(f"#{anchor}")
        if target.evaluate("e => e.matches('section')"):
            for _row in range(2 if anchor.endswith("options") else 1):
                add = target.locator("> button[value^='add:']")
                with self.page.expect_navigation():
                    add.click()
        elif target.evaluate("e => e.matches('fieldset, details')"):
            yield target.locator("input[type=text], textarea").first
        else:
            yield target

    def _fill(self, field: Locator) -> None:
        field.evaluate(
            "e => { for (let p = e; p; p = p.parentElement) if (p.open === false) p.open = true }"
        )
        name = field.get_attribute("name") or ""
        key = name.rpartition(".")[2]
        kind = field.evaluate("e => e.tagName + '-' + e.type")
        if kind == "INPUT-radio":
            right = name == "options.0.credit"
            self.page.locator(f"[name='{name}'][value='{1 if right else 0}']").check()
        elif kind.startswith("SELECT"):
            field.select_option(CHOICES[key])
        else:
            field.fill(self._words(name, key))

    def _words(self, name: str, key: str) -> str:
        self.written += 1
        if key == "title" and name != "title":
            return f"Part {self.written}"
        if name.startswith("content_note"):
            return TYPED["content_note"]
        return TYPED.get(key, f"Told in words of our own, piece {self.written}.")


def add_question(page: Page, stage: int) -> None:
    """Add a question with one right answer to the end of a stage, on the outline."""
    section = page.locator(".outline-stage").nth(stage)
    section.locator("summary", has_text="Add here").click()
    with page.expect_navigation():
        section.get_by_role("button", name="Question: choose one").last.click()
