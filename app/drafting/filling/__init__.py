"""Filling in a part: its form, how it is read and shown, and what two people changed; pure."""
