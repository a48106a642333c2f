"""The inside of a PDF: its letters, its printed lines in order, and its tags."""
