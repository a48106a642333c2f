"""Making a draft of an imported case: first what will be made, then the draft."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.catalogue.module_files import Severity
from app.checking.drafts import check_draft
from app.db import db, now_utc
from app.drafting.forms import ReviewForm
from app.drafting.from_cases.beginning import make_from_case
from app.drafting.from_cases.making import draft_document, left_behind
from app.drafting.outline import outline_of
from app.drafting.queries import Made, made_from
from app.importing.models import ImportedCase
from app.importing.queries import case_in, reviewed
from app.importing.reviewing import set_aside
from app.importing.source import Reviewed, source_text

blueprint = Blueprint("making", __name__, template_folder="../templates")


@blueprint.get("/cases/<int:case_id>/draft")
@requires(Permission.WRITE_MODULES)
def confirm(case_id: int) -> str:
    """Show the stages, questions and gaps that the draft would begin with."""
    case = case_in(me().force_id, case_id) or abort(404)
    return _page(case, reviewed(case))


def _page(case: ImportedCase, now: Reviewed, problem: str = "") -> str:
    document, before = draft_document(now, case.sha256), made_from(me().force_id, case.id)
    findings = check_draft(document, {case.sha256: source_text(now)[0]})
    return render_template(
        "drafting/making.html", case=case, now=now, module=outline_of(document),
        reflections=_reflections(document["stages"]), policy=document["policy_questions"],
        todo=sum(finding.severity is Severity.TODO for finding in findings),
        unmarked=sum("known" not in stage for stage in document["stages"]),
        behind=left_behind(now), before=before, used=_in_use(before),
        given_problems=[(problem, "")] if problem else None,
    )  # fmt: skip


def _in_use(made: list[Made]) -> list[Made]:
    """Return the drafts that are not set aside: as long as there is one, its case stays."""
    return [each for each in made if each.set_aside_at is None]


def _reflections(stages: list[dict[str, object]]) -> list[dict[str, object]]:
    items = [item for stage in stages for item in stage["items"]]  # type: ignore[attr-defined]
    return [item for item in items if item["kind"] == "reflection"]


def _held(case_id: int) -> ImportedCase:
    """Return the case; nobody else makes a draft of it or sets it aside meanwhile."""
    case = case_in(me().force_id, case_id) or abort(404)
    db.session.refresh(case, with_for_update=True)
    return case


@blueprint.post("/cases/<int:case_id>/draft")
@requires(Permission.WRITE_MODULES)
def make(case_id: int) -> tuple[str, int] | Response:
    """Make the draft that was shown; a review that went on meanwhile is shown anew."""
    case, form = _held(case_id), ReviewForm()
    now = reviewed(case)
    if now.review.is_aside:
        return _page(case, now, "This case is set aside. Undo that on its page first."), 409
    if not form.validate() or form.review.data != now.number:
        return _page(case, now, "Somebody changed the review meanwhile. Look at it anew."), 409
    draft = make_from_case(case, now, by=me().person_id, at=now_utc())
    flash("The draft was made. What only you can write is listed among the checks.", "success")
    return redirect(url_for("editor.outline", draft_id=draft.id), code=303)


@blueprint.post("/cases/<int:case_id>/set-aside")
@requires(Permission.WRITE_MODULES)
def put_aside(case_id: int) -> Response:
    """Take a case out of the way, unless a draft is made of it; the page says how to undo it."""
    case = _held(case_id)
    if used := _in_use(made_from(me().force_id, case.id)):
        what = "A draft is" if len(used) == 1 else f"{len(used)} drafts are"
        flash(f"{what} made of this case. Set {'it' if len(used) == 1 else 'them'} aside first.",
              "notice")  # fmt: skip
        return redirect(url_for("making.confirm", case_id=case.id, _anchor="drafts"), code=303)
    set_aside(case, by=me().person_id, at=now_utc())
    flash("The case was set aside. You find it below the others under Write.", "success")
    return redirect(url_for("case_review.show", case_id=case.id), code=303)
