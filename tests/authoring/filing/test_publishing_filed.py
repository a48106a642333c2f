"""What was joined goes on, goes back, and is published only as the file says it."""

from __future__ import annotations

from datetime import date

from app.authoring.filing.bringing import FROM_FILE
from app.authoring.filing.fates import Fate
from app.authoring.filing.publishing_filed import publish_filed
from app.authoring.publishing import digest_of
from app.catalogue.models import Module
from app.drafting.drafting import begin_from_version, restore, revise
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of
from tests.authoring.filing.brought import CAME, MINE, bring, head, put_out, trainer
from tests.authoring.reviewed import AT, LATER, second_trainer
from tests.authoring.test_syncing import attempt
from tests.cast import Cast
from tests.factories.modules import made_up, plain_module


def test_the_file_goes_on_from_what_was_joined(session, cast: Cast) -> None:
    """Its line says what it said when it was brought in, so the same field may change again."""
    first = put_out()
    draft = begin_from_version(first, force_id=cast.north, by=cast.trainer, at=AT)
    revise(draft, lambda d: d | CAME["other"], by=cast.trainer, at=AT, what="Edited.")
    assert bring(cast, MINE, first.digest).fate is Fate.JOINED
    assert [head(draft.id)["title"], revision_of(draft.id, 3).what] == ["Mine", FROM_FILE]
    again = bring(cast, {"title": "Mine again"}, digest_of(made_up("one", **MINE)))
    assert again.fate is Fate.JOINED
    assert head(draft.id) == plain_module("one", title="Mine again", summary="Theirs.")
    # Whoever has not changed anything since has nothing to bring in.
    assert bring(cast, MINE, first.digest).fate is Fate.DIFFERS
    assert bring(cast, {"title": "Mine again"}, first.digest).fate is Fate.HELD


def test_going_back_behind_what_was_joined_goes_back_to_the_version_of_then(
    session, cast: Cast
) -> None:
    first, second = put_out(), put_out(**CAME["other"])
    draft = session.get_one(ModuleDraft, bring(cast, MINE, first.digest).draft_id)
    assert draft.based_on_id == second.id
    restore(draft, 1, base=draft.head, by=cast.trainer, at=LATER)
    assert draft.based_on_id == first.id, "else version 2 would be taken back unseen"


def test_only_what_the_file_says_is_published(session, cast: Cast) -> None:
    first = put_out()
    draft = begin_from_version(first, force_id=cast.north, by=cast.trainer, at=AT)
    revise(draft, lambda d: d | CAME["other"], by=cast.trainer, at=AT, what="Half done.")
    joined = bring(cast, MINE, first.digest)
    one, two = trainer(cast, cast.trainer), trainer(cast, second_trainer(cast))
    done = publish_filed(joined, made_up("one", **MINE), one, two, at=LATER)
    assert (done.fate, done.is_conflict, draft.version_id) == (Fate.MORE, True, None)
    assert "says more than the file; export it, look at it" in done.said()
    whole = MINE | CAME["other"]
    waits = bring(cast, whole, digest_of(made_up("one", **whole)))
    done = publish_filed(waits, made_up("one", **whole), one, two, at=LATER)
    assert done.said() == "one: version 2 published (wording)."


def test_the_review_date_of_a_module_stands(session, cast: Cast) -> None:
    first = put_out()
    row = session.get_one(Module, first.module_id)
    row.review_by = date(2027, 1, 1)
    filed = bring(cast, MINE, first.digest)
    one, two = trainer(cast, cast.trainer), trainer(cast, second_trainer(cast))
    assert publish_filed(filed, made_up("one", **MINE), one, two, at=LATER).number == 2
    assert row.review_by == date(2027, 1, 1)


def test_it_is_said_what_a_version_changed_and_who_is_affected(session, cast: Cast) -> None:
    first = put_out()
    for person in (cast.officer, cast.colleague):
        attempt(person, first, complete=True)
    attempt(cast.manager, first)
    plain = plain_module("one")
    plain["stages"][0]["items"][1]["options"][0]["credit"] = "1/4"
    stages = {"stages": plain["stages"]}
    filed = bring(cast, stages, first.digest)
    one, two = trainer(cast, cast.trainer), trainer(cast, second_trainer(cast))
    done = publish_filed(filed, made_up("one", **stages), one, two, at=LATER)
    assert done.said() == (
        "one: version 2 published (scoring); 1 attempt goes on with the version it began; "
        "2 completions stand, and nobody is asked to do it again."
    )
