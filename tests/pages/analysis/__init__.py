"""Tests of pages: analysis."""
