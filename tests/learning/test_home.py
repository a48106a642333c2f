"""What the first page says by the hour."""

from __future__ import annotations

import pytest

from app.learning.views.home import greeting


@pytest.mark.parametrize(("hour", "said"), [
    (0, "evening"), (3, "evening"), (4, "morning"), (11, "morning"), (12, "afternoon"),
    (17, "afternoon"), (18, "evening"), (23, "evening"),
])  # fmt: skip
def test_a_night_shift_is_not_greeted_with_the_afternoon(hour: int, said: str) -> None:
    assert greeting(hour) == f"Good {said}"
