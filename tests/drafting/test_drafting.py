"""Saving a draft: every save is a revision, nobody is overwritten, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.authoring.publishing import publish
from app.catalogue.document import to_plain
from app.db import db, now_utc
from app.drafting import drafting, parts
from app.drafting.drafting import (
    ChangedMeanwhile,
    Finished,
    NoSuchRevision,
    NotSetAside,
    TooLong,
    begin_blank,
    begin_from_version,
    set_aside,
    take_up,
)
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import NoSuchPart
from app.drafting.queries import draft_in, revision_of
from tests.cast import Cast
from tests.factories.modules import made_up, plain_module

pytestmark = pytest.mark.usefixtures("session")
Text = dict[str, Any]


@pytest.fixture
def draft(cast: Cast) -> ModuleDraft:
    """A draft of the trainer's force with a stage for each kind."""
    return begun(cast)


def begun(cast: Cast) -> ModuleDraft:
    """Begin a draft."""
    return drafting.start(
        plain_module(), force_id=cast.north, by=cast.trainer, at=now_utc(), what="Began."
    )


def text_of(draft: ModuleDraft, item: str = "t1") -> str:
    """Return the text of one item as it stands."""
    found = parts.part_of(revision_of(draft.id, draft.head).document, f"item.{item}")
    return str(found["text"])


def save(draft: ModuleDraft, item: str, text: str, *, base: int, by: int) -> DraftRevision:
    """Save the text of one item from a revision."""
    part = parts.part_of(revision_of(draft.id, base).document, f"item.{item}") | {"text": text}
    return drafting.save_part(
        draft, f"item.{item}", part, base=base, by=by, at=now_utc(), what="Edited."
    )


def revisions(draft: ModuleDraft) -> list[DraftRevision]:
    """Return every revision in order."""
    query = sa.select(DraftRevision).where(DraftRevision.draft_id == draft.id)
    return list(db.session.scalars(query.order_by(DraftRevision.number)))


def test_a_draft_begins_with_its_first_revision(cast: Cast, draft: ModuleDraft) -> None:
    only = revisions(draft)
    assert [(r.number, r.parent, r.saved_by) for r in only] == [(1, None, cast.trainer)]
    assert only[0].document == plain_module()
    assert only[0].title == "Title of made-up"


def test_two_people_on_different_parts_both_keep_their_text(cast: Cast, draft: ModuleDraft) -> None:
    save(draft, "t1", "Hers", base=1, by=cast.trainer)
    saved = save(draft, "t2", "His", base=1, by=cast.officer)
    assert (text_of(draft, "t1"), text_of(draft, "t2")) == ("Hers", "His")
    assert (saved.number, saved.parent, saved.part) == (3, 1, "item.t2")


def test_two_people_on_the_same_part_are_told_and_shown_both_texts(
    cast: Cast, draft: ModuleDraft
) -> None:
    save(draft, "t1", "His", base=1, by=cast.officer)
    save(draft, "t2", "Elsewhere", base=2, by=cast.manager)
    with pytest.raises(ChangedMeanwhile) as caught:
        save(draft, "t1", "Hers", base=1, by=cast.trainer)
    told = caught.value
    assert (told.base["text"], told.theirs["text"]) == ("The beginning.", "His")
    assert (told.head, told.by) == (3, cast.officer)
    assert text_of(draft) == "His"
    assert draft.head == 3


def test_who_merged_saves_from_the_head_that_she_was_told(cast: Cast, draft: ModuleDraft) -> None:
    save(draft, "t1", "His", base=1, by=cast.officer)
    save(draft, "t1", "His and hers", base=2, by=cast.trainer)
    assert text_of(draft) == "His and hers"


def test_the_same_words_from_two_people_are_no_conflict(cast: Cast, draft: ModuleDraft) -> None:
    save(draft, "t1", "The same", base=1, by=cast.officer)
    assert save(draft, "t1", "The same", base=1, by=cast.trainer).number == 2
    assert len(revisions(draft)) == 2


def test_a_part_that_was_changed_and_changed_back_is_no_conflict(
    cast: Cast, draft: ModuleDraft
) -> None:
    save(draft, "t1", "Other", base=1, by=cast.officer)
    drafting.restore(draft, 1, base=draft.head, by=cast.officer, at=now_utc())
    assert save(draft, "t1", "Hers", base=1, by=cast.trainer).number == 4


