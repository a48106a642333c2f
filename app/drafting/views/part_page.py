"""What the page of a part shows: its fields, what checks say, the source, the way on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.accounts.access import me
from app.accounts.models import Person
from app.accounts.queries import units_within
from app.catalogue.module_files import Finding, Severity
from app.catalogue.queries import latest_versions
from app.checking.drafts import check_draft
from app.db import db, london_date, now_utc
from app.drafting import parts
from app.drafting.drafting import slug_of
from app.drafting.filling import showing
from app.drafting.filling.fields import Spec, rows_of, text_of
from app.drafting.filling.part_forms import form_for
from app.drafting.filling.showing import Around, Choices, Shown
from app.drafting.filling.source_panel import SourceText, cited_in, places_to_choose, source_panel
from app.drafting.models import DraftRevision, ModuleDraft
from app.drafting.parts import Document
from app.drafting.queries import comments_of
from app.drafting.under_review import under_review
from app.drafting.views.kept import kept_lines
from app.importing.queries import at_hand_by_sha
from app.importing.source import AtHand
from app.ui.markdown import markdown

# What rests on the source: a place itself, and lists whose rows name theirs.
CITING = frozenset({"place", "people", "policy_questions"})


@dataclass(frozen=True)
class Preview:
    """One text as learners will read it, below its field."""

    name: str = ""
    html: str = ""


@dataclass(frozen=True)
class Whole:
    """What is said of a part as a whole, not of one of its fields."""

    notes: tuple[Finding, ...]


@dataclass(frozen=True)
class Opened:
    """A part as somebody opened it: of which revision, and with what the page was asked for."""

    draft: ModuleDraft
    head: DraftRevision
    address: str
    part: Document
    document: Document
    # The row to show unfolded, the text to preview, whether to say above what is to mend.
    open: str = ""
    preview: str = ""
    check: bool = False
    # The comment as typed and why it was not added; the part is shown as typed, too.
    refusal: str = ""
    remark: str = ""

    @property
    def spec(self) -> Spec:
        """Return the form of the part."""
        kind, published = text_of(self.part.get("kind")), self.draft.module_id is not None
        return form_for(self.address, kind, published=published)

    @property
    def cites(self) -> bool:
        """Tell whether something in the part rests on a place in the source."""
        return any(entry.key in CITING for entry in self.spec)


@dataclass(frozen=True)
class Looked:
    """The fields of a part with what checks say of each, and all that they say of the draft."""

    entries: tuple[Shown, ...]
    notes: showing.Notes
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> Whole:
        """Return what is said of the part as a whole."""
        return Whole(tuple(self.notes.get("", ())))

    @property
    def to_do(self) -> int:
        """Return how much is to do in the whole draft."""
        return sum(finding.severity is Severity.TODO for finding in self.findings)


@dataclass(frozen=True)
class PartPage:
    """Everything that the template of a part draws."""

    title: str
    module: str
    stage: str
    look: Looked
    base: int
    before: str
    after: str
    saved_at: datetime
    saved_day: bool
    saved_by: str
    sources: tuple[SourceText, ...]
    cited: list[tuple[str, str]]
    cites: bool
    deletable: bool
    places: list[tuple[str, str]] = field(default_factory=list)
    preview: Preview = Preview()


def opened(
    draft: ModuleDraft, head: DraftRevision, address: str, part: Document | None = None
) -> Opened:
    """Return a part of the newest revision, or as it was typed; raises NoSuchPart."""
    document = head.document
    if part is None:
        return Opened(draft, head, address, parts.part_of(document, address), document)
    return Opened(draft, head, address, part, parts.with_part(document, address, part))


def sources_of(document: Document) -> dict[str, AtHand]:
    """Return the texts of the draft's sources that the force has imported, by SHA-256."""
    shas = {text_of(source.get("sha256")) for source in rows_of(document.get("sources"))}
    return at_hand_by_sha(me().force_id, shas - {""})


