"""Drafts of modules: their revisions, their parts, the editor."""
