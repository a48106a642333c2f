"""Each due date can be explained in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from app.assigning.explaining import Asked, explain

# A quarter to midnight in UTC, already the next day in London's summer.
LATE = datetime(2026, 7, 2, 23, 45, tzinfo=UTC)
ASKED = Asked(
    module_id=1,
    due_on=date(2026, 12, 4),
    asked_at=datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
    assigned_by_name="Insp Hale",
    unit_name="Contact centre",
    completion_id=None,
)


def test_an_open_request_says_who_when_why_and_by_when() -> None:
    assert explain(ASKED) == (
        "Asked by Insp Hale on 3 November 2026 because you were in Contact centre; "
        "due by Friday 4 December 2026."
    )


def test_the_day_of_asking_is_londons() -> None:
    assert "on 3 July 2026" in explain(replace(ASKED, asked_at=LATE))


def test_a_manager_reads_it_of_somebody_else() -> None:
    assert "because they were in Contact centre" in explain(ASKED, "they were")


def test_a_completion_before_being_asked_is_said_to_count() -> None:
    done = replace(ASKED, completion_id=3, completed_on=date(2026, 11, 1))
    assert explain(done).endswith("Completed on 1 November 2026, before being asked.")
    on_time = replace(done, completed_on=date(2026, 11, 3))
    assert explain(on_time).endswith("Completed on 3 November 2026.")


def test_what_was_withdrawn_says_when_and_why() -> None:
    gone = replace(ASKED, withdrawn_at=LATE, withdrawal_reason="Replaced by a newer case.")
    assert explain(gone).endswith("Withdrawn on 3 July 2026: Replaced by a newer case.")
