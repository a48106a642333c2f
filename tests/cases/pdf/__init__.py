"""Tests: the inside of a PDF."""
