"""A file of people is read, or refused in a sentence that names the line."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.import_file import FileRefused, Sheet, read_people

HEAD = "personnel_number,name,email,unit\n"
ROW = "N1,Sam Okoro,sam@example.test,Contact centre\n"


def read(text: str, codec: str = "utf-8") -> Sheet:
    return read_people(text.encode(codec))


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp1252", "Windows-1252"),
    ],
)  # fmt: skip
def test_encodings_are_told_apart(codec: str, said: str) -> None:
    sheet = read(HEAD + ROW.replace("Sam", "Zoë"), codec)
    assert sheet.rows[0].name == "Zoë Okoro"
    assert said in sheet.said


@pytest.mark.parametrize(
    ("separator", "said"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")]
)
def test_separators_are_told_apart(separator: str, said: str) -> None:
    sheet = read((HEAD + ROW).replace(",", separator))
    assert sheet.rows[0].unit == "Contact centre"
    assert said in sheet.said


def test_header_names_are_taken_however_written() -> None:
    sheet = read("Unit,NAME,E-mail,Personnel Number,Active\nCrime,Al,AL@Example.TEST,7,No\n")
    row = sheet.rows[0]
    assert (row.number, row.email, row.active) == ("7", "al@example.test", False)


def test_active_may_be_left_empty() -> None:
    sheet = read("personnel_number,name,email,unit,active\n7,Al,a@b.test,Crime,\n")
    assert sheet.rows[0].active is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (HEAD.encode() + b"N1,a\0b,a@b.test,Crime\n", "NUL"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"name,email,unit\n", "“personnel_number”"),
        (HEAD.replace("unit", "unit,shoe size").encode(), "“shoe size”"),
        (HEAD.replace("name,", "name,name,").encode(), "stands twice"),
        (HEAD.replace("name,", "name,,").encode(), "column 3"),
        (HEAD.encode(), "no people"),
        (HEAD.encode() + b'N1,"Sam,a@b.test,Crime\n', "line 2"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
        (b"\x81\x8d\x8f", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        read_people(data)


def test_more_rows_than_it_takes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.people.import_file.MOST_ROWS", 1)
    assert len(read(HEAD + ROW).rows) == 1
    with pytest.raises(FileRefused, match="more than 1 rows"):
        read(HEAD + ROW + ROW)


def test_lines_are_counted_through_quoted_cells_and_blank_lines() -> None:
    sheet = read(HEAD + 'N1,"Sam\nOkoro",sam@example.test,Crime\n\n,,,\r\nN2,,,\n')
    assert [row.line for row in sheet.rows] == [2]
    assert sheet.rows[0].name == "Sam Okoro"
    assert [row.line for row in sheet.refused] == [6]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("N1,,sam@example.test,Crime", "name is missing"),
        (",Sam,sam@example.test,Crime", "personnel number is missing"),
        ("N1,Sam,not an address,Crime", "not an e-mail address"),
        ("N1,Sam,sam@example.test", "unit is missing"),
        ("N1,Sam,sam@example.test,Crime,extra", "5 cells and the header has 4"),
        ("N" * 41 + ",Sam,sam@example.test,Crime", "longer than 40"),
        ("N\u200b1,Sam,sam@example.test,Crime", "cannot be seen"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row: str, words: str) -> None:
    sheet = read(HEAD + ROW + row + "\n")
    assert len(sheet.rows) == 1
    assert sheet.refused[0].line == 3
    assert words in sheet.refused[0].reason


def test_an_unclear_active_is_refused() -> None:
    sheet = read("personnel_number,name,email,unit,active\n7,Al,a@b.test,Crime,perhaps\n")
    assert "“perhaps”" in sheet.refused[0].reason


def _read_or_refuse(data: bytes) -> None:
    with contextlib.suppress(FileRefused):
        sheet = read_people(data)
        assert sheet.rows or sheet.refused


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_the_refusal(data: bytes) -> None:
    _read_or_refuse(data)


@given(
    st.text(max_size=200),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-16-be"]),
)
def test_no_text_below_a_header_raises(text: str, separator: str, codec: str) -> None:
    whole = HEAD.replace(",", separator) + text
    _read_or_refuse(whole.encode(codec, errors="surrogatepass"))
