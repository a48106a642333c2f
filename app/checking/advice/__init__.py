"""Advice: what may be better about questions, wording and the use of sources; pure."""
