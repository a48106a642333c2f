"""Pages of lists: no row is left out and none shown twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.paging import Page, page_of


def test_an_empty_list_has_one_page_of_nothing() -> None:
    page = page_of(7, 0)
    assert (page.number, page.pages, page.first, page.last, page.start) == (1, 1, 0, 0, 0)


@given(st.integers(-5, 10_000), st.integers(1, 5_000), st.integers(1, 60))
def test_any_wish_leads_to_a_page_that_is_there(wanted: int, total: int, size: int) -> None:
    page = page_of(wanted, total, size)
    assert 1 <= page.number <= page.pages
    assert 1 <= page.first <= page.last <= total
    assert page.start == page.first - 1


@given(st.integers(1, 500), st.integers(1, 60))
def test_the_pages_hold_each_row_once(total: int, size: int) -> None:
    pages = [Page(n, total, size) for n in range(1, Page(1, total, size).pages + 1)]
    shown = [row for page in pages for row in range(page.first, page.last + 1)]
    assert shown == list(range(1, total + 1))
