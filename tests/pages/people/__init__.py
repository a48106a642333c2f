"""Tests: pages/people."""
