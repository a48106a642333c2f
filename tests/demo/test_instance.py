"""The folder of the demonstration: keys for its owner only, made once, never put beside others."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.config import ROOT, SettingError, Settings
from app.demo.instance import DATABASE_FILE, PRIVATE_FILE, SECRET_FILE, demo_settings, new_keys

CONTENT = ROOT / "content"


def settings_in(folder: Path) -> Settings:
    return demo_settings(folder, CONTENT, "http://127.0.0.1:8000")


def test_keys_are_readable_for_their_owner_only(tmp_path: Path) -> None:
    settings_in(tmp_path / "new" / "instance")
    folder = tmp_path / "new" / "instance"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in (SECRET_FILE, PRIVATE_FILE):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_a_second_start_has_the_same_keys(tmp_path: Path) -> None:
    first, second = settings_in(tmp_path), settings_in(tmp_path)
    assert (first.secret_key, first.private_keys) == (second.secret_key, second.private_keys)
    elsewhere = settings_in(tmp_path / "elsewhere")
    assert elsewhere.secret_key != first.secret_key
    assert elsewhere.private_keys != first.private_keys


def test_the_demonstration_is_marked_as_one(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert settings.demo
    assert not settings.secure_cookies
    assert settings.database_url == f"sqlite:///{tmp_path / DATABASE_FILE}"


def test_new_keys_are_not_put_beside_an_old_database(tmp_path: Path) -> None:
    settings_in(tmp_path)
    (tmp_path / DATABASE_FILE).write_bytes(b"something")
    (tmp_path / PRIVATE_FILE).unlink()
    with pytest.raises(SettingError, match="Put the file back, or delete the folder"):
        settings_in(tmp_path)
    assert not (tmp_path / PRIVATE_FILE).exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SettingError, match="cannot be used"):
        settings_in(tmp_path / "taken")


def test_keys_differ_each_time() -> None:
    assert new_keys() != new_keys()
