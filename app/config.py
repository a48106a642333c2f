"""Settings, read once from the environment, each with a safe default or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parent.parent


class SettingError(Exception):
    """A setting is missing or cannot be read; the message names it and the way out."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    database_url: str
    secret_key: str = field(repr=False)
    private_keys: tuple[str, ...] = field(repr=False)
    demo: bool = False
    # How many reverse proxies stand in front and set X-Forwarded-For, -Proto and -Host.
    trusted_proxies: int = 0
    secure_cookies: bool = True
    idle_hours: int = 12
    instance: Path = ROOT / "instance"
    content: Path = ROOT / "content"
    # smtp://user:password@host:port or smtps://…; without it no mail leaves the machine.
    mail_url: str | None = None
    mail_from: str = "debrief@localhost"
    # The address that links in mails begin with, such as https://debrief.force.police.uk
    base_url: str = "http://127.0.0.1:8000"
    argon2_time: int = 2
    argon2_memory_kib: int = 19 * 1024
    sqlite_synchronous: str = "FULL"


def _boolean(environ: Mapping[str, str], name: str, default: bool) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in ("", None):
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise SettingError(f"{name} must be true or false, not “{value}”.")


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit():
        raise SettingError(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def normalise_database_url(url: str) -> str:
    """Name the driver that Debrief uses, whatever form of PostgreSQL address was given."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _required(environ: Mapping[str, str], name: str, what: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise SettingError(
            f"{name} is not set: {what} "
            "To try Debrief without any setting, run `debrief demo` instead."
        )
    return value


def _keys(listed: str) -> tuple[str, ...]:
    """Return the keys of a list, each of which must be one; the message repeats none of them."""
    keys = tuple(key.strip() for key in listed.split(",") if key.strip())
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            raise SettingError(
                f"DEBRIEF_PRIVATE_KEYS: number {number} of {len(keys)} is not a key. "
                "Make one with `debrief keys`."
            ) from error
    return keys


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises SettingError naming the first that is missing or unreadable."""
    instance = Path(environ.get("DEBRIEF_INSTANCE") or ROOT / "instance")
    demo = _boolean(environ, "DEBRIEF_DEMO", False)
    keys = _required(
        environ,
        "DEBRIEF_PRIVATE_KEYS",
        "it holds the keys that encrypt reflections, newest first, separated by commas "
        "(make one with `debrief keys`).",
    )
    return Settings(
        database_url=normalise_database_url(
            environ.get("DATABASE_URL") or f"sqlite:///{instance / 'debrief.db'}"
        ),
        secret_key=_required(
            environ,
            "DEBRIEF_SECRET_KEY",
            "it signs cookies and forms (make one with `debrief keys`).",
        ),
        private_keys=_keys(keys),
        demo=demo,
        trusted_proxies=_whole_number(environ, "DEBRIEF_TRUSTED_PROXIES", 0),
        secure_cookies=_boolean(environ, "DEBRIEF_SECURE_COOKIES", not demo),
        idle_hours=_whole_number(environ, "DEBRIEF_IDLE_HOURS", 12),
        instance=instance,
        content=Path(environ.get("DEBRIEF_CONTENT") or ROOT / "content"),
        mail_url=environ.get("DEBRIEF_MAIL_URL") or None,
        mail_from=environ.get("DEBRIEF_MAIL_FROM") or "debrief@localhost",
        base_url=(environ.get("DEBRIEF_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
    )
