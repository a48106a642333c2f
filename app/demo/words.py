"""What the learners of the demonstration write: short, plain, made up, about no real person."""

from __future__ import annotations

REFLECTIONS = (
    "I would ask one more question before I close it, and write down the answer.",
    "The first thing I was told shaped how I heard the rest. I want to notice that sooner.",
    "I would check what we already hold before I decide how urgent it is.",
    "I would say plainly what happens next and when, so nobody is left waiting.",
    "I might have done the same on a busy shift. A second look would have cost two minutes.",
    "I would tell my supervisor what I do not know, not only what I do.",
    "I would write the reason for the decision, so that the next person can follow it.",
    "I would speak to the person alone and give them time to answer.",
    "I was thinking of the task and not of how it feels to be on the other end.",
    "I would hand it over in person, and ask them to say back what they will do.",
    "I would go back to what I was told first, and check that I had heard it right.",
    "I would say what I noticed to a colleague early, while it is still small.",
)

COMMITMENTS = (
    "On my next shift I will read the earlier entries before I ring anybody back.",
    "On my next shift I will write down why, each time that I close something.",
    "On my next shift I will ask how old the person is and who is with them.",
    "On my next shift I will say when they will hear from us, and put it in the log.",
    "On my next shift I will ask one colleague how they handle this.",
    "On my next shift I will find out who to ring about support.",
)
