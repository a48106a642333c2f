"""Two texts compared word by word: nothing lost, nothing invented, never for long."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from app.ui.differences import Fate, Piece, difference, pieces, shortened, units

WORDS = st.lists(
    st.sampled_from(["the", "log", "was", "read", ",", ".", " ", "\n", "PC B", "2.5", "don’t"]),
    max_size=30,
).map(" ".join)  # fmt: skip


def text_of(found: tuple[Piece, ...], *fates: Fate) -> str:
    return "".join(piece.text for piece in found if piece.fate in fates)


@given(WORDS | st.text(), WORDS | st.text())
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    found = pieces(old, new)
    assert text_of(found, Fate.KEPT, Fate.REMOVED) == old
    assert text_of(found, Fate.KEPT, Fate.ADDED) == new


@given(st.text())
def test_units_joined_are_the_text(text: str) -> None:
    assert "".join(word + spaces for word, spaces in units(text)) == text


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.fate for piece in pieces(text, text)} <= {Fate.KEPT}


def test_one_word_changed_is_one_word_marked() -> None:
    assert pieces("She read the log.", "She read that log.") == (
        Piece(Fate.KEPT, "She read "),
        Piece(Fate.REMOVED, "the"),
        Piece(Fate.ADDED, "that"),
        Piece(Fate.KEPT, " log."),
    )


def test_neighbouring_changes_read_as_one() -> None:
    assert pieces("a red fox ran", "a brown dog ran")[1:3] == (
        Piece(Fate.REMOVED, "red fox"),
        Piece(Fate.ADDED, "brown dog"),
    )


def test_what_stayed_in_a_row_is_found_as_a_row() -> None:
    found = pieces(
        "the log was read by the officer", "an officer said the log was read by the officer"
    )
    assert [(p.fate, p.text) for p in found] == [
        (Fate.ADDED, "an officer said "), (Fate.KEPT, "the log was read by the officer")
    ]  # fmt: skip


def test_spaces_alone_may_differ() -> None:
    assert pieces("one two", "one  two") == (
        Piece(Fate.KEPT, "one"),
        Piece(Fate.ADDED, " "),
        Piece(Fate.KEPT, " two"),
    )


def test_a_word_more_at_the_end_leaves_the_one_before() -> None:
    assert pieces("one", "one two") == (Piece(Fate.KEPT, "one"), Piece(Fate.ADDED, " two"))


def test_long_texts_take_no_long_time() -> None:
    luck = random.Random(7)
    words = [f"w{luck.randint(0, 400)}" for _ in range(4000)]
    other = [word if luck.random() < 0.7 else "other" for word in words]
    old, new = " ".join(words), " ".join(other)
    begun = time.process_time()
    found = pieces(old, new)
    assert time.process_time() - begun < 2
    assert text_of(found, Fate.KEPT, Fate.ADDED) == new


def test_a_word_that_comes_often_is_no_obstacle_in_a_text_of_usual_length() -> None:
    often = "the log " * 100
    assert pieces(f"{often}a {often}", f"{often}b {often}")[1:3] == (
        Piece(Fate.REMOVED, "a"),
        Piece(Fate.ADDED, "b"),
    )


def test_what_changed_is_said_aloud_and_nothing_is_taken_for_a_tag() -> None:
    shown = difference("a <b>", "a <i>")
    assert "&lt;" in shown
    assert '<del><span class="govuk-visually-hidden">removed: </span>b' in shown
    assert '<ins><span class="govuk-visually-hidden">added: </span>i' in shown


def test_long_stretches_that_stayed_are_cut_in_the_middle_only() -> None:
    long = "".join(f"word{n} " for n in range(60))
    found = shortened(pieces(f"{long}one {long}two {long}", f"{long}1 {long}2 {long}"))
    changed = [piece.text for piece in found if piece.fate is not Fate.KEPT]
    assert changed == ["one", "1", "two", "2"]
    kept = [piece.text for piece in found if piece.fate is Fate.KEPT]
    assert all(len(text) < 200 and "…" in text for text in kept)
    assert kept[0].startswith(" …")
    assert shortened(pieces("short", "short")) == (Piece(Fate.KEPT, "short"),)
