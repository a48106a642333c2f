"""Packing what was typed, and opening only what was packed here, lately."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from app.accounts.sealing import seal
from app.config import Settings
from app.sign_in.carrying import Carried, gather, label_of, local_path, pack, unpack

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CARRIED = Carried(
    person_id=7,
    path="/attempts/1/items/x/reflection?a=b",
    back="/attempts/1",
    fields=(("text", "Some words of mine.\r\nAnd more: é, 😀"), ("tick", "a"), ("tick", "b")),
    left_out=("people.csv",),
)


@pytest.mark.usefixtures("session")
def test_what_is_packed_is_unpacked() -> None:
    assert unpack(pack(CARRIED, now=NOW), now=NOW + timedelta(days=7)) == CARRIED


@pytest.mark.usefixtures("session")
def test_nothing_can_be_read_from_outside() -> None:
    assert "words" not in pack(CARRIED, now=NOW)
    assert pack(CARRIED, now=NOW) != pack(CARRIED, now=NOW)


@pytest.mark.usefixtures("session")
def test_too_old_is_nothing() -> None:
    assert unpack(pack(CARRIED, now=NOW), now=NOW + timedelta(days=7, seconds=1)) is None


@pytest.mark.usefixtures("session")
def test_each_changed_letter_is_seen() -> None:
    sealed = pack(CARRIED, now=NOW)
    for at in range(0, len(sealed) - 2, 7):
        other = "A" if sealed[at] != "A" else "B"
        assert unpack(sealed[:at] + other + sealed[at + 1 :], now=NOW) is None


@pytest.mark.usefixtures("session")
def test_what_was_sealed_for_another_use_is_nothing() -> None:
    for text in ('{"kind": "mail"}', "[]", "7", "words"):
        assert unpack(seal(text), now=NOW) is None


def test_a_new_key_still_opens_what_the_old_one_sealed(app: Flask) -> None:
    before: Settings = app.config["SETTINGS"]
    newest = Fernet.generate_key().decode()
    with app.app_context():
        sealed = pack(CARRIED, now=NOW)
        try:
            app.config["SETTINGS"] = replace(before, private_keys=(newest, *before.private_keys))
            assert unpack(sealed, now=NOW) == CARRIED
            app.config["SETTINGS"] = replace(before, private_keys=(newest,))
            assert unpack(sealed, now=NOW) is None
        finally:
            app.config["SETTINGS"] = before


def test_only_what_is_worth_it_is_gathered() -> None:
    request = EnvironBuilder(
        path="/a",
        query_string="b=c",
        method="POST",
        data={
            "csrf_token": "t",
            "carried": "t",
            "next": "/",
            "current_password": "p",
            "Password": "p",
            "text": "words",
            "huge": "x" * 60_001,
        },
        headers={"Referer": "http://localhost/back"},
    ).get_request()
    found = gather(request, 7)
    assert found == Carried(7, "/a?b=c", "/back", (("text", "words"),), ("Huge",))


def test_many_long_texts_stop_at_the_limit() -> None:
    data = {f"text-{n}": "é" * 25_000 for n in range(6)}
    found = gather(EnvironBuilder(path="/a", method="POST", data=data).get_request(), 7)
    assert [name for name, _ in found.fields] == ["text-0", "text-1", "text-2"]
    assert found.left_out == ("Text 3", "Text 4", "Text 5")


def test_words_are_told_from_choices() -> None:
    found = Carried(7, "/a", "", (("my_words", "two words"), ("chosen", "a"), ("empty", " ")))
    assert found.texts == [("My words", "two words")]
    assert found.others == [("Chosen", "a")]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://localhost/a?b=c", "/a?b=c"),
        ("http://localhost.evil.test/a", ""),
        ("http://evil.test/a", ""),
        ("http://localhost/sign-in", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_the_way_back_stays_here(address: str | None, path: str) -> None:
    assert local_path(address, "localhost") == path


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="/\\:.?#@%ahtps \t\n\x00é", max_size=14))
def test_no_address_leads_elsewhere(address: str) -> None:
    path = local_path(address)
    assert path == "" or (path[0] == "/" and path[1:2] not in ("/", "\\"))
    assert not any(ord(letter) < 33 for letter in path)


@pytest.mark.parametrize(
    ("name", "label"),
    [("options.0.feedback", "Options 1 feedback"), ("outcome.done", "Outcome done"),
     ("text", "Your text"), ("due_on-day", "Due on day")],
)  # fmt: skip
def test_the_name_of_a_field_is_told_in_words(name: str, label: str) -> None:
    assert label_of(name) == label
