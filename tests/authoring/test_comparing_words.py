"""What is cosmetic and what changes the sense, and how a comparison shows the words."""

from __future__ import annotations

import pytest

from app.authoring.comparing.change import Change
from app.authoring.comparing.modules import compare_documents
from app.ui.differences import Fate
from tests.authoring.test_comparing import Document, changed, in_question, item
from tests.factories.modules import plain_module


@pytest.mark.parametrize(("old", "new"), [
    ("He did not stop. Because he was afraid he rang.",
     "He did not stop because he was afraid. He rang."),
    ("She had £1,500.", "She had £1.500."),
    ("It was 1,500.", "It was 1500."),
    ("It fell to -5 degrees.", "It fell to 5 degrees."),
    ("It fell to −5 degrees.", "It fell to 5 degrees."),
    ("It was 5% of them.", "It was 5 of them."),
    ("At 10:30 he rang.", "At 10.30 he rang."),
    ("Between 5-10 men.", "Between 510 men."),
    ("He rang? She left.", "He rang. She left."),
    ("He left?", "He left."),
    ("See https://example.uk/case-one.", "See https://example.uk/case/one."),
    ("Write to a.b@example.uk.", "Write to ab@example.uk."),
    ("It's hers.", "Its hers."),
])  # fmt: skip
def test_what_changes_the_sense_is_not_cosmetic(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        (found,) = compare_documents({"summary": one}, {"summary": other}).differences
        assert found.change is Change.WORDING


@pytest.mark.parametrize(("old", "new"), [
    ("He did not stop, because he was afraid.", "He did not stop because he was afraid"),
    ("He said “no”. She left.", "He said \"No.\" She left!"),
    ("At 5–10 metres", "at 5-10 metres."),
    ("It fell to −5.", "It fell to -5."),
    ("First.\n\nSecond.", "First. Second"),
    ("One\nline of text.", "One line of text."),
    ("It was **late**.", "It was late."),
    ("About 5 % of them", "About 5% of them"),
])  # fmt: skip
def test_what_is_cosmetic_shows_its_words_all_the_same(old: str, new: str) -> None:
    (found,) = compare_documents({"summary": old}, {"summary": new}).differences
    assert (found.change, found.old, found.new) == (Change.COSMETIC, old, new)
    assert {Fate.REMOVED, Fate.ADDED} & {piece.fate for piece in found.pieces}


def test_an_address_is_never_cosmetic() -> None:
    def linked(url: str) -> Document:
        document = plain_module()
        document["sources"][0]["url"] = f"https://example.uk/{url}"
        document["stages"][0]["items"][0] |= {"kind": "extract", "url": f"example.uk/{url}"}
        return document

    found = compare_documents(linked("case-one"), linked("case/one")).differences
    assert [each.change for each in found] == [Change.WORDING] * 2


def test_a_place_shows_what_it_was() -> None:
    (found,) = changed(in_question("q1", "place", "Overview, 3")).differences
    assert (found.old, found.new) == ("Overview, 1", "Overview, 3")
    outcome = changed(lambda d: item(d, "q1")["outcome"].update(place="Overview, 3"))
    (found,) = outcome.differences
    assert [p.text for p in found.pieces if p.fate is not Fate.KEPT] == ["1", "3"]


def test_marks_and_pairs_are_read_as_words() -> None:
    def without(key: str) -> Document:
        document = plain_module()
        for stage in document["stages"]:
            stage["items"] = [each for each in stage["items"] if each["id"] != key]
        return document

    words = {
        key: compare_documents(without(key), plain_module()).differences[0].new.split("\n")
        for key in ("q1", "q4")
    }
    assert [line for line in words["q1"] if line in ("0", "1", "1/2")] == []
    assert words["q1"].count("Right") == words["q1"].count("Not right") == 1
    assert "Partly right: 1/2" in words["q1"]
    assert "Goes with: Target x of q4" in words["q4"]
    assert not any("q4-x" in line for line in words["q4"])
