"""What the demonstration's trainers are writing: a next version, asked to be reviewed."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accounts.models import Person
from app.authoring.reviewing import ask_for_review, comment
from app.catalogue.models import Version
from app.drafting.drafting import begin_from_version, save_part
from app.drafting.models import ModuleDraft
from app.drafting.parts import part_of
from app.drafting.queries import revision_of

SLUG = "a-detective-on-your-team"
_STAGE = "stage.before-he-leaves"
_TITLE = "Before he transfers"
_PRACTICE = "Handing over work that is not finished"
_REMARK = (
    "“Transfers” is the force's word; would somebody new to supervising read “leaves” more easily?"
)


def write_next_version(
    version: Version, writer: Person, reviewer: Person, *, at: datetime
) -> ModuleDraft:
    """Let a trainer begin a module's next version, and a second one leave a remark on it."""
    draft = begin_from_version(version, force_id=writer.force_id, by=writer.id, at=at)
    document = revision_of(draft.id, draft.head).document
    settings = part_of(document, "settings")
    settings["practise"] = [*settings["practise"], _PRACTICE]
    stage = {**part_of(document, _STAGE), "title": _TITLE}
    for minutes, part, values, what in (
        (12, "settings", settings, "Changed the settings."),
        (19, _STAGE, stage, "Changed the stage “Before he leaves”."),
    ):
        save_part(
            draft, part, values, base=draft.head, by=writer.id,
            at=at + timedelta(minutes=minutes), what=what,
        )  # fmt: skip
    ask_for_review(draft, by=writer.id, at=at + timedelta(minutes=25))
    comment(draft, _STAGE, _REMARK, by=reviewer.id, at=at + timedelta(hours=3))
    return draft
