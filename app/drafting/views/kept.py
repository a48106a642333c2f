"""What somebody typed and could not save: seen again, put into the draft, or thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.drafting import keeping, parts
from app.drafting.filling.fields import form_of, text_of
from app.drafting.filling.part_forms import form_for
from app.drafting.filling.showing import title_of
from app.drafting.models import KeptPart, ModuleDraft
from app.drafting.queries import draft_in, revision_of
from app.drafting.views.part_refused import Refused, refused_page

blueprint = Blueprint("kept", __name__, template_folder="../templates")


@dataclass(frozen=True)
class KeptLine:
    """Something that stands beside the draft, as a page tells of it."""

    title: str
    kept_at: datetime
    url: str


def kept_lines(draft: ModuleDraft, part: str | None = None) -> Iterator[KeptLine]:
    """Give what of this person's words is not in the draft yet."""
    for kept in keeping.kept_of(draft.id, me().person_id, part):
        yield KeptLine(title_of(kept.part, kept.document), kept.kept_at, _url(kept))


def _url(kept: KeptPart) -> str:
    return url_for("kept.show", draft_id=kept.draft_id, part=kept.part, number=kept.base)


def _found(draft_id: int, part: str, number: int) -> tuple[ModuleDraft, KeptPart]:
    draft = draft_in(me().force_id, draft_id) or abort(404)
    return draft, keeping.kept_with(draft.id, me().person_id, part, number) or abort(404)


@blueprint.get("/drafts/<int:draft_id>/kept/<part>/<int:number>")
@requires(Permission.WRITE_MODULES)
def show(draft_id: int, part: str, number: int) -> str:
    """Show what she typed beside what the draft says now, as when it could not be saved."""
    draft, kept = _found(draft_id, part, number)
    before, mine = revision_of(draft.id, kept.base), kept.document
    kind = text_of(parts.part_of(before.document, part).get("kind"))
    spec = form_for(part, kind, published=draft.module_id is not None)
    sent: dict[str, list[str]] = {}
    for name, value in form_of(spec, mine):
        sent.setdefault(name, []).append(value)
    why = keeping.why_not(draft, kept, before)
    return refused_page(Refused(draft, part, spec, before, mine, sent, why, kept.base))


@blueprint.route(
    "/drafts/<int:draft_id>/kept/<part>/<int:number>/throw-away", methods=["GET", "POST"]
)
@requires(Permission.WRITE_MODULES)
def throw_away(draft_id: int, part: str, number: int) -> str | Response:
    """Ask once more before what she typed is gone."""
    draft, kept = _found(draft_id, part, number)
    if request.method == "POST":
        keeping.throw_away(kept)
        flash("What you had written was thrown away. The draft is as it was.", "success")
        return redirect(url_for("editor.outline", draft_id=draft.id), code=303)
    title = title_of(kept.part, kept.document)
    return render_template(
        "ui/confirm.html", heading="Throw away what you wrote?", danger=True,
        confirm_label="Throw it away", cancel_url=_url(kept), cancel_label="Keep it",
        sentences=[f"What you wrote in “{title}” is not in the draft, and will be gone for good."],
    )  # fmt: skip
