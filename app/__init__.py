"""Debrief: scenario training from published police case studies."""
