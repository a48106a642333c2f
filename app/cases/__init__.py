"""Reads case documents (text, HTML, PDF, DOCX); no Flask, no database."""
