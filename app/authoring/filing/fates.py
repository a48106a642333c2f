"""What became of each module file that was brought in, said in one line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.authoring.comparing.change import GRAVE, Change
from app.ui.filters import counted


class Fate(Enum):
    """What was done about one file."""

    # The newest version, or a draft that is not published yet, says the same.
    STANDS = "stands"
    WAITS = "waits"
    BEGUN = "begun"
    REVISED = "revised"
    PUBLISHED = "published"
    # What the file changed went into what came meanwhile.
    JOINED = "joined"
    FOLLOWS = "follows"
    # The file changed nothing since it was exported, or nothing that is not there already.
    UNTOUCHED = "untouched"
    HELD = "held"
    # Nothing was done: both changed the same, or nobody can tell what the file began from.
    DIFFERS = "differs"
    ANOTHERS = "another’s"
    BESIDE = "beside"
    BEHIND = "behind"
    CROSSED = "crossed"
    # It was to be published, and the draft says more than the file.
    MORE = "more"


_CONFLICTS = frozenset({
    Fate.DIFFERS, Fate.ANOTHERS, Fate.BESIDE, Fate.BEHIND, Fate.CROSSED, Fate.MORE,
})  # fmt: skip
# After these a version or a draft holds exactly what the file says.
_HOLD_IT = frozenset({
    Fate.STANDS, Fate.WAITS, Fate.BEGUN, Fate.REVISED, Fate.PUBLISHED, Fate.JOINED,
})  # fmt: skip
_BRING_OVER = "bring your changes over, or use --new-draft if the file is right as it is"
_SENTENCES = {
    Fate.STANDS: "unchanged, version {number} stands",
    Fate.WAITS: "unchanged, draft {draft_id} says the same and waits to be published",
    Fate.BEGUN: "draft {draft_id} begun; nothing is published before it is signed off",
    Fate.REVISED: "draft {draft_id} brought up to date with the file",
    Fate.PUBLISHED: "version {number} published",
    Fate.JOINED: "draft {draft_id} was edited since the file was exported; both changes are in it "
    "now, and the file has only its own until the draft is exported",
    Fate.FOLLOWS: "draft {draft_id} begun; version {number} came since the file was exported, and "
    "the draft has both changes; the file has only its own until the draft is exported",
    Fate.UNTOUCHED: "nothing to bring in, the file is as it was exported and {newer} came since",
    Fate.HELD: "nothing to bring in, {newer} has all that the file changed",
    Fate.DIFFERS: "nothing done, for draft {draft_id} was edited in the browser and differs"
    "{both}; export it, or begin another draft with --new-draft",
    Fate.ANOTHERS: "nothing done, for another trainer brought draft {draft_id} in from a file and "
    "it differs{both}; export it, or begin another draft with --new-draft",
    Fate.BESIDE: "nothing done, for the file began from an earlier version and draft {draft_id} "
    "follows version {number}; export it, or begin another draft with --new-draft",
    Fate.BEHIND: "nothing done, for the file seems to have begun from version {began} and version "
    f"{{number}} came since{{both}}; export that one and {_BRING_OVER}",
    Fate.CROSSED: "nothing done, for version {number} came since the file was exported and changed "
    f"the same{{both}}; export that one and {_BRING_OVER}",
    Fate.MORE: "not published, for draft {draft_id} says more than the file; export it, look at "
    "it, and publish that",
}
_MOST_PARTS = 5


@dataclass(frozen=True)
class Filed:
    """What was done about one file; `number` is of a version, `draft_id` of a draft."""

    slug: str
    fate: Fate
    number: int = 0
    draft_id: int = 0
    # The version that the file seems to have begun from, where that is not the newest.
    began: int = 0
    # What both changed, as a comparison names it.
    parts: tuple[str, ...] = ()
    # Of a version that was published: what it changed, and who is affected.
    change: Change | None = None
    running: int = 0
    completions: int = 0
    # A revision of the draft says exactly what the file says, though the newest says more.
    kept: bool = False

    @property
    def is_conflict(self) -> bool:
        """Tell whether a person must decide."""
        return self.fate in _CONFLICTS

    @property
    def is_held(self) -> bool:
        """Tell whether a version or a revision of a draft says exactly what the file says."""
        return self.kept or self.fate in _HOLD_IT

    def said(self) -> str:
        """Say in one line what was done."""
        words = vars(self) | {"both": self._both(), "newer": self._newer()}
        return f"{self.slug}: {_SENTENCES[self.fate].format(**words)}{self._affected()}."

    def _newer(self) -> str:
        return f"draft {self.draft_id}" if self.draft_id else f"version {self.number}"

    def _both(self) -> str:
        """Name what both changed."""
        if not self.parts:
            return ""
        more = len(self.parts) - _MOST_PARTS
        shown = "; ".join(part[:1].lower() + part[1:] for part in self.parts[:_MOST_PARTS])
        return f" (both changed {shown}{f'; and {more} more' if more > 0 else ''})"

    def _affected(self) -> str:
        """Say what a new version changed and whom it meets, as the page does."""
        if self.fate is not Fate.PUBLISHED:
            return ""
        said = [f" ({self.change.value})" if self.change else ""]
        if self.running:
            goes = "goes on with the version it" if self.running == 1 else ""
            goes = goes or "go on with the version they"
            said.append(f"; {counted(self.running, 'attempt')} {goes} began")
        if self.completions:
            stand = "stands" if self.completions == 1 else "stand"
            asked = ", and nobody is asked to do it again" if self.change in GRAVE else ""
            said.append(f"; {counted(self.completions, 'completion')} {stand}{asked}")
        return "".join(said)
