"""The story of the demonstration: told whole, once, by the rooms' own verbs."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import AuditEntry, Person, Unit
from app.accounts.queries import active_members
from app.analysis.questions import tallies_of, times_at
from app.assigning.models import Assignment, Occurrence
from app.assigning.queries import asked_of
from app.attempts.marking import Response, mark
from app.attempts.models import Answer, Attempt, Look, Reflection, ReflectionState
from app.attempts.queries import open_attempts
from app.authoring.publishing import publish
from app.authoring.syncing import modules_in
from app.catalogue.document import Module
from app.catalogue.models import Module as ModuleRow
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.config import ROOT
from app.db import Base, db
from app.demo import seeding
from app.demo.instance import demo_settings
from app.demo.organisation import LONG_PERSON, LONG_UNIT, OFFICER, everybody
from app.demo.seeding import bring_up_to_date, is_seeded, seed
from app.drafting.models import ModuleDraft
from app.records.models import Completion
from app.records.queries import completions_of
from tests.demo.conftest import CONTENT, NOW, demo_app

DEMO = ROOT / "app" / "demo"


def counts() -> dict[str, int]:
    return {
        table.name: db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }


def pins() -> dict[int, int]:
    """Return the version to which each attempt is pinned."""
    rows = db.session.execute(sa.select(Attempt.id, Attempt.version_id))
    return {attempt_id: version_id for attempt_id, version_id in rows}


def changed(module: Module) -> Module:
    return module.model_copy(update={"summary": "Another summary, for a test."})


def test_telling_it_again_changes_nothing(copied: Callable[[], Flask]) -> None:
    with copied().app_context():
        before = counts()
        assert is_seeded()
        assert not any(one.published for one in bring_up_to_date(modules_in(CONTENT), now=NOW))
        db.session.expire_all()
        assert counts() == before


def test_a_changed_module_is_published_and_attempts_stay(copied: Callable[[], Flask]) -> None:
    with copied().app_context():
        before = pins()
        modules = modules_in(CONTENT)
        done = bring_up_to_date([changed(modules[0]), *modules[1:]], now=NOW)
        assert [one.number for one in done if one.published] == [2]
        assert counts()["version"] == len(modules) + 1
        assert pins() == before


def test_what_was_published_in_the_browser_is_not_put_back(copied: Callable[[], Flask]) -> None:
    with copied().app_context():
        draft = db.session.scalars(sa.select(ModuleDraft)).one()
        modules = modules_in(CONTENT)
        row = db.session.get_one(ModuleRow, draft.module_id)
        mine = changed(next(module for module in modules if module.slug == row.slug))
        draft.version_id = publish(mine, by=draft.created_by, at=NOW).id
        db.session.commit()
        assert not any(one.published for one in bring_up_to_date(modules, now=NOW))


def test_what_is_cut_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(seeding, "_come_and_go", fail)
    monkeypatch.setattr(seeding, "REQUESTS", seeding.REQUESTS[:1])
    app = demo_app(demo_settings(tmp_path, CONTENT, "http://127.0.0.1:8000"))
    with app.app_context():
        db.create_all()
        with pytest.raises(KeyboardInterrupt):
            seed(modules_in(CONTENT), now=NOW)
        assert not is_seeded()
        assert set(counts().values()) == {0}
        db.engine.dispose()


def test_it_is_told_without_the_story_s_modules(tmp_path: Path) -> None:
    app = demo_app(demo_settings(tmp_path, CONTENT, "http://127.0.0.1:8000"))
    with app.app_context():
        db.create_all()
        only = [m for m in modules_in(CONTENT) if m.slug == "a-friend-rings-in"]
        seed(only, now=NOW)
        assert counts()["assignment"] == 1
        assert counts()["person"] > 60
        db.engine.dispose()


def test_the_demonstration_has_no_sql_of_its_own() -> None:
    for path in DEMO.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        names = {a.name.split(".")[0] for n in imported for a in n.names}
        modules = {(n.module or "") for n in imported if isinstance(n, ast.ImportFrom)}
        assert "sqlalchemy" not in names | {m.split(".")[0] for m in modules}, path.name
        assert "db" not in names, path.name


def test_the_database_is_content(told: Flask) -> None:
    with told.app_context():
        assert db.session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        assert db.session.execute(sa.text("PRAGMA integrity_check")).scalar_one() == "ok"


def test_every_answer_is_marked_by_the_rule(told: Flask) -> None:
    with told.app_context():
        rows = db.session.execute(
            sa.select(Answer, Attempt.version_id).join(Attempt, Attempt.id == Answer.attempt_id)
        ).all()
        assert len(rows) > 300
        for answer, version_id in rows:
            questions = {q.id: q for q in document_of(version_id).questions()}
            given = mark(questions[answer.item_id], Response.from_json(answer.response))
            assert (str(given.credit), given.scheme) == (answer.credit, answer.scheme)


def test_first_answers_are_believable(told: Flask) -> None:
    with told.app_context():
        rows = db.session.execute(
            sa.select(Answer.item_id, Answer.credit).where(Answer.look == Look.FIRST)
        ).all()
    full = Counter(item for item, credit in rows if Fraction(credit) == 1)
    every = Counter(item for item, _ in rows)
    assert 0.35 < full.total() / every.total() < 0.85
    assert all(0 < full[item] < every[item] for item in every if every[item] >= 10)
    assert sum(count >= 10 for count in every.values()) >= 10


def test_one_module_shows_how_its_questions_tell_people_apart(told: Flask) -> None:
    with told.app_context():
        version = db.session.scalars(
            sa.select(Version).join(ModuleRow).where(ModuleRow.slug == "the-first-call")
        ).one()
        figures = [tally.figures for tally in tallies_of(version)]
        assert all(one.paired >= 32 for one in figures)
        assert all(one.discrimination and one.efficiency for one in figures)
        # Skill shows: most questions go with the others rather than against them.
        apart = [one.discrimination.value for one in figures if one.discrimination]
        assert sum(value > 0.1 for value in apart) > len(apart) / 2
        assert times_at(version).whole


def test_completions_close_what_was_asked(told: Flask) -> None:
    with told.app_context():
        rows = db.session.execute(
            sa.select(Occurrence, Completion).join(
                Completion, Completion.id == Occurrence.completion_id
            )
        ).all()
        assert len(rows) > 40
        for occurrence, completion in rows:
            assert occurrence.person_id == completion.person_id
            assert occurrence.module_id == completion.module_id
        finished = set(db.session.scalars(sa.select(Attempt.completion_id)))
        for completion in db.session.scalars(sa.select(Completion)):
            assert completion.unit_name
            assert completion.key.startswith("session:") or completion.id in finished


def test_every_act_is_in_the_record(told: Flask) -> None:
    with told.app_context():
        acts = Counter(db.session.scalars(sa.select(AuditEntry.act)))
        there = counts()
    assert acts["person-added"] == acts["password-set"] == there["person"]
    assert acts["unit-added"] == there["unit"]
    assert acts["grant-given"] == there["role_grant"]
    assert acts["module-published"] == there["version"]
    assert acts["assigned"] == there["assignment"]
    assert acts["session-recorded"] == there["facilitated_session"] == 1
    assert acts["withdrawn"] == acts["person-moved"] == acts["person-deactivated"] == 1


def test_nothing_happens_tomorrow_or_before_its_cause(told: Flask) -> None:
    with told.app_context():
        for table in Base.metadata.sorted_tables:
            # Links and mails look ahead; everything else was.
            for column in (c for c in table.columns if c.name.endswith(("_at", "at"))):
                if column.name in ("expires_at", "next_try_at"):
                    continue
                latest = db.session.execute(sa.select(sa.func.max(column))).scalar_one()
                assert not isinstance(latest, datetime) or latest <= NOW, column
        begun = db.session.execute(
            sa.select(Attempt.started_at, Version.published_at, Person.created_at)
            .join(Version, Version.id == Attempt.version_id)
            .join(Person, Person.id == Attempt.learner_id)
        ).all()
        assert all(created < published < started for started, published, created in begun)
        span = max(b[0] for b in begun) - min(b[0] for b in begun)
        assert span > timedelta(days=40)


def test_the_first_officer_has_one_of_each(told: Flask) -> None:
    with told.app_context():
        officer = db.session.scalars(sa.select(Person).where(Person.name == OFFICER.name)).one()
        done = completions_of(officer.id)
        running = open_attempts(officer.id)
        waiting = [asked for asked in asked_of(officer.id) if asked.completion_id is None]
        assert [one.slug for one in done] == ["a-friend-rings-in"]
        assert len(running) == len(waiting) == 1
        assert running[0].module_id not in {waiting[0].module_id, done[0].module_id}
        assert timedelta() < waiting[0].due_on - NOW.date() < timedelta(days=15)


def test_every_state_can_be_seen(told: Flask) -> None:
    with told.app_context():
        people = db.session.execute(sa.select(Person.name, Person.force_id)).all()
        assert Counter(Counter(force for _, force in people).values()) == {67: 1, 6: 1}
        assert LONG_PERSON in {name for name, _ in people}
        names = [unit.name for unit in db.session.scalars(sa.select(Unit))]
        assert max(names, key=len) == LONG_UNIT
        written = Counter(db.session.scalars(sa.select(Reflection.state)))
        assert all(written[state] > 10 for state in ReflectionState)
        due = Counter(
            (occurrence.due_on < NOW.date(), occurrence.completion_id is None)
            for occurrence in db.session.scalars(
                sa.select(Occurrence).where(Occurrence.withdrawn_at.is_(None))
            )
        )
        assert all(due[state] > 3 for state in ((True, True), (False, True), (False, False)))
        withdrawn = db.session.scalars(sa.select(Assignment.withdrawal_reason)).all()
        assert len([reason for reason in withdrawn if reason]) == 1


def test_nobody_asks_custody(told: Flask) -> None:
    with told.app_context():
        unit = db.session.scalars(sa.select(Unit).filter_by(name="Custody")).one()
        members = [member.person_id for member in active_members(unit.path)]
        assert len(members) >= 4
        assert not any(asked_of(person_id) for person_id in members)
        assert any(completions_of(person_id) for person_id in members)


def test_no_address_can_exist() -> None:
    emails = [somebody.email for somebody in everybody()]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".invalid") for email in emails)
