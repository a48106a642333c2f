"""Which passwords are refused, and that long ordinary ones are not."""

from __future__ import annotations

import pytest

from app.sign_in.password_rules import WeakPassword, check

OWN = {"email": "mary.jones@northshire.test", "name": "Mary Jones"}


@pytest.mark.parametrize(
    "password",
    [
        "three random words",
        "aaa bbb ccc ddd",
        "ALLUPPERCASELETTERS",
        "кошка на крыше",
        "mary jones had a purple bicycle",
        "x" * 5 + "y" * 251,
        "            \u00e9",
    ],
)
def test_length_is_all_that_is_asked(password: str) -> None:
    check(password, **OWN)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "at least 12"),
        ("", "at least 12"),
        ("e\u0301" * 6 + "abcde", "at least 12"),
        ("long" * 100, "at most 256"),
        ("Password1234", "first that attackers try"),
        ("1qaz2wsx3edc", "first that attackers try"),
        ("abcabcabcabc", "first that attackers try"),
        ("zzzzzzzzzzzz", "first that attackers try"),
        ("abcdabcdabcdab", "first that attackers try"),
        ("mary.jones@northshire.test", "not your name"),
        ("Mary Jones 1984", "not your name"),
        ("JonesMary!!!2026 mary jones", "not your name"),
        ("mary.jones12345", "not your name"),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, reason: str) -> None:
    with pytest.raises(WeakPassword, match=reason):
        check(password, **OWN)


def test_a_short_name_forbids_nothing() -> None:
    check("al and the bicycle", email="al@b.test", name="Al")
