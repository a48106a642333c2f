"""Tests: checking."""
