"""The forms of parts, without app or database."""
