"""Every route: the permission that it needs, whose things it names, and what its owner is told.

A route that is not here fails the house; so does a line whose route is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.accounts.permissions import Permission
from tests.house import forms
from tests.house.scene import Scene

P = Permission
Fields = Callable[[Scene], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What the house expects of one method of one route."""

    # None: open to everybody, signed in or not.
    permission: Permission | None
    # Whose thing the address names, see scene.py; empty: it names nothing.
    thing: str = ""
    # What the owner, or whoever may, is answered.
    own: int = 200
    # A good form for a POST.
    form: Fields = forms.nothing
    # Other parts of the address.
    more: tuple[tuple[str, str], ...] = ()
    # What a signed-in person is answered where that differs, on an open route.
    signed_in: int = 0
    # What is answered when the thing does not exist.
    absent: int = 404


def _stage(stage: str) -> tuple[tuple[str, str], ...]:
    return (("stage_id", stage),)


def _item(item: str) -> tuple[tuple[str, str], ...]:
    return (("item_id", item),)


OPEN = {
    ("GET", "help.index"): Row(None),
    ("GET", "sign_in.form"): Row(None, signed_in=303),
    ("POST", "sign_in.sign_in"): Row(None, own=303, form=forms.sign_in),
    # There are no made-up people outside a demonstration.
    ("POST", "sign_in.demo"): Row(None, own=404, form=forms.demo),
    ("POST", "sign_in.sign_out"): Row(None, own=303),
    ("GET", "passwords.forgotten"): Row(None),
    # No mail server is set up in tests, and the page says so.
    ("POST", "passwords.ask_for_link"): Row(None, own=422, form=forms.forgotten),
    ("GET", "passwords.link_sent"): Row(None),
    ("GET", "passwords.choose"): Row(None, "link", absent=410),
    ("POST", "passwords.set_password"): Row(None, "link", 303, forms.set_password, absent=410),
}

LEARNING = {
    ("GET", "home.index"): Row(P.LEARN),
    ("GET", "account.index"): Row(P.LEARN),
    ("GET", "account.password"): Row(P.LEARN),
    ("POST", "account.change_password"): Row(P.LEARN, own=303, form=forms.change_password),
    ("POST", "account.sign_out_everywhere"): Row(P.LEARN, own=303),
    ("GET", "library.index"): Row(P.LEARN),
    ("GET", "library.module"): Row(P.LEARN, "module"),
    ("POST", "library.start"): Row(P.LEARN, "module", 303),
    ("GET", "player.place"): Row(P.LEARN, "attempt:halfway", 303),
    ("POST", "player.resume"): Row(P.LEARN, "attempt:halfway", 303),
    ("GET", "player.stage"): Row(P.LEARN, "attempt:halfway", more=_stage("first")),
    ("POST", "player.go_on"): Row(P.LEARN, "attempt:begun", 303, more=_stage("first")),
    ("POST", "player.answer"): Row(P.LEARN, "attempt:begun", 303, forms.answer, _item("q1")),
    ("POST", "player.draft"): Row(P.LEARN, "attempt:begun", 200, forms.draft, _item("q1")),
    ("POST", "reflections.reflect"): Row(
        P.LEARN, "attempt:halfway", 303, forms.reflection, _item("r1")
    ),
    ("POST", "reflections.points"): Row(
        P.LEARN, "attempt:reflected", 303, forms.points, _item("r1")
    ),
    ("GET", "finish.decisions"): Row(P.LEARN, "attempt:missed"),
    ("GET", "finish.again"): Row(P.LEARN, "attempt:missed", more=_item("q4")),
    ("POST", "finish.answer_again"): Row(
        P.LEARN, "attempt:missed", 303, forms.answer_again, _item("q4")
    ),
    ("GET", "finish.close"): Row(P.LEARN, "attempt:ready"),
    ("POST", "finish.finish"): Row(P.LEARN, "attempt:ready", 303, forms.commitment),
    ("POST", "finish.keep_commitment"): Row(P.LEARN, "attempt:ready", 200, forms.commitment),
    ("GET", "finish.done"): Row(P.LEARN, "attempt:finished"),
    ("GET", "record.index"): Row(P.LEARN),
    ("GET", "record.attempt"): Row(P.LEARN, "attempt:finished"),
    ("GET", "record.completions_csv"): Row(P.LEARN),
    ("GET", "record.record_json"): Row(P.LEARN),
    ("GET", "record.everything"): Row(P.LEARN),
    ("GET", "record.everything_json"): Row(P.LEARN),
}