def test_nothing_changed_writes_no_revision(cast: Cast, draft: ModuleDraft) -> None:
    save(draft, "t1", "The beginning.", base=1, by=cast.trainer)
    drafting.revise(draft, lambda now: now, by=cast.trainer, at=now_utc(), what="Nothing.")
    drafting.restore(draft, 1, base=draft.head, by=cast.trainer, at=now_utc())
    assert len(revisions(draft)) == 1


def test_a_part_that_was_deleted_meanwhile_is_refused(cast: Cast, draft: ModuleDraft) -> None:
    drafting.revise(
        draft, lambda now: parts.removed(now, "item.t1"), by=cast.officer, at=now_utc(), what="D."
    )
    with pytest.raises(NoSuchPart):
        save(draft, "t1", "Hers", base=1, by=cast.trainer)


def test_a_moved_item_still_takes_what_was_typed(cast: Cast, draft: ModuleDraft) -> None:
    drafting.revise(
        draft, lambda now: parts.moved_to(now, "t1", "fourth"), by=cast.officer, at=now_utc(),
        what="Moved.",
    )  # fmt: skip
    save(draft, "t1", "Hers", base=1, by=cast.trainer)
    document = revision_of(draft.id, draft.head).document
    assert document["stages"][3]["items"][-1]["text"] == "Hers"


@pytest.mark.parametrize("number", [0, 2, 99, -1])
def test_a_revision_that_is_not_there_is_refused(
    cast: Cast, draft: ModuleDraft, number: int
) -> None:
    with pytest.raises(NoSuchRevision):
        drafting.restore(draft, number, base=draft.head, by=cast.trainer, at=now_utc())
    part = {"id": "t1", "kind": "text", "text": "Hers", "place": "Overview, 1"}
    with pytest.raises(NoSuchRevision):
        drafting.save_part(
            draft, "item.t1", part, base=number, by=cast.trainer, at=now_utc(), what="Edited."
        )


def test_restoring_makes_a_new_revision_and_keeps_the_others(
    cast: Cast, draft: ModuleDraft
) -> None:
    save(draft, "t1", "Second", base=1, by=cast.trainer)
    found = drafting.restore(draft, 1, base=draft.head, by=cast.officer, at=now_utc())
    assert (found.number, found.parent, found.what) == (3, 1, "Restored revision 1.")
    assert revision_of(draft.id, 1).digest == found.digest
    assert text_of(draft) == "The beginning."


def test_what_was_deleted_comes_back_beside_what_was_saved_since(
    cast: Cast, draft: ModuleDraft
) -> None:
    drafting.revise(
        draft, lambda now: parts.removed(now, "item.t1"), by=cast.trainer, at=now_utc(), what="D."
    )
    save(draft, "t2", "Later", base=2, by=cast.officer)
    found = drafting.put_back(
        draft, "item.t1", deleted_in=2, by=cast.trainer, at=now_utc(), what="Put back."
    )
    assert (text_of(draft, "t1"), text_of(draft, "t2")) == ("The beginning.", "Later")
    assert (found.number, found.parent) == (4, 3)


def test_a_published_draft_changes_no_more(cast: Cast) -> None:
    version = publish(made_up(), by=None, at=now_utc())
    draft = begin_from_version(version, force_id=cast.north, by=cast.trainer, at=now_utc())
    draft.version_id = version.id
    db.session.flush()
    _refused_everywhere(cast, draft)


def test_a_draft_set_aside_changes_no_more_until_it_is_taken_up(
    cast: Cast, draft: ModuleDraft
) -> None:
    set_aside(draft, by=cast.trainer, at=now_utc())
    _refused_everywhere(cast, draft)
    take_up(draft, by=cast.trainer, at=now_utc())
    assert save(draft, "t1", "Hers", base=1, by=cast.trainer).number == 2


def test_a_draft_that_is_not_set_aside_cannot_be_taken_up(cast: Cast, draft: ModuleDraft) -> None:
    with pytest.raises(NotSetAside):
        take_up(draft, by=cast.trainer, at=now_utc())


