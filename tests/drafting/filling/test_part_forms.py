"""Every part can be edited whole: what its form sends is the part again, valid or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import document as d
from app.drafting.filling.fields import Entry, Field, Group, Spec, Widget, read_form
from app.drafting.filling.part_forms import CHOICE_WORDS, FORMS, form_for
from app.drafting.parts import KINDS, addresses, part_of
from tests.drafting.filling.sent import sent

CONTENT = Path(__file__).parents[3] / "content"
FILES = sorted(CONTENT.glob("*.yaml"))
# What no form offers: who a thing is never changes, and the digest comes from the import.
FIXED = {"id", "kind", "sha256", "items"}
MODELS = {
    "stage": d.Stage, "text": d.Text, "extract": d.Extract, "single": d.Single,
    "multiple": d.Multiple, "ordering": d.Ordering, "matching": d.Matching,
    "reflection": d.Reflection,
}  # fmt: skip


def rows_of_spec(spec: Spec, key: str) -> Spec:
    found = next(entry for entry in spec if entry.key == key)
    assert isinstance(found, Group)
    return found.rows


INNER = [
    (FORMS["content-note"], "content_note", d.ContentNote),
    (FORMS["people"], "people", d.CasePerson),
    (FORMS["sources"], "sources", d.Source),
    (FORMS["policy-questions"], "policy_questions", d.PolicyQuestion),
    (FORMS["text"], "claims", d.Claim),
    (FORMS["single"], "options", d.Option),
    (FORMS["multiple"], "options", d.Option),
    (FORMS["ordering"], "options", d.OrderedOption),
    (FORMS["matching"], "options", d.MatchedOption),
    (FORMS["matching"], "targets", d.Target),
    (FORMS["reflection"], "model_points", d.ModelPoint),
    (FORMS["single"], "outcome", d.Outcome),
    (FORMS["single"], "then", d.Reveal),
    (rows_of_spec(FORMS["single"], "options"), "then", d.Reveal),
]


def keys_of(model: Any) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()} - FIXED


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_a_part_stands_in_its_form(name: str) -> None:
    assert {entry.key for entry in FORMS[name]} == keys_of(MODELS[name])


@pytest.mark.parametrize(("spec", "key", "model"), INNER)
def test_every_key_of_a_group_stands_in_its_form(spec: Spec, key: str, model: Any) -> None:
    assert {entry.key for entry in rows_of_spec(spec, key)} == keys_of(model)


def test_the_whole_module_can_be_edited() -> None:
    names = ("settings", "content-note", "people", "sources", "policy-questions")
    assert {entry.key for name in names for entry in FORMS[name]} == (
        set(d.Module.model_fields) - {"stages"}
    )
    assert set(KINDS) <= set(FORMS)


def test_required_choices_and_limits_are_those_of_the_document() -> None:
    by_key: dict[str, Entry] = {entry.key: entry for entry in FORMS["single"]}
    options = by_key["options"]
    assert isinstance(options, Group)
    assert (options.most, options.required) == (8, True)
    basis = next(entry for entry in options.rows if entry.key == "basis")
    assert isinstance(basis, Field)
    assert [value for value, _words in basis.choices] == [each.value for each in d.Basis]
    assert not by_key["hint"].required
    assert by_key["prompt"].required


def test_each_value_of_the_document_has_words() -> None:
    for kind in (d.Known, d.Basis, d.Standing, d.ExtractForm):
        assert all(CHOICE_WORDS[member] for member in kind)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_form_sent_as_it_stands_changes_nothing(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for address in addresses(document):
        part = part_of(document, address)
        spec = form_for(address, part.get("kind", ""))
        assert spec, address
        assert read_form(spec, sent(spec, part), part) == part, address


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_form_alone_says_everything_but_what_is_fixed(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for source in document["sources"]:
        source.pop("sha256", None)
    for address in addresses(document):
        part = part_of(document, address)
        spec = form_for(address, part.get("kind", ""))
        fixed = {key: part[key] for key in ("id", "kind") if key in part}
        assert read_form(spec, sent(spec, part)) | fixed == part, address


def test_the_address_of_a_published_module_is_not_offered_again() -> None:
    assert "slug" in {entry.key for entry in form_for("settings")}
    spec = form_for("settings", published=True)
    assert {entry.key for entry in FORMS["settings"]} - {entry.key for entry in spec} == {"slug"}
    assert read_form(spec, {"slug": ["another"]}, {"slug": "the-one"}) == {"slug": "the-one"}


# Parts made up: any words in any field, as many rows as there may be, or none.
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
WORDS = st.text(LETTERS, min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
VALUES = {
    Widget.LINE: WORDS, Widget.SENTENCE: WORDS, Widget.PLACE: WORDS, Widget.MARKDOWN: TEXTS,
    Widget.LINES: st.lists(WORDS, min_size=1, max_size=4),
    Widget.NUMBER: st.integers(0, 999_999_999) | st.just("ten"),
    Widget.CREDIT: st.sampled_from(["0", "1", "1/2", "part", "half"]),
    Widget.CHOICE: WORDS,
    Widget.CHECKS: st.lists(WORDS, min_size=1, max_size=4, unique=True),
}  # fmt: skip


def value_of(entry: Entry) -> st.SearchStrategy[Any]:
    if isinstance(entry, Field):
        return VALUES[entry.widget]
    part = part_like(entry.rows)
    if not entry.many:
        return part.filter(bool)
    if not entry.ids:
        return st.lists(part, min_size=1, max_size=4)
    ids = st.lists(st.from_regex(r"\A[a-z]{1,8}\Z"), min_size=1, max_size=4, unique=True)
    return ids.flatmap(
        lambda made: st.tuples(*(part.map(lambda row, m=m: {"id": m, **row}) for m in made))
    ).map(list)


def part_like(spec: Spec) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={entry.key: value_of(entry) for entry in spec})


@pytest.mark.parametrize("name", FORMS)
def test_any_part_comes_back_as_it_was(name: str) -> None:
    spec = FORMS[name]

    @settings(max_examples=10, deadline=None)
    @given(part_like(spec))
    def holds(part: dict[str, Any]) -> None:
        assert read_form(spec, sent(spec, part)) == part

    holds()


def test_the_settings_say_what_choosing_nobody_in_particular_means() -> None:
    owner = next(field for field in FORMS["settings"] if field.key == "owner")
    assert owner.nothing == "Everybody, in every force"
    short = next(field for field in FORMS["settings"] if field.key == "slug")
    # The refusals of publishing call it so, and send her to the settings.
    assert short.label == "Short name"
