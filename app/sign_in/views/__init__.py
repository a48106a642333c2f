"""Pages of sign-in, one file a subject."""
