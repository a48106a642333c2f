"""Tests: assigning."""
