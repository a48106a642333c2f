"""What each button of a block does, and what the act is called in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.importing import reshaping
from app.importing.forms import USE_WORDS, BlockForm
from app.importing.reshaping import Reshape, Said, said_of, words_of
from app.importing.review import Review, ReviewedBlock, Use


@dataclass(frozen=True)
class Act:
    """One button: what it does, how the history names it, the field beside which it refuses."""

    # How the history names it: “{}” are the first words of the block.
    called: str
    run: Callable[[Review, str, BlockForm], Review]
    field: str = ""
    with_next: bool = False
    stays_open: bool = False


def _split(review: Review, block_id: str, form: BlockForm) -> Review:
    after = str(form.after.data or "")
    return reshaping.split(review, block_id, int(after) if after.isdecimal() else 0)


ACTS: dict[str, Act] = {
    "save": Act("Changed “{}”", lambda review, _block_id, _form: review, "rest"),
    "split": Act("Split “{}”", _split, "after", stays_open=True),
    "merge": Act(
        "Joined “{}” with the next block",
        lambda review, block_id, _form: reshaping.merge(review, block_id),
        "use",
        with_next=True,
        stays_open=True,
    ),
    "up": Act(
        "Moved “{}” up",
        lambda review, block_id, _form: reshaping.move(review, block_id, -1),
        stays_open=True,
    ),
    "down": Act(
        "Moved “{}” down",
        lambda review, block_id, _form: reshaping.move(review, block_id, 1),
        stays_open=True,
    ),
    "drop": Act(
        "Dropped “{}”",
        lambda review, block_id, form: reshaping.drop(review, block_id, form.reason.data or ""),
        "reason",
    ),
    "back": Act(
        "Took back “{}”", lambda review, block_id, _form: reshaping.take_back(review, block_id)
    ),
    "confirm": Act(
        "Looked at “{}”", lambda review, block_id, _form: reshaping.confirm(review, block_id)
    ),
}


@dataclass(frozen=True)
class Doing:
    """An act on one block, ready to be done."""

    reshape: Reshape
    touches: tuple[str, ...]
    what: str
    stays_open: bool


@dataclass(frozen=True)
class Wanted:
    """What a person pressed, on which block, and which state her page showed."""

    act: str
    block_id: str
    base: int
    # The fields of the block were sent too.
    with_form: bool

    @property
    def field(self) -> str:
        """Return the field beside which the act is refused."""
        return ACTS[self.act].field

    def doing(self, review: Review, block: ReviewedBlock, form: BlockForm) -> Doing:
        """Return the act with what was typed beside it: nothing that she typed is lost."""
        button = ACTS[self.act]
        said = form.said() if self.with_form else said_of(block)

        def reshape(now: Review) -> Review:
            if self.with_form and said != said_of(reshaping.found_in(now, self.block_id)):
                now = reshaping.say(now, self.block_id, said)
            return button.run(now, self.block_id, form)

        following = reshaping.next_kept(review, self.block_id) if button.with_next else None
        touches = (self.block_id, *((following.id,) if following else ()))
        if self.act == "save" and self.with_form and form.rest.data:
            return self._with_rest(Doing(reshape, touches, "", False), review, block, said.use)
        return Doing(reshape, touches, self._called(block, said), button.stays_open)

    def _with_rest(self, doing: Doing, review: Review, block: ReviewedBlock, use: Use) -> Doing:
        """Give the same use to the blocks alike that follow below the same heading."""
        rest = reshaping.alike_below(review, self.block_id)
        more = f" and {len(rest)} more below its heading" if rest else ""
        return Doing(
            lambda now: reshaping.say_alike(doing.reshape(now), rest, use),
            (*doing.touches, *rest),
            f"Made “{words_of(block)}”{more} {USE_WORDS[use].lower()}",
            stays_open=False,
        )

    def _called(self, block: ReviewedBlock, said: Said) -> str:
        words = words_of(block)
        if self.act == "save" and said.use is not block.use:
            return f"Made “{words}” {USE_WORDS[said.use].lower()}"
        return ACTS[self.act].called.format(words)


def anchor_after(review: Review, block_id: str) -> str:
    """Return the part of the page that shows a block after an act, or the list."""
    return block_id if review.block(block_id) else "blocks"
