"""How Debrief works, for whoever wants to know before trusting it."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.access import public
from app.attempts.marking import KINDS

blueprint = Blueprint("help", __name__, template_folder="../templates")


@blueprint.get("/how-it-works")
@public
def index() -> str:
    """Say who sees what, how answers are marked, and what a record is."""
    return render_template("learning/help.html", kinds=KINDS)
