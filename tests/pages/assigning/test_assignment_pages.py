"""Pages on which a manager assigns: the list first, exactly that list, once; and withdrawing."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Grant, Unit
from app.accounts.permissions import Role
from app.assigning.models import Assignment, Occurrence
from app.db import db, london_date, now_utc
from tests.browser import PageClient, without_tokens
from tests.cast import LONG_AGO, Cast, make_person
from tests.factories.assigning import make_assignment, make_completion, make_version

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def _fields(html: str) -> dict[str, str]:
    found = {name: unescape(value) for name, value in HIDDEN.findall(html)}
    found.pop("csrf_token", None)
    return found


def _in_days(days: int) -> str:
    return (london_date(now_utc()) + timedelta(days=days)).isoformat()


@pytest.fixture
def modules(app: Flask, cast: Cast) -> Cast:
    """Two modules of everyone's, one of another force."""
    with app.app_context():
        make_version("made-up")
        make_version("another")
        make_version("of-south", owner_id=cast.south)
        db.session.commit()
    return cast


@pytest.fixture
def manager(client: PageClient, modules: Cast) -> PageClient:
    """The manager of Operations, signed in."""
    client.sign_in("manager@example.test")
    return client


def _preview(cast: Cast, team: str = "contact", /, **more: str) -> str:
    typed = {"module": "made-up", "unit": str(cast.units[team]), "due": _in_days(9),
             "earlier": "counts", **more}  # fmt: skip
    return "/assignments/preview?" + "&".join(f"{name}={value}" for name, value in typed.items())


def _count(app: Flask, table: type[Assignment] | type[Occurrence]) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _assign(
    app: Flask, cast: Cast, unit: str = "contact", days: int = 9, by: str = "manager"
) -> int:
    with app.app_context():
        made = make_assignment(
            make_version("asked"), cast.units[unit], by=cast.people[by],
            at=now_utc(), due_on=london_date(now_utc()) + timedelta(days=days),
        )  # fmt: skip
        db.session.commit()
        return made.id


def test_from_the_form_to_the_assignment(app: Flask, manager: PageClient, modules: Cast) -> None:
    page = manager.get("/assignments/new").text
    assert "Title of made-up" in page
    assert "Title of of-south" not in page
    assert "Southshire" not in page
    page = manager.get(_preview(modules)).text
    assert "2 people will be asked" in page
    assert "Officer, Nofficer, Contact centre" in page
    assert _count(app, Assignment) == 0
    answer = manager.submit("/assignments", _fields(page))
    assert answer.status_code == 303
    page = manager.get(answer.location).text
    assert "0 of 2" in page
    assert "was assigned to Contact centre" in page
    assert "Title of made-up" in manager.get("/assignments").text
    assert _count(app, Occurrence) == 2


