"""What a person typed or pasted, without signs that no page can show; pure."""

from __future__ import annotations

import re

# Breaks that a word processor pastes for a new line inside a paragraph, or for a new page.
_BREAKS = re.compile("\r\n|[\x0b\x0c\x85]")
# Other control characters, and code points that stand for no character in any plane: HTML and
# XML forbid them, and nobody sees that they are there.
_PLANES = "".join(chr(0x10000 * plane + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSEEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef{_PLANES}]")


def shown(text: str) -> str:
    """Return the text with plain line breaks and without what cannot be shown."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))
