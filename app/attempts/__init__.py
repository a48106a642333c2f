"""Attempts, answers, reflections: sitting them, marking them, completing them."""
