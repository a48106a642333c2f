"""Where the published cases are not at hand, what reads them is not collected, and that is said."""

from __future__ import annotations

from app.config import ROOT

# They stand beside the checkout where the modules are written; a clone lacks them.
SEEDS = ROOT.parent / "shared" / "seeds"
collect_ignore = [] if SEEDS.is_dir() else ["test_seeds.py"]


def pytest_report_header() -> str:
    """Say whether the five published cases are read too."""
    return "published cases: read too" if SEEDS.is_dir() else "published cases: not at hand"
