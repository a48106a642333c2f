"""What an imported case says about itself, to be put right."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.db import now_utc
from app.importing.forms import FactsForm
from app.importing.models import ImportedCase
from app.importing.queries import case_in, reviewed
from app.importing.reviewing import FactsChanged, save_facts

blueprint = Blueprint("case_facts", __name__, template_folder="../templates")
Page = str | tuple[str, int] | AnyResponse


def _case(case_id: int) -> ImportedCase:
    return case_in(me().force_id, case_id) or abort(404)


@blueprint.get("/cases/<int:case_id>/about")
@requires(Permission.WRITE_MODULES)
def show(case_id: int) -> Page:
    """Show the title, the publisher and the other facts in one form."""
    case = _case(case_id)
    form = FactsForm(formdata=None)
    form.fill(reviewed(case).review.facts)
    return _page(case, form)


def _page(case: ImportedCase, form: FactsForm) -> str:
    return render_template("importing/facts.html", case=case, now=reviewed(case), form=form)


@blueprint.post("/cases/<int:case_id>/about")
@requires(Permission.WRITE_MODULES)
def save(case_id: int) -> Page:
    """Save the facts; one that somebody else changed meanwhile is shown beside hers."""
    case, form = _case(case_id), FactsForm()
    if not form.validate():
        return _page(case, form), 422
    base = request.form.get("base", 0, type=int)
    try:
        save_facts(case, form.facts(), base=base, by=me().person_id, at=now_utc())
    except FactsChanged as refusal:
        theirs = FactsForm(formdata=None)
        theirs.fill(reviewed(case).review.facts)
        for name in refusal.names:
            said = theirs[name].data or "empty"
            form.refuse(name, f"Somebody else wrote “{said}” meanwhile. Save again to keep yours")
        return _page(case, form), 409
    flash("The facts were saved.", "success")
    return redirect(url_for("case_facts.show", case_id=case.id), code=303)
