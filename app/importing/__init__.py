"""Imported case documents, reviewed block by block, and made into drafts."""
