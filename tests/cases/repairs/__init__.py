"""Tests of app/cases/repairs."""