def test_what_was_published_cannot_be_set_aside(cast: Cast, draft: ModuleDraft) -> None:
    draft.version_id = publish(made_up(), by=None, at=now_utc()).id
    db.session.flush()
    with pytest.raises(Finished):
        set_aside(draft, by=cast.trainer, at=now_utc())


def test_a_blank_draft_holds_a_title_and_an_empty_stage(cast: Cast) -> None:
    draft = begin_blank(
        title="A caller’s worry, at 6pm", force_id=cast.north, by=cast.trainer, at=now_utc()
    )
    document = revision_of(draft.id, 1).document
    assert document["slug"] == "a-callers-worry-at-6pm"
    assert document["title"] == "A caller’s worry, at 6pm"
    assert [stage["items"] for stage in document["stages"]] == [[]]
    assert (draft.module_id, draft.based_on_id) == (None, None)


def test_a_draft_from_a_version_says_what_the_version_says(cast: Cast) -> None:
    version = publish(made_up(), by=None, at=now_utc())
    draft = begin_from_version(version, force_id=cast.north, by=cast.trainer, at=now_utc())
    assert revision_of(draft.id, 1).document == to_plain(made_up())
    assert (draft.module_id, draft.based_on_id) == (version.module_id, version.id)


def _refused_everywhere(cast: Cast, draft: ModuleDraft) -> None:
    with pytest.raises(Finished):
        save(draft, "t1", "Hers", base=1, by=cast.trainer)
    with pytest.raises(Finished):
        drafting.restore(draft, 1, base=draft.head, by=cast.trainer, at=now_utc())
    with pytest.raises(Finished):
        drafting.revise(draft, lambda now: {}, by=cast.trainer, at=now_utc(), what="Emptied.")
    assert len(revisions(draft)) == 1


def test_a_draft_of_another_force_does_not_exist(cast: Cast, draft: ModuleDraft) -> None:
    assert draft_in(cast.north, draft.id) is draft
    assert draft_in(cast.south, draft.id) is None


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(["t1", "t2", "t3"]), st.text("ab", max_size=3), st.integers(0, 3))
    )
)
def test_however_people_save_the_history_has_no_gap_and_no_text_is_lost(
    cast: Cast, saves: list[tuple[str, str, int]]
) -> None:
    draft = begun(cast)
    for item, text, behind in saves:
        base = max(1, draft.head - behind)
        before = text_of(draft, item)
        try:
            save(draft, item, text, base=base, by=cast.trainer)
        except ChangedMeanwhile as refusal:
            text, told = before, refusal.theirs["text"]
        else:
            told = text
        assert text_of(draft, item) == text == told
    rows = revisions(draft)
    assert [row.number for row in rows] == list(range(1, draft.head + 1))
    assert all(row.parent is not None and row.parent < row.number for row in rows[1:])


def long_document(letters: int) -> Text:
    """Return a document whose first text has so many letters."""
    document = plain_module()
    document["stages"][0]["items"][0]["text"] = "a" * letters
    return document


def test_a_draft_grows_only_so_far(cast: Cast, draft: ModuleDraft) -> None:
    def grown(document: Text) -> DraftRevision:
        return drafting.revise(
            draft, lambda _now: document, by=cast.trainer, at=now_utc(), what="Grew."
        )

    most = drafting.MOST_LETTERS
    assert grown(long_document(most // 2)).number == 2
    with pytest.raises(TooLong, match="longer than a module can be"):
        grown(long_document(most))
    many = plain_module()
    stage = many["stages"][0]
    stage["items"] += [{"id": f"x{n}", "kind": "text"} for n in range(drafting.MOST_PARTS)]
    with pytest.raises(TooLong, match="more parts than"):
        grown(many)
    assert draft.head == 2


def test_a_draft_that_is_too_long_can_be_made_shorter(cast: Cast) -> None:
    draft = drafting.start(
        long_document(drafting.MOST_LETTERS + 10), force_id=cast.north, by=cast.trainer,
        at=now_utc(), what="Made from a long case.",
    )  # fmt: skip
    shorter = "a" * drafting.MOST_LETTERS
    assert save(draft, "t1", shorter, base=1, by=cast.trainer).number == 2
    with pytest.raises(TooLong):
        save(draft, "t1", shorter + "b", base=2, by=cast.trainer)
    assert save(draft, "t1", "Short.", base=2, by=cast.trainer).number == 3
