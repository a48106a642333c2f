"""What the script of a part's page is told: that it was saved and what checks say, or why not."""

from __future__ import annotations

from flask import get_template_attribute, jsonify, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.access import me
from app.db import Refusal
from app.drafting.drafting import ChangedMeanwhile
from app.drafting.filling import showing
from app.drafting.under_review import under_review
from app.drafting.views.part_onward import Saved
from app.drafting.views.part_page import looked, opened, preview_of, to_mend
from app.drafting.views.part_sent import Typed
from app.ui.filters import london_time

# What the script is told besides the sentence, by the name of the refusal.
ERRORS = {"ChangedMeanwhile": "changed", "NoSuchPart": "gone", "Finished": "finished"}


def told_to_script(typed: Typed, saved: Saved) -> tuple[Response, int]:
    """Answer the script: when it was saved, as which revision, and what checks say now."""
    revision = saved.revision
    at = opened(typed.draft, revision, typed.address)
    look = looked(at)
    draw = get_template_attribute("drafting/part_fields.html", "notes")
    problems = to_mend(look)
    told = {
        "saved": london_time(revision.saved_at),
        "revision": revision.number,
        "undone": saved.undone_words,
        "standing": render_template(
            "drafting/reviewed.html", draft=typed.draft, under=under_review(typed.draft)
        ),
        "left": look.to_do,
        "mend": len(problems),
        "summary": render_template("drafting/part_problems.html", problems=problems),
        "problems": {
            name: [finding.sentence for finding in found if finding.severity.stops]
            for name, found in look.notes.items()
        },
        "notes": {name: draw({"notes": found}) for name, found in look.notes.items()},
    }
    if typed.pressed:
        told["title"] = showing.title_of(typed.address, at.part)
        told["slug"] = at.part.get("slug") if typed.address == "settings" else None
    if typed.does == "preview":
        told["preview"] = preview_of(at.part, typed.about).html
    return jsonify(told), 200


def refused_to_script(typed: Typed, refusal: Refusal, *, kept: bool) -> tuple[Response, int]:
    """Tell the script why it must stop saving, and whether what is typed is kept meanwhile."""
    error = ERRORS.get(type(refusal).__name__, "refused")
    link = url_for("parts.edit", draft_id=typed.draft.id, part=typed.address)
    own = isinstance(refusal, ChangedMeanwhile) and refusal.by == me().person_id
    sentence = "You changed this part in another tab." if own else str(refusal)
    return jsonify(error=error, sentence=sentence, link=link, kept=kept), 409
