"""Tests: drafting."""
