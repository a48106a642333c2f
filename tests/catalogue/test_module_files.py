"""File → model → file is byte-identical, and each fault in a file is told with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.authoring.commands import schema_text
from app.catalogue.canonical_yaml import dump
from app.catalogue.document import Module
from app.catalogue.module_files import HEAD, MAX_BYTES, read_module, write_module
from app.catalogue.strict_yaml import read_strictly
from app.config import ROOT
from tests.factories.modules import made_up, option, plain_module, question, reflection, text

CONTENT = sorted((ROOT / "content").glob("*.yaml"))
AWKWARD = st.sampled_from(
    ["22:40", "no", "2019-02-20", "1.5", "~", "null", "a: b", "a #b", "# a", "- a", "'", '"', "a:",
     "“quoted”", "it's", 'say "no"', "back\\slash", "[case] Overview, 1", "{a}", "*a", "&a", "!a",
     "%a", "@a", "`a`", "|", ">", "...", "---", "a\tb", "a\u2028b", "a\x85b", "\ufeffa", "😀",
     "trailing:", "a: b # c", "1/2", "=", "<<", "12", "?", ":", "-", "a\rb", "\x7f", "a\u00a0b"]
)  # fmt: skip
ANY = st.characters(exclude_categories=["Cs"])
LINES = (AWKWARD | st.text(ANY, min_size=1, max_size=40)).filter(
    lambda t: t.strip() == t and "\n" not in t and bool(t.split())
)
BLOCKS = (
    st.text(ANY, min_size=1, max_size=60)
    | st.lists(AWKWARD | st.sampled_from(["", "  indented", "word  ", "\tx"]), max_size=6).map(
        "\n".join
    )
).flatmap(lambda t: st.sampled_from([t, t + "\n", t + "\n\n"])).filter(bool)  # fmt: skip


@st.composite
def modules(draw: st.DrawFn) -> Module:
    """Modules of every kind of item, with awkward words in every kind of field."""

    def item(n: int) -> dict[str, object]:
        kind = draw(st.sampled_from(["text", "reflection", "single", "multiple", "matching"]))
        if kind == "text":
            return text(f"i{n}", draw(BLOCKS))
        if kind == "reflection":
            return reflection(f"i{n}", prompt=draw(LINES), hint=draw(st.none() | LINES))
        more = {"prompt": draw(LINES), "explanation": draw(BLOCKS)}
        if kind != "matching":
            more["options"] = [
                option(f"o{k}", "1/2", text=draw(LINES), feedback=draw(BLOCKS)) for k in (1, 2)
            ]
        return question(f"i{n}", kind, **more)

    stages = [
        {"id": f"s{s}", "title": draw(LINES), "known": "then",
         "items": [item(10 * s + n) for n in range(draw(st.integers(1, 3)))]}
        for s in range(draw(st.integers(1, 2)))
    ]  # fmt: skip
    return Module.model_validate(
        plain_module(
            stages=stages,
            people=[],
            title=draw(LINES),
            summary=draw(LINES),
            topics=draw(st.lists(LINES, max_size=3)),
        )
    )


@given(modules())
@settings(max_examples=150, deadline=None)
def test_any_module_comes_back_from_its_file_as_it_was(module: Module) -> None:
    written = write_module(module)
    read = read_module("made-up.yaml", written.encode())
    assert read.findings == ()
    assert read.module == module
    assert write_module(read.module) == written


@given(st.dictionaries(st.just("a"), AWKWARD | BLOCKS | st.integers() | st.booleans() | st.none(),
                       min_size=1))  # fmt: skip
def test_any_value_comes_back_from_canonical_yaml_as_it_was(value: dict[str, object]) -> None:
    reading = read_strictly(dump(value))
    if isinstance(value["a"], int) and abs(value["a"]) >= 10**18:
        return
    assert reading.faults == ()
    assert reading.value == value


@pytest.mark.parametrize("path", CONTENT, ids=[path.stem for path in CONTENT])
def test_the_files_in_content_are_canonical(path) -> None:
    data = path.read_bytes()
    read = read_module(path.name, data)
    assert read.module is not None, [read.written(f) for f in read.findings]
    assert write_module(read.module, read.begun_from).encode() == data


def test_there_is_content_to_test() -> None:
    assert len(CONTENT) >= 5


def test_the_schema_in_content_is_current() -> None:
    assert (ROOT / "content" / "module.schema.json").read_text(encoding="utf-8") == schema_text()


def test_canonical_form_quotes_only_what_needs_it() -> None:
    written = dump(
        {"a": "Overview of incident, 11; PC B, 1", "b": "22:40", "c": 'say "no" #1',
         "d": "it's: so", "e": "one\ntwo\n", "f": 5, "g": ["x", {"k": "v", "l": "w"}]}
    )  # fmt: skip
    assert written == (
        "a: Overview of incident, 11; PC B, 1\n"
        'b: "22:40"\n'
        "c: 'say \"no\" #1'\n"
        'd: "it\'s: so"\n'
        "e: |\n  one\n  two\n"
        "f: 5\n"
        "g:\n  - x\n  - k: v\n    l: w\n"
    )


def test_a_file_begins_with_its_schema_and_options_stand_below_their_prompt() -> None:
    written = write_module(made_up())
    assert written.startswith(HEAD + "slug: made-up\n")
    question_text = written[written.index("- id: q1") :]
    order = ["kind: single", "prompt:", "options:", "explanation:", "then:", "outcome:"]
    places = [question_text.index(key) for key in order]
    assert places == sorted(places)


def changed(old: str, new: str) -> list[str]:
    """Return what is said about the made-up file with one part replaced."""
    written = write_module(made_up())
    assert old in written
    read = read_module("made-up.yaml", written.replace(old, new, 1).encode())
    assert read.module is None
    return [read.written(finding) for finding in read.findings]


def line_of(part: str) -> int:
    written = write_module(made_up())
    return written[: written.index(part)].count("\n") + 1


def test_an_unknown_key_is_named_with_its_line_and_the_likely_one() -> None:
    line = line_of("feedback: canary-feedback-q1-a")
    said = changed("feedback: canary-feedback-q1-a", "feedbak: canary-feedback-q1-a")
    where = "stage first, item q1, option q1-a: "
    assert said == [
        # What is missing has the line on which its option begins.
        f"made-up.yaml:{line_of('- id: q1-a')}: {where}“feedback” is missing",
        f"made-up.yaml:{line}: {where}“feedbak” is not a key here; did you mean “feedback”?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("            basis: finding\n", "", "“basis” is missing"),
        ("feedback: canary-feedback-q1-a", 'feedback: ""', "“feedback” is empty"),
        ('credit: "0"', "credit: 0", 'put it in quotes, "0"'),
        ('credit: "0"', "credit: half", "“half” is not a credit"),
        ("basis: finding", "basis: hearsay", "“hearsay” is not a basis: write"),
        ("known: then", "known: later on", "“later on” is not a known: write"),
        ("kind: single", "kind: guess", "“guess” is not a kind of item: write"),
        ("        kind: single\n", "", "“kind” is missing"),
        ("id: q1-a", "id: Q1 a", "“Q1 a” is not a name"),
        ("place: Overview, 1", "place: Overview", "“Overview” is not a place"),
        ("minutes: 10", "minutes: ten", "must be a whole number"),
        ("minutes: 10", "minutes: 90", "must be 60 or less"),
        ("summary: A made-up case.", "summary: |\n  Two\n  lines", "“summary” must be one line"),
        ('practice_as_at: "2020"', "practice_as_at: 2020", 'put it in quotes, "2020"'),
        ("published: 2020-01", "published: January 2020", "must be a year"),
        ("practise:\n  - Deciding", "practise: Deciding", "must be a list"),
    ],
)
def test_each_fault_of_form_is_said_in_words(old: str, new: str, part: str) -> None:
    said = changed(old, new)
    assert len(said) >= 1
    assert all(line.startswith("made-up.yaml:") for line in said)
    assert any(part in line for line in said), said


def test_a_file_that_is_too_large_or_not_text_is_refused() -> None:
    large = read_module("a.yaml", b"a" * (MAX_BYTES + 1))
    assert "larger than 1 MB" in large.written(large.findings[0])
    latin = read_module("a.yaml", "slug: a\ntitle: caf\xe9\n".encode("latin-1"))
    assert latin.written(latin.findings[0]).startswith("a.yaml:2: the file is not in UTF-8")
    for data in (b"", b"- a\n", b"words\n"):
        read = read_module("a.yaml", data)
        assert "does not hold a module" in read.written(read.findings[0])


def test_a_file_from_notepad_is_read() -> None:
    data = write_module(made_up()).replace("\n", "\r\n").encode("utf-8-sig")
    assert read_module("made-up.yaml", data).module == made_up()


BEGUN = "0123456789abcdef" * 4


def test_a_file_may_say_what_it_began_from() -> None:
    written = write_module(made_up(), BEGUN)
    assert written.startswith(f"{HEAD}# begun from sha256 {BEGUN}\nslug: made-up\n")
    read = read_module("made-up.yaml", written.encode())
    assert (read.module, read.begun_from, read.comments()) == (made_up(), BEGUN, [])
    windows = read_module("made-up.yaml", written.replace("\n", "\r\n").encode("utf-8-sig"))
    assert (windows.begun_from, windows.comments()) == (BEGUN, [])
    assert read_module("made-up.yaml", write_module(made_up()).encode()).begun_from == ""


@pytest.mark.parametrize(("old", "new", "comments"), [
    # Said twice, as two branches of git brought together may leave it: nobody knows which.
    (HEAD, f"{HEAD}# begun from sha256 {BEGUN[::-1]}\n", [2, 3]),
    (BEGUN, BEGUN[1:], [2]),
    ("# begun", "# Begun", [2]),
    ("slug: made-up\n", "slug: made-up\n# begun\n", [4]),
])  # fmt: skip
def test_what_does_not_say_it_plainly_is_a_comment(old: str, new: str, comments: list[int]) -> None:
    read = read_module("x.yaml", write_module(made_up(), BEGUN).replace(old, new, 1).encode())
    assert read.comments() == comments
    assert read.begun_from == (BEGUN if comments == [4] else "")
