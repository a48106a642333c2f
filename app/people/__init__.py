"""The administrator's pages: people, units, grants, and the people import."""
