"""Shows how far a long piece of work is: a bar on a terminal, a plain line elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click
from tqdm import tqdm

Thing = TypeVar("Thing")


def watch(things: Sequence[Thing], words: str) -> Iterator[Thing]:
    """Give the things one by one, saying `words` and how many are done."""
    if not sys.stderr.isatty():
        click.echo(f"{words} ({len(things)})")
        yield from things
        return
    yield from tqdm(things, desc=f"{words:<24}", file=sys.stderr, leave=True)