TRAINING = {
    ("GET", "preview.index"): Row(P.PREVIEW_MODULES),
    ("GET", "drafts.index"): Row(P.WRITE_MODULES),
    ("POST", "drafts.blank"): Row(P.WRITE_MODULES, own=303, form=forms.blank_draft),
    ("POST", "drafts.from_version"): Row(P.WRITE_MODULES, own=303, form=forms.from_version),
    ("GET", "drafts.set_aside"): Row(P.WRITE_MODULES, "draft"),
    ("POST", "drafts.set_aside"): Row(P.WRITE_MODULES, "draft", 303),
    ("GET", "drafts.take_up"): Row(P.WRITE_MODULES, "draft"),
    ("POST", "drafts.take_up"): Row(P.WRITE_MODULES, "draft", 303),
    ("GET", "cases.new"): Row(P.WRITE_MODULES),
    ("POST", "cases.new"): Row(P.WRITE_MODULES, own=303, form=forms.new_case),
    ("POST", "cases.again"): Row(P.WRITE_MODULES, "case", 303),
    ("GET", "case_review.show"): Row(P.WRITE_MODULES, "case"),
    ("POST", "case_review.change"): Row(P.WRITE_MODULES, "case", 303, forms.block),
    ("POST", "case_review.set_use"): Row(P.WRITE_MODULES, "case", 303, forms.uses),
    ("POST", "case_review.bring"): Row(P.WRITE_MODULES, "case", 303, forms.left_out),
    ("POST", "case_review.take_back"): Row(P.WRITE_MODULES, "case", 303, forms.review_state),
    ("POST", "making.put_aside"): Row(P.WRITE_MODULES, "case", 303),
    ("GET", "case_facts.show"): Row(P.WRITE_MODULES, "case"),
    ("POST", "case_facts.save"): Row(P.WRITE_MODULES, "case", 303, forms.facts),
    ("GET", "case_timeline.show"): Row(P.WRITE_MODULES, "case"),
    ("POST", "case_timeline.save"): Row(P.WRITE_MODULES, "case", 303, forms.marks),
    ("GET", "editor.outline"): Row(P.WRITE_MODULES, "draft"),
    ("GET", "editor.checks"): Row(P.WRITE_MODULES, "draft"),
    ("POST", "editor.structure"): Row(P.WRITE_MODULES, "draft", 303, forms.structure),
    ("GET", "editor.delete"): Row(P.WRITE_MODULES, "draft", more=(("part", "stage.first"),)),
    ("POST", "editor.delete"): Row(P.WRITE_MODULES, "draft", 303, more=(("part", "stage.first"),)),
    # Nothing was deleted, so there is nothing to undo.
    ("POST", "editor.undo"): Row(P.WRITE_MODULES, "draft", 409, forms.revision),
    ("GET", "parts.edit"): Row(P.WRITE_MODULES, "draft", more=(("part", "item.q1"),)),
    ("POST", "parts.save"): Row(
        P.WRITE_MODULES, "draft", 303, forms.part, more=(("part", "item.q1"),)
    ),
    ("GET", "history.index"): Row(P.WRITE_MODULES, "draft"),
    ("GET", "history.show"): Row(P.WRITE_MODULES, "draft", more=(("number", "1"),)),
    ("POST", "history.restore"): Row(
        P.WRITE_MODULES, "draft", 303, forms.restored, more=(("number", "1"),)
    ),
    ("GET", "kept.show"): Row(P.WRITE_MODULES, "kept"),
    ("GET", "kept.throw_away"): Row(P.WRITE_MODULES, "kept"),
    ("POST", "kept.throw_away"): Row(P.WRITE_MODULES, "kept", 303),
    ("GET", "making.confirm"): Row(P.WRITE_MODULES, "case"),
    ("POST", "making.make"): Row(P.WRITE_MODULES, "case", 303, forms.make_draft),
    ("GET", "preview.version"): Row(P.PREVIEW_MODULES, "version"),
    ("GET", "preview.stage"): Row(P.PREVIEW_MODULES, "version", more=_stage("first")),
    ("GET", "preview.paths"): Row(P.PREVIEW_MODULES, "version"),
    ("GET", "draft_preview.index"): Row(P.WRITE_MODULES, "draft"),
    ("GET", "draft_preview.stage"): Row(P.WRITE_MODULES, "draft", more=_stage("first")),
    ("GET", "draft_preview.paths"): Row(P.WRITE_MODULES, "draft"),
    ("GET", "review.show"): Row(P.WRITE_MODULES, "draft"),
    ("POST", "review.ask"): Row(P.WRITE_MODULES, "draft", 303),
    ("GET", "review.take_back"): Row(P.WRITE_MODULES, "draft"),
    ("POST", "review.take_back"): Row(P.WRITE_MODULES, "draft:offered", 303),
    ("POST", "review.sign_off"): Row(P.WRITE_MODULES, "draft:asked", 303, forms.sign_off),
    ("POST", "review.comment"): Row(P.WRITE_MODULES, "draft", 303, forms.comment),
    ("POST", "review.settle"): Row(P.WRITE_MODULES, "draft", 303, forms.settle),
    ("GET", "changes.draft"): Row(P.WRITE_MODULES, "draft"),
    ("GET", "changes.versions"): Row(P.PREVIEW_MODULES, "version"),
    ("GET", "publish.show"): Row(P.WRITE_MODULES, "draft:approved"),
    ("POST", "publish.follow"): Row(P.WRITE_MODULES, "draft:approved", 303),
    ("POST", "publish.publish"): Row(P.WRITE_MODULES, "draft:approved", 303, forms.publish),
    ("GET", "module.show"): Row(P.PREVIEW_MODULES, "module"),
    ("POST", "module.begin"): Row(P.WRITE_MODULES, "module", 303),
    ("POST", "module.review_by"): Row(P.WRITE_MODULES, "module", 303, forms.review_by),
    ("GET", "module.retire"): Row(P.WRITE_MODULES, "module"),
    ("POST", "module.retire"): Row(P.WRITE_MODULES, "module", 303),
    ("GET", "module.bring_back"): Row(P.WRITE_MODULES, "module"),
    ("POST", "module.bring_back"): Row(P.WRITE_MODULES, "module", 303),
    ("GET", "questions.index"): Row(P.SEE_QUESTIONS),
    ("GET", "questions.version"): Row(P.SEE_QUESTIONS, "version"),
    ("GET", "questions.download"): Row(P.SEE_QUESTIONS, "version"),
    ("GET", "sessions.index"): Row(P.RECORD_SESSIONS),
    ("GET", "sessions.new"): Row(P.RECORD_SESSIONS),
    ("POST", "sessions.create"): Row(P.RECORD_SESSIONS, own=303, form=forms.session),
    ("GET", "sessions.session"): Row(P.RECORD_SESSIONS, "session"),
}

