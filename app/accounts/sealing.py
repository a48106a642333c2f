"""Text that only this installation can read again, for what passes through other hands."""

from __future__ import annotations

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app


class Unsealable(Exception):
    """The text was not sealed here, was changed on its way, or its key is gone."""


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt `text` with the newest key."""
    keys = current_app.config["SETTINGS"].private_keys
    return _box(keys).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` gave, by any configured key; raises Unsealable."""
    keys = current_app.config["SETTINGS"].private_keys
    try:
        return _box(keys).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unsealable from error
