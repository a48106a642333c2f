"""An officer at a module in a real browser, with a pointer or by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from app.catalogue.document import (
    Gate,
    Matching,
    Module,
    Multiple,
    Ordering,
    Question,
    Reflection,
)
from tests.content.shipped import everything_right, everything_wrong
from tests.journeys.visitor import Visitor

MOST_TABS = 150


class Pointer:
    """Answers with a mouse or a finger."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def choose(self, question: Question, form: dict[str, object]) -> None:
        """Put an answer into the form of a question."""
        if isinstance(question, Matching):
            for option in question.options:
                select = self.page.locator(f"#pair-{question.id}-{option.id}")
                select.select_option(str(form[f"pair-{option.id}"]))
        elif isinstance(question, Ordering):
            self.put_in_order(question, form)
        else:
            for option in form["choice"]:  # type: ignore[attr-defined]
                self.page.locator(f"#choice-{question.id}-{option}").check()

    def put_in_order(self, question: Question, form: dict[str, object]) -> None:
        """Move each line up to its place."""
        rows = self.page.locator(f"#item-{question.id} .ordering-row")
        for at, option in enumerate(form["order"]):  # type: ignore[arg-type]
            while rows.nth(at).locator("input[name=order]").get_attribute("value") != option:
                up = self.page.locator(f"button[name=move][value='{option}:up']")
                self.activate(up, moves=True)

    def activate(self, button: Locator, *, moves: bool = False) -> None:
        """Press a button; one that moves a line leads to a page only without JavaScript."""
        if moves and self.page.evaluate("() => !!document.querySelector('ol + [aria-live]')"):
            button.click()
            return
        with self.page.expect_navigation():
            button.click()

    def write(self, field: Locator, text: str) -> None:
        """Write into a text area."""
        field.fill(text)


class Keyboard(Pointer):
    """Answers with Tab, Space, Enter, arrows and letters."""

    def reach(self, wanted: Callable[[str], bool]) -> str:
        """Press Tab until the focused element is the wanted one, and return its id or value."""
        for _step in range(MOST_TABS):
            name = self.visitor.focused("e => e.id || e.value || e.textContent.trim()")
            if wanted(name):
                self.seen()
                return str(name)
            self.page.keyboard.press("Tab")
        raise AssertionError("the keyboard does not get there")

    def seen(self) -> None:
        """Expect that what has the focus shows it and can be seen."""
        shown = self.visitor.focused(
            "e => { const s = getComputedStyle(e), l = e.nextElementSibling,"
            " b = l && getComputedStyle(l, '::before'), r = e.getBoundingClientRect();"
            " return r.bottom > 0 && r.top < innerHeight && (s.outlineStyle !== 'none'"
            " || s.boxShadow !== 'none' || (b && (b.outlineStyle !== 'none'"
            " || b.boxShadow !== 'none'))) }"
        )
        assert shown, self.visitor.focused("e => e.outerHTML.slice(0, 200)")

    def choose(self, question: Question, form: dict[str, object]) -> None:
        """Put an answer into the form of a question."""
        if isinstance(question, Matching):
            for option in question.options:
                self._match(f"pair-{question.id}-{option.id}", str(form[f"pair-{option.id}"]))
        elif isinstance(question, Ordering):
            self.put_in_order(question, form)
        elif isinstance(question, Multiple):
            for option in question.options:
                if option.id in form["choice"]:  # type: ignore[operator]
                    self.tick(f"choice-{question.id}-{option.id}")
        else:
            self._pick(question, form["choice"][0])  # type: ignore[index]

    def tick(self, name: str) -> None:
        """Go to a checkbox and tick it; the options may stand in any order."""
        for direction in ("Tab", "Shift+Tab"):
            for _step in range(12):
                if self.visitor.focused() == name:
                    self.page.keyboard.press("Space")
                    assert self.visitor.focused("e => e.checked")
                    return
                self.page.keyboard.press(direction)
        self.reach(lambda focused: focused == name)
        self.page.keyboard.press("Space")

    def _pick(self, question: Question, option: str) -> None:
        self.reach(lambda name: name.startswith(f"choice-{question.id}-"))
        self.page.keyboard.press("Space")
        for _step in question.options:
            if self.visitor.focused() == f"choice-{question.id}-{option}":
                break
            self.page.keyboard.press("ArrowDown")
        assert self.visitor.focused("e => e.checked && e.id").endswith(option)

    def _match(self, name: str, target: str) -> None:
        for direction in ("Tab", "Shift+Tab"):
            for _step in range(MOST_TABS):
                if self.visitor.focused() == name:
                    break
                self.page.keyboard.press(direction)
        self.seen()
        for _step in range(10):
            if self.visitor.focused("e => e.value") == target:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {target} in {name}")

    def activate(self, button: Locator, *, moves: bool = False) -> None:
        """Go to a button with Tab and press Enter."""
        handle = button.element_handle()
        for _step in range(MOST_TABS):
            if self.page.evaluate("e => e === document.activeElement", handle):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"the keyboard does not reach {button}")
        self.seen()
        if moves:
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        """Go to a text area and write."""
        name = field.get_attribute("id")
        self.reach(lambda focused: focused == name)
        self.page.keyboard.type(text)