MANAGING = {
    ("GET", "assignments.index"): Row(P.ASSIGN),
    ("GET", "assignments.new"): Row(P.ASSIGN),
    # Without a choice the form is shown again with its sentences.
    ("GET", "assignments.preview"): Row(P.ASSIGN, own=422),
    ("POST", "assignments.create"): Row(P.ASSIGN, own=303, form=forms.assignment),
    ("GET", "assignments.show"): Row(P.ASSIGN, "assignment"),
    ("GET", "assignments.ask_more"): Row(P.ASSIGN, "assignment"),
    ("POST", "assignments.ask_more"): Row(P.ASSIGN, "assignment", 303, forms.ask_more),
    ("GET", "assignments.end"): Row(P.ASSIGN, "assignment"),
    ("POST", "assignments.end"): Row(P.ASSIGN, "assignment", 303, forms.withdrawal),
    ("GET", "completions.index"): Row(P.SEE_COMPLETIONS),
    ("GET", "completions.csv"): Row(P.SEE_COMPLETIONS),
    ("GET", "completions.xlsx"): Row(P.SEE_COMPLETIONS),
    ("GET", "completions.person"): Row(P.SEE_COMPLETIONS, "person:colleague"),
    ("GET", "completions.module"): Row(P.SEE_COMPLETIONS, "module"),
}

