"""What the script that saves as one types sends, and what it is told."""

from __future__ import annotations

from datetime import datetime

from flask import request

from app.attempts import sitting
from app.db import LONDON

MOST_SEQUENCE = 2**30


def sent_sequence() -> int:
    """Return the number of the draft that was sent; without JavaScript the newest wins."""
    sent = request.form.get("sequence", "")[:12]
    return min(int(sent), MOST_SEQUENCE) if sent.isascii() and sent.isdecimal() else 0


def clock(moment: datetime) -> str:
    """Return the time of day in London, such as 14:02."""
    return moment.astimezone(LONDON).strftime("%H:%M")


def told_stale(stale: sitting.StaleDraft) -> dict[str, object]:
    """Return what the script is told when another tab saved something newer."""
    told = {"error": "stale", "sequence": stale.sequence, "saved": clock(stale.saved_at)}
    return told | {"sentence": str(stale)}
