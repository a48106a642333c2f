"""Each rule refuses what breaks it, with the place, and leaves a sound module alone."""

from typing import Any

import pytest

from app.catalogue.document import Module
from app.catalogue.module_files import Severity, write_module
from app.checking.checking import check_file, check_module, check_together, is_refused
from tests.factories.modules import made_up, option, plain_module, question, text


def refusals(plain: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    found = check_module(Module.model_validate(plain))
    return [(f.path, f.sentence) for f in found if f.severity is Severity.REFUSE]


def warnings(plain: dict[str, Any]) -> list[str]:
    found = check_module(Module.model_validate(plain))
    return [f.sentence for f in found if f.severity is Severity.WARN]


def the_stage(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a module of one stage, known then, that holds `items`."""
    stages = [{"id": "first", "title": "First", "known": "then", "items": list(items)}]
    return plain_module(**{"stages": stages, "people": []} | more)


def said_of(*items: dict[str, Any], **more: Any) -> str:
    return " / ".join(sentence for _path, sentence in refusals(the_stage(*items, **more)))


def test_a_sound_module_is_not_refused() -> None:
    assert refusals(plain_module()) == []


def test_ids_are_unique_wherever_they_must_be() -> None:
    assert refusals(the_stage(text("a"), text("b"), text("a"))) == [
        (("stages", 0, "items", 2, "id"), "there is already another item “a”")
    ]
    twice = [option("same", "1"), option("same", "0")]
    assert "another option “same”" in said_of(question("q", "single", options=twice))
    # The same option id in two questions is no fault.
    one = [option("x", "1"), option("y", "0")]
    assert said_of(question("q", "single", options=one), question("p", "single", options=one)) == ""
    stages = plain_module()["stages"]
    assert "another stage" in refusals(plain_module(stages=[stages[0], stages[0]]))[0][1]
    source = plain_module()["sources"][0]
    assert "another source “case”" in refusals(plain_module(sources=[source, source]))[0][1]
    asked = plain_module()["policy_questions"][0]
    doubled = plain_module(policy_questions=[asked, asked])
    assert "another policy question “1”" in refusals(doubled)[0][1]
    targets = [{"id": "t", "text": "T"}, {"id": "t", "text": "U"}]
    options = [option("a", target="t"), option("b", target="t")]
    matching = question("q", "matching", targets=targets, options=options)
    assert "another target “t”" in said_of(matching)


@pytest.mark.parametrize(
    ("kind", "credits", "part"),
    [
        ("single", ("0", "1/2"), "exactly one option with credit \"1\", this has 0"),
        ("single", ("1", "1", "0"), "exactly one option with credit \"1\", this has 2"),
        ("single", ("2/2", "0"), "write \"1\""),
        ("multiple", ("1", "1"), "at least one right and one wrong"),
        ("multiple", ("0", "0"), "at least one right and one wrong"),
        ("multiple", ("1", "0", "1/2"), "credit \"1\" (right) or \"0\" (wrong)"),
    ],
)  # fmt: skip
def test_a_key_that_breaks_the_rule_of_its_kind(
    kind: str, credits: tuple[str, ...], part: str
) -> None:
    options = [option(f"o{n}", credit) for n, credit in enumerate(credits)]
    assert part in said_of(question("q", kind, options=options))


@pytest.mark.parametrize(
    ("kind", "credits"), [("single", ("0", "1", "1/2")), ("multiple", ("1", "0", "1"))]
)
def test_a_key_that_keeps_the_rule_of_its_kind(kind: str, credits: tuple[str, ...]) -> None:
    options = [option(f"o{n}", credit) for n, credit in enumerate(credits)]
    assert said_of(question("q", kind, options=options)) == ""


def test_matching_uses_each_target_and_no_other() -> None:
    targets = [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]
    options = [option("a", target="x"), option("b", target="z")]
    said = said_of(question("q", "matching", targets=targets, options=options))
    assert "there is no target “z”" in said
    assert "no option is matched with this target" in said


def test_a_text_of_spaces_alone_is_empty() -> None:
    options = [option("a", "1", feedback=" \n"), option("b", "0")]
    found = refusals(the_stage(question("q", "single", options=options)))
    assert found == [(("stages", 0, "items", 0, "options", 0, "feedback"), "“feedback” is empty")]


def test_a_gate_may_not_hide_what_its_own_question_needs() -> None:
    asks = question("q", "single", needs=["later-text"])
    assert "opens only after its own answer" in said_of(text("t"), asks, text("later-text"))
    assert said_of(text("later-text"), asks) == ""
    assert "there is no item “later-text”" in said_of(asks)
    assert "opens only after" in said_of(question("q", "single", needs=["q"]))


def people_module(item: dict[str, Any], start: str = "second") -> dict[str, Any]:
    person = {"name": "PC B", "who": "a colleague", "from": start, "place": "Overview, 1"}
    stages = [
        {"id": "first", "title": "First", "known": "then", "items": [item]},
        {"id": "second", "title": "Second", "known": "then", "items": [text("z")]},
    ]
    return plain_module(stages=stages, people=[person])


def test_a_question_may_not_name_somebody_who_is_introduced_later() -> None:
    asks = question("q", "single", prompt="What should PC B do?")
    assert "this names PC B" in refusals(people_module(asks))[0][1]
    assert refusals(people_module(asks, start="first")) == []
    options = [option("a", "1", text="Tell PC B"), option("b", "0")]
    assert (
        "this names PC B" in refusals(people_module(question("q", "single", options=options)))[0][1]
    )
    # Another name that begins alike is another person; a story may introduce somebody itself.
    assert refusals(people_module(question("q", "single", prompt="Tell PC Brown?"))) == []
    assert refusals(people_module(text("t", "PC B comes in."))) == []
    assert any("this names PC B" in said for said in warnings(people_module(text("t", "PC B."))))


def test_a_person_is_known_from_a_stage_that_exists() -> None:
    found = refusals(people_module(text("t"), start="nowhere"))
    assert found == [(("people", 0, "from"), "there is no stage “nowhere”")]


@pytest.mark.parametrize("known", ["then", "available"])
def test_what_is_known_later_stands_last(known: str) -> None:
    stages = [
        {"id": "a", "title": "A", "known": "later", "items": [text("x")]},
        {"id": "b", "title": "B", "known": known, "items": [text("y")]},
    ]
    found = refusals(plain_module(stages=stages, people=[]))
    assert [path for path, _ in found] == [("stages", 1, "known")]
    stages.reverse()
    assert refusals(plain_module(stages=stages, people=[])) == []


def test_the_alternative_is_another_module() -> None:
    note = {"text": "Words.", "alternative": "made-up"}
    assert "this module itself" in refusals(plain_module(content_note=note))[0][1]
    assert refusals(plain_module(content_note=note | {"alternative": "another"})) == []


def test_minutes_that_cannot_be_true_are_a_warning() -> None:
    long = text("t", "word " * 2000)
    assert any("1 minutes are promised" in s for s in warnings(the_stage(long, minutes=1)))
    assert any("40 minutes are promised" in s for s in warnings(the_stage(long, minutes=40)))
    assert not any("promised" in s for s in warnings(the_stage(long, minutes=10)))


def test_a_place_names_a_source_and_a_heading_of_the_module() -> None:
    assert "no source “other”" in said_of(text("t") | {"place": "[other] Overview, 1"})
    assert "“Nowhere” is not among the headings of the source “" in said_of(
        text("t") | {"place": "Nowhere, 1"}
    )
    assert said_of(text("t") | {"place": "[case] Overview, 1; Overview, 2"}) == ""


def test_a_finding_names_file_line_and_where() -> None:
    plain = the_stage(question("q", "single", options=[option("a", "0"), option("b", "0")]))
    written = write_module(Module.model_validate(plain))
    file = check_file("content/made-up.yaml", written.encode())
    line = written[: written.index("options:")].count("\n") + 1
    told = [file.written(f) for f in file.findings if f.severity is Severity.REFUSE]
    assert told == [
        f"content/made-up.yaml:{line}: stage first, item q: a single question has exactly one "
        "option with credit \"1\", this has 0"
    ]  # fmt: skip
    assert is_refused(file)


def test_a_file_is_called_by_its_slug_and_a_slug_stands_in_one_file() -> None:
    data = write_module(made_up()).encode()
    assert not is_refused(check_file("made-up.yaml", data))
    other = check_file("other.yaml", data)
    assert "must be called made-up.yaml" in other.written(other.findings[0])
    both = check_together([check_file("made-up.yaml", data), check_file("x/made-up.yaml", data)])
    assert [is_refused(file) for file in both] == [False, True]


def test_advice_of_every_room_is_among_what_is_found_and_says_why() -> None:
    options = [option("a", "1", text="All of these"), option("b", "1", text="Wait")]
    long = " ".join(["Word"] * 40)
    items = (
        text("t", f"Jane Smith: {long}"),
        question("q", "multiple", options=options),
        text("u"),
    )
    stages = [
        {"id": "first", "title": "First", "known": "then", "items": list(items)},
        {"id": "second", "title": "Second", "known": "then", "items": [text("z")]},
    ]
    found = check_module(Module.model_validate(plain_module(stages=stages, people=[])))
    said = " / ".join(finding.sentence for finding in found)
    for part in (
        "let each option stand for itself",
        "this sentence has",
        "named in full",
        "at least one right and one wrong",
        "Nobody reaches this stage",
    ):
        assert part in said, part
    assert all(finding.why.endswith(".") for finding in found)
