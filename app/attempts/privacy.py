"""Private text: sealed before it reaches the database, opened only for the one who wrote it."""

from __future__ import annotations

from app.accounts import sealing


class Unreadable(Exception):
    """Sealed text that none of the configured keys opens; the operator must restore the key."""


def seal(text: str) -> bytes:
    """Encrypt `text` with the newest key."""
    return sealing.seal(text).encode()


def open_sealed(data: bytes) -> str:
    """Decrypt what `seal` gave, by any configured key; raises Unreadable if none fits."""
    try:
        return sealing.unseal(bytes(data).decode())
    except sealing.Unsealable as error:
        raise Unreadable(
            "A text could not be decrypted: a key is missing from DEBRIEF_PRIVATE_KEYS."
        ) from error
