"""What she typed could not simply be saved: both texts, or her own, are shown and go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from app.accounts.access import me
from app.accounts.models import Person
from app.db import Refusal, db
from app.drafting import parts
from app.drafting.drafting import ChangedMeanwhile
from app.drafting.filling import showing
from app.drafting.filling.conflicts import hidden_fields, merged
from app.drafting.filling.fields import Sent, Spec, form_of, text_of
from app.drafting.filling.showing import Around, Shown, ShownField, label_of
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document, NoSuchPart
from app.drafting.queries import revision_of
from app.drafting.views.part_sent import REMARK
from app.ui.differences import difference

# Who changed it, where that is nobody's name: within a sentence they begin with a small letter.
NAMELESS = ("Another tab of yours", "Somebody else")


@dataclass(frozen=True)
class Refused:
    """What was sent and why it was not saved."""

    draft: ModuleDraft
    address: str
    spec: Spec
    base: DraftRevision
    mine: Document
    sent: Sent
    why: Refusal
    # Her words are kept under the number of this revision; nothing: they are not kept.
    kept: int | None = None

    @property
    def title(self) -> str:
        """Name the part."""
        return showing.title_of(self.address, self.mine)


def refused_page(refused: Refused) -> str:
    """Show what was typed and the way out: choose, put it back, or copy it."""
    why, sent = refused.why, refused.sent
    if isinstance(why, ChangedMeanwhile):
        return _conflict(refused, why)
    if isinstance(why, NoSuchPart) and "put-back" not in sent.get("do", ()):
        return _gone(refused)
    texts = list(typed_texts(refused.spec, sent))
    return render_template("drafting/part_kept.html", refused=refused, texts=texts)


def _conflict(refused: Refused, why: ChangedMeanwhile) -> str:
    result = merged(refused.spec, why.base, refused.mine, why.theirs)
    them = _who(why.by)
    boxes = {entry.name: entry for entry in _boxes(refused, result.part)}
    return render_template(
        "drafting/part_conflict.html",
        refused=refused,
        result=result,
        head=why.head,
        them=them,
        them_within=f"{them[:1].lower()}{them[1:]}" if them in NAMELESS else them,
        clashes=[(clash, boxes.get(clash.name)) for clash in result.clashes],
        hidden=[*hidden_fields(refused.spec, result), *_remark(refused)],
        difference=difference,
        said=said_value,
    )


def _remark(refused: Refused) -> Iterator[tuple[str, str]]:
    """Carry the comment that was typed beside the part through the page of the refusal."""
    for text in refused.sent.get(REMARK, ()):
        if text.strip():
            yield REMARK, text


def _who(person_id: int | None) -> str:
    """Name whoever changed the part meanwhile; her own other tab is hers."""
    if person_id == me().person_id:
        return NAMELESS[0]
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person and person.name else NAMELESS[1]


def _boxes(refused: Refused, part: Document) -> Iterator[ShownField]:
    """Give the fields of the merged part, to be shown with her own words in them."""
    head = revision_of(refused.draft.id, refused.draft.head).document
    choices = {
        "stages": showing.stages_in(head),
        "targets": showing.targets_in(part),
        "earlier": showing.items_before(head, refused.address.partition(".")[2]),
    }
    yield from _fields(showing.shown(refused.spec, part, Around(choices=choices)))


def _fields(entries: tuple[Shown, ...]) -> Iterator[ShownField]:
    for entry in entries:
        if isinstance(entry, ShownField):
            yield entry
        else:
            yield from _fields(entry.entries)
            for row in entry.rows:
                yield from _fields(row.entries)


def said_value(box: ShownField | None, value: str) -> str:
    """Write a value as a person reads it: the words of a choice, not its key."""
    words = dict(box.choices) if box else {}
    return "\n".join(words.get(line, line) for line in value.split("\n"))


def _gone(refused: Refused) -> str:
    try:
        stage = parts.path_of(refused.base.document, refused.address)[1]
        title = text_of(refused.base.document["stages"][stage].get("title"))
    except NoSuchPart:
        title = ""
    return render_template(
        "drafting/part_gone.html",
        refused=refused,
        stage=title if refused.address.startswith("item.") else "",
        texts=list(typed_texts(refused.spec, refused.sent)),
        hidden=[*form_of(refused.spec, refused.mine), *_remark(refused)],
    )


def typed_texts(spec: Spec, sent: Sent) -> Iterator[tuple[str, str]]:
    """Give what was typed in each field with its label, to be read or copied."""
    for name, values in sent.items():
        label = "Your comment" if name == REMARK else label_of(spec, name)
        text = "\n".join(value for value in values if value.strip())
        if label and text:
            yield label, text
