"""What changed: a draft against what it began from, and one version against another."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from app.accounts.access import me, requires
from app.accounts.permissions import Permission
from app.authoring import queries
from app.authoring.comparing.change import Change, Comparison
from app.authoring.comparing.modules import compare, compare_documents, tidy
from app.authoring.joining.bringing_up import newer_version
from app.catalogue.models import Version
from app.catalogue.queries import document_of
from app.drafting.links import address_url
from app.drafting.parts import addresses
from app.drafting.queries import draft_in, revision_of, revision_or_none

blueprint = Blueprint("changes", __name__, template_folder="../templates")

# What each class means to somebody who reads the page.
CLASSES = {
    Change.STRUCTURE: "Structure: stages, questions or reflections came, went or moved",
    Change.SCORING: "Scoring: what is right, or what counts how much",
    Change.WORDING: "Wording: what one reads",
    Change.COSMETIC: "Cosmetic: marks, spaces and places; nobody would read it differently",
}


def grouped(found: Comparison) -> list[tuple[Change, str, list[object]]]:
    """Return what changed by class, the gravest first."""
    return [
        (change, words, list(found.of(change))) for change, words in CLASSES.items()
        if found.of(change)
    ]  # fmt: skip


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None


@blueprint.get("/drafts/<int:draft_id>/changes")
@requires(Permission.WRITE_MODULES)
def draft(draft_id: int) -> str:
    """Show what a draft changes of the version it began from, or since one of its revisions."""
    found = draft_in(me().force_id, draft_id) or abort(404)
    head = revision_of(found.id, found.head)
    since, old, named = _number("since"), None, ""
    if since is not None:
        earlier = revision_or_none(found.id, since) or abort(404)
        old, named = earlier.document, f"revision {since} of this draft"
    elif found.based_on_id is not None:
        base = queries.version_with_id(found.based_on_id)
        old, named = queries.plain_of(base), f"version {base.number}"
    plain = head.document
    return render_template(
        "authoring/changes.html",
        draft=found, head=head, since=named, here="review",
        classes=None if old is None else grouped(compare_documents(tidy(old), tidy(plain))),
        newer=newer_version(found),
        links={address: address_url(found.id, address) for address in addresses(plain)},
    )  # fmt: skip


def _version(slug: str, number: int) -> Version:
    paths = me().paths(Permission.PREVIEW_MODULES)
    return queries.version_within(paths, slug, number) or abort(404)


@blueprint.get("/preview/<slug>/<int:number>/changes")
@requires(Permission.PREVIEW_MODULES)
def versions(slug: str, number: int) -> str:
    """Show what a version changed of the one before it, or of the one that `since` names."""
    found = _version(slug, number)
    since = _number("since") or number - 1
    old = _version(slug, since) if since >= 1 else None
    new = document_of(found.id, found.digest)
    return render_template(
        "authoring/version_changes.html",
        version=found, old=old, module=new,
        others=[n for n in queries.numbers_of(found.module_id) if n not in (number, since)],
        classes=None if old is None else grouped(compare(document_of(old.id, old.digest), new)),
    )  # fmt: skip
