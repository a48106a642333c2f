"""Tests: attempts."""
