"""Acts on a review: each is a state, any can be undone by name, and two trainers never collide."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.catalogue.document import Known
from app.db import db
from app.importing import reshaping
from app.importing.models import CaseReview, ImportedCase
from app.importing.queries import cases_in, reviewed, saved_by
from app.importing.review import Facts, ReviewedBlock
from app.importing.reviewing import (
    BlockChanged,
    FactsChanged,
    Mark,
    NothingToUndo,
    act,
    mark,
    save_facts,
    set_aside,
    undo,
)
from app.importing.source import Reviewed
from tests.cast import Cast
from tests.factories.cases import imported, text_case

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def case(app: Flask, cast: Cast, session: sa.orm.scoped_session[sa.orm.Session]) -> ImportedCase:
    """The fictional case, imported by the trainer of Northshire."""
    return imported(text_case(), force_id=cast.north, by=cast.trainer, at=AT)


@pytest.fixture
def by(cast: Cast) -> int:
    """The trainer."""
    return cast.trainer


def drop(case: ImportedCase, block: str, by: int, *, base: int = 1) -> Reviewed:
    return act(
        case, lambda review: reshaping.drop(review, block, "Said before."), base=base,
        touches=(block,), what=f"Dropped “{block}”", by=by, at=AT,
    )  # fmt: skip


def block(case: ImportedCase, block_id: str) -> ReviewedBlock:
    found = reviewed(case).review.block(block_id)
    assert found is not None
    return found


def history(case: ImportedCase) -> list[str]:
    states = sa.select(CaseReview.what).where(CaseReview.case_id == case.id)
    return list(db.session.scalars(states.order_by(CaseReview.number)))


def test_each_act_is_one_more_state(case: ImportedCase, by: int) -> None:
    made = drop(case, "b4", by)
    assert (made.number, case.head, made.review.act) == (2, 2, "Dropped “b4”")
    assert reviewed(case) == made
    assert history(case) == ["Imported.", "Dropped “b4”"]
    assert saved_by(case.id, 2) == "Trainer"


def test_an_act_that_changes_nothing_is_no_state(case: ImportedCase, by: int) -> None:
    act(case, lambda review: review, base=1, touches=(), what="Nothing", by=by, at=AT)
    assert case.head == 1


def test_acts_on_different_blocks_stand_beside_each_other(case: ImportedCase, by: int) -> None:
    drop(case, "b4", by)
    drop(case, "b6", by, base=1)
    assert [block(case, name).kept for name in ("b4", "b5", "b6")] == [False, True, False]


def test_an_act_on_a_block_that_changed_meanwhile_says_what_it_is_now(
    case: ImportedCase, by: int
) -> None:
    drop(case, "b4", by)
    with pytest.raises(BlockChanged, match=r"dropped \(Said before\.\)"):
        drop(case, "b4", by, base=1)
    assert case.head == 2
    assert drop(case, "b4", by, base=2).number == 2, "what she saw is as it is: nothing to do"


def test_a_base_that_never_was_counts_as_the_first(case: ImportedCase, by: int) -> None:
    drop(case, "b4", by)
    with pytest.raises(BlockChanged):
        drop(case, "b4", by, base=99)


def test_undo_walks_back_act_by_act(case: ImportedCase, by: int) -> None:
    drop(case, "b4", by)
    drop(case, "b6", by, base=2)
    assert undo(case, base=3, by=by, at=AT) == "Dropped “b6”"
    assert (block(case, "b4").kept, block(case, "b6").kept) == (False, True)
    assert undo(case, base=4, by=by, at=AT) == "Dropped “b4”"
    assert block(case, "b4").kept
    with pytest.raises(NothingToUndo):
        undo(case, base=5, by=by, at=AT)
    assert history(case)[3:] == ["Undid: Dropped “b6”", "Undid: Dropped “b4”"]


def test_undo_takes_back_only_the_act_that_the_page_named(case: ImportedCase, by: int) -> None:
    drop(case, "b4", by)
    drop(case, "b6", by, base=2)
    with pytest.raises(NothingToUndo, match="b6"):
        undo(case, base=2, by=by, at=AT)
    assert not block(case, "b6").kept


def aside(case: ImportedCase) -> tuple[bool, ...]:
    """Tell whether the case is set aside as its page and as the list of cases say."""
    lines = {line.id: line.is_aside for line in cases_in(case.force_id)}
    return reviewed(case).review.is_aside, lines[case.id]


def test_a_case_is_set_aside_and_comes_back(case: ImportedCase, by: int) -> None:
    drop(case, "b4", by)
    set_aside(case, by=by, at=AT)
    set_aside(case, by=by, at=AT)
    assert (aside(case), case.head) == ((True, True), 3)
    undo(case, base=3, by=by, at=AT)
    assert aside(case) == (False, False)
    assert reviewed(case).review.act == "Dropped “b4”"


def test_whatever_is_done_to_a_case_set_aside_brings_it_back(case: ImportedCase, by: int) -> None:
    set_aside(case, by=by, at=AT)
    drop(case, "b4", by, base=2)
    assert aside(case) == (False, False)
    undo(case, base=3, by=by, at=AT)
    assert aside(case) == (True, True), "it is again as it was before the act"
    undo(case, base=4, by=by, at=AT)
    assert aside(case) == (False, False)


def test_marks_are_saved_together_in_one_state(case: ImportedCase, by: int) -> None:
    marks = {"b4": Mark("At about 7.15pm", Known.THEN), "b7": Mark("2016", Known.AVAILABLE)}
    done = mark(case, marks, base=1, by=by, at=AT)
    assert (done.saved, done.refused, case.head) == (2, (), 2)
    assert (block(case, "b4").known, block(case, "b7").when) == (Known.THEN, "2016")
    assert history(case)[-1] == "Marked 2 blocks on the timeline"


def test_a_mark_that_somebody_else_set_meanwhile_stands(case: ImportedCase, by: int) -> None:
    mark(case, {"b4": Mark("7pm", Known.LATER)}, base=1, by=by, at=AT)
    marks = {"b4": Mark("8pm", Known.THEN), "b6": Mark("Three weeks later", Known.LATER)}
    done = mark(case, marks, base=1, by=by, at=AT)
    assert (done.saved, [one.id for one in done.refused]) == (1, ["b4"])
    assert (block(case, "b4").when, block(case, "b6").known) == ("7pm", Known.LATER)


def test_a_page_of_marks_touches_only_those_that_she_changed(case: ImportedCase, by: int) -> None:
    seen = block(case, "b4")
    mark(case, {"b4": Mark("7pm", Known.LATER)}, base=1, by=by, at=AT)
    unchanged = Mark(seen.when, seen.known)
    done = mark(case, {"b4": unchanged, "b99": unchanged}, base=1, by=by, at=AT)
    assert (done.saved, done.refused, block(case, "b4").when) == (0, (), "7pm")


def facts(case: ImportedCase) -> Facts:
    return reviewed(case).review.facts


def test_facts_of_two_trainers_are_merged_one_by_one(case: ImportedCase, by: int) -> None:
    first = Facts(**{**vars(facts(case)), "title": "Hers"})
    second = Facts(**{**vars(facts(case)), "issue": "4"})
    save_facts(case, first, base=1, by=by, at=AT)
    save_facts(case, second, base=1, by=by, at=AT)
    assert (facts(case).title, facts(case).issue, case.title) == ("Hers", "4", "Hers")


def test_a_fact_that_both_changed_is_refused_by_name(case: ImportedCase, by: int) -> None:
    save_facts(case, Facts(**{**vars(facts(case)), "title": "Hers"}), base=1, by=by, at=AT)
    other = Facts(**{**vars(text_facts()), "title": "His"})
    with pytest.raises(FactsChanged) as refused:
        save_facts(case, other, base=1, by=by, at=AT)
    assert refused.value.names == ("title",)
    assert facts(case).title == "Hers"
    save_facts(case, other, base=2, by=by, at=AT)
    assert facts(case).title == "His"


def text_facts() -> Facts:
    """Return the facts of the fictional case as they were read."""
    return Facts(
        title="The bridge that was not checked", publisher="Invented Office", issue="3", case="1",
        force="Westmarch Police", published="2021-03", references=("2019/1", "2019/2"),
        tags=("Bridges",),
    )  # fmt: skip


def test_what_no_database_takes_does_not_reach_it(case: ImportedCase, by: int) -> None:
    named = Facts(**{**vars(facts(case)), "title": "A\x00 bridge\ud800"})
    save_facts(case, named, base=1, by=by, at=AT)
    assert case.title == "A bridge"
    act(
        case, lambda review: reshaping.confirm(review, "b7"), base=2, touches=("b7",),
        what="Looked at “\x00it\udfff”", by=by, at=AT,
    )  # fmt: skip
    assert history(case)[-1] == "Looked at “it”"


def test_undoing_a_title_undoes_the_name_in_lists(case: ImportedCase, by: int) -> None:
    before = case.title
    save_facts(case, Facts(**{**vars(facts(case)), "title": "Hers"}), base=1, by=by, at=AT)
    undo(case, base=2, by=by, at=AT)
    assert case.title == before
