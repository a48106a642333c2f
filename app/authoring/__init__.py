"""Modules from content files: check, format, publish, preview."""
