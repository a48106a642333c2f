"""Importing a case in the browser: a file or pasted text, refusals beside the field, once more."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from flask import Flask, g
from werkzeug.test import TestResponse

from app.cases.document import CaseDocument
from app.cases.reading import read_case
from app.db import db
from app.importing.models import ImportedCase
from tests.browser import PageClient
from tests.cast import Cast

TEXT = "A short case\n\nMs G rang 101 at 6pm. Nobody came.\n"


@pytest.fixture
def trainer(client: PageClient, cast: Cast) -> PageClient:
    """The trainer of Northshire, signed in."""
    client.sign_in(cast.emails["trainer"])
    client.get("/cases/new")
    return client


def upload(client: PageClient, data: bytes, name: str = "case.txt") -> TestResponse:
    return client.submit("/cases/new", {"way": "file", "file": (io.BytesIO(data), name)})


def kept(app: Flask) -> list[ImportedCase]:
    with app.app_context():
        return list(db.session.scalars(sa.select(ImportedCase).order_by(ImportedCase.id)))


def test_a_file_becomes_a_case_to_look_through(app: Flask, trainer: PageClient) -> None:
    answer = upload(trainer, TEXT.encode())
    assert (answer.status_code, answer.location) == (303, "/cases/1")
    page = trainer.get("/cases/1").text
    assert "The case was imported." in page
    assert "Nobody came." in page
    assert [case.file_name for case in kept(app)] == ["case.txt"]


def test_pasted_text_becomes_a_case_however_the_browser_ends_its_lines(
    app: Flask, trainer: PageClient
) -> None:
    windows = TEXT.replace("\n", "\r\n")
    assert trainer.submit("/cases/new", {"way": "text", "text": windows}).location == "/cases/1"
    again = trainer.submit("/cases/new", {"way": "text", "text": TEXT.strip()})
    assert again.location == "/cases/new?same=1"


def test_the_only_thing_sent_is_the_one_meant(app: Flask, trainer: PageClient) -> None:
    assert trainer.submit("/cases/new", {"way": "file", "text": TEXT}).status_code == 303
    sent = {"way": "text", "text": " ", "file": (io.BytesIO(b"Another case.\n"), "b.txt")}
    assert trainer.submit("/cases/new", sent).status_code == 303
    assert [case.file_name for case in kept(app)] == ["pasted text.txt", "b.txt"]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"way": "file"}, "file", "Choose a file, or choose to paste the text instead"),
        ({"way": "text"}, "text", "Paste the text of the case, or choose a file instead"),
        ({"way": "fax", "text": TEXT}, "way", "Choose one of these"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    app: Flask, trainer: PageClient, fields: dict[str, str], field: str, sentence: str
) -> None:
    answer = trainer.submit("/cases/new", fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert kept(app) == []


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "empty.txt", "This file is empty"),
        (b"%PDF-1.7\nnothing more", "broken.pdf", "damaged"),
        (b"x" * 10_000_001, "large.txt", "larger than 10 MB"),
        (b"\x00\x01\x02\x03" * 50, "picture.bin", "."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_the_way_out(
    app: Flask, trainer: PageClient, data: bytes, name: str, sentence: str
) -> None:
    answer = upload(trainer, data, name)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert sentence in answer.text
    assert "aste" in answer.text
    assert kept(app) == []


def test_typed_text_is_kept_when_it_is_refused(trainer: PageClient) -> None:
    typed = "<b>What I pasted</b> and went on writing"
    answer = trainer.submit("/cases/new", {"way": "fax", "text": typed})
    assert "&lt;b&gt;What I pasted&lt;/b&gt;" in answer.text


def test_the_same_document_says_so_and_can_be_opened_or_imported_again(
    app: Flask, trainer: PageClient
) -> None:
    upload(trainer, TEXT.encode())
    answer = upload(trainer, TEXT.encode(), "other-name.txt")
    assert answer.location == "/cases/new?same=1"
    page = trainer.get(answer.location).text
    assert "You imported this document on" in page.replace("</strong>", "")
    assert 'href="/cases/1"' in page
    assert trainer.submit("/cases/1/again").location == "/cases/2"
    assert "This document was imported before" in trainer.get("/cases/2").text
    assert len(kept(app)) == 2


def test_nobody_learns_what_another_force_imported(
    app: Flask, trainer: PageClient, cast: Cast
) -> None:
    upload(trainer, b"A case of curlews\n\nThe curlew rang 101.\n", "curlew.txt")
    other = app.test_client()
    assert isinstance(other, PageClient)
    other.sign_in(cast.emails["trainer_elsewhere"])
    for address in ("/cases/1", "/cases/1/timeline", "/cases/1/about", "/cases/999"):
        answer = other.get(address)
        assert answer.status_code == 404
        assert "curlew" not in answer.text
    for address in ("/cases/new", "/cases/new?same=1", "/drafts"):
        assert "curlew" not in other.get(address).text
    same = other.submit("/cases/new", {"way": "text", "text": "A case of curlews\n"})
    assert same.location == "/cases/2"


def test_reading_happens_before_the_lock(
    trainer: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = []

    def reading(data: bytes, name: str) -> CaseDocument:
        locked.append(g.get("writing", False))
        return read_case(data, name)

    monkeypatch.setattr("app.importing.importing.read_bounded", reading)
    assert upload(trainer, TEXT.encode()).status_code == 303
    assert locked == [False], "a slow PDF must not keep everybody else from writing"


def test_an_empty_desk_says_what_will_stand_there(trainer: PageClient) -> None:
    page = trainer.get("/cases/new").text
    assert "No case yet" in page
    assert "up to 10 MB" in page
    assert "twenty seconds" in page
    upload(trainer, TEXT.encode())
    assert "No case yet" not in trainer.get("/cases/new").text
