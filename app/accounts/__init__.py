"""People, units, grants, permissions, and who is there."""
