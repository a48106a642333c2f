"""The rules that a module keeps, and advice on what may be better; pure."""
