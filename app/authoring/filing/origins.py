"""Finds what a module file began from: a version, or a revision of a draft.

A file that was exported says it by a digest at its head. Of one that does not, one can only ask
which version it is nearest to; in doubt it is taken to be behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pydantic

from app.authoring.comparing.modules import compare
from app.authoring.filing.queries import all_drafts, revisions_back
from app.authoring.publishing import digest_of
from app.catalogue import document
from app.catalogue.models import Version
from app.drafting.models import ModuleDraft
from app.drafting.parts import Document


@dataclass(frozen=True)
class Origin:
    """What a file said when it was exported, and who says the same here."""

    plain: Document
    version: Version | None = None
    draft: ModuleDraft | None = None


def digest_of_plain(plain: Document) -> str | None:
    """Return the digest that the version of a finished draft would have."""
    try:
        return digest_of(document.Module.model_validate(plain))
    except pydantic.ValidationError:
        return None


def plain_of_version(version: Version) -> Document:
    """Return what a version says, as plain values."""
    return document.to_plain(document.Module.model_validate_json(version.document))


def origin_of(
    begun_from: str,
    module_id: int | None,
    slug: str,
    *,
    force_id: int | None,
    versions: list[Version],
) -> Origin | None:  # fmt: skip
    """Return what has this digest: the newest version of several, and a draft of the force."""
    if not begun_from:
        return None
    version = next((each for each in reversed(versions) if each.digest == begun_from), None)
    draft, plain = _draft_that_said(begun_from, module_id, slug, force_id)
    if version is not None:
        return Origin(plain_of_version(version), version, draft)
    return Origin(plain, None, draft) if draft is not None else None


def _draft_that_said(
    digest: str, module_id: int | None, slug: str, force_id: int | None
) -> tuple[ModuleDraft | None, Document]:
    """Return the draft that said this last; one that is still being written comes first."""
    found = [draft for draft, _head in all_drafts(module_id, slug, force_id)]
    for draft in sorted(found, key=lambda each: (each.version_id is not None, -each.id)):
        for revision in revisions_back(draft):
            if digest_of_plain(revision.document) == digest:
                return draft, revision.document
    return None, {}


def nearest(module: document.Module, versions: Iterable[Version]) -> Version | None:
    """Return the version that a file differs from least; of two alike the older one.

    A file that is no nearer to the newest version than to one before would change again what
    came since, so it counts as begun from the one before.
    """
    found = list(versions)

    def differences(version: Version) -> tuple[int, int]:
        before = document.Module.model_validate_json(version.document)
        return len(compare(before, module).differences), version.number

    # An earlier version that said what the newest says takes nothing back.
    newest = found[-1].digest if found else ""
    told = [each for each in found if each.digest != newest] + found[-1:]
    return min(told, key=differences, default=None)
