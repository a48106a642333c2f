"""Writes a version or a draft as its canonical file, and loses nothing that stands there.

At its head stands the digest of what it says, so that it is known later what it began from.
"""

from __future__ import annotations

from pathlib import Path

import pydantic

from app.authoring.filing.origins import digest_of_plain, origin_of
from app.authoring.filing.queries import (
    all_drafts,
    module_called,
    revisions_back,
    versions_with_documents,
)
from app.authoring.joining.documents import holds_all
from app.authoring.publishing import digest_of
from app.catalogue import document
from app.catalogue.module_files import ModuleFile, read_module, write_module
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
    return exported(document.Module.model_validate_json(found[-1].document))


def exported(module: document.Module) -> str:
    """Return the file of a module that begins from what it says now."""
    return write_module(module, digest_of(module))


def draft_text(slug: str, draft_id: int) -> str:
    """Return the canonical file of a draft's newest revision.

    Raises NothingToExport and Unfinished.
    """
    draft = db.session.get(ModuleDraft, draft_id)
    plain = revision_of(draft.id, draft.head).document if draft else {}
    if draft is None or plain.get("slug") != slug:
        raise NothingToExport(f"There is no draft {draft_id} of a module called “{slug}”.")
    try:
        return exported(document.Module.model_validate(plain))
    except pydantic.ValidationError as error:
        raise Unfinished(
            f"Draft {draft_id} is not finished: {error.error_count()} things are missing or wrong. "
            "Look at its checks."
        ) from error


def refuse_loss(path: Path, text: str) -> None:
    """Refuse to write `text` over a file whose changes are kept nowhere; raises WouldLose."""
    if not path.exists():
        return
    file = read_module(path.name, path.read_bytes())
    if file.module is None or file.comments() or not _is_kept(file, file.module, text):
        raise WouldLose(
            f"{path} holds changes that no version and no draft holds. Bring them in with "
            "debrief content sync, or write over them with --overwrite."
        )


def _is_kept(file: ModuleFile, module: document.Module, text: str) -> bool:
    """Tell whether a version or a revision says what a file says, or the new text has it all."""
    row, digest = module_called(module.slug), digest_of(module)
    versions = versions_with_documents(row.id) if row else []
    if any(each.digest == digest for each in versions):
        return True
    for draft, _head in all_drafts(row.id if row else None, module.slug, set_aside=True):
        if any(digest_of_plain(each.document) == digest for each in revisions_back(draft)):
            return True
    origin = origin_of(
        file.begun_from, row.id if row else None, module.slug, force_id=None, versions=versions
    )
    new = read_module(file.name, text.encode()).module
    if origin is None or new is None:
        return False
    return holds_all(origin.plain, document.to_plain(module), document.to_plain(new))
