"""Tests of the dates of a case."""
