"""Attempts, answers, reflections, marking and progress; one's own pages."""
