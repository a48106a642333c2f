"""Pages of reporting, one file a subject."""
