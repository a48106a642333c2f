"""How grave a change of a module is; pure."""

from __future__ import annotations

from enum import Enum


class Change(Enum):
    """What a change touches, from the lightest to the gravest."""

    # Spaces, marks, capital letters, order of topics: nobody would read it differently.
    COSMETIC = "cosmetic"
    # Words of the story, prompts, options or feedback.
    WORDING = "wording"
    # Keys, credits, and which options there are.
    SCORING = "scoring"
    # Stages, questions and reflections that came, went or moved.
    STRUCTURE = "structure"