class Officer:
    """Plays one module from its page to the completion; the questions in `miss` go wrong."""

    def __init__(
        self, visitor: Visitor, module: Module, hand: Pointer, *, miss: tuple[str, ...] = ()
    ) -> None:
        self.visitor, self.module, self.hand, self.miss = visitor, module, hand, miss
        self.page = visitor.page
        self.look = visitor.look

    def item(self, gate: Gate) -> Locator:
        """Return the part of the page that holds a question or reflection."""
        return self.page.locator(f"#item-{gate.id}")

    def button(self, name: str, within: Locator | None = None) -> Locator:
        """Return a button, or a link that looks like one."""
        where = within if within is not None else self.page
        return where.get_by_role("button", name=name, exact=True)

    def decide(self, gate: Gate) -> None:
        """Pass one question or reflection and see what it reveals, in its place."""
        if isinstance(gate, Reflection):
            self.hand.write(self.page.locator(f"#{gate.id}-text"), f"What I think of {gate.id}.")
            self.hand.activate(self.button("Save, and see the points", self.item(gate)))
            expect(self.item(gate)).to_contain_text(gate.model_points[0].text)
        else:
            form = everything_wrong(gate) if gate.id in self.miss else everything_right(gate)
            self.hand.choose(gate, form)
            self.hand.activate(self.button("Commit my answer", self.item(gate)))
            expect(self.item(gate).locator(".verdict")).to_be_visible()
        self.in_place(gate)

    def in_place(self, gate: Gate) -> None:
        """Expect the feedback in view, with the focus on it, whether or not scripts run."""
        answer = self.page.locator(f"#answer-{gate.id}")
        expect(answer).to_be_in_viewport()
        expect(answer).to_be_focused()

    def go_on(self) -> None:
        """Go on while there is nothing left to decide on the page."""
        while True:
            self.look()
            onward = self.page.locator("main .govuk-button", has_text="Go on: ")
            if not onward.count():
                return
            self.hand.activate(onward)

    def look_again(self) -> None:
        """Decide the missed questions once more."""
        self.hand.activate(self.button("Look again at what I missed"))
        missed = [question for question in self.module.questions() if question.id in self.miss]
        for question in missed:
            self.look()
            expect(self.item(question).locator(".option")).to_have_count(0)
            self.hand.choose(question, everything_right(question))
            self.hand.activate(self.button("Commit my answer", self.item(question)))
            self.look()
            last = question is missed[-1]
            self.hand.activate(self.button("Go on to the end" if last else "Next question"))

    def finish(self) -> None:
        """Go from the decisions to the completion."""
        self.hand.activate(self.button("See what you decided, and what happened"))
        self.look()
        if self.miss:
            self.look_again()
        else:
            self.hand.activate(self.button("Go on to the end"))
        self.look()
        self.hand.write(self.page.locator("#commitment"), "Ask before I write it down.")
        self.hand.activate(self.button("Complete this module"))
        self.visitor.sees(f"You completed {self.module.title}")
        self.visitor.sees("Ask before I write it down.")
        self.look()

    def play(self) -> None:
        """Start on the module's page, decide everything, finish."""
        self.hand.activate(self.button("Start"))
        self.go_on()
        for gate in self.module.gates():
            self.decide(gate)
            self.go_on()
        self.finish()
