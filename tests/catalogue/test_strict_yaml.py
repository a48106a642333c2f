"""Strict reading: every ambiguity is refused with its line and the way out."""

import pytest

from app.catalogue.strict_yaml import comment_lines, read_strictly


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.sentence) for fault in read_strictly(text).faults]


@pytest.mark.parametrize(
    "bare",
    ["22:40", "1:30:00", "6:30.5", "no", "Yes", "ON", "off", "y", "True", "NULL", "~", "2019-02-20",
     "2019-2-3 10:00:00", "1.5", "1e3", ".5", "0x1F", "0o17", "017", "1_000", "+12", ".inf",
     "-.INF", ".NaN", "=", "<<"],
)  # fmt: skip
def test_a_bare_value_that_readers_understand_differently_is_refused(bare: str) -> None:
    assert faults(f"a: words\nwhen: {bare}\n") != []
    line, sentence = faults(f"a: words\nwhen: {bare}\n")[0]
    assert line == 2
    assert f'put it in quotes, "{bare}"' in sentence


@pytest.mark.parametrize("bare", ["22:40", "no", "2019-02-20", "1.5", "~"])
def test_the_same_value_in_quotes_is_words(bare: str) -> None:
    reading = read_strictly(f'when: "{bare}"\n')
    assert reading.faults == ()
    assert reading.value == {"when": bare}


@pytest.mark.parametrize(
    ("bare", "value"),
    [("12", 12), ("-3", -3), ("0", 0), ("true", True), ("false", False), ("null", None),
     ("about 6.30pm", "about 6.30pm"), ("1/2", "1/2"), ("2020-01", "2020-01"),
     ("Overview of incident, 11; PC B, 1", "Overview of incident, 11; PC B, 1")],
)  # fmt: skip
def test_what_all_readers_understand_alike_is_read(bare: str, value: object) -> None:
    reading = read_strictly(f"a: {bare}\n")
    assert reading.faults == ()
    assert reading.value == {"a": value}
    assert type(reading.value["a"]) is type(value)


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    assert faults("a: one\nb: two\na: three\n") == [
        (3, "“a” stands twice: it is already on line 1")
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a: &x one\nb: two\n", "marks a part to be repeated"),
        ("a: &x one\nb: *x\n", "repeats another part"),
        ("a: !!str 12\n", "is a tag"),
        ("a: !python/object/apply:os.system [ls]\n", "is a tag"),
        ("? [a, b]\n: c\n", "a key must be a plain word"),
        ("a:\nb: two\n", "nothing is written here"),
        ("a: one\n---\nb: two\n", "a second document"),
        ("a: one: two\n", "stands in quotes"),
        ("a: [one\n", "cannot be read"),
        ("a: 'one\n", "not closed"),
        ("a:\n\t- b\n", "not tabs"),
        ("a: \x07\n", "cannot be printed"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(text: str, part: str) -> None:
    assert any(part in sentence for _line, sentence in faults(text))


def test_every_fault_is_told_not_only_the_first() -> None:
    assert [line for line, _ in faults("a: no\nb: 22:40\nc: fine\nd: 1.5\n")] == [1, 2, 4]


def test_a_parser_error_names_its_line() -> None:
    assert faults("a: one\nb: two: three\n")[0][0] == 2
    assert faults("a: one\nb: \x07\n")[0][0] == 2


def test_deep_nesting_is_refused_and_does_not_exhaust_the_stack() -> None:
    text = "a: " + "[" * 5000 + "]" * 5000
    assert "nested too deeply" in faults(text)[0][1]


def test_lines_are_known_for_every_part() -> None:
    lines = read_strictly("a: one\nb:\n  - c: two\n    d: three\n  - four\n").lines
    assert lines[("a",)] == 1
    assert lines[("b",)] == 2
    assert lines[("b", 0, "d")] == 4
    assert lines[("b", 1)] == 5


def test_comments_are_found_and_hashes_in_text_are_not() -> None:
    text = '# head\na: "not # one"\nb: not#one  # one\nc: |\n  # not one\nd: two\n# last\n'
    assert comment_lines(text) == [1, 3, 7]
