"""The page of one part of a draft: everything in it can be changed, nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import (
    Blueprint,
    abort,
    flash,
    get_template_attribute,
    jsonify,
    redirect,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.db import Refusal, now_utc
from app.drafting import drafting, parts
from app.drafting.drafting import ChangedMeanwhile
from app.drafting.filling import showing
from app.drafting.filling.arranging import arranged
from app.drafting.filling.conflicts import without_refused
from app.drafting.filling.fields import Sent, Spec, read_form, text_of
from app.drafting.filling.part_forms import form_for
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document, NoSuchPart
from app.drafting.queries import draft_in, others_saved, revision_of, revision_or_none
from app.drafting.views.part_page import Opened, entries_of, opened, part_page, preview_of, texts_of
from app.drafting.views.part_refused import refused_page
from app.ui.filters import london_time
from app.ui.typed import shown

blueprint = Blueprint("parts", __name__, template_folder="../templates")
Answer = Response | tuple[Response, int] | tuple[str, int]
# What the script is told besides the sentence, by the name of the refusal.
ERRORS = {"ChangedMeanwhile": "changed", "NoSuchPart": "gone", "Finished": "finished"}


def _draft(draft_id: int) -> ModuleDraft:
    return draft_in(me().force_id, draft_id) or abort(404)


@blueprint.get("/drafts/<int:draft_id>/parts/<part>")
@requires(Permission.WRITE_MODULES)
def edit(draft_id: int, part: str) -> str:
    """Show the form of one part, with what checks say and the source beside it."""
    draft = _draft(draft_id)
    try:
        at = opened(draft, revision_of(draft.id, draft.head), part)
    except NoSuchPart:
        abort(404)
    asked = request.args
    return part_page(
        replace(at, open=asked.get("open", "")[:100], preview=asked.get("preview", "")[:200],
                check="check" in asked)
    )  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """What somebody sent of a part, and the revision that she had before her."""

    draft: ModuleDraft
    address: str
    base: DraftRevision
    stored: Document
    act: str
    sent: Sent

    @property
    def spec(self) -> Spec:
        """Return the form of the part."""
        kind, published = text_of(self.stored.get("kind")), self.draft.module_id is not None
        return form_for(self.address, kind, published=published)

    @property
    def does(self) -> str:
        """Return what the pressed button does, such as `add`."""
        return self.act.partition(":")[0]

    @property
    def about(self) -> str:
        """Return the field or row that the pressed button belongs to."""
        return self.act.partition(":")[2]


def _typed(draft: ModuleDraft, address: str) -> Typed:
    """Return what was sent; what was never opened cannot be saved."""
    sent = request.form.get("base", "")[:9]
    number = int(sent) if sent.isascii() and sent.isdecimal() else 0
    base = revision_or_none(draft.id, number) or abort(400)
    try:
        stored = parts.part_of(base.document, address)
    except NoSuchPart:
        abort(404)
    everything = request.form.to_dict(flat=False)
    fields = without_refused(
        {name: list(map(shown, values)) for name, values in everything.items()}
    )
    return Typed(draft, address, base, stored, request.form.get("do", "save")[:200], fields)


@blueprint.post("/drafts/<int:draft_id>/parts/<part>")
@requires(Permission.WRITE_MODULES)
def save(draft_id: int, part: str) -> Answer:
    """Save what was typed, valid or not; then do what the pressed button asks."""
    typed = _typed(_draft(draft_id), part)
    by_script = request.headers.get("X-Autosave") == "1"
    mine = typed.stored
    try:
        mine, row = arranged(typed.spec, read_form(typed.spec, typed.sent, mine), typed.act)
        # While she types, the title is half a title: only her own press of Save names the module.
        mine = mine if by_script else drafting.named(part, mine)
        revision = _saved(typed, mine)
    except Refusal as refusal:
        if by_script:
            return _refused_to_script(typed, refusal)
        return refused_page(
            typed.draft, typed.address, typed.spec, typed.base, mine, typed.sent, refusal
        )
    return _tell_script(typed, revision) if by_script else _onward(typed, revision, row)


def _saved(typed: Typed, mine: Document) -> DraftRevision:
    """Write the part; one that was deleted meanwhile comes back only when asked for."""
    by, now = me().person_id, now_utc()
    what = f"Edited “{showing.title_of(typed.address, mine)}”."
    base = typed.base.number
    if "leaving" in typed.sent and not others_saved(
        typed.draft.id, typed.address, since=base, than=by
    ):
        # Sent as she left the page, perhaps before it heard which revision her last save made.
        base = typed.draft.head
    try:
        return drafting.save_part(
            typed.draft, typed.address, mine, base=base, by=by, at=now, what=what
        )
    except NoSuchPart:
        if typed.does != "put-back":
            raise
    before = typed.base.document

    def back(document: Document) -> Document:
        there = parts.put_back(document, before, typed.address)
        return parts.with_part(there, typed.address, mine)

    return drafting.revise(
        typed.draft, back, by=by, at=now, what=f"Put back and {what[0].lower()}{what[1:]}",
        part=typed.address,
    )  # fmt: skip


def _onward(typed: Typed, revision: DraftRevision, row: str) -> Response:
    """Lead back to where she was, or on to the next part."""
    draft_id, at = typed.draft.id, "parts.edit"
    if typed.does == "next":
        order = list(parts.addresses(revision.document))
        following = order[order.index(typed.address) + 1 :]
        to = url_for(at, draft_id=draft_id, part=following[0] if following else typed.address)
    elif typed.does == "preview":
        # A text inside a row is seen only where the row is open.
        steps = typed.about.split(".")
        within = ".".join(steps[:2]) if len(steps) > 2 else None
        to = url_for(at, draft_id=draft_id, part=typed.address, open=within, preview=typed.about,
                     _anchor=showing.id_of(typed.about))  # fmt: skip
    elif row:
        to = url_for(at, draft_id=draft_id, part=typed.address, open=row,
                     _anchor=showing.id_of(row))  # fmt: skip
    else:
        flash(f"Saved at {london_time(revision.saved_at)}.", "success")
        to = url_for(at, draft_id=draft_id, part=typed.address, check=1)
    return redirect(to, code=303)


def _now_there(typed: Typed, revision: DraftRevision) -> Opened:
    return opened(typed.draft, revision, typed.address)


def _tell_script(typed: Typed, revision: DraftRevision) -> tuple[Response, int]:
    """Answer the script: when it was saved, as which revision, and what checks say now."""
    at = _now_there(typed, revision)
    _entries, notes = entries_of(at, texts_of(at.document))
    draw = get_template_attribute("drafting/part_fields.html", "notes")
    told = {
        "saved": london_time(revision.saved_at),
        "revision": revision.number,
        "problems": {
            name: [finding.sentence for finding in found if finding.severity.stops]
            for name, found in notes.items()
        },
        "notes": {name: draw({"notes": found}) for name, found in notes.items()},
    }
    if typed.does == "preview":
        told["preview"] = preview_of(at.part, typed.about).html
    return jsonify(told), 200


def _refused_to_script(typed: Typed, refusal: Refusal) -> tuple[Response, int]:
    """Tell the script why it must stop saving; what is typed stays on the page."""
    error = ERRORS.get(type(refusal).__name__, "refused")
    link = url_for("parts.edit", draft_id=typed.draft.id, part=typed.address)
    own = isinstance(refusal, ChangedMeanwhile) and refusal.by == me().person_id
    sentence = "You changed this part in another tab." if own else str(refusal)
    return jsonify(error=error, sentence=sentence, link=link), 409
