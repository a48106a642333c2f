"""Tests of pages: drafting."""
