"""Drafts made of imported cases: the words carried over, nothing invented."""
