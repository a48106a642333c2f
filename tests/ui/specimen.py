"""Specimen pages: everything that `ui` draws, in an application with nothing else in it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, render_template, request
from wtforms.validators import InputRequired

from app.ui import setup
from app.ui.fields import (
    BooleanField,
    CalendarDateField,
    CheckboxesField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    choice,
)
from app.ui.forms import DebriefForm

OPTIONS = [
    choice("a", "Give him a reference number and tell him enquiries will be made"),
    choice("b", "Ask how old he is"),
    choice("c", "Ask him to ring again if the messages go on"),
    choice("d", "Record the number and close the log"),
]
UNITS = [
    ("Contact centre", 38, 2, 1),
    ("CID North", 51, 4, 9),
    (
        "Response A, nights and the early half of the week, Westborough and Little Wickham",
        60,
        9,
        19,
    ),
    ("Public protection", 36, 1, 0),
]


class SpecimenForm(DebriefForm):
    """One field of each kind."""

    name = StringField("Full name", [InputRequired("Enter the full name")])
    email = EmailField("E-mail address", description="Your force address")
    password = PasswordField("Password")
    days = IntegerField("Days before it falls due", [InputRequired("Enter the days")])
    note = TextAreaField("Reason", [InputRequired("Write the reason")], description="Kept for ever")
    answer = RadioField("Before ending this call, which would you do?", choices=OPTIONS)
    roles = CheckboxesField(
        "Roles",
        choices=[choice("t", "Trainer", "Sees questions, never people"), choice("m", "Manager")],
    )
    unit = SelectField(
        "Unit", choices=[choice("1", "CID North", "", "Crime"), choice("2", "Response A")]
    )
    due = CalendarDateField("Due date", [InputRequired("Enter the due date")])
    agreed = BooleanField("I have read this", [InputRequired("Tick to go on")])
    file = FileField("CSV file", description="Up to 12 MB")


def _people() -> dict[str, Any]:
    return {
        "navigation": [
            SimpleNamespace(label="Home", url="/home", current=request.path == "/home"),
            SimpleNamespace(label="Library", url="/player", current=request.path == "/player"),
            SimpleNamespace(label="My record", url="/record", current=False),
            SimpleNamespace(label="Completion", url="/report", current=request.path == "/report"),
        ],
        "signed_in": SimpleNamespace(name="Aisha Rahman"),
        "account_url": "/account",
        "sign_out_url": "/sign-out",
        "home_url": "/home",
        "demo": True,
        "now": datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
        "stages": [
            SimpleNamespace(title="Your post in the control room", url="/1", state="done"),
            SimpleNamespace(title="The first call", url=None, state="current"),
        ],
        "units": UNITS,
        "page": SimpleNamespace(number=4, pages=13, total=322, first=76, last=100),
        "page_url": "/report?page={}".format,
    }


def specimen_app(cache: Path) -> Flask:
    """Build an application whose only pages are the specimens."""
    app = Flask("tests.ui.specimen", static_folder=None, template_folder="templates")
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        STATIC_CACHE=cache,
        WTF_CSRF_ENABLED=False,
        TESTING=True,
        PROPAGATE_EXCEPTIONS=False,
    )
    setup.init_app(app)
    app.context_processor(_people)

    @app.route("/<name>", methods=["GET", "POST"])
    def specimen(name: str) -> str:
        form = SpecimenForm()
        if form.validate_on_submit():
            flash("Saved.", "success")
        return render_template(f"specimen/{name}.html", form=form)

    return app
