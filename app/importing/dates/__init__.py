"""Dates: those that a text names, and the date of publication as a person writes it."""
