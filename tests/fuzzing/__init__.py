"""Tests: feeding broken and hostile files to the readers of cases."""
