"""Pages of learning, one file a subject."""
