"""The folder in which a demonstration keeps its keys and its database."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from app.config import SettingError, Settings

SECRET_FILE = "demo-secret-key"  # noqa: S105 the name of a file
PRIVATE_FILE = "demo-private-keys"
DATABASE_FILE = "demo.db"


@dataclass(frozen=True)
class Keys:
    """What signs cookies, and what encrypts private text."""

    secret: str
    private: str


def new_keys() -> Keys:
    """Return fresh keys, such as an installation needs once."""
    return Keys(secrets.token_urlsafe(48), Fernet.generate_key().decode())


def _kept(path: Path, fresh: str) -> str:
    """Return what `path` holds; at first that is `fresh`, readable for its owner only."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{fresh}\n")
    return fresh


def _refuse_lost_keys(instance: Path) -> None:
    """Refuse to put new keys beside a database that other keys encrypted."""
    missing = not (instance / PRIVATE_FILE).exists()
    if missing and (instance / DATABASE_FILE).exists():
        raise SettingError(
            f"{instance / PRIVATE_FILE} is gone, and {DATABASE_FILE} beside it cannot be read "
            "without it. Put the file back, or delete the folder to begin anew."
        )


def demo_settings(instance: Path, content: Path, base_url: str) -> Settings:
    """Make the folder and its keys where they are missing, and return the settings they give."""
    fresh = new_keys()
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_lost_keys(instance)
        secret = _kept(instance / SECRET_FILE, fresh.secret)
        private = _kept(instance / PRIVATE_FILE, fresh.private)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"The folder {instance} cannot be used: {error}.") from error
    return Settings(
        database_url=f"sqlite:///{(instance / DATABASE_FILE).resolve()}",
        secret_key=secret,
        private_keys=tuple(private.split(",")),
        demo=True,
        secure_cookies=False,
        instance=instance.resolve(),
        content=content,
        base_url=base_url,
    )
