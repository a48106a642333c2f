"""A draft is brought up to the newest version: what goes in, what is left, the way back."""

from __future__ import annotations

import pytest

from app.authoring.joining.bringing_up import NotBehind, NotTheNewest, bring_up
from app.authoring.publishing import NotApproved, publish, publish_draft
from app.authoring.reviewing import ToMend
from app.drafting.drafting import Finished, put_back, restore, revise, save_part, set_aside
from app.drafting.models import ModuleDraft
from app.drafting.parts import part_of, removed, with_part
from app.drafting.queries import (
    Standing,
    newest_sign_off,
    open_comments,
    revision_of,
    standing_of,
)
from tests.authoring.reviewed import (
    AT,
    LATER,
    approved,
    draft_of,
    next_draft,
    path_of,
    second_trainer,
)
from tests.cast import Cast
from tests.factories.modules import made_up, plain_module


def says(draft: ModuleDraft) -> dict:
    return revision_of(draft.id, draft.head).document


def up(draft: ModuleDraft, cast: Cast) -> tuple:
    return bring_up(draft, by=cast.trainer, at=LATER)


def test_what_only_the_draft_changed_goes_in(session, cast: Cast) -> None:
    draft = next_draft(cast, publish(made_up(), by=None, at=AT), title="Hers")
    second = second_trainer(cast)
    approved(draft, cast, second)
    newest = publish(made_up(minutes=9), by=None, at=AT)
    assert up(draft, cast) == ()
    assert says(draft) == plain_module(title="Hers", minutes=9)
    assert (draft.head, draft.based_on_id) == (3, newest.id)
    assert standing_of(draft, newest_sign_off(draft.id, draft.head)) is Standing.IN_REVIEW
    approved(draft, cast, second)
    version = publish_draft(
        draft, revision=3, by=cast.trainer, paths=[path_of(cast.north)], at=LATER
    )  # fmt: skip
    assert version.number == 3


def test_what_both_changed_stays_as_published_and_is_a_comment(session, cast: Cast) -> None:
    first = publish(made_up(), by=None, at=AT)
    draft = next_draft(cast, first, title="Hers", summary="Hers alone.")
    publish(made_up(title="Theirs"), by=None, at=AT)
    both = up(draft, cast)
    assert [(each.label, each.mine, each.theirs) for each in both] == [
        ("The title", "Hers", "Theirs")
    ]
    assert says(draft) == plain_module(title="Theirs", summary="Hers alone.")
    (remark,) = open_comments(draft.id)
    assert (remark.part, remark.revision, remark.by) == ("settings", 3, cast.trainer)
    assert remark.text == (
        "The title: version 2 changed it too, and stands. Decide which it is. The draft had:\n\n"
        "Hers\n\nAll of it is kept in revision 2 of the history."
    )


def test_a_long_text_and_a_part_that_was_taken_out_are_told_too(session, cast: Cast) -> None:
    first = publish(made_up(), by=None, at=AT)
    draft = next_draft(cast, first)
    for address, words in (("item.t1", "word " * 2000), ("item.t2", "Hers.")):
        revise(draft, lambda d, a=address, w=words: with_part(d, a, part_of(d, a) | {"text": w}),
               by=cast.trainer, at=AT, what="Edited.")  # fmt: skip
    plain = removed(plain_module(), "item.t2")
    plain = with_part(plain, "item.t1", part_of(plain, "item.t1") | {"text": "Theirs."})
    publish(made_up(stages=plain["stages"]), by=None, at=AT)
    assert len(up(draft, cast)) == 2
    texts = {remark.part: remark.text for remark in open_comments(draft.id)}
    assert all(len(text) < 4000 for text in texts.values())
    assert "word …\n\nAll of it is kept in revision 3" in texts["item.t1"]
    assert "Hers." in texts["item.t2"]


def test_going_back_goes_back_to_the_version_of_that_time(session, cast: Cast) -> None:
    first = publish(made_up(), by=None, at=AT)
    draft = next_draft(cast, first, title="Hers")
    second = publish(made_up(minutes=9), by=None, at=AT)
    up(draft, cast)
    save_part(draft, "content-note", {"content_note": {"text": "Careful."}}, base=2,
              by=cast.trainer, at=LATER, what="Edited from an old page.")  # fmt: skip
    third = publish(made_up(minutes=9, summary="Third."), by=None, at=AT)
    up(draft, cast)
    followed = {1: first, 2: first, 3: second, 4: second, 5: third}
    for number in (2, 4, 5, 1, 3):
        restore(draft, number, base=draft.head, by=cast.trainer, at=LATER)
        assert (number, draft.based_on_id) == (number, followed[number].id)
    # Restored revisions are followed to what they restored.
    restored = {6: first, 7: second, 8: third, 9: first, 10: second}
    for number, version in restored.items():
        restore(draft, number, base=draft.head, by=cast.trainer, at=LATER)
        assert (number, draft.based_on_id) == (number, version.id)


def test_a_draft_taken_back_is_not_published_over_the_newer_version(session, cast: Cast) -> None:
    draft = next_draft(cast, publish(made_up(), by=None, at=AT), title="Hers")
    publish(made_up(minutes=9), by=None, at=AT)
    up(draft, cast)
    restore(draft, 2, base=draft.head, by=cast.trainer, at=LATER)
    with pytest.raises(ToMend, match="Version 2 was published after this draft was begun"):
        approved(draft, cast, second_trainer(cast))
    with pytest.raises(NotApproved):
        publish_draft(draft, revision=4, by=cast.trainer, paths=[path_of(cast.north)], at=LATER)
    assert up(draft, cast) == ()
    assert says(draft) == plain_module(title="Hers", minutes=9)


def test_a_draft_that_has_it_all_follows_all_the_same(session, cast: Cast) -> None:
    draft = next_draft(cast, publish(made_up(), by=None, at=AT), minutes=9)
    newest = publish(made_up(minutes=9), by=None, at=AT)
    up(draft, cast)
    assert (draft.head, draft.based_on_id) == (3, newest.id)


def test_what_was_deleted_before_can_still_be_put_back(session, cast: Cast) -> None:
    draft = next_draft(cast, publish(made_up(), by=None, at=AT))
    revise(draft, lambda d: removed(d, "item.t2"), by=cast.trainer, at=AT, what="Deleted.")
    newest = publish(made_up(minutes=9), by=None, at=AT)
    up(draft, cast)
    put_back(draft, "item.t2", deleted_in=2, by=cast.trainer, at=LATER, what="Put back.")
    assert says(draft) == plain_module(minutes=9)
    assert draft.based_on_id == newest.id


def test_it_is_refused_where_there_is_nothing_to_follow(session, cast: Cast) -> None:
    new, first = draft_of(cast, slug="new"), publish(made_up(), by=None, at=AT)
    draft = next_draft(cast, first, title="Hers")
    for each in (new, draft):
        with pytest.raises(NotBehind):
            up(each, cast)
    publish(made_up(minutes=9), by=None, at=AT)
    with pytest.raises(NotTheNewest):
        bring_up(draft, revision=1, by=cast.trainer, at=LATER)
    set_aside(draft, by=cast.trainer, at=LATER)
    with pytest.raises(Finished):
        up(draft, cast)
    assert draft.based_on_id == first.id
