"""Module files in and out: brought in as drafts, exported from versions and drafts."""
