"""Tests of app/cases/layouts."""
