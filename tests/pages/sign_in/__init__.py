"""Tests: pages/sign_in."""
