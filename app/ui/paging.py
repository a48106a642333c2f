"""Which rows of how many a page of a list shows; pure."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 25


@dataclass(frozen=True)
class Page:
    """One page of a list of `total` rows, counted from 1."""

    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Return the number of the first row shown, 0 when there is none."""
        return self.start + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Return the number of the last row shown."""
        return min(self.number * self.size, self.total)

    @property
    def start(self) -> int:
        """Return how many rows come before this page."""
        return (self.number - 1) * self.size


def page_of(wanted: int, total: int, size: int = SIZE) -> Page:
    """Return the page that was asked for, or the nearest there is."""
    return Page(min(max(wanted, 1), Page(1, total, size).pages), total, size)
