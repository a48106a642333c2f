"""Tests: sign_in."""