ADMINISTERING = {
    ("GET", "people.index"): Row(P.MANAGE_PEOPLE),
    ("GET", "people.show"): Row(P.MANAGE_PEOPLE, "person:colleague"),
    ("GET", "people.add"): Row(P.MANAGE_PEOPLE),
    ("POST", "people.add"): Row(P.MANAGE_PEOPLE, own=303, form=forms.new_person),
    ("GET", "people.edit"): Row(P.MANAGE_PEOPLE, "person:colleague"),
    ("POST", "people.edit"): Row(P.MANAGE_PEOPLE, "person:colleague", 303, forms.identity),
    ("GET", "people.move"): Row(P.MANAGE_PEOPLE, "person:colleague"),
    ("POST", "people.move"): Row(P.MANAGE_PEOPLE, "person:colleague", 303, forms.move_person),
    ("GET", "people.deactivate"): Row(P.MANAGE_PEOPLE, "person:colleague"),
    ("POST", "people.deactivate"): Row(P.MANAGE_PEOPLE, "person:colleague", 303),
    ("GET", "people.reactivate"): Row(P.MANAGE_PEOPLE, "person:left"),
    ("POST", "people.reactivate"): Row(P.MANAGE_PEOPLE, "person:left", 303),
    ("GET", "people.link"): Row(P.MANAGE_PEOPLE, "person:newcomer"),
    ("POST", "people.link"): Row(P.MANAGE_PEOPLE, "person:newcomer", 303),
    # Without a link just issued it leads back to the person.
    ("GET", "people.link_shown"): Row(P.MANAGE_PEOPLE, "person:newcomer", 303),
    ("GET", "grants.give"): Row(P.MANAGE_GRANTS, "person:colleague"),
    ("POST", "grants.give"): Row(P.MANAGE_GRANTS, "person:colleague", 303, forms.grant),
    ("GET", "grants.end"): Row(P.MANAGE_GRANTS, "grant"),
    ("POST", "grants.end"): Row(P.MANAGE_GRANTS, "grant", 303),
    ("GET", "people_import.index"): Row(P.MANAGE_PEOPLE),
    ("POST", "people_import.index"): Row(P.MANAGE_PEOPLE, own=303, form=forms.upload),
    ("GET", "people_import.show"): Row(P.MANAGE_PEOPLE, "upload"),
    ("POST", "people_import.apply"): Row(P.MANAGE_PEOPLE, "upload", 303, forms.apply),
    ("POST", "people_import.give_up"): Row(P.MANAGE_PEOPLE, "upload", 303),
    ("GET", "people_import.difference"): Row(P.MANAGE_PEOPLE, "upload"),
    ("GET", "people_import.refused"): Row(P.MANAGE_PEOPLE, "upload"),
    ("GET", "units.index"): Row(P.MANAGE_UNITS),
    ("GET", "units.show"): Row(P.MANAGE_UNITS, "unit:desk"),
    ("GET", "units.add"): Row(P.MANAGE_UNITS, "unit:desk"),
    ("POST", "units.add"): Row(P.MANAGE_UNITS, "unit:desk", 303, forms.new_unit),
    ("GET", "units.rename"): Row(P.MANAGE_UNITS, "unit:desk"),
    ("POST", "units.rename"): Row(P.MANAGE_UNITS, "unit:desk", 303, forms.unit_name),
    ("GET", "units.move"): Row(P.MANAGE_UNITS, "unit:team"),
    ("POST", "units.move"): Row(P.MANAGE_UNITS, "unit:team", 303, forms.move_unit),
}

TABLE: dict[tuple[str, str], Row] = {**OPEN, **LEARNING, **TRAINING, **MANAGING, **ADMINISTERING}
