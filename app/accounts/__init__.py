"""People, units, grants, sign-in, permissions and the people import."""