def looked(at: Opened, at_hand: Mapping[str, AtHand] | None = None) -> Looked:
    """Return the fields of a part with what checks say of each."""
    sources = sources_of(at.document) if at_hand is None else at_hand
    texts = {sha: source.text for sha, source in sources.items()}
    around = Around(choices=_choices(at), open=at.open)
    known = set(showing.names(showing.shown(at.spec, at.part, around)))
    findings = check_draft(at.document, texts)
    notes = showing.notes_of(at.document, at.address, findings, known)
    told = Around(around.choices, notes, at.open)
    return Looked(showing.shown(at.spec, at.part, told), notes, findings)


def _choices(at: Opened) -> dict[str, Choices]:
    found: dict[str, Choices] = {"stages": showing.stages_in(at.document)}
    if at.address.startswith("item."):
        found["earlier"] = showing.items_before(at.document, at.address.partition(".")[2])
        found["targets"] = showing.targets_in(at.part)
    if at.address == "content-note":
        own = at.document.get("slug")
        found["modules"] = tuple(
            (version.module.slug, version.title)
            for version in latest_versions(me().unit_path)
            if version.module.slug != own
        )
    if at.address == "settings":
        units = units_within((f"/{me().force_id}/",))
        found["units"] = tuple((slug_of(unit.name), unit.name) for unit in units)
    return found


def page_of(at: Opened) -> PartPage:
    """Return what the page of a part shows."""
    at_hand = sources_of(at.document)
    look = looked(at, at_hand)
    sources = source_panel(at.document, at.part, at_hand)
    before, after = _neighbours(at)
    saver = db.session.get(Person, at.head.saved_by) if at.head.saved_by else None
    return PartPage(
        title=showing.title_of(at.address, at.part),
        module=text_of(at.document.get("title")) or "Untitled",
        stage=_stage_words(at),
        look=look,
        base=at.head.number,
        before=before,
        after=after,
        saved_at=at.head.saved_at,
        saved_day=london_date(at.head.saved_at) != london_date(now_utc()),
        saved_by=(saver.name or "") if saver and saver.id != me().person_id else "",
        sources=sources,
        cited=cited_in(sources),
        cites=at.cites,
        deletable="." in at.address,
        places=places_to_choose(sources),
        preview=preview_of(at.part, at.preview),
    )


def preview_of(part: Document, name: str) -> Preview:
    """Return the text of one field as learners will read it."""
    value: Any = part
    for step in name.split("."):
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return Preview()
    text = value if isinstance(value, str) else ""
    nothing = Markup("<p>Nothing is written here yet.</p>")
    return Preview(name, markdown(text) if text.strip() else nothing)


def _neighbours(at: Opened) -> tuple[str, str]:
    order = list(parts.addresses(at.document))
    here = order.index(at.address)
    return order[here - 1] if here else "", order[here + 1] if here + 1 < len(order) else ""


def _stage_words(at: Opened) -> str:
    if not at.address.startswith("item."):
        return ""
    stages = rows_of(at.document.get("stages"))
    number = int(parts.path_of(at.document, at.address)[1])
    title = text_of(stages[number].get("title")) or "without a title"
    return f"Stage {number + 1} of {len(stages)}: {title}"


def to_mend(look: Looked) -> list[tuple[str, str]]:
    """Return what stops publishing, with the control that it is about, for the summary."""
    found = [(f.sentence, "") for f in look.whole.notes if f.severity is Severity.REFUSE]
    return found + list(_refused(look.entries))


def _refused(entries: Iterable[Shown]) -> Iterable[tuple[str, str]]:
    for entry in entries:
        for finding in entry.notes:
            if finding.severity is Severity.REFUSE:
                yield finding.sentence, entry.id
        if isinstance(entry, showing.ShownGroup):
            yield from _refused(entry.entries)
            for row in entry.rows:
                yield from ((f.sentence, row.id) for f in row.notes
                            if f.severity is Severity.REFUSE)  # fmt: skip
                yield from _refused(row.entries)


def part_page(at: Opened) -> str:
    """Render the page of a part."""
    page = page_of(at)
    refused = [(at.refusal, "comment-text")] if at.refusal else []
    return render_template(
        "drafting/part.html",
        draft=at.draft,
        under=under_review(at.draft),
        address=at.address,
        comments=comments_of(at.draft.id, at.address),
        page=page,
        opened=at,
        kept=list(kept_lines(at.draft, at.address)),
        given_problems=refused or (to_mend(page.look) if at.check else []),
    )
