"""Modules checked, published, previewed."""
