"""Tests: drafts made of imported cases."""