def test_sending_the_confirmed_list_twice_makes_one(
    app: Flask, manager: PageClient, modules: Cast
) -> None:
    fields = _fields(manager.get(_preview(modules)).text)
    first = manager.submit("/assignments", fields)
    second = manager.submit("/assignments", fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert (_count(app, Assignment), _count(app, Occurrence)) == (1, 2)


def test_a_list_that_changed_meanwhile_is_shown_again(
    app: Flask, manager: PageClient, modules: Cast
) -> None:
    fields = _fields(manager.get(_preview(modules)).text)
    with app.app_context():
        make_person("newcomer", db.session.get_one(Unit, modules.contact))
        db.session.commit()
    answer = manager.submit("/assignments", fields)
    assert answer.status_code == 409
    assert "The people changed since you saw this list" in answer.text
    assert "3 people will be asked" in answer.text
    assert _count(app, Assignment) == 0
    assert manager.submit("/assignments", _fields(answer.text)).status_code == 303
    assert _count(app, Occurrence) == 3


def test_a_list_that_was_never_shown_is_not_confirmed(
    app: Flask, manager: PageClient, modules: Cast
) -> None:
    fields = _fields(manager.get(_preview(modules)).text)
    for missing in ("people", "key"):
        answer = manager.submit("/assignments", {**fields, missing: ""})
        assert answer.status_code in (409, 422)
    other = {**fields, "unit": str(modules.operations)}
    assert manager.submit("/assignments", other).status_code == 409
    assert _count(app, Assignment) == 0


def test_the_list_says_who_is_asked_already_and_who_completed_it(
    app: Flask, manager: PageClient, modules: Cast
) -> None:
    with app.app_context():
        version = make_version("made-up")
        make_completion(version, modules.responder)
        make_completion(version, modules.officer_elsewhere)
        make_assignment(version, modules.contact, by=modules.manager)
        db.session.commit()
    page = manager.get(_preview(modules, "operations")).text
    assert "2 people are asked already and will not be asked twice" in page
    assert "1 person completed it before: counted as completed" in page
    assert "asked by Manager in Contact centre" in page
    again = manager.get(_preview(modules, "operations", earlier="again")).text
    assert "1 person completed it before and will be asked again" in again
    assert "Ask 3 people" in again


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due": "2020-01-01"}, "The due date must be today or later"),
        ({"due": "2999-01-01"}, "Enter a real date"),
        ({"due": "2150-01-01"}, "within the next two years"),
        ({"due": "31-2-2027"}, "Enter a real date"),
        ({"due": ""}, "Enter the date by which it is due"),
        ({"module": ""}, "Choose a module"),
        ({"earlier": "sometimes"}, "Choose one of these"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    manager: PageClient, modules: Cast, changed: dict[str, str], sentence: str
) -> None:
    answer = manager.get(_preview(modules, **changed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Error: Assign a module" in answer.text


def test_a_unit_or_module_elsewhere_answers_as_one_that_does_not_exist(
    manager: PageClient, modules: Cast
) -> None:
    for name, elsewhere, nowhere in (
        ("unit", str(modules.south), "999999"),
        ("module", "of-south", "nothing-at-all"),
    ):
        answers = [manager.get(_preview(modules, **{name: v})) for v in (elsewhere, nowhere)]
        assert [answer.status_code for answer in answers] == [422, 422]
        text = [re.sub(elsewhere, "", re.sub(nowhere, "", without_tokens(a))) for a in answers]
        assert text[0] == text[1]


def test_withdrawing_needs_a_reason_and_shows_it(
    app: Flask, manager: PageClient, modules: Cast
) -> None:
    made = _assign(app, modules)
    url = f"/assignments/{made}/withdraw"
    page = manager.get(url).text
    assert "2 people in Contact centre who have not completed it" in page
    refused = manager.submit(url, {"reason": "  "})
    assert refused.status_code == 422
    assert "Write why it is withdrawn" in refused.text
    assert manager.submit(url, {"reason": "Replaced <b>soon</b>"}).status_code == 303
    page = manager.get(f"/assignments/{made}").text
    assert "Replaced &lt;b&gt;soon&lt;/b&gt;" in page
    assert "Withdraw this assignment" not in page
    twice = manager.submit(url, {"reason": "Other"}, follow_redirects=True)
    assert "Nothing was changed" in twice.text
    assert "Replaced" in manager.get("/assignments").text
    for email, seen in (("officer@example.test", True), ("responder@example.test", False)):
        person = app.test_client()
        assert isinstance(person, PageClient)
        person.sign_in(email)
        record = person.get("/record").text
        assert ("Replaced &lt;b&gt;soon&lt;/b&gt;" in record) is seen
        assert ("because you were in Contact centre" in record) is seen


def test_those_who_joined_are_offered_and_asked_once(
    app: Flask, manager: PageClient, modules: Cast
) -> None:
    made = _assign(app, modules)
    page = manager.get(f"/assignments/{made}").text
    assert "not been asked" not in page
    with app.app_context():
        make_person("joiner", db.session.get_one(Unit, modules.contact))
        db.session.commit()
    assert (
        "1 person in Contact centre has not been asked" in manager.get(f"/assignments/{made}").text
    )
    url = f"/assignments/{made}/ask-more"
    page = manager.get(url).text
    assert "Joiner" in page
    assert "Officer" not in page
    fields = {**_fields(page), "due": "2020-01-01"}
    assert "The due date must be today or later" in manager.submit(url, fields).text
    fields["due"] = _in_days(30)
    assert manager.submit(url, fields).status_code == 303
    assert manager.submit(url, fields).status_code in (303, 422)
    assert _count(app, Occurrence) == 3


def test_a_manager_below_reads_and_cannot_change(app: Flask, modules: Cast) -> None:
    made = _assign(app, modules, "operations")
    with app.app_context():
        team = db.session.get_one(Unit, modules.contact)
        make_person("sergeant", team, roles=((Role.MANAGER, team),))
        db.session.commit()
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.sign_in("sergeant@example.test")
    page = client.get(f"/assignments/{made}").text
    assert "0 of 2" in page
    assert "Responder" not in page
    assert "only a manager of Operations can change it" in page
    for url in (f"/assignments/{made}/withdraw", f"/assignments/{made}/ask-more"):
        assert client.get(url).status_code == 404
        assert client.submit(url, {"reason": "x", "people": "x"}).status_code == 404


def test_elsewhere_it_does_not_exist_and_others_may_not_look(
    app: Flask, client: PageClient, modules: Cast
) -> None:
    made = _assign(app, modules)
    client.sign_in("manager_elsewhere@example.test")
    for tail in ("", "/withdraw", "/ask-more"):
        own, nothing = (client.get(f"/assignments/{n}{tail}") for n in (made, 999999))
        assert own.status_code == nothing.status_code == 404
    assert "Contact centre" not in client.get("/assignments").text
    for email in ("officer@example.test", "trainer@example.test", "administrator@example.test"):
        other = app.test_client()
        assert isinstance(other, PageClient)
        other.sign_in(email)
        for url in ("/assignments", "/assignments/new", f"/assignments/{made}"):
            assert other.get(url).status_code == 403


def test_an_ended_grant_ends_the_view(app: Flask, manager: PageClient, modules: Cast) -> None:
    made = _assign(app, modules)
    assert manager.get(f"/assignments/{made}").status_code == 200
    with app.app_context():
        db.session.execute(
            sa.update(Grant).where(Grant.person_id == modules.manager).values(ended_at=LONG_AGO)
        )
        db.session.commit()
    assert manager.get(f"/assignments/{made}").status_code == 403


def test_empty_states(manager: PageClient, modules: Cast) -> None:
    assert "Nothing is assigned" in manager.get("/assignments").text
    page = manager.get(_preview(modules, "response", module="another")).text
    assert "1 person will be asked" in page
