"""Private text: sealed before it reaches the database, opened only for the one who wrote it."""

from __future__ import annotations

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app


class Unreadable(Exception):
    """Sealed text that none of the configured keys opens; the operator must restore the key."""


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current() -> MultiFernet:
    return _box(current_app.config["SETTINGS"].private_keys)


def seal(text: str) -> bytes:
    """Encrypt `text` with the newest key."""
    return _current().encrypt(text.encode())


def open_sealed(data: bytes) -> str:
    """Decrypt what `seal` gave, by any configured key; raises Unreadable if none fits."""
    try:
        return _current().decrypt(bytes(data)).decode()
    except InvalidToken as error:
        raise Unreadable(
            "A text could not be decrypted: a key is missing from DEBRIEF_PRIVATE_KEYS."
        ) from error
