"""Tests: the insides of files."""
