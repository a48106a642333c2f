"""A second pair of eyes: who may sign what, and what undoes it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.accounts.audit import history_of
from app.authoring import publishing, reviewing
from app.db import db
from app.drafting.drafting import Finished, revise
from app.drafting.models import DraftComment, ModuleDraft, SignOff
from app.drafting.parts import NoSuchPart
from app.drafting.queries import (
    Standing,
    last_word,
    newest_sign_off,
    open_comments,
    standing_of,
)
from tests.authoring.reviewed import AT, LATER, draft_of, path_of, second_trainer
from tests.cast import Cast


def standing(draft: ModuleDraft) -> Standing:
    return standing_of(draft, last_word(draft.id))


def sign(draft: ModuleDraft, by: int, *, approved: bool = True, note: str = "") -> SignOff:
    return reviewing.sign_off(
        draft, revision=draft.head, approved=approved, note=note, by=by, at=LATER
    )


def save(draft: ModuleDraft, by: int, title: str = "Another") -> None:
    revise(draft, lambda d: d | {"title": title}, by=by, at=LATER, what="Changed.")


def test_the_way_of_a_draft(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    assert standing(draft) is Standing.DRAFT
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    assert (draft.asked_by, draft.asked_at, draft.asked_revision) == (cast.trainer, AT, 1)
    assert standing(draft) is Standing.IN_REVIEW
    sign(draft, second)
    assert standing(draft) is Standing.APPROVED
    save(draft, second)
    assert standing(draft) is Standing.IN_REVIEW
    assert newest_sign_off(draft.id, 1) is not None, "what was said of the earlier one stands"
    reviewing.take_back(draft, by=cast.trainer)
    assert standing(draft) is Standing.DRAFT
    assert (draft.asked_by, draft.asked_at, draft.asked_revision) == (None, None, None)


def test_a_sign_off_is_bound_to_its_revision_and_digest(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    signed = sign(draft, second, note="Good.")
    assert (signed.revision, len(signed.digest)) == (1, 64)
    acts = history_of(f"draft:{draft.id}")
    assert [act.sentence for act in acts] == ["Approved revision 1 of “Title of made-up”."]
    assert acts[0].actor == "Second Trainer"


def test_the_same_word_twice_is_one(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    assert sign(draft, second) is sign(draft, second)
    # The other word afterwards counts, for it is the newest.
    sign(draft, second, approved=False, note="No: the log.")
    assert standing(draft) is Standing.CHANGES_ASKED
    assert session.scalar(sa.select(sa.func.count()).select_from(SignOff)) == 2


def test_nobody_signs_her_own_work(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    with pytest.raises(reviewing.NotAsked):
        sign(draft, second)
    reviewing.ask_for_review(draft, by=second, at=AT)
    with pytest.raises(reviewing.OwnWork):
        sign(draft, cast.trainer)
    with pytest.raises(reviewing.OwnWork):
        sign(draft, second)
    third = draft_of(cast)
    reviewing.ask_for_review(third, by=cast.trainer, at=AT)
    save(third, second)
    with pytest.raises(reviewing.OwnWork):
        sign(third, second)


def test_what_is_behind_or_unfinished_is_not_approved(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    save(draft, cast.trainer, title="")
    with pytest.raises(reviewing.ChangedSince, match="revision 2"):
        reviewing.sign_off(draft, revision=1, approved=True, note="", by=second, at=LATER)
    with pytest.raises(reviewing.ToMend):
        sign(draft, second)
    with pytest.raises(reviewing.NoReason):
        sign(draft, second, approved=False)
    assert sign(draft, second, approved=False, note="It has no title.").approved is False


def test_open_comments_do_not_bar_an_approval(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    reviewing.comment(draft, "item.q1", "Is it so?", by=second, at=AT)
    assert sign(draft, second).approved


def test_asking_twice_is_asking_once_and_again_after_an_edit(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    reviewing.ask_for_review(draft, by=second, at=LATER)
    assert (draft.asked_by, draft.asked_at) == (cast.trainer, AT)
    save(draft, cast.trainer)
    reviewing.ask_for_review(draft, by=cast.trainer, at=LATER)
    assert (draft.asked_revision, draft.asked_at) == (2, LATER)
    sign(draft, second)
    for verb in (
        lambda: reviewing.ask_for_review(draft, by=cast.trainer, at=LATER),
        lambda: reviewing.take_back(draft, by=cast.trainer),
    ):
        with pytest.raises(reviewing.AlreadyApproved):
            verb()


def test_comments_stand_until_they_are_settled(session, cast: Cast) -> None:
    second, draft, other = second_trainer(cast), draft_of(cast), draft_of(cast)
    reviewing.comment(other, "item.q1", "Elsewhere.", by=second, at=AT)
    first = reviewing.comment(draft, "item.q1", "Is it so?", by=second, at=AT)
    assert reviewing.comment(draft, "item.q1", "Is it so?", by=second, at=LATER) is first
    reviewing.comment(draft, "stage.first", "Too long.", by=cast.trainer, at=LATER)
    assert [c.text for c in open_comments(draft.id)] == ["Is it so?", "Too long."]
    assert [c.written_by for c in open_comments(draft.id, "item.q1")] == ["Second Trainer"]
    reviewing.settle(first, by=cast.trainer, at=LATER)
    reviewing.settle(first, by=second, at=AT)
    assert (first.settled_by, first.settled_at) == (cast.trainer, LATER)
    assert [c.text for c in open_comments(draft.id)] == ["Too long."]
    with pytest.raises(NoSuchPart):
        reviewing.comment(draft, "item.gone", "Words.", by=second, at=AT)


def test_a_draft_that_was_set_aside_is_not_reviewed(session, cast: Cast) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    draft.set_aside_at = LATER
    session.flush()
    for verb in (
        lambda: reviewing.ask_for_review(draft, by=cast.trainer, at=LATER),
        lambda: reviewing.take_back(draft, by=cast.trainer),
        lambda: sign(draft, second),
        lambda: reviewing.comment(draft, "item.q1", "Words.", by=second, at=LATER),
    ):
        with pytest.raises(Finished):
            verb()
    assert session.scalar(sa.select(sa.func.count()).select_from(DraftComment)) == 0


@pytest.mark.parametrize("table", ["sign_off", "draft_comment", "published_change", "version"])
def test_the_database_itself_keeps_what_was_said(session, cast: Cast, table: str) -> None:
    second, draft = second_trainer(cast), draft_of(cast)
    reviewing.ask_for_review(draft, by=cast.trainer, at=AT)
    reviewing.comment(draft, "item.q1", "Is it so?", by=second, at=AT)
    sign(draft, second)
    publishing.publish_draft(
        draft, revision=1, by=cast.trainer, paths=[path_of(cast.north)], at=LATER
    )
    rows = db.session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
    assert rows == 1
    for statement in (f"DELETE FROM {table}", *CHANGES[table]):
        with pytest.raises(sa.exc.DBAPIError, match="are final"), db.session.begin_nested():
            db.session.execute(sa.text(statement))


CHANGES = {
    "sign_off": ["UPDATE sign_off SET approved = NOT approved"],
    "draft_comment": ["UPDATE draft_comment SET text = 'Else.'"],
    "published_change": ["UPDATE published_change SET ask_again_from = '2026-05-01'"],
    "version": ["UPDATE version SET document = '{}'", "UPDATE version SET title = 'Else'"],
}
