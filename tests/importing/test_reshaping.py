"""What one does to the blocks of a review: any order of acts loses no word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.document import CaseDocument, Kind
from app.catalogue.document import Known
from app.db import Refusal
from app.importing.reshaping import (
    BlockGone,
    CannotReshape,
    Said,
    alike_below,
    bring_in,
    brought_in,
    confirm,
    drop,
    mark,
    merge,
    move,
    say,
    say_alike,
    sentences_of,
    split,
    take_back,
)
from app.importing.review import Review, Use, from_case
from tests.factories.cases import text_case
from tests.importing.strategies import TEXTS, cases

STORY = "b4"


@pytest.fixture
def review() -> Review:
    """The fictional case as it was read."""
    return from_case(text_case())


def words_in(review: Review, case: CaseDocument) -> Counter[str]:
    """Count every word of the blocks, kept or dropped, and of what is left out still."""
    back = brought_in(review)
    left = [row.text for index, row in enumerate(case.left_out) if index not in back]
    texts = [block.text for block in review.blocks] + left
    return Counter(word for text in texts for word in text.split())


SAIDS = st.builds(
    Said, st.sampled_from(Use), TEXTS | st.just(""), st.just("6pm"), st.sampled_from([*Known, None])
)


@st.composite
def acts(draw: st.DrawFn) -> Callable[[Review, CaseDocument], Review]:
    """Draw one act on some block."""
    at, number = draw(st.integers(0, 12)), draw(st.integers(0, 4))
    said, kind = draw(SAIDS), draw(st.integers(0, 9))

    def do(review: Review, case: CaseDocument) -> Review:
        if kind == 0:
            return bring_in(review, case, number)
        ids = [block.id for block in review.blocks] or ["b0"]
        which = ids[at % len(ids)]
        return [
            lambda: say(review, which, said),
            lambda: split(review, which, number),
            lambda: merge(review, which),
            lambda: drop(review, which, said.under),
            lambda: take_back(review, which),
            lambda: confirm(review, which),
            lambda: move(review, which, 1 if number % 2 else -1),
            lambda: mark(review, which, "then", Known.THEN),
            lambda: say_alike(review, alike_below(review, which), said.use),
        ][kind - 1]()

    return do


@settings(deadline=None)
@given(cases(), st.lists(acts(), max_size=12))
def test_no_order_of_acts_loses_or_makes_a_word(
    case: CaseDocument, doings: list[Callable[[Review, CaseDocument], Review]]
) -> None:
    review = from_case(case)
    before = words_in(review, case)
    for do in doings:
        try:
            review = do(review, case)
        except Refusal:
            continue
        assert words_in(review, case) == before
        ids = [block.id for block in review.blocks]
        assert len(ids) == len(set(ids)), "a block keeps its name, and no two share one"


@given(TEXTS)
def test_sentences_are_all_of_the_text(text: str) -> None:
    assert " ".join(sentences_of(text)).split() == text.split()


def test_a_sentence_does_not_end_at_a_title() -> None:
    text = "Mr. A rang. “Who is it?” asked PC B. Nobody spoke e.g. Ms. C."
    assert sentences_of(text) == (
        "Mr. A rang.", "“Who is it?” asked PC B.", "Nobody spoke e.g. Ms. C.",
    )  # fmt: skip


def test_a_split_keeps_the_place_and_gives_the_second_half_a_name(review: Review) -> None:
    made = split(review, STORY, 1)
    first, second = made.blocks[3:5]
    assert first.text.endswith("from a bridge.")
    assert second.text == "She said that it shook. The call was closed."
    assert (first.id, second.id) == (STORY, "b15")
    assert second.place == first.place
    assert second.origin == first.origin
    with pytest.raises(CannotReshape):
        split(review, STORY, 3)


def test_joining_what_was_split_gives_the_block_back(review: Review) -> None:
    made = merge(split(review, STORY, 1), STORY)
    assert made.blocks[3].text == review.blocks[3].text
    assert made.blocks[3].origin == review.blocks[3].origin
    assert len(made.blocks) == len(review.blocks)


def test_a_heading_is_not_joined_with_a_paragraph_nor_the_last_with_nothing(
    review: Review,
) -> None:
    with pytest.raises(CannotReshape):
        merge(review, "b3")
    with pytest.raises(CannotReshape):
        merge(review, "b14")


def test_joining_passes_over_what_is_dropped(review: Review) -> None:
    made = merge(drop(review, "b5", "Said before."), STORY)
    assert made.blocks[3].text.endswith("closed. Three weeks later the bridge was shut.")
    assert made.block("b5") is not None
    assert made.block("b6") is None


@pytest.mark.parametrize(("first", "second", "joined"), [
    (Known.THEN, Known.LATER, Known.LATER), (Known.LATER, None, Known.LATER),
    (Known.AVAILABLE, Known.LATER, Known.LATER), (Known.THEN, Known.AVAILABLE, None),
    (Known.THEN, None, None), (None, Known.AVAILABLE, None),
    (Known.AVAILABLE, Known.AVAILABLE, Known.AVAILABLE),
])  # fmt: skip
def test_joining_never_lets_one_know_sooner(
    review: Review, first: Known | None, second: Known | None, joined: Known | None
) -> None:
    marked = mark(mark(review, STORY, "7pm", first), "b5", "a week later", second)
    made = merge(marked, STORY).blocks[3]
    assert (made.known, made.when) == (joined, "7pm; a week later")


def test_joining_keeps_the_first_time_where_both_have_no_room(review: Review) -> None:
    long = "x" * 119
    marked = mark(mark(review, STORY, long, None), "b5", "later", None)
    assert merge(marked, STORY).blocks[3].when == long
    marked = mark(mark(review, STORY, "", None), "b5", "later", None)
    assert merge(marked, STORY).blocks[3].when == "later"


def test_dropping_needs_a_reason_and_can_be_taken_back(review: Review) -> None:
    with pytest.raises(CannotReshape):
        drop(review, STORY, "  ")
    with pytest.raises(CannotReshape):
        drop(review, STORY, "x" * 301)
    made = drop(review, STORY, " Said  before. ")
    assert made.blocks[3].dropped == "Said before."
    assert take_back(made, STORY).blocks[3].kept


def test_a_new_heading_takes_what_follows_and_an_old_one_gives_it_back(review: Review) -> None:
    made = say(review, "b6", Said(Use.HEADING, "Overview of incident", "", None))
    under = [block.under for block in made.blocks[6:8]]
    assert under == ["Three weeks later the bridge was shut."] * 2
    assert made.blocks[5].kind is Kind.HEADING
    again = say(made, "b6", Said(Use.STORY, "Overview of incident", "", None))
    assert [block.under for block in again.blocks[6:8]] == ["Overview of incident"] * 2
    assert again.blocks[5].kind is Kind.PARAGRAPH
    assert again.blocks[9].under == "Findings"


def test_what_becomes_a_finding_is_known_later_unless_one_says_otherwise(review: Review) -> None:
    made = say(review, STORY, Said(Use.FINDING, "", "", None))
    assert made.blocks[3].known is Known.LATER
    made = say(review, STORY, Said(Use.FINDING, "", "", Known.THEN))
    assert made.blocks[3].known is Known.THEN


def test_moving_changes_places_with_the_next_in_use(review: Review) -> None:
    made = move(drop(review, "b5", "no"), STORY, 1)
    assert [block.id for block in made.kept[3:5]] == ["b6", STORY]
    back = move(made, STORY, -1)
    assert [block.id for block in back.kept] == [b.id for b in review.blocks if b.id != "b5"]
    with pytest.raises(CannotReshape):
        move(review, "b1", -1)


def test_what_was_left_out_comes_in_at_its_place_once(review: Review) -> None:
    made = bring_in(review, text_case(), 0)
    assert (made.blocks[-1].text, made.blocks[-1].use) == ("OFFICIAL", Use.NOT_PLACED)
    with pytest.raises(BlockGone):
        bring_in(made, text_case(), 0)
    with pytest.raises(BlockGone):
        bring_in(review, text_case(), 5)


def test_a_block_that_is_gone_is_refused(review: Review) -> None:
    for act in (merge, take_back, confirm):
        with pytest.raises(BlockGone):
            act(review, "b99")
