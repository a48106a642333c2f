"""Tests: module files in and out."""
