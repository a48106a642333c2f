"""What somebody sent of a part: her words, the button that she pressed, and her comment."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, request

from app.accounts.access import me
from app.db import now_utc
from app.drafting import commenting, parts
from app.drafting.filling.conflicts import without_refused
from app.drafting.filling.fields import Sent, Spec, text_of
from app.drafting.filling.part_forms import form_for
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document, NoSuchPart
from app.drafting.queries import comment_in, revision_or_none
from app.ui.typed import shown

# The field of a comment, which is sent with the part so that neither loses the other.
REMARK = "remark"
# The field of the names of the rows that stand open, so that they stand open afterwards.
OPEN = "left-open"
# What a button does that keeps what was typed and saves nothing in the draft.
KEEP = "keep"


@dataclass(frozen=True)
class Typed:
    """What somebody sent of a part, and the revision that she had before her."""

    draft: ModuleDraft
    address: str
    base: DraftRevision
    stored: Document
    act: str
    sent: Sent
    # Under the number of this revision her words are kept where they cannot be saved.
    kept: int
    # That number, where the page knows that they are kept under it.
    carried: int | None

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

    @property
    def by_script(self) -> bool:
        """Tell whether the page saves by itself, without being loaded anew."""
        return request.headers.get("X-Autosave") == "1"

    @property
    def pressed(self) -> bool:
        """Tell whether she pressed Save, where the page saves without being loaded anew."""
        return "pressed" in self.sent

    @property
    def left_open(self) -> str:
        """Return the names of the rows that stood open, as far as the page knows."""
        return ",".join(self.sent.get(OPEN, ()))[:1000]

    @property
    def remark(self) -> str:
        """Return the comment that was typed beside the part."""
        return "\n".join(self.sent.get(REMARK, ())).replace("\r\n", "\n").strip()

    @property
    def wrong_remark(self) -> str:
        """Say why the comment cannot be added; nothing where it can, or where there is none."""
        if len(self.remark) > commenting.LONGEST:
            return f"Write no more than {commenting.LONGEST:,} characters in a comment"
        return "Write your comment" if self.does == "comment" and not self.remark else ""


def typed_in(draft: ModuleDraft, address: str) -> Typed:
    """Return what was sent; what was never opened cannot be saved."""
    act, kept = request.form.get("do", "save")[:200], _number("kept")
    base = revision_or_none(draft.id, kept if act == KEEP else _number("base")) or abort(400)
    try:
        stored = parts.part_of(base.document, address)
    except NoSuchPart:
        abort(404)
    everything = request.form.to_dict(flat=False)
    fields = {name: list(map(shown, values)) for name, values in everything.items()}
    # Until she saves, her own words stay beside theirs, whichever she means to take.
    fields = fields if act == KEEP else without_refused(fields)
    carried = kept if 0 < kept <= base.number and _had(draft, kept, address) else None
    return Typed(draft, address, base, stored, act, fields, carried or base.number, carried)


def _had(draft: ModuleDraft, number: int, address: str) -> bool:
    """Tell whether a part was in the draft at a revision."""
    found = revision_or_none(draft.id, number)
    return found is not None and address in set(parts.addresses(found.document))


def _number(name: str) -> int:
    sent = request.form.get(name, "")[:9]
    return int(sent) if sent.isascii() and sent.isdecimal() else 0


def remarked(typed: Typed) -> None:
    """Add the comment that was sent with a part, whatever button sent it; settle another."""
    if typed.remark:
        commenting.comment(
            typed.draft, typed.address, typed.remark, by=me().person_id, at=now_utc()
        )
        flash("Your comment was added.", "success")
    if typed.does == "settle":
        number = int(typed.about) if typed.about.isascii() and typed.about.isdecimal() else 0
        found = comment_in(typed.draft.id, number) or abort(404)
        commenting.settle(found, by=me().person_id, at=now_utc())
        flash("The comment is settled. It stays to be read in the review.", "success")
