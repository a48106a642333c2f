"""A document is read in a child process, kept with its review, and known again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.cases.document import CaseRefusal, Form
from app.db import db
from app.importing.importing import MOST_BLOCKS, TooLong, import_again, import_case, sha256_of
from app.importing.models import CaseReview, ImportedCase
from app.importing.queries import case_in, cases_in, earlier, reviewed, texts_by_sha
from app.importing.review import from_case
from app.importing.source import at_hand
from tests.cast import Cast
from tests.factories.cases import imported, text_case

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEXT = b"A short case\n\nMs G rang 101 at 6pm. Nobody came.\n"


@pytest.fixture
def here(app: Flask, cast: Cast, session: sa.orm.scoped_session[sa.orm.Session]) -> Cast:
    """The cast, inside an application context."""
    return cast


def keep(cast: Cast, mark: str = "", *, force: str = "north", days: int = 0) -> ImportedCase:
    return imported(
        text_case(mark), force_id=cast.units[force], by=cast.trainer, at=AT + timedelta(days=days)
    )


def test_a_document_is_read_and_kept_with_its_review(here: Cast) -> None:
    case = import_case(data=TEXT, name="short.txt", force_id=here.north, by=here.trainer, at=AT)
    assert (case.form, case.file_name, case.sha256) == ("text", "short.txt", sha256_of(TEXT))
    now = reviewed(case)
    assert now.number == case.head == 1
    assert now.review == from_case(now.case)
    assert now.case.form is Form.TEXT
    assert "Nobody came." in " ".join(block.text for block in now.review.blocks)


def test_what_cannot_be_read_leaves_nothing_behind(here: Cast) -> None:
    with pytest.raises(CaseRefusal):
        import_case(data=b"%PDF-1.7 no", name="a.pdf", force_id=here.north, by=None, at=AT)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportedCase)) == 0


def test_what_is_far_longer_than_a_case_is_refused_with_the_way_out(here: Cast) -> None:
    text = "\n\n".join(f"On day {n} nobody rang." for n in range(MOST_BLOCKS + 1)).encode()
    with pytest.raises(TooLong, match="copy the part that is the case"):
        import_case(data=text, name="long.txt", force_id=here.north, by=None, at=AT)


def test_a_text_of_more_than_anybody_reads_is_refused_with_the_way_out(here: Cast) -> None:
    with pytest.raises(TooLong, match="characters, and a review takes 1,000,000"):
        import_case(data=b"word " * 210_000, name="a.txt", force_id=here.north, by=None, at=AT)


def test_a_case_without_a_title_has_a_name(here: Cast) -> None:
    case = import_case(data=b"one line only.", name="x.txt", force_id=here.north, by=None, at=AT)
    assert case.title


def test_the_same_document_is_known_again_in_its_force_alone(here: Cast) -> None:
    first = keep(here)
    keep(here, "another")
    keep(here, force="south", days=3)
    found = earlier(here.north, first.sha256)
    assert found is not None
    assert (found.id, found.imported_by, found.name) == (first.id, here.trainer, "Trainer")
    assert earlier(here.north, first.sha256, but=first.id) is None
    assert earlier(here.north, "0" * 64) is None


def test_importing_again_begins_anew_and_leaves_the_earlier_one(here: Cast) -> None:
    first = keep(here)
    again = import_again(first, by=here.trainer, at=AT + timedelta(days=1))
    assert again.id != first.id
    assert reviewed(again) == reviewed(first)
    found = earlier(here.north, first.sha256, but=first.id)
    assert found is not None
    assert found.id == again.id


def test_a_case_of_another_force_does_not_exist(here: Cast) -> None:
    case = keep(here, force="south")
    assert case_in(here.north, case.id) is None
    assert cases_in(here.north) == []
    assert texts_by_sha(here.north, [case.sha256]) == {}


def test_texts_are_found_by_the_digest_of_their_file(here: Cast) -> None:
    first, second = keep(here), keep(here, "second")
    keep(here, "third")
    found = texts_by_sha(here.north, [first.sha256, second.sha256, "0" * 64])
    assert found == {
        first.sha256: at_hand(text_case()).text, second.sha256: at_hand(text_case("second")).text,
    }  # fmt: skip
    assert texts_by_sha(here.north, []) == {}


def test_a_state_of_the_review_is_final(here: Cast) -> None:
    case = keep(here)
    with pytest.raises(sa.exc.DatabaseError):
        db.session.execute(
            sa.update(CaseReview).where(CaseReview.case_id == case.id).values(what="x")
        )
