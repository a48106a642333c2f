"""Importing a case document: a file or pasted text, and what was imported before."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.cases.document import CaseRefusal
from app.cases.formats.refusals import LARGEST
from app.db import now_utc, reads_first
from app.importing.forms import FILE, TEXT, ImportForm
from app.importing.importing import import_again, import_case, sha256_of
from app.importing.models import ImportedCase
from app.importing.queries import case_in, cases_in, earlier

blueprint = Blueprint("cases", __name__, template_folder="../templates")
Page = str | tuple[str, int] | AnyResponse
PASTED = "pasted text.txt"


def _to(case: ImportedCase) -> AnyResponse:
    return redirect(url_for("case_review.show", case_id=case.id), code=303)


@blueprint.route("/cases/new", methods=["GET", "POST"])
@requires(Permission.WRITE_MODULES)
@reads_first
def new() -> Page:
    """Take a case document; one that was imported before is said to be, and may be again."""
    form = ImportForm()
    if request.method == "POST" and form.validate() and (sent := _sent(form)):
        data, name = sent
        if same := earlier(me().force_id, sha256_of(data)):
            return redirect(url_for("cases.new", same=same.id), code=303)
        try:
            return _imported(data, name)
        except CaseRefusal as refusal:
            form.refuse(str(form.way.data), refusal)
    recent = [case for case in cases_in(me().force_id) if not case.is_aside][:5]
    page = render_template("importing/new.html", form=form, same=_same(), recent=recent)
    return (page, 422) if request.method == "POST" else page


def _sent(form: ImportForm) -> tuple[bytes, str] | None:
    """Return what was sent, or refuse beside the field; the only thing sent is the one meant."""
    file, text = form.file.data, (form.text.data or "").strip()
    has_file = bool(file and file.filename)
    if form.way.data == FILE and not has_file and text:
        form.way.data = TEXT
    elif form.way.data == TEXT and not text and has_file:
        form.way.data = FILE
    return _sent_file(form) if form.way.data == FILE else _sent_text(form, text)


def _sent_file(form: ImportForm) -> tuple[bytes, str] | None:
    file = form.file.data
    if not file or not file.filename:
        form.refuse("file", "Choose a file, or choose to paste the text instead")
        return None
    data = file.read(LARGEST + 1)
    if not data:
        form.refuse("file", "This file is empty. Choose another, or paste the text instead")
    return (data, file.filename) if data else None


def _sent_text(form: ImportForm, text: str) -> tuple[bytes, str] | None:
    if not text:
        form.refuse("text", "Paste the text of the case, or choose a file instead")
        return None
    return text.replace("\r\n", "\n").encode(), PASTED


def _imported(data: bytes, name: str) -> AnyResponse:
    case = import_case(
        data=data, name=name, force_id=me().force_id, by=me().person_id, at=now_utc()
    )
    flash("The case was imported. Look through its blocks beside the source.", "success")
    return _to(case)


def _same() -> ImportedCase | None:
    """Return the earlier import that an upload turned out to be, if the address names one."""
    wanted = request.args.get("same", type=int)
    return case_in(me().force_id, wanted) if wanted is not None else None


@blueprint.post("/cases/<int:case_id>/again")
@requires(Permission.WRITE_MODULES)
def again(case_id: int) -> AnyResponse:
    """Begin another review of the same document; the earlier one stays as it is."""
    case = case_in(me().force_id, case_id) or abort(404)
    made = import_again(case, by=me().person_id, at=now_utc())
    flash("The case was imported again. The earlier import stays as it was.", "success")
    return _to(made)
