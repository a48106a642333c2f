"""Pages of the import: upload a list, look at the difference, apply it or give it up."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    json,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.access import me, requires
from app.accounts.models import Unit
from app.accounts.permissions import Permission
from app.db import lock_for_writing, now_utc, reads_first
from app.people.forms import ApplyForm, UploadForm
from app.people.import_file import MOST_BYTES, FileRefused
from app.people.import_plan import Outcome
from app.people.import_upload import (
    SHARE,
    SHOWN,
    UploadGone,
    Worked,
    apply_upload,
    body_of,
    discard,
    downloads_of,
    forces_of,
    is_open,
    keep_upload,
    read_again,
    show_again,
    upload_within,
    uploads_within,
    work_out,
)
from app.people.importing import PeopleChanged, RowsRefused, TooManyTouched
from app.people.models import PeopleImport

blueprint = Blueprint("people_import", __name__, template_folder="../templates")
Page = str | tuple[str, int] | AnyResponse
# Each class of the difference with its heading and a sentence.
CLASSES = {
    Outcome.NEW: ("New", "They are added; each then needs a link to set a password."),
    Outcome.MOVED: ("Moved", "They change unit from today."),
    Outcome.CHANGED: ("Changed", "Their name or e-mail address changes."),
    Outcome.DEACTIVATED: ("Deactivated", "They can no longer sign in; what they completed stays."),
    Outcome.REACTIVATED: ("Reactivated", "They can sign in again."),
    Outcome.KEPT: ("Missing and kept", "They administer, or hold a role outside your units."),
    Outcome.NOT_ADDED: ("Not added", "The file says that they are not active."),
}


def _paths() -> tuple[str, ...]:
    return me().paths(Permission.MANAGE_PEOPLE)


def _upload(upload_id: int) -> PeopleImport:
    return upload_within(_paths(), upload_id, me().person_id) or abort(404)


def _to(upload: PeopleImport) -> AnyResponse:
    return redirect(url_for("people_import.show", upload_id=upload.id), code=303)


@blueprint.route("/people/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
@reads_first
def index() -> Page:
    """Take a file and compare it with the people there are; nothing of them is changed."""
    forces, form = forces_of(_paths()), UploadForm()
    form.offer(forces.values())
    if request.method == "POST" and form.validate():
        data = form.file.data.read(MOST_BYTES + 1) if form.file.data else b""
        try:
            return _compared(data, forces[int(form.force.data)], form)
        except FileRefused as refusal:
            said = str(refusal) if form.file.data else "Choose a CSV file"
            form.refuse("file", said)
    page = render_template(
        "people/imports/index.html", form=form, forces=forces,
        uploads=uploads_within(_paths(), me().person_id, now_utc()),
    )  # fmt: skip
    return (page, 422) if form.errors else page


def _compared(data: bytes, force: Unit, form: UploadForm) -> AnyResponse:
    """Work the file out first, which may take a while, and only then take the write lock."""
    missing = bool(form.deactivate_missing.data)
    worked = work_out(data, force, _paths(), deactivate_missing=missing)
    lock_for_writing()
    upload = keep_upload(
        worked, force, file_name=form.file.data.filename, deactivate_missing=missing,
        by=me().person_id, now=now_utc(),
    )  # fmt: skip
    return _to(upload)


@blueprint.get("/people/import/<int:upload_id>")
@requires(Permission.MANAGE_PEOPLE)
def show(upload_id: int) -> Page:
    """Show what the uploaded file would change, or what became of it."""
    return _preview(_upload(upload_id), ApplyForm())


def _preview(upload: PeopleImport, form: ApplyForm) -> Page:
    force = forces_of(_paths())[upload.force_id]
    page = render_template(
        "people/imports/show.html",
        upload=upload, summary=json.loads(upload.summary), form=form, force=force,
        open=is_open(upload, now_utc()) and upload.summary != "{}",
        classes={outcome.value: words for outcome, words in CLASSES.items()},
        share=SHARE, shown=SHOWN,
    )  # fmt: skip
    return (page, 422) if form.errors else page


@blueprint.post("/people/import/<int:upload_id>/apply")
@requires(Permission.MANAGE_PEOPLE)
@reads_first
def apply(upload_id: int) -> Page:
    """Apply exactly the difference that was shown, or show what it has become."""
    upload, form, paths = _upload(upload_id), ApplyForm(), _paths()
    try:
        force = forces_of(paths)[upload.force_id]
        worked = work_out(
            body_of(upload, now_utc()), force, paths, deactivate_missing=upload.deactivate_missing
        )
        lock_for_writing()
        _still_so(upload, worked)
        apply_upload(
            upload, worked, force, paths,
            change_many=bool(form.change_many.data), by=me().person_id, now=now_utc(),
        )  # fmt: skip
        flash("The import was applied.", "success")
    except TooManyTouched as refusal:
        form.refuse("change_many", refusal)
        return _preview(upload, form)
    except PeopleChanged as refusal:
        show_again(upload, worked)
        flash(str(refusal), "notice")
    except (UploadGone, RowsRefused) as refusal:
        flash(str(refusal), "notice")
    return _to(upload)


def _still_so(upload: PeopleImport, worked: Worked) -> None:
    """Refuse an upload that was used meanwhile, or whose difference is not the one shown."""
    read_again(upload)
    body_of(upload, now_utc())
    if worked.plan.digest() != upload.plan_digest:
        raise PeopleChanged


@blueprint.post("/people/import/<int:upload_id>/discard")
@requires(Permission.MANAGE_PEOPLE)
def give_up(upload_id: int) -> AnyResponse:
    """Drop the uploaded file without applying it."""
    upload = _upload(upload_id)
    if upload.applied_at is None:
        discard(upload)
        flash("The upload was discarded. Nobody was changed.", "success")
    return redirect(url_for("people_import.index"), code=303)


@blueprint.get("/people/import/<int:upload_id>/difference.csv")
@requires(Permission.MANAGE_PEOPLE)
def difference(upload_id: int) -> Page:
    """Download the whole difference."""
    return _download(upload_id, 0, "difference.csv")


@blueprint.get("/people/import/<int:upload_id>/refused.csv")
@requires(Permission.MANAGE_PEOPLE)
def refused(upload_id: int) -> Page:
    """Download the refused rows, each with its line and reason."""
    return _download(upload_id, 1, "refused-rows.csv")


def _download(upload_id: int, which: int, filename: str) -> Page:
    upload = _upload(upload_id)
    try:
        text = downloads_of(upload, now_utc())[which]
    except UploadGone as refusal:
        flash(str(refusal), "notice")
        return _to(upload)
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
