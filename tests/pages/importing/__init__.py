"""Tests of pages: importing."""
