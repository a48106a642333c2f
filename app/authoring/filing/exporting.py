"""Writes a version or a draft as its canonical file, and loses nothing that stands there."""

from __future__ import annotations

from pathlib import Path

import pydantic

from app.authoring.filing.queries import module_called, newest_of_drafts, versions_with_documents
from app.authoring.publishing import digest_of
from app.catalogue import document
from app.catalogue.module_files import HEAD, read_module, write_module
from app.catalogue.strict_yaml import comment_lines
from app.db import Refusal, db
from app.drafting.models import ModuleDraft
from app.drafting.queries import revision_of


class NothingToExport(Refusal):
    """There is no such module, version or draft."""


class Unfinished(Refusal):
    """A draft that lacks something has no canonical file."""


class WouldLose(Refusal):
    """The file that stands there holds what no version and no draft holds."""


def version_text(slug: str, number: int | None = None) -> str:
    """Return the canonical file of a version, the newest unless `number` says which.

    Raises NothingToExport.
    """
    row = module_called(slug)
    found = versions_with_documents(row.id) if row else []
    if number is not None:
        found = [version for version in found if version.number == number]
    if not found:
        which = f"version {number} of a module" if number is not None else "module"
        raise NothingToExport(f"There is no {which} called “{slug}”.")
    return write_module(document.Module.model_validate_json(found[-1].document))


def draft_text(slug: str, draft_id: int) -> str:
    """Return the canonical file of a draft's newest revision.

    Raises NothingToExport and Unfinished.
    """
    draft = db.session.get(ModuleDraft, draft_id)
    plain = revision_of(draft.id, draft.head).document if draft else {}
    if draft is None or plain.get("slug") != slug:
        raise NothingToExport(f"There is no draft {draft_id} of a module called “{slug}”.")
    try:
        return write_module(document.Module.model_validate(plain))
    except pydantic.ValidationError as error:
        raise Unfinished(
            f"Draft {draft_id} is not finished: {error.error_count()} things are missing or wrong. "
            "Look at its checks."
        ) from error


def refuse_loss(path: Path) -> None:
    """Refuse to write over a file with changes that are kept nowhere else; raises WouldLose."""
    if not path.exists():
        return
    data = path.read_bytes()
    file = read_module(path.name, data)
    ours = file.text.removeprefix(HEAD)
    if file.module is None or comment_lines(ours) or not _is_kept(file.module):
        raise WouldLose(
            f"{path} holds changes that no version and no draft holds. Bring them in with "
            "debrief content sync, or write over them with --overwrite."
        )


def _is_kept(module: document.Module) -> bool:
    """Tell whether a version or the newest revision of a draft says this."""
    row, text = module_called(module.slug), document.to_plain(module)
    versions = versions_with_documents(row.id) if row else []
    if any(each.digest == digest_of(module) for each in versions):
        return True
    return any(plain == text for plain in newest_of_drafts(row.id if row else None, module.slug))
